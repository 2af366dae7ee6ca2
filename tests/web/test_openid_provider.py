"""A provider that is down, slow, or not what it was: people are told, and nobody waits for long."""

import time
from dataclasses import replace

import pytest
from joserfc.jwk import ECKey

from tests.factories.browsers import Browser
from tests.factories.liars import (
    at_once,
    attempt,
    come_back,
    is_in,
    leave,
    liar,
    trusting,
    visitor,
)
from tests.openid_providers import STRANGE_KEY
from web.app import create_app
from web.auth import provider as provider_module

__all__ = ["at_once", "liar", "visitor"]

pytestmark = pytest.mark.usefixtures("at_once")

BACKCHANNEL = "/sign-in/openid/backchannel-logout"


@pytest.fixture
def database_url(sqlite_url):
    """What a token says does not depend on where things are kept."""
    return sqlite_url


@pytest.fixture
def settings(settings, liar):
    return trusting(settings, liar)


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": "http://tokens.example/"},
        {"jwks_uri": "http://tokens.example/"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
        {"jwks_uri": None},
        {"userinfo_endpoint": "http://tokens.example/"},
        {"end_session_endpoint": "javascript:alert(1)"},
        {"end_session_endpoint": "//127.0.0.1/"},
        {"token_endpoint": ["https://tokens.example/"]},
        {"code_challenge_methods_supported": ["plain"]},
        {"code_challenge_methods_supported": 7},
    ],
    ids=str,
)
def test_a_provider_that_is_not_what_it_should_be_is_told(visitor, liar, metadata):
    liar.metadata = metadata

    page = visitor.get("/sign-in/openid")

    assert (page.status, page.heading) == (502, "Sign in")
    assert "does not answer as it should" in page.main


def test_a_provider_that_is_down_is_told_and_not_asked_again_at_once(visitor, liar):
    liar.status = 503

    first, second = visitor.get("/sign-in/openid"), visitor.get("/sign-in/openid")

    assert (first.status, second.status) == (502, 502)
    assert len(liar.asked) == 1


def test_nobody_waits_for_a_provider_for_long(visitor, liar, monkeypatch):
    monkeypatch.setattr(provider_module, "READ", 0.2)
    liar.pause = 10
    began = time.monotonic()

    page = visitor.get("/sign-in/openid")

    assert page.status == 502
    assert time.monotonic() - began < 8  # not when it answers, however slow the machine


@pytest.mark.parametrize(
    "body", [b"[]", b"", b"<html>", b"7", b'{"a":' + b'"' + b"x" * 600_000 + b'"}']
)
def test_an_answer_that_is_none_is_told(visitor, liar, body, monkeypatch):
    sent = leave(visitor)
    liar.token = lambda _: body

    assert come_back(visitor, sent["state"]).status in {403, 502}


def test_a_redirection_is_not_followed(visitor, liar):
    liar.status = 302

    assert visitor.get("/sign-in/openid").status == 502
    assert len(liar.asked) == 1


def test_a_provider_that_refuses_the_code_is_not_down(visitor, liar):
    sent = leave(visitor)
    liar.status = 400
    liar.token = lambda _: {"error": "invalid_grant"}

    page = come_back(visitor, sent["state"])

    assert page.status == 403


def test_a_new_key_is_learned_when_it_signs(visitor, liar, app):
    attempt(visitor, liar)
    liar.key = ECKey.generate_key("P-256", {"kid": "two"})
    other = Browser(app.test_client())

    attempt(other, liar, header={"alg": "ES256", "kid": "two"})

    assert is_in(other)


def test_a_strange_key_does_not_have_it_asked_again_and_again(visitor, liar, monkeypatch):
    monkeypatch.setattr(provider_module, "ASKED_AGAIN_AFTER", 30)

    for _ in range(5):
        attempt(visitor, liar, key=STRANGE_KEY, header={"kid": "strange"})

    assert liar.asked.count("/jwks") == 1


def test_a_document_that_changes_is_checked_as_the_first(visitor, liar, app, monkeypatch):
    attempt(visitor, liar)
    monkeypatch.setattr(provider_module, "KEPT_FOR", 0)
    liar.metadata = {"issuer": "https://evil.example", "token_endpoint": "https://evil.example/t"}

    page = Browser(app.test_client()).get("/sign-in/openid")

    assert page.status == 502


def test_a_document_that_changes_is_followed(visitor, liar, app, monkeypatch):
    attempt(visitor, liar)
    monkeypatch.setattr(provider_module, "KEPT_FOR", 0)
    liar.metadata = {"jwks_uri": f"{liar.issuer}/jwks-2"}
    other = Browser(app.test_client())

    attempt(other, liar)

    assert is_in(other)
    assert "/jwks-2" in liar.asked


def test_without_a_provider_there_is_no_such_door(settings, installation):
    client = create_app(replace(settings, openid_issuer=""), installation).test_client()

    assert "openid" not in client.get("/sign-in").text
    for address in ("/sign-in/openid", "/sign-out/openid"):
        assert client.get(address).status_code == 404
    assert client.post(BACKCHANNEL).status_code == 404
