"""The account's pages: where one is signed in, another password, keys for programs. None needs a script."""

import pytest

from engine.accounts import commands, passwords, repository
from engine.identity.actor import SYSTEM
from engine.identity.permissions import SCOPES
from engine.uow import begin
from tests.factories.browsers import Browser
from tests.factories.callers import Caller, InProcess
from tests.factories.clocks import clock
from tests.factories.insiders import PASSWORD, insiders
from tests.factories.tables import counted
from web.auth.requests import COOKIE
from web.pages import words

__all__ = ["clock", "insiders"]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = "fyra andra ord nu"


@pytest.fixture
def enter(app, insiders):
    """Sign somebody in with the password, by a browser of some kind."""

    def enter(name="alice", password=PASSWORD, agent=FIREFOX, language="en"):
        client = app.test_client()
        client.environ_base["HTTP_USER_AGENT"] = agent
        browser = Browser(client, language)
        browser.post("/sign-in", name=name, password=password)
        return browser

    return enter


def sessions(page):
    return page.texts("//ul[@aria-labelledby='sessions']//p[@class='row-name']")


def actions(page, path):
    return [each for each in page.all("//form/@action") if each.startswith(path)]


def revocations(page):
    """Return where each key is revoked, once that is confirmed."""
    return [each for each in page.all("//main//a/@href") if each.startswith("/account/tokens/0")]


# ---------------------------------------------------------------- sessions


def test_the_account_says_where_one_is_signed_in(enter):
    here = enter()
    enter(agent="curl/8.0")
    enter(agent="<script>alert(1)</script> Safari/ iPhone")

    page = here.get("/account")

    assert sorted(sessions(page)) == [
        "An unknown browser",
        "Firefox, Windows this one",
        "Safari, iPhone",
    ]
    assert "<script>alert" not in page.source


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.0 Safari/605.1.15",
            "Safari, macOS",
        ),
    ],
)
def test_a_browser_is_called_as_people_know_it(enter, agent, shown):
    assert sessions(enter(agent=agent).get("/account")) == [f"{shown} this one"]


def test_a_session_is_ended_from_the_page(enter):
    here, there = enter(), enter()
    page = here.get("/account")
    [revocation] = actions(page, "/account/sessions/0")

    after = here.post(revocation)

    assert "You are signed out there." in after.main
    assert len(sessions(after)) == 1
    assert there.get("/account").heading == "Sign in"
    assert actions(after, "/account/sessions") == []


def test_all_others_are_ended_from_the_page(enter):
    here, there, bob = enter(), enter(), enter("bob")

    after = here.post("/account/sessions/revocation")

    assert len(sessions(after)) == 1
    assert there.get("/account").heading == "Sign in"
    assert bob.get("/account").heading == "bob"


def test_nobody_ends_the_session_or_revokes_the_key_of_another(enter):
    alice, _ = enter(), enter()
    page = alice.get("/account")
    paths = actions(page, "/account/sessions/0") + revocations(page)
    assert len(paths) == 2

    for name in ("bob", "admin", "charlie"):
        other = enter(name)
        for path in paths:
            assert other.post(path).status == 404
        assert other.get(paths[-1]).status == 404

    assert len(sessions(alice.get("/account"))) == 2


def test_a_session_that_lay_idle_is_over(clock, enter):
    alice = enter()
    clock.forward(minutes=121)

    assert alice.get("/tasks").heading == "Sign in"


def test_most_requests_write_nothing(clock, enter, installation):
    alice = enter()
    statements = []
    original = installation.database.changing

    def changing():
        statements.append(1)
        return original()

    installation.database.changing = changing
    for _ in range(10):
        clock.forward(seconds=29)
        alice.get("/account")
    assert statements == []
    clock.forward(seconds=10)
    alice.get("/account")

    assert statements == [1]


# ---------------------------------------------------------------- the password


def change(browser, old=PASSWORD, new=NEW, again=None):
    return browser.post(
        "/account/password", old_password=old, new_password=new, new_password_again=again or new
    )


def test_a_password_is_changed(enter):
    here, there = enter(), enter()

    page = change(here)

    assert page.address == "/account"
    assert "You have a new password." in page.main
    assert there.get("/account").heading == "Sign in"
    assert enter(password=NEW).get("/account").heading == "alice"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"old": "fel lösenord"}, "The password is not right."),
        ({"new": "kort"}, "A password has 12 to 1024 characters."),
        ({"new": "password1234"}, "This password is among the first that would be tried."),
        ({"new": PASSWORD}, "The new password is the old one."),
        ({"again": "något annat alls"}, "The new password was not written alike both times."),
    ],
)
def test_what_is_wrong_with_a_password_is_told_and_none_is_shown(enter, given, told):
    alice = enter()

    page = change(alice, **given)

    assert page.status == 422
    assert page.texts("//*[@role='alert']")[0].startswith(told)
    assert [each.get("value") for each in page.all("//input[@type='password']")] == [None] * 3
    assert change(alice).address == "/account"


def test_guessing_at_the_old_password_is_stopped(clock, enter):
    alice = enter()
    for _ in range(5):
        change(alice, old="fel lösenord")

    page = change(alice)

    assert page.status == 429
    assert page.response.headers["Retry-After"] == "60"
    assert "Try again in 1 min." in page.main


def test_a_one_time_password_leads_nowhere_but_to_choosing_one(enter, installation):
    with begin(installation, SYSTEM) as uow:
        given = passwords.one_time()
        commands.reset_password(uow, repository.named(uow.session, "alice").id, given)
        uow.commit()

    alice = enter(password=given.password)

    for address in ("/tasks", "/cases", "/account", "/routines", "/account/tokens"):
        page = alice.get(address)
        assert page.address == "/account/password"
        assert "for once only" in page.main
    assert alice.get("/account/password").all("//nav[@class='trail']") == []
    assert change(alice, given.password, given.password).status == 422
    assert change(alice, given.password).address == "/account"
    assert alice.get("/tasks").heading == "To do"


def test_who_has_a_one_time_password_can_sign_out(enter, installation):
    with begin(installation, SYSTEM) as uow:
        given = passwords.one_time()
        commands.reset_password(uow, repository.named(uow.session, "alice").id, given)
        uow.commit()
    alice = enter(password=given.password)

    assert alice.post("/sign-out").heading == "Sign in"
    assert counted(installation)["sign_in"] == 0


# ---------------------------------------------------------------- keys


def test_a_key_is_made_shown_once_and_revoked(enter, app):
    alice = enter()
    form = alice.get("/account/tokens")
    assert len(form.all("//input[@name='scope']")) > 5

    page = alice.post(
        "/account/tokens",
        ("scope", "process_instance:read"),
        ("scope", "user_task:read"),
        name="<b>Rapport</b>",
        days="30",
    )

    assert page.status == 201
    secret = page.one("//code[@id='key']").text
    program = Caller("program", secret, InProcess(app))
    assert program.get("/process-instances").status == 200
    account = alice.get("/account")
    assert secret not in account.source
    assert account.texts("//ul[@aria-labelledby='tokens']//p[@class='row-name']") == [
        "<b>Rapport</b>",
        "tests",
    ]
    assert account.texts("//ul[@aria-labelledby='tokens']/li[1]//details//li") == [
        "Read cases",
        "Read tasks",
    ]
    confirmation = alice.get(revocations(account)[0])
    assert "Programs that use it are shut out at once." in confirmation.main
    assert program.get("/process-instances").status == 200
    after = alice.post(actions(confirmation, "/account/tokens/")[0])
    assert "opens nothing any more" in after.main
    assert alice.get(revocations(account)[0]).status == 404
    assert program.get("/process-instances").status == 401


@pytest.mark.parametrize(
    ("name", "scopes"),
    [("", ["process_instance:read"]), ("Rapport", []), ("Rapport", ["token:create"])],
)
def test_a_key_that_cannot_be_is_told_and_the_form_keeps_its_answers(
    enter, installation, name, scopes
):
    alice = enter()
    before = counted(installation)["api_token"]

    page = alice.post(
        "/account/tokens", *(("scope", each) for each in scopes), name=name, days="365"
    )

    assert page.status == 422
    assert page.texts("//*[@role='alert']")
    assert page.one("//input[@name='name']").get("value") == name
    assert page.all("//option[@selected]")[0].get("value") == "365"
    assert counted(installation)["api_token"] == before


def test_a_key_is_not_made_for_what_one_may_not_do(enter):
    charlie, admin = enter("charlie").get("/account/tokens"), enter("admin").get("/account/tokens")

    offered = [
        {each.get("value") for each in page.all("//input[@name='scope']")}
        for page in (charlie, admin)
    ]

    assert "definition:deploy" not in offered[0]
    assert "definition:deploy" in offered[1]
    assert "token:create" not in offered[1]


def test_every_permission_that_a_key_carries_has_words():
    assert set(words.PERMISSIONS) == set(SCOPES)


@pytest.mark.parametrize(
    "address",
    [
        "/account/password",
        "/account/tokens",
        "/account/sessions/revocation",
        "/account/sessions/01990000-0000-7000-8000-000000000000/revocation",
        "/account/tokens/01990000-0000-7000-8000-000000000000/revocation",
    ],
)
def test_a_form_from_elsewhere_is_refused(enter, address):
    alice = enter()

    assert alice.client.post(address, data={"csrf_token": "guessed"}).status_code == 400
    alice.client.delete_cookie(COOKIE)
    assert alice.post(address).heading == "Sign in"


@pytest.mark.parametrize("address", ["/account/password", "/account/tokens"])
def test_a_page_stands_under_the_account(enter, address):
    page = enter().get(address)

    assert page.texts("//nav[@class='nav']//a[@aria-current]") == ["Profile"]
    assert page.texts("//nav[@class='trail']//a") == ["Account"]
    for field in page.all("//main//input[@type!='hidden' and not(@aria-hidden)]"):
        assert page.texts(f"//label[@for='{field.get('id')}']")


def test_the_pages_are_there_in_swedish(enter):
    alice = enter(language="sv")

    assert alice.get("/account/password").heading == "Byt lösenord"
    assert alice.get("/account/tokens").heading == "Skapa en nyckel"
    assert "Var du är inloggad" in alice.get("/account").main
