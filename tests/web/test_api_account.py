"""One's own account through the API: sessions, password, keys; and what administrators do for others."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.accounts import repository
from engine.audit.models import AuditEvent
from engine.identity.permissions import NEVER_BY_TOKEN, SCOPES
from tests.factories import diagrams
from tests.factories.callers import Caller, InProcess
from tests.factories.clocks import clock
from tests.factories.insiders import PASSWORD, inside, insiders
from tests.factories.problems import problem

__all__ = ["clock", "inside", "insiders"]

NOBODY = "01990000-0000-7000-8000-000000000000"
SESSIONS, TOKENS, ACCOUNTS = "/account/sessions", "/account/tokens", "/accounts"
NEW = "fyra andra ord nu"
SESSION = {
    "id",
    "agent",
    "current",
    "created_at",
    "seen_at",
    "confirmed_at",
    "expires_at",
}
TOKEN = {"id", "name", "scopes", "created_at", "expires_at", "used_at"}


def items(answer):
    assert answer.status == 200, answer.text
    assert answer.json["next_cursor"] is None
    return answer.json["items"]


def change(who, old=PASSWORD, new=NEW):
    return who.post("/account/password", json={"old_password": old, "new_password": new})


def identity(installation, name):
    with installation.database.reading() as session:
        return repository.named(session, name).id


# ---------------------------------------------------------------- sessions


def test_a_person_sees_where_they_are_signed_in(inside):
    here, _ = inside("alice"), inside("alice")
    inside("bob")

    found = items(here.get(SESSIONS))

    assert len(found) == 2
    assert all(set(each) == SESSION for each in found)
    assert sorted(each["current"] for each in found) == [False, True]


def test_a_session_is_ended_and_opens_nothing_any_more(inside):
    here, there = inside("alice"), inside("alice")
    [other] = [each for each in items(here.get(SESSIONS)) if not each["current"]]

    answer = here.delete(f"{SESSIONS}/{other['id']}")

    assert (answer.status, answer.json["id"]) == (200, other["id"])
    problem(there.get(SESSIONS), 401)
    problem(here.delete(f"{SESSIONS}/{other['id']}"), 404)
    assert len(items(here.get(SESSIONS))) == 1


def test_all_other_sessions_are_ended(inside):
    here, there, bob = inside("alice"), inside("alice"), inside("bob")

    assert len(items(here.delete(SESSIONS))) == 1

    problem(there.get(SESSIONS), 401)
    assert len(items(bob.get(SESSIONS))) == 1


def test_nobody_sees_or_ends_the_sessions_of_another(inside):
    alice = inside("alice")
    [mine] = items(alice.get(SESSIONS))

    for name in ("bob", "admin", "charlie"):
        other = inside(name)
        assert mine["id"] not in {each["id"] for each in items(other.get(SESSIONS))}
        problem(other.delete(f"{SESSIONS}/{mine['id']}"), 404)
        problem(other.delete(f"{SESSIONS}/{NOBODY}"), 404)
        items(other.delete(SESSIONS))

    assert len(items(alice.get(SESSIONS))) == 1


# ---------------------------------------------------------------- the password


def test_another_password_ends_all_other_sessions(inside):
    here, there = inside("alice"), inside("alice")

    [left] = items(change(here))

    assert left["current"]
    problem(there.get(SESSIONS), 401)
    problem(change(here, PASSWORD), 422)
    assert change(here, NEW, "ännu ett annat ord").status == 200


@pytest.mark.parametrize("new", ["", "kort", "password1234", "alice alice alice", PASSWORD, "x\0"])
def test_what_cannot_be_a_password_is_told_and_changes_nothing(inside, new):
    alice = inside("alice")

    problem(change(alice, new=new), 422)

    assert change(alice).status == 200


def test_guessing_from_within_is_stopped_too(clock, inside, installation):
    alice = inside("alice")
    for _ in range(5):
        problem(change(alice, "fel lösenord"), 422)

    for answer in (
        change(alice),
        alice.post("/account/confirmation", json={"password": PASSWORD}),
    ):
        said = problem(answer, 429)
        assert answer.headers["Retry-After"] == "60"
        assert "1 min" in said["detail"]
    assert change(inside("bob")).status == 200
    with installation.database.reading() as session:
        [lock] = session.scalars(select(AuditEvent).where(AuditEvent.type == "sign_in.locked"))
    assert lock.facts["locked"] == "confirmation"
    assert lock.facts["account"] == str(identity(installation, "alice"))

    clock.forward(minutes=1)
    assert change(alice).status == 200


def test_a_new_password_that_is_none_is_no_failed_attempt(inside):
    alice = inside("alice")
    for _ in range(8):
        problem(change(alice, new="kort"), 422)

    assert change(alice).status == 200


def test_who_locks_a_name_from_outside_locks_nobody_out_who_is_inside(clock, inside, client):
    alice = inside("alice")
    token = client.get("/sign-in").text.partition('name="csrf_token" value="')[2].partition('"')
    for _ in range(6):
        last = client.post(
            "/sign-in", data={"name": "alice", "password": "x", "csrf_token": token[0]}
        )

    assert last.status_code == 429
    assert alice.post("/account/confirmation", json={"password": PASSWORD}).status == 200


def test_a_session_is_confirmed_by_the_password(clock, inside):
    alice = inside("alice")
    assert items(alice.get(SESSIONS))[0]["confirmed_at"] is None

    problem(alice.post("/account/confirmation", json={"password": "fel lösenord"}), 422)
    assert items(alice.get(SESSIONS))[0]["confirmed_at"] is None
    answer = alice.post("/account/confirmation", json={"password": PASSWORD})

    assert answer.status == 200
    assert items(alice.get(SESSIONS))[0]["confirmed_at"] == answer.json["confirmed_at"]


# ---------------------------------------------------------------- keys


def end(clock, **life):
    return (clock.at + timedelta(**(life or {"days": 30}))).isoformat()


def make(who, clock, scopes=("process_instance:read",), **more):
    body = {"name": "Report", "scopes": list(scopes), "expires_at": end(clock)} | more
    return who.post(TOKENS, json=body)


def test_a_key_is_shown_once_and_opens_what_it_carries(clock, inside, app, owner):
    owner.deploy(diagrams.one_task())
    alice = inside("alice")

    created = make(alice, clock)

    assert created.status == 201
    assert set(created.json) == TOKEN | {"secret"}
    program = Caller("program", created.json["secret"], InProcess(app))
    assert program.get("/process-instances").status == 200
    problem(program.get("/user-tasks"), 403)
    problem(program.get("/process-definitions"), 403)
    problem(program.post("/process-instances", json={"definition_key": "p"}), 403)
    listed = items(alice.get(TOKENS))
    assert [each["name"] for each in listed] == ["Report", "tests"]
    assert all(set(each) == TOKEN for each in listed)
    assert listed[0]["used_at"] is not None
    assert created.json["secret"] not in alice.get(TOKENS).text


def test_a_key_of_charlie_opens_no_more_than_charlie(clock, inside, app, alice, owner):
    owner.deploy(diagrams.one_task())
    case = alice.start()
    created = make(inside("charlie"), clock, SCOPES).json

    program = Caller("program", created["secret"], InProcess(app))

    problem(program.get(f"/process-instances/{case['id']}"), 404)
    problem(program.get(ACCOUNTS), 403)


def test_a_key_makes_no_key_and_changes_no_password(clock, alice):
    """It would live on after its end, and after it was revoked."""
    problem(make(alice, clock), 403)
    problem(change(alice), 403)
    problem(alice.post("/account/confirmation", json={"password": PASSWORD}), 403)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"scopes": []}, 422),
        ({"scopes": ["no:such"]}, 422),
        ({"scopes": sorted(NEVER_BY_TOKEN)}, 422),
        ({"scopes": "process_instance:read"}, 422),
        ({"expires_at": "2001-01-01T00:00:00Z"}, 422),
        ({"expires_at": "2999-01-01T00:00:00Z"}, 422),
        ({"expires_at": None}, 422),
        ({"expires_at": "9999-12-31T23:59:59-14:00"}, 422),
        ({"name": ""}, 422),
        ({"name": " "}, 422),
        ({"name": "x" * 101}, 422),
        ({"account": "bob"}, 422),
    ],
)
def test_a_key_that_cannot_be_is_told_and_not_made(clock, inside, more, status):
    alice = inside("alice")

    problem(make(alice, clock, **more), status)

    assert len(items(alice.get(TOKENS))) == 1


def test_a_key_needs_an_end(inside):
    body = {"name": "Report", "scopes": ["process_instance:read"]}

    assert "expires_at" in problem(inside("alice").post(TOKENS, json=body), 422)["errors"]["json"]


def test_a_key_is_revoked(clock, inside, app):
    alice = inside("alice")
    created = make(alice, clock).json
    program = Caller("program", created["secret"], InProcess(app))
    assert program.get("/process-instances").status == 200

    answer = alice.delete(f"{TOKENS}/{created['id']}")

    assert (answer.status, answer.json["id"]) == (200, created["id"])
    problem(program.get("/process-instances"), 401)
    problem(alice.delete(f"{TOKENS}/{created['id']}"), 404)


def test_a_key_ends(clock, inside, app):
    created = make(inside("alice"), clock).json
    program = Caller("program", created["secret"], InProcess(app))

    clock.forward(days=30)

    problem(program.get("/process-instances"), 401)


def test_nobody_sees_or_revokes_the_keys_of_another(clock, inside):
    alice = inside("alice")
    created = make(alice, clock).json

    for name in ("bob", "admin", "charlie"):
        other = inside(name)
        assert created["id"] not in other.get(TOKENS).text
        problem(other.delete(f"{TOKENS}/{created['id']}"), 404)
        problem(other.delete(f"{TOKENS}/{NOBODY}"), 404)

    assert len(items(alice.get(TOKENS))) == 2


def test_an_answer_that_was_kept_is_not_for_a_key_that_could_not_ask(clock, inside, app, owner):
    owner.deploy(diagrams.one_task())
    starts = Caller(
        "program",
        make(inside("alice"), clock, ["process_instance:start", "process_instance:read"]).json[
            "secret"
        ],
        InProcess(app),
    )
    reads = Caller("program", make(inside("alice"), clock).json["secret"], InProcess(app))
    body = {"definition_key": "p"}
    assert starts.post("/process-instances", json=body, key="k").status == 201

    problem(reads.post("/process-instances", json=body, key="k"), 403)


# ---------------------------------------------------------------- administrators


def test_an_administrator_finds_an_account(admin, installation):
    [found] = admin.get(ACCOUNTS, name="Alice").json["items"]

    assert found["id"] == str(identity(installation, "alice"))
    assert set(found) == {
        "id",
        "name",
        "display_name",
        "groups",
        "is_admin",
        "is_active",
        "created_at",
        "closed_at",
    }
    first = admin.get(ACCOUNTS, limit=2).json
    second = admin.get(ACCOUNTS, limit=200, cursor=first["next_cursor"]).json
    names = [each["name"] for each in (*first["items"], *second["items"])]
    assert sorted(names) == ["admin", "alice", "auditor", "bob", "charlie", "owner"]


def sign_in(client, name, password):
    page = client.get("/sign-in").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    return client.post("/sign-in", data={"name": name, "password": password, "csrf_token": token})


def test_an_administrator_unlocks(clock, admin, client, installation, insiders):
    for _ in range(5):
        sign_in(client, "alice", "fel lösenord")
    assert sign_in(client, "alice", PASSWORD).status_code == 429

    answer = admin.post(f"{ACCOUNTS}/{identity(installation, 'alice')}/unlock")

    assert (answer.status, answer.json["name"]) == (200, "alice")
    assert sign_in(client, "alice", PASSWORD).status_code == 303


def test_a_one_time_password_leads_to_choosing_one(admin, client, installation, inside):
    before = inside("alice")

    reset = admin.post(f"{ACCOUNTS}/{identity(installation, 'alice')}/password-reset")

    assert reset.status == 200
    assert set(reset.json) == {"password", "expires_at"}
    problem(before.get(SESSIONS), 401)
    assert sign_in(client, "alice", PASSWORD).status_code == 401
    assert sign_in(client, "alice", reset.json["password"]).status_code == 303
    answer = client.get("/api/v1/process-instances")
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert client.get("/tasks").location == "/account/password"


def test_only_administrators_do_these_things(people, installation):
    path = f"{ACCOUNTS}/{identity(installation, 'bob')}"
    for name in ("alice", "bob", "owner", "auditor", "charlie"):
        problem(people[name].get(ACCOUNTS), 403)
        problem(people[name].post(f"{path}/unlock"), 403)
        problem(people[name].post(f"{path}/password-reset"), 403)


def test_nobody_is_unlocked_who_is_not_there(admin, installation):
    for act in ("unlock", "password-reset"):
        problem(admin.post(f"{ACCOUNTS}/{NOBODY}/{act}"), 404)
    own = identity(installation, "admin")
    problem(admin.post(f"{ACCOUNTS}/{own}/password-reset"), 409)


def test_without_signing_in_there_is_nothing(anybody):
    for path in (SESSIONS, TOKENS, ACCOUNTS):
        problem(anybody.get(path), 401)
    for path in ("/account/password", "/account/confirmation", TOKENS):
        problem(anybody.post(path, json={}), 401)
