"""A provider that says what a test wants, a browser that comes to it, and what the two tell one another."""

import base64
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories.browsers import Browser
from tests.openid_providers import CLIENT, SECRET, lying
from web.auth import provider as provider_module
from web.auth.requests import COOKIE


@pytest.fixture
def liar():
    with lying() as found:
        yield found


def trusting(settings, provider, address="http://127.0.0.1:9"):
    """Return the settings of an installation whose people sign in with a provider."""
    return replace(
        settings,
        address=address,
        openid_issuer=provider.issuer,
        openid_client_id=CLIENT,
        openid_client_secret=SECRET,
        openid_name="Kommunen",
        openid_create=True,
    )


@pytest.fixture
def visitor(client):
    return Browser(client)


@pytest.fixture
def at_once(monkeypatch):
    """Let keys be asked for again without waiting."""
    monkeypatch.setattr(provider_module, "ASKED_AGAIN_AFTER", 0)


def leave(browser):
    """Leave for the provider; returns what it is asked with."""
    answer = browser.client.get("/sign-in/openid")
    assert answer.status_code == 303, answer.text
    return asked(answer.headers["Location"])


def asked(address):
    return {name: each for name, [each] in parse_qs(urlsplit(address).query).items()}


def give(liar, id_token, **more):
    liar.token = lambda _: {
        "access_token": "a",
        "token_type": "Bearer",
        "id_token": id_token,
        **more,
    }


def come_back(browser, state, **answer):
    query = "&".join(f"{name}={each}" for name, each in answer.items())
    return browser.get(f"/sign-in/openid/callback?code=c&state={state}&{query}")


def is_in(browser):
    return browser.client.get_cookie(COOKIE) is not None


def attempt(browser, liar, *, header=None, key=None, userinfo=None, **claims):
    """Go there and back, with a token that says what a test wants."""
    sent = leave(browser)
    told = liar.claims(
        **{"nonce": sent["nonce"], "preferred_username": "anna", "name": "A", **claims}
    )
    liar.userinfo = userinfo or {"sub": told["sub"]}
    give(liar, liar.signed(told, key=key, **(header or {})))
    return come_back(browser, sent["state"])


def raw(header, claims, signature=b""):
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in parts)
