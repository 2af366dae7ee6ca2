"""
Signing in at a real OpenID provider, there and back, as a browser goes.

Where Node or the provider's packages are not installed these are skipped, never in CI: `make test` installs them.
"""

import os
import threading
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.serving import make_server

from engine.accounts import commands as accounts
from engine.accounts import repository, sessions
from engine.identity.actor import SYSTEM
from engine.settings import GroupTable, LinkBy
from engine.uow import begin, look
from tests.factories.browsers import Browser
from tests.factories.liars import trusting
from tests.factories.records import events
from tests.factories.tables import counted
from tests.openid_providers import FOLDER, RealProvider, Visitor
from web.app import create_app
from web.auth.oidc import COOKIE as MEMORY
from web.auth.requests import COOKIE

PASSWORD = "correct horse battery"
ANNA = {"name": "Anna Ek", "preferred_username": "anna", "email": "anna@kommun.example"}

pytestmark = pytest.mark.skipif(
    not (FOLDER / "node_modules/oidc-provider").exists() and not os.environ.get("CI"),
    reason="tools/openid.sh has not installed the provider",
)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    provider = RealProvider(tmp_path_factory.mktemp("openid"))
    yield provider
    provider.close()


@pytest.fixture
def provider(running):
    running.knows(**{"anna-1": ANNA})
    return running


@pytest.fixture
def settings(settings, provider):
    return trusting(settings, provider, provider.application)


@pytest.fixture
def visitor(client):
    return Browser(client)


@pytest.fixture
def anna(provider):
    visitor = Visitor(provider, "anna-1")
    yield visitor
    visitor.close()


def local(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def leave(browser, onward="/"):
    """Press the button; returns where it leads."""
    page = browser.get(f"/sign-in?next={onward}")
    answer = browser.client.get(page.link("Sign in with Kommunen"))
    assert answer.status_code == 303
    return answer.headers["Location"]


def sign_in(browser, person, onward="/"):
    return browser.get(local(person.follow(leave(browser, onward))))


def account(installation, name="anna"):
    with look(installation, SYSTEM) as uow:
        found = repository.by_name(uow.session, name)
        return found and (found.display_name, sorted(each.group for each in found.memberships))


def create(installation, name="anna", **more):
    given = {"password": None, **more}
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, name, **given)
        uow.commit()


def test_a_person_signs_in_there_and_is_taken_on(visitor, anna, installation):
    page = sign_in(visitor, anna, "/account")

    assert page.address == "/account"
    assert page.heading == "Anna Ek"
    assert account(installation) == ("Anna Ek", [])
    assert [each.type for each in events(installation, "accounts")] == [
        "account.created",
        "identity.connected",
    ]
    assert [each.type for each in events(installation, "sign_ins")] == ["session.opened"]


def test_what_leaves_is_a_code_flow_with_pkce(visitor):
    asked = {name: each for name, [each] in parse_qs(urlsplit(leave(visitor)).query).items()}

    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == len(asked["state"]) == len(asked["nonce"]) == 43
    assert len({asked["code_challenge"], asked["state"], asked["nonce"]}) == 3
    assert asked["scope"] == "openid profile email"
    cookie = visitor.client.get_cookie(MEMORY)
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Lax", 600)


def test_the_second_time_it_is_the_same_account(app, visitor, anna, installation, provider):
    sign_in(visitor, anna)
    provider.knows(**{"anna-1": {**ANNA, "preferred_username": "root", "name": "Another"}})

    page = sign_in(Browser(app.test_client()), anna, "/account")

    assert page.heading == "Anna Ek"
    assert account(installation, "root") is None
    assert counted(installation)["identity"] == 1


def test_an_answer_counts_once(visitor, anna, app):
    back = local(anna.follow(leave(visitor)))
    assert visitor.get(back).title == "Start page – Rutin"
    memory = visitor.client.get_cookie(MEMORY)
    visitor.client.delete_cookie(COOKIE)

    again = visitor.get(back)

    assert memory is None
    assert (again.status, again.heading) == (403, "Sign in")
    assert "begun in another browser" in again.main


def test_a_code_is_given_for_once_also_where_the_cookie_was_kept(visitor, anna, app):
    start = leave(visitor)
    kept = visitor.client.get_cookie(MEMORY).value
    back = local(anna.follow(start))
    visitor.get(back)
    other = Browser(app.test_client())
    other.client.set_cookie(MEMORY, kept)

    again = other.get(back)

    assert (again.status, again.texts("//*[@role='alert']")) == (
        403,
        ["You could not be signed in."],
    )


def test_an_answer_to_another_browser_opens_nothing(visitor, anna, app):
    back = local(anna.follow(leave(visitor)))
    victim = Browser(app.test_client())
    leave(victim)

    page = victim.get(back)

    assert page.status == 403
    assert victim.client.get_cookie(COOKIE) is None


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_led_away(visitor, anna, onward):
    assert sign_in(visitor, anna, onward).address == "/"


def test_cancelling_there_comes_back_to_signing_in(visitor, app, provider):
    start = leave(visitor)
    state = parse_qs(urlsplit(start).query)["state"][0]

    page = visitor.get(
        f"/sign-in/openid/callback?error=access_denied&state={state}&iss={provider.issuer}"
    )

    assert page.status == 403
    assert page.texts("//*[@role='alert']") == ["You were not signed in there. Try again."]


def test_an_answer_must_say_whose_it_is(visitor, anna):
    back = local(anna.follow(leave(visitor)))

    page = visitor.get(back.split("&iss=")[0])

    assert page.status == 403


# ------------------------------------------------------------------------------ accounts


@pytest.fixture
def changed(settings, installation):
    """Open the doors with other settings."""

    def change(**other):
        installation.settings = replace(settings, **other)
        return create_app(installation.settings, installation).test_client()

    return change


@pytest.mark.parametrize("rule", list(LinkBy))
def test_a_name_that_has_a_password_is_nobodys_to_take(changed, anna, installation, rule):
    create(installation, password=PASSWORD)

    page = sign_in(Browser(changed(openid_link=rule)), anna)

    assert page.status == 403
    assert "No account here belongs to" in page.main
    assert counted(installation)["identity"] == 0


def test_by_default_nobody_gets_an_account(changed, anna, installation):
    create(installation)

    page = sign_in(Browser(changed(openid_create=False)), anna)

    assert page.status == 403
    assert counted(installation)["sign_in"] == 0


def test_a_setting_finds_an_account_by_its_name(changed, anna, installation):
    create(installation, display_name="Anna here")
    client = changed(openid_create=False, openid_link=LinkBy.NAME)

    page = sign_in(Browser(client), anna, "/account")

    assert page.heading == "Anna here"


@pytest.mark.parametrize(("verified", "status"), [(True, 200), (False, 403), ("true", 403)])
def test_a_setting_finds_an_account_by_a_verified_address(
    changed, anna, installation, provider, verified, status
):
    create(installation, "anna@kommun.example")
    provider.knows(**{"anna-1": {**ANNA, "email_verified": verified}})
    client = changed(openid_create=False, openid_link=LinkBy.EMAIL)

    assert sign_in(Browser(client), anna).status == status


def test_an_administrator_is_never_found_by_a_name(changed, anna, installation):
    create(installation, is_admin=True)

    page = sign_in(Browser(changed(openid_link=LinkBy.NAME)), anna)

    assert page.status == 403


def test_an_account_is_one_persons(changed, anna, installation, provider):
    create(installation)
    client = changed(openid_link=LinkBy.NAME, openid_create=False)
    sign_in(Browser(client), anna)
    provider.knows(**{"eve-1": ANNA})
    eve = Visitor(provider, "eve-1")

    page = sign_in(Browser(changed(openid_link=LinkBy.NAME)), eve)

    eve.close()
    assert page.status == 403


def test_a_closed_account_stays_closed(visitor, anna, installation, app):
    sign_in(visitor, anna)
    with begin(installation, SYSTEM) as uow:
        repository.named(uow.session, "anna").is_active = False
        uow.commit()

    page = sign_in(Browser(app.test_client()), anna)

    assert page.texts("//*[@role='alert']") == [
        "Your account here is closed. Ask an administrator."
    ]


def test_groups_follow_the_provider_where_it_decides(changed, anna, installation, provider):
    create(installation, groups=("local", "auditor"))
    table = GroupTable((("g-owners", "process_owner"), ("g-auditors", "auditor")))
    client = changed(openid_link=LinkBy.NAME, openid_groups=table)
    provider.knows(**{"anna-1": {**ANNA, "groups": ["g-owners", "g-else"]}})

    sign_in(Browser(client), anna)

    assert account(installation)[1] == ["local", "process_owner"]
    changes = [each for each in events(installation, "accounts") if each.type == "account.changed"]
    assert [(each.actor, each.facts["added"], each.facts["removed"]) for each in changes] == [
        ("system", ["process_owner"], ["auditor"])
    ]


def test_groups_that_stay_are_no_event(changed, anna, installation, provider):
    client = changed(openid_groups=GroupTable((("g", "officer"),)))
    provider.knows(**{"anna-1": {**ANNA, "groups": "g"}})

    for _ in range(2):
        sign_in(Browser(client), anna)
        client = changed(openid_groups=GroupTable((("g", "officer"),)))

    types = [each.type for each in events(installation, "accounts")]
    assert types.count("account.changed") == 1


# ------------------------------------------------------------------------------ sessions


@pytest.fixture
def reached(app, provider):
    """The service where the provider reaches it."""
    port = urlsplit(provider.application).port
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("reached")
def test_signing_out_leads_to_the_provider_which_ends_every_session(
    app, visitor, anna, installation, provider
):
    sign_in(visitor, anna)
    elsewhere = Browser(app.test_client())
    sign_in(elsewhere, anna)
    by_password = Browser(app.test_client())
    other = Visitor(provider, "anna-1")
    apart = Browser(app.test_client())
    sign_in(apart, other)
    other.close()

    page = visitor.post("/sign-out")
    onward = anna.follow(page.link("Go on to Kommunen"))

    assert page.response.headers["Refresh"] == f"0; url={page.link('Go on to Kommunen')}"
    assert onward.startswith(f"{provider.application}/sign-in")
    assert elsewhere.get("/account").heading == "Sign in"
    assert apart.get("/account").heading == "Anna Ek"
    assert by_password.get("/account").heading == "Sign in"
    last = events(installation, "sign_ins")[-1]
    assert (last.type, last.actor) == ("session.revoked", "system")


def test_who_signed_in_with_a_password_is_not_sent_there(visitor, installation):
    create(installation, "dora", password=PASSWORD)
    visitor.post("/sign-in", name="dora", password=PASSWORD)

    assert visitor.post("/sign-out").heading == "Sign in"


def test_a_fresh_sign_in_there_confirms_the_session(visitor, anna, installation):
    sign_in(visitor, anna)
    anna.seen.clear()

    page = visitor.post("/account/confirmation/openid", next="/account")
    back = visitor.get(local(anna.follow(page.link("Go on to Kommunen"))))

    assert anna.seen[0] == "Sign-in"  # it asked, although a session was open there
    assert back.address == "/account"
    assert confirmed(installation)


def test_somebody_else_confirms_nothing(visitor, anna, installation, provider):
    sign_in(visitor, anna)
    provider.knows(**{"bert-1": {"preferred_username": "bert"}})
    bert = Visitor(provider, "bert-1")

    page = visitor.post("/account/confirmation/openid", next="/account")
    back = visitor.get(local(bert.follow(page.link("Go on to Kommunen"))))

    bert.close()
    assert "Somebody else has signed in there." in back.source
    assert not confirmed(installation)


def test_who_has_a_password_proves_it_and_connects(app, visitor, anna, installation):
    create(installation, password=PASSWORD, display_name="Anna here")
    visitor.post("/sign-in", name="anna", password=PASSWORD)

    page = visitor.post("/account/identity", password=PASSWORD)
    visitor.get(local(anna.follow(page.link("Go on to Kommunen"))))

    assert sign_in(Browser(app.test_client()), anna, "/account").heading == "Anna here"


def test_without_the_password_nothing_is_connected(visitor, installation):
    create(installation, password=PASSWORD)
    visitor.post("/sign-in", name="anna", password=PASSWORD)

    page = visitor.post("/account/identity", password="wrong password")

    assert page.status == 422
    assert visitor.client.get_cookie(MEMORY) is None


def test_a_connection_ends_with_its_sessions(app, visitor, anna, installation):
    create(installation, password=PASSWORD)
    visitor.post("/sign-in", name="anna", password=PASSWORD)
    page = visitor.post("/account/identity", password=PASSWORD)
    visitor.get(local(anna.follow(page.link("Go on to Kommunen"))))
    elsewhere = Browser(app.test_client())
    sign_in(elsewhere, anna)

    visitor.post("/account/identity/removal")

    assert elsewhere.get("/account").heading == "Sign in"
    assert visitor.get("/account").heading == "anna"
    assert counted(installation)["identity"] == 0


def test_who_has_no_password_keeps_the_only_way_in(visitor, anna, installation):
    sign_in(visitor, anna)

    page = visitor.post("/account/identity/removal")

    assert page.status == 409
    assert counted(installation)["identity"] == 1


def confirmed(installation):
    with look(installation, SYSTEM) as uow:
        [row] = uow.session.query(sessions.SignIn).all()
        return row.confirmed_at is not None
