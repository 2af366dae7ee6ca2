"""
What happened stays what happened: the database refuses to change it, and who forces it is found.

Three doors say so: the API (`/verification`), the command line (`rutin audit verify`, exit status 1), and the
verb that both call.
"""

import contextlib
import sqlite3
from uuid import UUID

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import text, update

from engine.audit.models import AuditChain
from engine.definitions.models import Resource
from engine.incidents.models import Incident
from engine.verification import checking
from tests.bpmn.sketch import end, model, start, user
from tests.factories import diagrams
from tests.factories.problems import problem
from tests.factories.tampering import (
    EVENTS,
    HISTORY,
    INSTANCES,
    TASKS,
    THE_RECORD,
    WHAT_IS_SHOWN,
    Case,
    owning,
)
from web.cli.audit import audit

STEPS = model(
    "p",
    start(),
    user("first", name="Handlägg", **diagrams.OFFICER),
    user("second", name="Kontrollera", **diagrams.OFFICER, rutin__dueDate="2027-03-01"),
    end(),
    flows="s > first > second > e",
)


@pytest.fixture
def case(admin, owner, alice, bob):
    """The first task is done, with something written; bob has taken the second."""
    names = {"name_sv": "Norr", "name_en": "North", "kind": "enhet"}
    admin.post("/units", json={"key": "norr", "valid_from": "2020-01-01", **names})
    owner.deploy(STEPS)
    case = alice.post(
        "/process-instances",
        json={"definition_key": "p", "business_key": "D-1", "unit": "norr"},
    ).json
    alice.complete(alice.tasks(case)["first"], note="Åtgärdat 2026-05-01")
    bob.assign(bob.tasks(case)["second"], "bob")
    return case


@pytest.fixture
def verify(installation):
    """Run `rutin audit verify` on the installation that is open; how it opens one, `test_cli.py` tests."""
    return lambda *cases: CliRunner().invoke(audit, ["verify", *cases], obj=installation)


@pytest.fixture
def tamper(installation, case):
    def tamper(how):
        with owning(installation.database) as connection:
            how(Case(connection, UUID(case["id"])))

    return tamper


def first_break(installation, case):
    with installation.database.reading() as session:
        return checking.verify_instance(session, UUID(case["id"]))


def is_found(installation, verify, caller, case):
    """Check that all three doors name the break."""
    found = first_break(installation, case)
    told = caller.verification(case)
    spoken = verify()
    alone = verify(case["id"])

    assert found is not None, "nothing was found"
    assert str(found).strip()
    assert told.status == 200, told.text
    assert told.json["intact"] is False
    assert told.json["first_break"]["message"].strip()
    assert told.json["first_break"]["seq"] == found.seq
    for each in (spoken, alone):
        assert each.exit_code == 1, each.output
        assert f"BROKEN {case['id']}: {found}" in each.output


def test_what_nobody_touched_holds(installation, verify, auditor, case):
    assert first_break(installation, case) is None
    assert auditor.verification(case).json["intact"] is True
    assert verify().exit_code == 0


@pytest.mark.parametrize("how", THE_RECORD.values(), ids=THE_RECORD)
def test_changing_the_record_is_found(installation, verify, auditor, case, tamper, how):
    tamper(how)

    is_found(installation, verify, auditor, case)


@pytest.mark.parametrize("how", WHAT_IS_SHOWN.values(), ids=WHAT_IS_SHOWN)
def test_changing_what_is_shown_is_found(installation, verify, auditor, case, tamper, how):
    tamper(how)

    is_found(installation, verify, auditor, case)


def test_the_state_of_another_case_is_found(installation, verify, auditor, alice, case, tamper):
    other = alice.start(note="Nekat")
    alice.complete(alice.tasks(other)["first"])

    def swap(mine):
        theirs = Case(mine.connection, UUID(other["id"])).one(INSTANCES)
        mine.change(INSTANCES, {}, saved=theirs["saved"])

    tamper(swap)

    is_found(installation, verify, auditor, case)


def test_a_step_does_not_go_on_from_a_state_that_nobody_vouches_for(
    installation, auditor, alice, bob, case, tamper
):
    """Or the next person who completes a task would seal what was slipped in, and it would hold for ever."""
    other = alice.start(note="Nekat")
    alice.complete(alice.tasks(other)["first"])
    second = bob.tasks(case)["second"]

    def slip_in(mine):
        theirs = Case(mine.connection, UUID(other["id"])).one(INSTANCES)
        mine.change(INSTANCES, {}, saved=theirs["saved"])

    tamper(slip_in)
    answer = bob.complete(second)

    assert auditor.verification(case).json["intact"] is False
    problem(answer, 409)


def test_a_case_that_has_ended_is_found_when_it_is_opened_again(
    installation, verify, auditor, bob, case, tamper
):
    bob.complete(bob.tasks(case)["second"])

    tamper(lambda mine: mine.change(INSTANCES, {}, state="active", ended_at=None))

    is_found(installation, verify, auditor, case)


def test_a_case_that_ended_at_another_time_is_found(
    installation, verify, auditor, bob, case, tamper
):
    bob.complete(bob.tasks(case)["second"])

    tamper(lambda mine: mine.change(INSTANCES, {}, ended_at=None))

    is_found(installation, verify, auditor, case)


@pytest.mark.parametrize(
    "change",
    [
        lambda connection: connection.execute(
            update(Incident).values(resolved_at=Incident.created_at)
        ),
        lambda connection: connection.execute(update(Incident).values(element_id="b")),
        lambda connection: connection.execute(update(Incident).values(template="Nothing.")),
        lambda connection: connection.execute(text("DELETE FROM incident")),
    ],
    ids=["it is over", "it was elsewhere", "it was something else", "it never was"],
)
def test_an_incident_that_is_hidden_is_found(installation, verify, auditor, alice, owner, change):
    owner.deploy(diagrams.computed("share = 10 / n"))
    case = alice.start(n=0)
    alice.complete(alice.tasks(case)["a"])
    assert auditor.verification(case).json["intact"] is True

    with owning(installation.database) as connection:
        change(connection)

    is_found(installation, verify, auditor, case)


def test_a_case_that_vanished_is_found(installation, verify, case, tamper):
    """Its events are still there, and belong to nobody any more."""

    def vanish(mine):
        mine.connection.execute(text("DELETE FROM user_task_candidate"))
        for table in (HISTORY, TASKS, INSTANCES):
            mine.remove(table)

    tamper(vanish)

    spoken = verify()
    assert spoken.exit_code == 1, spoken.output
    assert case["id"] in spoken.output


@pytest.mark.parametrize("name", ["accounts", "definitions"])
def test_what_was_deployed_and_who_came_is_chained_too(installation, verify, case, name):
    with owning(installation.database) as connection:
        chain = connection.execute(
            text("SELECT head FROM audit_chain WHERE name = :name"), {"name": name}
        ).scalar_one()
        connection.execute(
            update(AuditChain).where(AuditChain.name == name).values(head=chain[::-1])
        )

    spoken = verify()

    assert spoken.exit_code == 1
    assert f"BROKEN {name}: " in spoken.output


@pytest.mark.parametrize("name", ["accounts", "definitions"])
def test_a_chain_that_vanished_is_found(installation, verify, case, name):
    with owning(installation.database) as connection:
        connection.execute(text("DELETE FROM audit_chain WHERE name = :name"), {"name": name})

    assert verify().exit_code == 1


def test_a_diagram_that_is_not_the_one_that_was_deployed_is_found(installation, verify, case):
    """The record holds its hash; whoever reads the history has to see the routine as it was."""
    with owning(installation.database) as connection:
        forged = STEPS.replace(b"Kontrollera", b"Kontrollerx")
        connection.execute(
            update(Resource).where(Resource.content == STEPS).values(content=forged)
        )

    spoken = verify()

    assert spoken.exit_code == 1, spoken.output


def test_a_record_that_is_broken_can_still_be_read(installation, auditor, bob, case, tamper):
    """An auditor looks into what was found; the doors to it must not be shut by the one who did it."""
    second = bob.tasks(case)["second"]

    def break_it(mine):
        seq = mine.seq("user_task.completed")
        mine.change(EVENTS, {"seq": seq}, actor="person:x", facts=[], type="no.such")
        mine.connection.execute(
            text("UPDATE audit_payload SET value = '{' WHERE field = 'variables.note'")
        )
        mine.change(INSTANCES, {}, saved=b"\x01damaged")
        if installation.database.is_sqlite:
            mine.connection.execute(
                text("UPDATE audit_event SET commitments = '{' WHERE seq = :seq"), {"seq": seq + 1}
            )

    tamper(break_it)

    for more in ("", "/elements", "/events", "/verification"):
        answer = auditor.get(f"/process-instances/{case['id']}{more}")
        assert answer.status in {200, 409}, (more, answer.text)
    assert auditor.verification(case).json["intact"] is False
    problem(bob.complete(second), 409)


# ---------------------------------------------------------------- the guard rails


CHANGES = [
    "UPDATE {table} SET seq = seq",
    "UPDATE {table} SET chain = chain WHERE seq = 1",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE seq = 1",
]
ON_SQLITE = [
    "UPDATE OR REPLACE {table} SET seq = 1 WHERE seq > 1",
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "REPLACE INTO {table} SELECT * FROM {table} WHERE seq = 1",
    "INSERT INTO {table} SELECT * FROM {table} WHERE true"
    " ON CONFLICT DO UPDATE SET seq = excluded.seq",
]
ON_POSTGRESQL = [
    "TRUNCATE {table} CASCADE",
    "TRUNCATE audit_payload, audit_event",
    "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET seq = excluded.seq",
    "MERGE INTO {table} a USING {table} b ON a.chain = b.chain AND a.seq = b.seq"
    " WHEN MATCHED THEN DELETE",
    "SET session_replication_role = replica; DELETE FROM {table}",
    "SET session_replication_role = replica; UPDATE {table} SET seq = seq",
]
KEYS = {"audit_event": "chain, seq", "audit_payload": "chain, seq, field"}


def rows(connection):
    return [
        connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in KEYS
    ]


def refuses(connection, statement, errors):
    """Check that a plain connection, with nothing of ours set on it, cannot do it to either table."""
    before = rows(connection)
    for table, key in KEYS.items():
        with pytest.raises(errors, match="only added to"):
            connection.execute(statement.format(table=table, key=key))
        connection.rollback()
        assert rows(connection) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("statement", [*CHANGES, *ON_SQLITE])
def test_sqlite_itself_refuses_to_change_the_record(database_url, case, statement):
    path = database_url.removeprefix("sqlite:///")

    with contextlib.closing(sqlite3.connect(path)) as connection:
        refuses(connection, statement, sqlite3.Error)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("statement", [*CHANGES, *ON_POSTGRESQL])
def test_postgresql_itself_refuses_to_change_the_record(database_url, case, statement):
    address = database_url.replace("postgresql+psycopg", "postgresql")

    with contextlib.closing(psycopg.connect(address)) as connection:
        refuses(connection, statement, psycopg.Error)
