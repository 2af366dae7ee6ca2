"""Both databases keep the same promises."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text
from sqlalchemy.event import listens_for, remove
from sqlalchemy.exc import DBAPIError

from engine import migrations, tables
from engine.audit import repository as record
from engine.audit.models import AuditEvent
from engine.db import Base, new_id
from engine.identity.actor import SYSTEM
from engine.migrations import _config
from engine.organisation.authority import CHAIN
from engine.organisation.exchange import imports
from engine.replies.models import Reply
from engine.uow import begin
from tests.bpmn.sketch import model, user
from tests.engine import cases


def has_a_model(name, kind, parents):
    """The index of words is each database's own."""
    return not (kind == "table" and name.startswith("search_words"))


def test_the_models_are_what_the_migrations_make(installation):
    tables.know()
    with installation.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": has_a_model})

        assert compare_metadata(context, Base.metadata) == []


def test_there_is_one_newest_migration():
    assert len(ScriptDirectory.from_config(_config()).get_heads()) == 1


def test_upgrading_again_changes_nothing(installation, database_url):
    migrations.upgrade(database_url)

    assert migrations.is_current(installation.database)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event"]
)
def test_the_database_refuses_to_change_the_record(installation, deploy, statement):
    deploy(model("p", user("a")))

    with begin(installation, SYSTEM) as uow, pytest.raises(DBAPIError, match="only added to"):
        uow.session.execute(text(statement))


def test_the_record_cannot_be_replaced(installation, alice, deploy):
    deploy(model("p", user("a")))
    case = cases.start(installation, alice)
    with begin(installation, SYSTEM) as uow:
        row = uow.session.execute(select(AuditEvent.__table__)).mappings().first()
        forged = {**row, "actor": "person:mallory"}
        statement = insert(AuditEvent)
        if installation.database.is_sqlite:
            statement = statement.prefix_with("OR REPLACE")
        with pytest.raises(DBAPIError):
            uow.session.execute(statement, forged)

    assert case.audit_seq > 0


def test_times_come_back_in_utc(installation, alice):
    east = timezone(timedelta(hours=5))
    moment = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=east)
    with begin(installation, alice) as uow:
        uow.session.add(
            Reply(
                account_id=alice.id, key="k", request="r", status=200, body={}, created_at=moment
            )
        )
        uow.session.flush()
        uow.session.expire_all()

        kept = uow.session.get(Reply, (alice.id, "k"))

        assert kept is not None
        assert kept.created_at == moment
        assert kept.created_at.tzinfo is UTC


def test_keys_made_later_sort_later():
    keys = [new_id() for _ in range(50)]

    assert {key.version for key in keys} == {7}
    assert keys == sorted(keys)


def test_two_people_at_the_same_task_one_wins(installation, alice, bob, deploy):
    deploy(model("p", user("a"), user("b"), flows="a > b"))
    for _ in range(10):
        case = cases.start(installation, alice)
        task = cases.open_tasks(installation, alice, case)["a"]
        results: list[str] = []
        barrier = threading.Barrier(2)

        def attempt(actor, task=task, results=results, barrier=barrier):
            barrier.wait()
            try:
                cases.complete(installation, actor, task)
                results.append("done")
            except Exception as error:  # noqa: BLE001  whatever it is, it is counted
                results.append(type(error).__name__)

        threads = [threading.Thread(target=attempt, args=(actor,)) for actor in (alice, bob)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(results) == ["Conflict", "done"]


def test_the_last_imports_are_found_by_an_index(installation):
    told = []

    @listens_for(installation.database.engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, values, *_):
        told.append((statement, values))

    with begin(installation, SYSTEM) as uow:
        record.named_chain(uow.session, CHAIN)
        imports.latest(uow)
        remove(installation.database.engine, "before_cursor_execute", note)
        statement, values = told[-1]
        explain = "EXPLAIN QUERY PLAN" if installation.database.is_sqlite else "EXPLAIN"
        if not installation.database.is_sqlite:
            uow.connection.execute(text("SET LOCAL enable_seqscan = off"))
        steps = uow.connection.exec_driver_sql(f"{explain} {statement}", values)
        plan = " ".join(str(row[-1]) for row in steps)

    assert "ix__audit_event__imported" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
