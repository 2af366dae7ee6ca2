"""People and their accounts on pages: each act does in the database what its page says, and says it afterwards."""

import pytest

from engine.accounts import attempts, repository
from engine.identity.actor import SYSTEM
from engine.uow import begin
from tests.factories import diagrams
from tests.factories.browsers import Browser, problems
from tests.factories.organisations import organisation, place
from tests.factories.records import events

__all__ = ["organisation"]

PEOPLE = "/administration/people"


@pytest.fixture
def admin_browser(browsers):
    return browsers("admin")


@pytest.fixture
def account(installation):
    """Return somebody's account as it is now."""

    def account(name):
        with installation.database.reading() as session:
            return repository.named(session, name)

    return account


@pytest.fixture
def page_of(account):
    return lambda name, below="": f"{PEOPLE}/{account(name).id}{below}"


def groups(account):
    return sorted(each.group for each in account.memberships)


def receipt(page):
    return page.texts("//div[@role='status']")


def last(installation, chain="accounts"):
    return events(installation, chain)[-1].type


# ---------------------------------------------------------------- the list


def names(page):
    return page.texts("//main//a[@class='row-name']")


def test_people_are_found_by_name_unit_and_state(admin_browser, organisation, page_of):
    place(organisation, "alice", "norr")
    place(organisation, "bob", "norr")
    admin_browser.post(page_of("bob", "/closing"), reason="Har slutat.")

    def found(query):
        return names(admin_browser.get(f"{PEOPLE}?{query}"))

    assert found("text=ALI") == ["alice"]
    assert found("unit=norr") == ["alice"]
    assert found("unit=norr&show=all") == ["alice", "bob"]
    assert found("show=closed") == ["bob"]
    assert "alice" not in found("show=unplaced")
    assert found("text=%25") == []
    assert found("text=%00") == found("")


def test_letters_outside_english_are_found_however_they_are_written(admin_browser):
    admin_browser.post(f"{PEOPLE}/new", name="asa", display_name="Åsa Öberg")

    assert names(admin_browser.get(f"{PEOPLE}?text=åsa")) == ["Åsa Öberg"]


def test_nobody_is_found_with_a_way_back(admin_browser):
    page = admin_browser.get(f"{PEOPLE}?text=zzz")

    assert "Nobody matches that." in page.main
    assert page.link("Show all") == PEOPLE


# ---------------------------------------------------------------- a new account


def test_somebody_gets_an_account_and_signs_in_with_the_password_shown(
    admin_browser, app, account, installation
):
    page = admin_browser.post(
        f"{PEOPLE}/new",
        name=" Eva.Ek ",
        display_name="Eva Ek",
        groups="officer\n\nauthor\nofficer",
    )

    assert page.status == 201
    made = account("eva.ek")
    assert (made.display_name, groups(made), made.is_admin) == (
        "Eva Ek",
        ["author", "officer"],
        False,
    )
    password = page.one("//code[@id='password']").text
    eva = Browser(app.test_client())
    entered = eva.post("/sign-in", name="eva.ek", password=password)
    assert entered.heading == "Change your password"
    kinds = [each.type for each in events(installation, "accounts")]
    assert kinds[-2:] == ["account.created", "password.reset"]
    assert password not in str(events(installation, "accounts"))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "", "display_name": "Eva"}, ["User name: Fill this in."]),
        ({"name": "eva", "display_name": " "}, ["Name: Fill this in."]),
        (
            {"name": "alice", "display_name": "Eva"},
            ["User name: There is already an account 'alice'."],
        ),
        (
            {"name": "e v a", "display_name": "Eva"},
            ["User name: 'e v a' cannot be an account's name."],
        ),
        (
            {"name": "eva", "display_name": "x" * 201},
            ["Name: A name that others see has 1 to 200 characters."],
        ),
        (
            {"name": "eva", "display_name": "Eva", "groups": "x" * 101},
            ["Groups: The name of a group has 1 to 100 characters."],
        ),
    ],
)
def test_what_cannot_be_an_account_is_told_and_what_was_typed_is_kept(admin_browser, fields, told):
    page = admin_browser.post(f"{PEOPLE}/new", is_admin="yes", **fields)

    assert page.status in {409, 422}
    assert page.title.startswith("Error:")
    assert list(problems(page)) == told
    assert page.value("name") == fields["name"]
    assert page.value("display_name") == fields["display_name"]
    assert page.field("is_admin").get("checked") is not None
    assert names(admin_browser.get(f"{PEOPLE}?text=eva")) == []


# ---------------------------------------------------------------- name, groups, rights


def sent_from(page, **changes):
    """Return what a form would send, with some of it typed anew."""
    form = page.one("//main//form")
    fields = {
        each.get("name"): (each.text or "").lstrip("\n")
        if each.tag == "textarea"
        else each.get("value", "")
        for each in form.xpath(".//input | .//textarea")
        if each.get("type") != "checkbox" or each.get("checked") is not None
    }
    fields.pop("csrf_token")
    return {name: text for name, text in (fields | changes).items() if text is not None}


def test_name_groups_and_rights_are_changed(admin_browser, account, page_of, installation):
    form = admin_browser.get(page_of("alice", "/account"))

    page = admin_browser.post(
        page_of("alice", "/account"),
        **sent_from(form, display_name="Alice Al", groups="author\nofficer", is_admin="yes"),
    )

    assert receipt(page) == ["What “Alice Al” is called and may do is saved."]
    alice = account("alice")
    assert (alice.display_name, groups(alice), alice.is_admin) == (
        "Alice Al",
        ["author", "officer"],
        True,
    )
    assert last(installation) == "account.changed"


def test_nobody_undoes_what_somebody_else_has_done_meanwhile(
    admin_browser, admin, account, page_of
):
    form = admin_browser.get(page_of("alice", "/account"))
    body = {"groups": ["officer", "registrar"], "is_admin": True, "display_name": "Alice A"}
    admin.patch(f"/accounts/{account('alice').id}", json=body)

    admin_browser.post(page_of("alice", "/account"), **sent_from(form, groups="officer\nauthor"))

    alice = account("alice")
    assert groups(alice) == ["author", "officer", "registrar"]
    assert (alice.is_admin, alice.display_name) == (True, "Alice A")


def test_the_last_administrator_stays_one(admin_browser, account, page_of):
    form = admin_browser.get(page_of("admin", "/account"))

    page = admin_browser.post(
        page_of("admin", "/account"), **sent_from(form, is_admin=None, display_name="Ada")
    )

    assert page.status == 409
    assert list(problems(page)) == [
        "Administrator: 'admin' is the last administrator. Make somebody else one first."
    ]
    assert page.value("display_name") == "Ada"
    assert page.field("is_admin").get("checked") is None
    assert account("admin").is_admin
    again = admin_browser.post(page_of("admin", "/account"), **sent_from(page))
    assert again.status == 409  # what the page showed first is still known


# ---------------------------------------------------------------- how people come in


def test_a_one_time_password_is_shown_once_and_ends_sessions(
    admin_browser, browsers, account, page_of, installation
):
    alice = browsers("alice")

    asked = admin_browser.get(page_of("alice", "/password"))
    page = admin_browser.post(page_of("alice", "/password"))

    assert "They are signed out in 1 place." in asked.main
    assert page.status == 201
    assert page.one("//code[@id='password']").text
    assert account("alice").one_time_until is not None
    assert alice.get("/tasks").address == "/sign-in"
    assert last(installation) == "password.reset"
    assert (
        page.one("//code[@id='password']").text not in admin_browser.get(page_of("alice")).source
    )


def test_ones_own_password_is_not_reset(admin_browser, page_of):
    page = admin_browser.post(page_of("admin", "/password"))

    assert page.status == 409
    assert list(problems(page)) == ["Your own password is changed, not reset."]


@pytest.fixture
def locked_out(installation, people):
    with begin(installation, SYSTEM) as uow:
        for _ in range(attempts.LIMITS[attempts.Kind.NAME].free):
            attempts.begin(uow, attempts.name("alice"))
        uow.commit()


@pytest.mark.usefixtures("locked_out")
def test_who_is_locked_out_is_told_of_and_let_in(admin_browser, page_of, installation):
    assert names(admin_browser.get(f"{PEOPLE}?show=locked")) == ["alice"]
    assert "People who are locked out" in admin_browser.get("/administration").main
    assert "Locked out until" in admin_browser.get(page_of("alice")).main

    page = admin_browser.post(page_of("alice", "/unlocking"))

    assert receipt(page) == ["“alice” can try to sign in again."]
    assert "Locked out" not in page.one("//article | //main//header").text_content()
    assert names(admin_browser.get(f"{PEOPLE}?show=locked")) == []
    assert last(installation, "sign_ins") == "sign_in.unlocked"


def test_sessions_are_counted_and_ended(admin_browser, browsers, page_of, installation):
    here, there = browsers("alice"), browsers("alice")
    assert "Is signed in in 2 places." in admin_browser.get(page_of("alice")).main

    page = admin_browser.post(page_of("alice", "/sessions/revocation"))

    assert receipt(page) == ["2 sessions are ended."]
    assert here.get("/tasks").address == there.get("/tasks").address == "/sign-in"
    assert last(installation, "sign_ins") == "session.revoked"
    again = admin_browser.post(page_of("alice", "/sessions/revocation"))
    assert again.status == 409
    assert "'alice' is not signed in anywhere." in again.main


def test_ones_own_session_stays_when_the_others_end(admin_browser, browsers, page_of):
    elsewhere = browsers("admin")

    page = admin_browser.post(page_of("admin", "/sessions/revocation"))

    assert receipt(page) == ["1 session is ended."]
    assert elsewhere.get("/tasks").address == "/sign-in"


def test_a_key_of_somebody_is_revoked(admin_browser, alice, page_of, installation):
    page = admin_browser.get(page_of("alice"))
    [address] = [each for each in page.all("//form/@action") if "/tokens/" in each]
    assert alice.get("/roles").status == 200

    done = admin_browser.post(address)

    assert receipt(done) == ["The key “tests” opens nothing any more."]
    assert alice.get("/roles").status == 401
    assert last(installation) == "token.revoked"
    assert admin_browser.post(address).status == 404


def test_a_key_is_revoked_only_at_whom_it_belongs_to(admin_browser, alice, page_of):
    page = admin_browser.get(page_of("alice"))
    [address] = [each for each in page.all("//form/@action") if "/tokens/" in each]
    elsewhere = address.replace(page_of("alice"), page_of("bob"))

    assert admin_browser.post(elsewhere).status == 404
    assert alice.get("/roles").status == 200


# ---------------------------------------------------------------- closing and opening again


def test_a_page_says_what_closing_does_and_it_is_done(
    admin_browser, owner, alice, account, page_of, installation
):
    owner.deploy(diagrams.one_task(groups="officer"))
    task = alice.tasks(alice.start())["a"]
    taken = alice.put(f"/user-tasks/{task['id']}/assignee", json={"user": "alice"})
    assert taken.status == 200, taken.text

    asked = admin_browser.get(page_of("alice", "/closing"))
    page = admin_browser.post(page_of("alice", "/closing"), reason="Har slutat.")

    assert "1 open task waits for them." in asked.main
    assert "1 key for a program ends for good." in asked.main
    assert receipt(page) == [
        "The account of “alice” is closed. 1 open task still waits for it. "
        "Tasks that nobody can take"
    ]
    assert not account("alice").is_active
    assert last(installation) == "account.closed"
    assert alice.get("/roles").status == 401


def test_closing_needs_a_reason(admin_browser, account, page_of):
    page = admin_browser.post(page_of("alice", "/closing"), reason=" ")

    assert page.status == 422
    assert list(problems(page)) == ["Why: Fill this in."]
    assert account("alice").is_active


def test_neither_oneself_nor_whoever_is_closed_is_closed(admin_browser, page_of):
    own = admin_browser.post(page_of("admin", "/closing"), reason="x")
    admin_browser.post(page_of("alice", "/closing"), reason="x")
    twice = admin_browser.post(page_of("alice", "/closing"), reason="x")

    assert list(problems(own)) == ["Your own account is closed by another administrator."]
    assert list(problems(twice)) == ["The account is closed already."]
    assert (own.status, twice.status) == (409, 409)


def test_a_closed_account_is_opened_again(admin_browser, account, page_of, installation):
    admin_browser.post(page_of("alice", "/closing"), reason="x")
    assert "Nobody comes in by this account since" in admin_browser.get(page_of("alice")).main

    page = admin_browser.post(page_of("alice", "/reopening"))

    assert receipt(page) == ["“alice” can sign in again."]
    assert account("alice").is_active
    assert last(installation) == "account.reopened"
    again = admin_browser.post(page_of("alice", "/reopening"))
    assert list(problems(again)) == ["The account is not closed."]


def test_the_pages_speak_swedish(browsers, page_of):
    page = browsers("admin", "sv").get(page_of("alice", "/closing"))

    assert page.heading == "Stäng kontot"
    assert "Det här händer:" in page.main
