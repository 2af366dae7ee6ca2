"""Every route has a permission, every error a status, every setting and schema its place."""

import inspect

import pytest

from engine.errors import EngineError
from engine.identity.permissions import OF_AN_OBJECT, TABLE, Permission
from engine.settings import Settings
from web.app import create_app
from web.errors import STATUS


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("doors")
    app = create_app(
        Settings(database_url=f"sqlite:///{folder}/rutin.db", files=folder, secret_key="k" * 32)
    )
    yield app
    app.installation.close()


def test_every_route_says_which_permission_it_needs(app):
    missing = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        and not isinstance(
            getattr(app.view_functions[rule.endpoint], "permission", None), Permission
        )
    ]

    assert missing == []


def test_what_is_public_is_known(app):
    public = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "permission", None) is Permission.PUBLIC
    }

    assert public == {
        "/health",
        "/ready",
        "/metrics",
        "/api/v1/openapi.json",
        "/api/v1/docs",
        "/api/v1/docs/<path:name>",
        "/sign-in",
        "/sign-in/openid",
        "/sign-in/openid/callback",
        "/sign-in/openid/backchannel-logout",
        "/help",
        "/help/<path:name>",
        "/sign-out/openid",
        "/language",
        "/about/components",
        "/about/licences",
        "/about/accessibility",
        "/static/dist/<path:name>",
    }


def test_every_engine_error_has_a_status():
    def below(kind):
        return {kind, *(each for child in kind.__subclasses__() for each in below(child))}

    assert below(EngineError) - {EngineError} == set(STATUS)


def test_every_permission_stands_in_the_table():
    assert set(TABLE) == set(Permission)
    assert set(Permission) >= OF_AN_OBJECT


def test_views_are_short(app):
    long = {
        endpoint: lines
        for endpoint, view in app.view_functions.items()
        if (lines := len(inspect.getsource(inspect.unwrap(view)).splitlines())) > 45
    }

    assert long == {}
