"""Sessions that came from a provider: confirmed by signing in there once more, and ended by its word."""

import time

import pytest

from engine.accounts import commands as accounts
from engine.accounts import identities, repository
from engine.accounts.identities import Arrival
from engine.accounts.models import SignIn
from engine.identity.actor import SYSTEM
from engine.uow import begin, look
from tests.bpmn.forms.forms import field
from tests.factories.browsers import Browser
from tests.factories.diagrams import asking
from tests.factories.liars import (
    asked,
    attempt,
    come_back,
    give,
    leave,
    liar,
    raw,
    trusting,
    visitor,
)
from tests.factories.records import events
from tests.factories.tables import counted
from tests.openid_providers import CLIENT, STRANGE_KEY
from web.auth.id_tokens import LOGOUT
from web.auth.oidc import COOKIE as MEMORY

__all__ = ["liar", "visitor"]

PASSWORD = "correct horse battery"
BACKCHANNEL = "/sign-in/openid/backchannel-logout"


@pytest.fixture
def settings(settings, liar):
    return trusting(settings, liar)


@pytest.fixture
def anna(visitor, liar):
    attempt(visitor, liar, sid="s-1")
    return visitor


def confirm(browser, liar, **claims):
    page = browser.post("/account/confirmation/openid", next="/account")
    sent = asked(page.link("Go on to Kommunen"))
    assert (sent["max_age"], sent["prompt"]) == ("0", "login")
    give(liar, liar.signed(liar.claims(**{"nonce": sent["nonce"], **claims})))
    return come_back(browser, sent["state"])


def is_confirmed(installation):
    with look(installation, SYSTEM) as uow:
        return uow.session.query(SignIn).one().confirmed_at is not None


def test_a_fresh_sign_in_confirms(anna, liar, installation):
    page = confirm(anna, liar, auth_time=int(time.time()))

    assert page.address == "/account"
    assert is_confirmed(installation)


@pytest.mark.parametrize("ago", [35, 3600, None, "now", True])
def test_an_old_sign_in_confirms_nothing(anna, liar, installation, ago):
    """Whoever stands at an unlocked screen can take `max_age` and `prompt` out of the address."""
    auth_time = int(time.time()) - ago if type(ago) is int else ago

    page = confirm(anna, liar, auth_time=auth_time)

    assert page.heading == "Confirm that it is you"
    assert "You could not be signed in." in page.source
    assert not is_confirmed(installation)


def test_an_answer_to_another_session_confirms_nothing(anna, liar, installation, app):
    page = anna.post("/account/confirmation/openid", next="/account")
    sent = asked(page.link("Go on to Kommunen"))
    other = Browser(app.test_client())
    other.client.set_cookie(MEMORY, anna.client.get_cookie(MEMORY).value)
    give(liar, liar.signed(liar.claims(nonce=sent["nonce"], auth_time=int(time.time()))))

    page = come_back(other, sent["state"])

    assert page.status == 403
    assert not is_confirmed(installation)


def test_a_sign_in_is_no_confirmation(anna, installation):
    assert not is_confirmed(installation)


def logout(liar, **other):
    at = int(time.time())
    return {
        "iss": liar.issuer,
        "aud": CLIENT,
        "iat": at,
        "exp": at + 120,
        "jti": "j-1",
        "events": {LOGOUT: {}},
        "sid": "s-1",
        **other,
    }


def send(client, liar, header=None, **claims):
    token = liar.signed(logout(liar, **claims), **{"typ": "logout+jwt", **(header or {})})
    return client.post(BACKCHANNEL, data={"logout_token": token})


@pytest.mark.parametrize(
    "claims", [{}, {"sub": "anna-1"}, {"sub": "anna-1", "sid": None}], ids=["sid", "both", "sub"]
)
def test_the_provider_ends_a_session(anna, client, liar, installation, claims, app):
    answer = send(app.test_client(), liar, **claims)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert anna.get("/account").heading == "Sign in"
    last = events(installation, "sign_ins")[-1]
    assert (last.type, last.actor) == ("session.revoked", "system")


@pytest.mark.parametrize(
    "claims", [{"sid": "s-2"}, {"sub": "eve-1"}, {"sub": "eve-1", "sid": None}]
)
def test_the_provider_ends_no_other_session(anna, liar, app, claims):
    assert send(app.test_client(), liar, **claims).status_code == 200

    assert anna.get("/account").heading == "A"


def test_a_session_by_password_is_not_the_providers(browsers, liar, app):
    alice = browsers("alice")

    send(app.test_client(), liar, sub="anna-1", sid=None)

    assert alice.get("/account").heading == "alice"


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"iat": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"iat": None},
        {"exp": int(time.time()) - 60},
        {"exp": None},
        {"jti": None},
        {"jti": 7},
        {"jti": ""},
        {"events": None},
        {"events": {}},
        {"events": [LOGOUT]},
        {"events": {LOGOUT: "yes"}},
        {"nonce": "n"},
        {"sid": None},
        {"sid": 7},
        {"sub": 7},
        {"sid": "\0"},
    ],
)
def test_a_logout_token_that_does_not_hold_ends_nothing(anna, liar, app, claims, installation):
    answer = send(app.test_client(), liar, **claims)

    assert (answer.status_code, answer.json) == (400, {"error": "invalid_request"})
    assert anna.get("/account").heading == "A"
    assert counted(installation)["used_logout"] == 0


def test_a_logout_token_is_taken_once(anna, liar, app, installation):
    first = send(app.test_client(), liar)
    attempt(anna, liar, sid="s-1")

    second = send(app.test_client(), liar)

    assert (first.status_code, second.status_code) == (200, 400)
    assert anna.get("/account").heading == "A"


@pytest.mark.parametrize("text", ["", "a.b.c", "x" * 20_000, raw({"alg": "none"}, {})])
def test_what_is_no_logout_token_ends_nothing(anna, app, text):
    answer = app.test_client().post(BACKCHANNEL, data={"logout_token": text})

    assert answer.status_code == 400


def test_an_id_token_is_no_logout_token(anna, liar, app):
    token = liar.signed(liar.claims(nonce="n", sid="s-1"))

    assert app.test_client().post(BACKCHANNEL, data={"logout_token": token}).status_code == 400


def test_a_logout_token_is_no_id_token(visitor, liar):
    sent = leave(visitor)
    give(liar, liar.signed({**logout(liar), "sub": "anna-1"}))

    assert come_back(visitor, sent["state"]).status == 403


def test_somebody_else_signs_nobody_out(anna, liar, app):
    token = liar.signed(logout(liar), key=STRANGE_KEY, typ="logout+jwt")

    answer = app.test_client().post(BACKCHANNEL, data={"logout_token": token})

    assert answer.status_code == 400
    assert anna.get("/account").heading == "A"


def test_two_accounts_are_not_one_person(installation, liar):
    arrival = Arrival(liar.issuer, "anna-1")
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, "a", password=None)
        accounts.create_account(uow, "b", password=None)
        uow.commit()

    told = [connected(installation, name, arrival) for name in ("a", "a", "b")]

    assert told == ["", "belongs to an account here already", "belongs to an account here already"]


def connected(installation, name, arrival):
    with look(installation, SYSTEM) as uow:
        actor = repository.actor(repository.named(uow.session, name))
    try:
        with begin(installation, actor) as uow:
            identities.connect(uow, arrival)
            uow.commit()
    except identities.Conflict as error:
        return str(error).removeprefix("Whom you signed in as there ").rstrip(".")
    return ""


def test_a_one_time_password_binds_who_came_by_it(anna, installation):
    """Who came from the provider did not come in by the password that has to be changed."""
    with begin(installation, SYSTEM) as uow:
        repository.named(uow.session, "anna").one_time_until = uow.now
        uow.commit()

    assert anna.get("/account").heading == "A"


# ------------------------------------------------------------------------------ pages


def test_who_has_a_password_confirms_with_it(visitor, installation):
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, "dora", password=PASSWORD)
        uow.commit()
    visitor.post("/sign-in", name="dora", password=PASSWORD)

    wrong = visitor.post("/account/confirmation", password="wrong", next="/account")
    page = visitor.post("/account/confirmation", password=PASSWORD, next="//evil.example")

    assert (wrong.status, wrong.heading) == (422, "Confirm that it is you")
    assert "Kommunen" not in wrong.main
    assert page.address == "/"
    assert is_confirmed(installation)


def test_who_has_none_is_not_asked_for_one(anna):
    page = anna.get("/account/confirmation?next=/account")

    assert page.buttons() == ["Sign in with Kommunen once more"]


def test_the_account_says_what_opens_it(anna, browsers):
    assert "Kommunen opens your account." in anna.get("/account").main
    assert "You can have Kommunen open your account" in browsers("alice").get("/account").main


@pytest.mark.parametrize(
    "address",
    ["/account/confirmation/openid", "/account/identity", "/account/identity/removal"],
)
def test_a_form_from_elsewhere_is_refused(anna, address):
    assert anna.client.post(address, data={"csrf_token": "guessed"}).status_code == 400


def test_a_key_for_programs_connects_and_confirms_nothing(anna, alice):
    for address in ("/account/identity", "/account/confirmation/openid"):
        answer = anna.client.application.test_client().post(
            address, headers={"Authorization": f"Bearer {alice.token}"}
        )
        assert answer.status_code == 403


def test_whoever_signs_may_sign_in_once_more_instead(owner, alice, browsers):
    signed = field("sign", "signed", label={"sv": "U", "en": "S"}, meaning="read", required=True)
    form = {"key": "answer", "title": {"sv": "F", "en": "F"}, "fields": [signed]}
    owner.deploy(asking(form))
    task = alice.tasks(alice.start())["a"]

    page = browsers("alice").get(f"/tasks/{task['id']}")

    address = page.link("Sign in once more instead")
    assert address == f"/account/confirmation?next=/tasks/{task['id']}"
