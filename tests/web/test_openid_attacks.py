"""Tokens that are not what they should be: nothing that they say opens a session."""

import hmac
import json
import time
from dataclasses import replace

import pytest
from joserfc.jwk import OctKey

from engine.accounts import commands as accounts
from engine.accounts import repository
from engine.identity.actor import SYSTEM
from engine.uow import begin, look
from tests.factories.browsers import Browser
from tests.factories.liars import (
    attempt,
    come_back,
    give,
    is_in,
    leave,
    liar,
    raw,
    trusting,
    visitor,
)
from tests.factories.tables import counted
from tests.openid_providers import CLIENT, SECRET, STRANGE_KEY
from web.app import create_app
from web.auth.oidc import COOKIE as MEMORY

__all__ = ["liar", "visitor"]


@pytest.fixture
def database_url(sqlite_url):
    """What a token says does not depend on where things are kept."""
    return sqlite_url


@pytest.fixture
def settings(settings, liar):
    return trusting(settings, liar)


def test_a_token_that_holds_opens_a_session(visitor, liar):
    page = attempt(visitor, liar)

    assert page.title == "Start page – Rutin"
    assert is_in(visitor)
    [form] = liar.forms
    assert form["grant_type"] == "authorization_code"
    assert len(form["code_verifier"]) == 43


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": "another", "azp": CLIENT},
        {"aud": []},
        {"aud": None},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"iss": None},
        {"exp": int(time.time()) - 60},
        {"exp": None},
        {"exp": "soon"},
        {"iat": int(time.time()) + 3600},
        {"iat": None},
        {"iat": 10**30},
        {"nbf": int(time.time()) + 3600},
        {"sub": ""},
        {"sub": None},
        {"sub": 7},
        {"sub": "x" * 256},
        {"sub": "a\0b"},
        {"at_hash": "another"},
    ],
)
def test_a_token_that_says_something_else_opens_nothing(visitor, liar, installation, claims):
    userinfo = {"sub": claims.get("sub", "anna-1")}

    page = attempt(visitor, liar, userinfo=userinfo, **claims)

    assert (page.status, page.heading) == (403, "Sign in")
    assert page.texts("//*[@role='alert']") == ["You could not be signed in."]
    assert not is_in(visitor)
    assert counted(installation)["account"] == 0


def test_two_audiences_hold_where_it_is_made_for_us(visitor, liar):
    attempt(visitor, liar, aud=[CLIENT, "another"], azp=CLIENT)

    assert is_in(visitor)


def test_a_token_of_another_key_opens_nothing(visitor, liar):
    attempt(visitor, liar, key=STRANGE_KEY)

    assert not is_in(visitor)


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", ""])
def test_a_token_without_a_signature_opens_nothing(visitor, liar, algorithm):
    sent = leave(visitor)
    give(liar, raw({"alg": algorithm, "kid": "one"}, liar.claims(nonce=sent["nonce"])))

    assert come_back(visitor, sent["state"]).status == 403


@pytest.mark.parametrize("public", ["pem", "der", "jwk"])
@pytest.mark.parametrize("algorithms", [("RS256",), ("RS256", "HS256")])
def test_the_public_key_is_no_secret_to_sign_with(
    liar, settings, installation, public, algorithms
):
    told = replace(settings, openid_algorithms=algorithms)
    browser = Browser(create_app(told, installation).test_client())
    sent = leave(browser)
    secret = {
        "pem": liar.key.as_pem(private=False),
        "der": liar.key.as_der(private=False),
        "jwk": json.dumps(liar.key.as_dict(private=False)).encode(),
    }[public]
    header, claims = {"alg": "HS256", "kid": "one"}, liar.claims(nonce=sent["nonce"])
    signed = raw(header, claims).removesuffix(".")
    give(liar, raw(header, claims, hmac.digest(secret, signed.encode(), "sha256")))

    assert come_back(browser, sent["state"]).status == 403


def test_the_clients_secret_signs_only_where_a_setting_says_so(
    visitor, liar, settings, installation
):
    key = OctKey.import_key(SECRET)
    refused = attempt(visitor, liar, key=key, header={"alg": "HS256"})
    told = replace(settings, openid_algorithms=("HS256",))
    other = Browser(create_app(told, installation).test_client())

    attempt(other, liar, key=key, header={"alg": "HS256"})

    assert refused.status == 403
    assert is_in(other)


def test_an_algorithm_that_no_setting_names_opens_nothing(visitor, liar):
    attempt(visitor, liar, header={"alg": "RS512"})

    assert not is_in(visitor)


def test_a_secret_among_the_published_keys_signs_nothing(visitor, liar):
    secret = OctKey.import_key(
        {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0", "kid": "s"}
    )
    liar.published = [secret, liar.key]

    attempt(visitor, liar, key=secret, header={"alg": "HS256", "kid": "s"})

    assert not is_in(visitor)


@pytest.mark.parametrize("kind", ["at+jwt", "logout+jwt"])
def test_a_token_of_another_kind_opens_nothing(visitor, liar, kind):
    attempt(visitor, liar, header={"typ": kind})

    assert not is_in(visitor)


@pytest.mark.parametrize(
    "text", [None, 7, "", "a", "a.b.c", "....", "å", "x" * 20_000, raw([], [])]
)
def test_what_is_no_token_opens_nothing(visitor, liar, text):
    sent = leave(visitor)
    give(liar, text)

    assert come_back(visitor, sent["state"]).status == 403


def test_the_token_of_another_sign_in_opens_nothing(visitor, liar, app):
    other = leave(Browser(app.test_client()))
    sent = leave(visitor)
    give(liar, liar.signed(liar.claims(nonce=other["nonce"])))

    assert come_back(visitor, sent["state"]).status == 403


@pytest.mark.parametrize("state", ["", "another", "å"])
def test_a_state_that_was_not_given_opens_nothing(visitor, liar, state):
    leave(visitor)
    give(liar, liar.signed(liar.claims()))

    assert come_back(visitor, state).status == 403
    assert not liar.forms


def test_a_memory_that_was_written_by_somebody_else_is_none(visitor, liar):
    sent = leave(visitor)
    kept = visitor.client.get_cookie(MEMORY).value
    visitor.client.set_cookie(MEMORY, kept[:-3] + "abc")

    assert come_back(visitor, sent["state"]).status == 403


def test_who_was_away_too_long_begins_again(visitor, liar, monkeypatch):
    sent = leave(visitor)
    monkeypatch.setattr("web.auth.oidc.SECONDS", -1)

    assert "too long ago" in come_back(visitor, sent["state"]).main


def test_an_answer_of_another_issuer_is_not_redeemed(visitor, liar):
    sent = leave(visitor)

    page = come_back(visitor, sent["state"], iss="https://evil.example")

    assert page.status == 403
    assert not liar.forms


def test_userinfo_about_somebody_else_opens_nothing(visitor, liar):
    page = attempt(visitor, liar, name=None, userinfo={"sub": "eve-1", "name": "Eve"})

    assert page.status == 403


def test_what_is_signed_goes_before_what_is_told(visitor, liar, installation):
    attempt(
        visitor,
        liar,
        name=None,
        userinfo={"sub": "anna-1", "name": "A", "preferred_username": "root"},
    )

    with look(installation, SYSTEM) as uow:
        assert repository.by_name(uow.session, "anna")
        assert not repository.by_name(uow.session, "root")


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "../x", "<b>", "x" * 300, 7, None, "a\0b", "\ud800"]
)
def test_a_name_that_cannot_be_one_makes_no_account(visitor, liar, installation, name):
    page = attempt(
        visitor,
        liar,
        preferred_username=None,
        userinfo={"sub": "anna-1", "name": "A", "preferred_username": name},
    )

    assert page.status == 403
    assert counted(installation)["account"] == 0


def test_a_name_that_is_taken_makes_no_second_account(visitor, liar, installation):
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, "anna", password=None)
        uow.commit()

    page = attempt(visitor, liar)

    assert "No account here belongs to" in page.main
