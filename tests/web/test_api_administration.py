"""Creating, changing, closing and reopening accounts through the API; alice has a task, admin administers."""

import pytest
from sqlalchemy import update

from engine.accounts import repository
from engine.accounts.models import Account
from tests.factories import diagrams
from tests.factories.callers import Caller
from tests.factories.insiders import inside, insiders
from tests.factories.problems import problem
from tests.factories.races import at_once
from tests.factories.records import events

__all__ = ["inside", "insiders"]

ACCOUNTS = "/accounts"
NOBODY = f"{ACCOUNTS}/01990000-0000-7000-8000-000000000000"
LEFT = {"reason": "Has left."}


@pytest.fixture
def path(installation):
    def path(name, act=""):
        with installation.database.reading() as session:
            return f"{ACCOUNTS}/{repository.named(session, name).id}{act and '/' + act}"

    return path


@pytest.fixture
def close(admin, path):
    def close(name, by=admin):
        answer = by.post(path(name, "closing"), json=LEFT)
        assert answer.status == 200, answer.text
        return answer.json

    return close


NEW = {"name": "Eva", "display_name": "Eva Ek", "groups": ["officer"]}


def test_an_account_is_created_and_given_a_password(admin, path, installation):
    created = admin.post(ACCOUNTS, json=NEW)

    assert created.status == 201, created.text
    assert {
        name: created.json[name] for name in ("name", "display_name", "groups", "is_admin")
    } == {
        "name": "eva",
        "display_name": "Eva Ek",
        "groups": ["officer"],
        "is_admin": False,
    }
    assert admin.get(f"{ACCOUNTS}?name=eva").json["items"] == [created.json]
    assert admin.post(path("eva", "password-reset")).json["password"]
    told = [each.type for each in events(installation, "accounts")]
    assert told[-2:] == ["account.created", "password.reset"]


def test_an_account_is_created_once(admin):
    key = {"Idempotency-Key": "k"}
    first, again = (admin.post(ACCOUNTS, json=NEW, headers=key) for _ in range(2))

    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json
    assert "eva" in problem(admin.post(ACCOUNTS, json=NEW), 409)["detail"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"name": "eva"}, "display_name"),
        ({"display_name": "Eva"}, "name"),
        (NEW | {"password": "korrekt häst batteri"}, "password"),
        (NEW | {"name": "två ord"}, "'fields': {'name'"),
        (NEW | {"name": "e" * 5_000}, "'fields': {'name'"),
        (NEW | {"display_name": " "}, "'fields': {'display_name'"),
    ],
)
def test_what_is_no_account_is_not_created(admin, body, told):
    before = admin.get(ACCOUNTS).json

    answer = admin.post(ACCOUNTS, json=body)

    assert told in str(problem(answer, 422))
    assert len(answer.text) < 1_000
    assert admin.get(ACCOUNTS).json == before


def test_nobody_else_creates_accounts(alice, owner, anybody):
    problem(alice.post(ACCOUNTS, json=NEW), 403)
    problem(owner.post(ACCOUNTS, json=NEW), 403)
    problem(anybody.post(ACCOUNTS, json=NEW), 401)


def test_rights_are_granted_and_count_from_the_next_request(admin, bob, path, installation):
    problem(bob.get(ACCOUNTS), 403)

    answer = admin.patch(path("bob"), json={"is_admin": True, "groups": ["auditor", "officer"]})

    assert answer.status == 200, answer.text
    assert (answer.json["groups"], answer.json["is_admin"]) == (["auditor", "officer"], True)
    assert bob.get(ACCOUNTS).status == 200
    changed = bob.patch(path("bob"), json={"is_admin": False, "display_name": "Bo Ek"})
    assert (changed.json["groups"], changed.json["display_name"]) == (
        ["auditor", "officer"],
        "Bo Ek",
    )
    problem(bob.get(ACCOUNTS), 403)
    kinds = [each.type for each in events(installation, "accounts")]
    assert kinds.count("account.changed") == 2


def test_a_group_that_is_revoked_takes_its_tasks_with_it(admin, owner, alice, bob, path):
    owner.deploy(diagrams.one_task(groups="officer"))
    task = alice.tasks(alice.start())["a"]
    assert bob.get(f"/user-tasks/{task['id']}").status == 200

    assert admin.patch(path("bob"), json={"groups": []}).json["groups"] == []

    problem(bob.get(f"/user-tasks/{task['id']}"), 404)


@pytest.mark.parametrize(
    "body",
    [
        {"groups": None},
        {"groups": "officer"},
        {"groups": [1]},
        {"groups": [""]},
        {"groups": ["x" * 101]},
        {"groups": ["a\0b"]},
        {"groups": [str(each) for each in range(101)]},
        {"is_admin": None},
        {"is_admin": "perhaps"},
        {"display_name": ""},
        {"display_name": "x" * 201},
        {"display_name": "\ud800"},
        {"name": "other"},
        {"is_active": False},
        {"closed_at": None},
        [],
        "x",
    ],
)
def test_what_cannot_be_is_refused(admin, path, body):
    problem(admin.patch(path("bob"), json=body), 422)


@pytest.mark.parametrize(
    "body", [{}, {"reason": ""}, {"reason": " "}, {"reason": "x" * 2_001}, {"reason": None}]
)
def test_an_account_is_not_closed_without_a_reason(admin, path, body):
    problem(admin.post(path("bob", "closing"), json=body), 422)


def test_only_administrators_do_these_things(people, anybody, path):
    for name in ("alice", "bob", "owner", "auditor", "charlie"):
        who = people[name]
        problem(who.patch(path("bob"), json={"is_admin": True}), 403)
        problem(who.post(path("alice", "closing"), json=LEFT), 403)
        problem(who.post(path("alice", "reopening")), 403)
    problem(anybody.patch(path("bob"), json={}), 401)
    problem(anybody.post(path("bob", "closing"), json=LEFT), 401)
    problem(anybody.post(path("bob", "reopening")), 401)


def test_who_is_not_there_is_not_found(admin):
    problem(admin.patch(NOBODY, json={"is_admin": True}), 404)
    problem(admin.post(f"{NOBODY}/closing", json=LEFT), 404)
    problem(admin.post(f"{NOBODY}/reopening"), 404)


def test_the_last_administrator_and_oneself_stay(admin, bob, path):
    assert "sista" in problem(admin.patch(path("admin"), json={"is_admin": False}), 409)["detail"]
    problem(admin.post(path("admin", "closing"), json=LEFT), 409)
    problem(admin.post(path("bob", "reopening")), 409)

    admin.patch(path("bob"), json={"is_admin": True})
    problem(admin.post(path("admin", "closing"), json=LEFT), 409)
    assert bob.post(path("admin", "closing"), json=LEFT).status == 200
    problem(admin.get(ACCOUNTS), 401)
    problem(bob.patch(path("bob"), json={"is_admin": False}), 409)


def test_a_token_and_a_session_that_are_in_use_end_at_once(admin, alice, inside, close, path):
    browser = inside("alice")
    assert alice.get("/user-tasks").status == browser.get("/user-tasks").status == 200

    closed = close("alice")["account"]

    assert (closed["is_active"], closed["closed_at"] is None) == (False, False)
    problem(alice.get("/user-tasks"), 401)
    problem(browser.get("/user-tasks"), 401)
    opened = admin.post(path("alice", "reopening"))
    assert (opened.json["is_active"], opened.json["closed_at"]) == (True, None)
    problem(alice.get("/user-tasks"), 401)
    problem(browser.get("/user-tasks"), 401)
    assert inside("alice").get("/user-tasks").status == 200


def test_closing_says_how_many_tasks_wait_and_an_administrator_gives_them_on(
    admin, owner, alice, bob, charlie, close
):
    owner.deploy(diagrams.one_task(groups="officer"))
    held = [alice.tasks(alice.start())["a"] for _ in range(3)]
    for each in held[:2]:
        alice.assign(each, "alice")

    assert close("alice")["open_tasks"] == 2

    waiting = admin.get("/user-tasks", assignee="alice", state="created").json["items"]
    assert [each["id"] for each in waiting] == [each["id"] for each in held[:2]]
    problem(bob.assign(held[0], "bob"), 409)
    problem(admin.assign(held[0], "alice"), 409)
    problem(bob.assign(held[2], "alice"), 409)
    assert admin.assign(held[0], "bob").status == 200
    assert bob.complete(held[0]).status == 200


def test_accounts_are_listed_open_closed_or_both(admin, close):
    close("bob")

    def names(**query):
        return {each["name"] for each in admin.get(ACCOUNTS, **query).json["items"]}

    assert names(closed="true") == {"bob"}
    assert "bob" not in names(closed="false")
    assert names(closed="false") | {"bob"} == names()
    assert names(closed="true", name="alice") == set()
    problem(admin.get(ACCOUNTS, closed="perhaps"), 422)
    first = admin.get(ACCOUNTS, closed="false", limit=2).json
    rest = admin.get(ACCOUNTS, closed="false", cursor=first["next_cursor"]).json
    found = [each["name"] for each in (*first["items"], *rest["items"])]
    assert sorted(found) == sorted(names(closed="false"))
    assert all(each["closed_at"] is None for each in (*first["items"], *rest["items"]))


def test_a_closed_account_is_not_among_the_people_nor_a_substitute(admin, alice, close):
    close("bob")

    people = alice.get("/people").json["items"]
    assert "bob" not in {each["name"] for each in people}
    body = {"substitute": "bob", "valid_from": "2026-01-01"}
    assert alice.post("/substitutions", json={**body, "substitute": "charlie"}).status == 201
    problem(alice.post("/substitutions", json=body), 409)


def test_of_two_administrators_who_take_one_anothers_rights_at_once_one_stays(
    installation, admin, bob, path
):
    admin.patch(path("bob"), json={"is_admin": True})
    other = {"admin": path("bob"), "bob": path("admin")}

    def demote(who: Caller):
        return who.patch(other[who.name], json={"is_admin": False})

    for _ in range(4):
        answers, _ = at_once([admin, bob], demote)

        assert sorted(each.status for each in answers) in ([200, 403], [200, 409])
        with installation.database.writing() as session:
            left = session.query(Account).filter(Account.is_admin, Account.is_active).count()
            assert left == 1
            session.execute(
                update(Account).where(Account.name.in_(["admin", "bob"])).values(is_admin=True)
            )
            session.commit()
