"""
Somebody who owns the database, and changes what has happened.

The guard rails are taken away first, as an owner can. What is left to find it is the record itself.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete, insert, select, text, update

from engine.audit import chain
from engine.audit.models import AuditEvent, AuditPayload
from engine.db import Database, new_id
from engine.instances.models import ElementInstance, ProcessInstance
from engine.tasks.models import Candidate, UserTask

EVENTS: Table = AuditEvent.__table__
PAYLOADS: Table = AuditPayload.__table__
HISTORY: Table = ElementInstance.__table__
TASKS: Table = UserTask.__table__
CANDIDATES: Table = Candidate.__table__
INSTANCES: Table = ProcessInstance.__table__

RECORD = ("audit_event", "audit_payload")
SALT = b"\x01" * 16
HOUR = timedelta(hours=1)
NOBODY = UUID("01990000-0000-7000-8000-000000000000")


@contextmanager
def owning(database: Database) -> Iterator[Connection]:
    """Give a connection to a database without its guard rails; what is done with it is kept."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in connection.execute(text(triggers)).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET session_replication_role = replica"))  # no foreign keys
            for table in RECORD:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        yield connection
        connection.commit()
        connection.connection.invalidate()  # nobody else gets what was set on it


class Case:
    """A case in the hands of somebody who owns its rows."""

    def __init__(self, connection: Connection, case: UUID) -> None:
        self.connection = connection
        self.id = case

    def events(self) -> list[dict[str, Any]]:
        rows = self.connection.execute(
            select(EVENTS).where(EVENTS.c.chain == self.id).order_by(EVENTS.c.seq)
        )
        return [dict(each) for each in rows.mappings()]

    def seq(self, kind: str) -> int:
        """Return the number of the first event of a kind."""
        return next(int(each["seq"]) for each in self.events() if each["type"] == kind)

    def one(self, table: Table, **where: Any) -> dict[str, Any]:
        row = self.connection.execute(select(table).where(*self._found(table, where))).mappings()
        return dict(row.first() or {})

    def change(self, table: Table, where: dict[str, Any], **values: Any) -> None:
        done = self.connection.execute(
            update(table).where(*self._found(table, where)).values(values)
        )
        assert done.rowcount >= 1, "nothing was changed"

    def remove(self, table: Table, **where: Any) -> None:
        done = self.connection.execute(delete(table).where(*self._found(table, where)))
        assert done.rowcount >= 1, "nothing was removed"

    def add(self, table: Table, **values: Any) -> None:
        self.connection.execute(insert(table).values(values))

    def _found(self, table: Table, where: dict[str, Any]) -> list[Any]:
        mine = {EVENTS: "chain", PAYLOADS: "chain", INSTANCES: "id"}.get(table, "instance_id")
        own = [] if table is CANDIDATES else [table.c[mine] == self.id]
        return [*own, *(table.c[name] == value for name, value in where.items())]


Tampering = Callable[[Case], None]


def _event(**values: Any) -> Tampering:
    """Change a column of the event of a completed task; a function gets the value that was there."""

    def tamper(case: Case) -> None:
        seq = case.seq("user_task.completed")
        before = case.one(EVENTS, seq=seq)
        case.change(EVENTS, {"seq": seq}, **_filled(values, before))

    return tamper


def _payload(**values: Any) -> Tampering:
    def tamper(case: Case) -> None:
        where = {"seq": case.seq("user_task.completed"), "field": "variables.note"}
        case.change(PAYLOADS, where, **_filled(values, case.one(PAYLOADS, **where)))

    return tamper


def _history(**values: Any) -> Tampering:
    return _row(HISTORY, {"element_id": "first"}, values)


def _open_task(**values: Any) -> Tampering:
    return _row(TASKS, {"element_id": "second"}, values)


def _done_task(**values: Any) -> Tampering:
    return _row(TASKS, {"element_id": "first"}, values)


def _instance(**values: Any) -> Tampering:
    return _row(INSTANCES, {}, values)


def _row(table: Table, where: dict[str, Any], values: dict[str, Any]) -> Tampering:
    return lambda case: case.change(table, where, **_filled(values, case.one(table, **where)))


def _filled(values: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value(before[name]) if callable(value) else value for name, value in values.items()
    }


def neighbour(value: str) -> str:
    """Change one character, the last figure or letter, for the one next to it."""
    at = max(index for index, each in enumerate(value) if each.isalnum())
    other = {"9": "8", "z": "y", "Z": "Y", "f": "e"}.get(value[at], chr(ord(value[at]) + 1))
    return value[:at] + other + value[at + 1 :]


def flipped(value: bytes) -> bytes:
    return value[:-1] + bytes([value[-1] ^ 1])


def _remove(case: Case, seq: int) -> None:
    if case.one(PAYLOADS, seq=seq):
        case.remove(PAYLOADS, seq=seq)
    case.remove(EVENTS, seq=seq)


def _renumber(case: Case, seq: int, to: int) -> None:
    case.change(EVENTS, {"seq": seq}, seq=to)
    if case.one(PAYLOADS, seq=seq):
        case.change(PAYLOADS, {"seq": seq}, seq=to)


def _close_the_gap(case: Case) -> None:
    gap = case.seq("user_task.completed")
    last = case.events()[-1]["seq"]
    _remove(case, gap)
    for seq in range(gap + 1, last + 1):
        _renumber(case, seq, seq - 1)
    case.change(INSTANCES, {}, audit_seq=last - 1)


def _swap(case: Case) -> None:
    first = case.seq("user_task.completed")
    for seq, to in ((first, 10_000), (first + 1, first), (10_000, first + 1)):
        _renumber(case, seq, to)


def _cut_the_end_off(case: Case) -> None:
    """Remove what the completion of the first task led to, and let the head name what is left."""
    *left, _ = case.events()[: case.seq("user_task.completed")]
    for event in reversed(case.events()[len(left) :]):
        _remove(case, event["seq"])
    case.change(INSTANCES, {}, audit_seq=left[-1]["seq"], audit_head=left[-1]["hash"])


def _undo_the_claim(case: Case) -> None:
    """Remove the last event, that bob took the task, and let the head name the one before it."""
    before, last = case.events()[-2:]
    assert last["type"] == "user_task.assigned"
    _remove(case, last["seq"])
    case.change(INSTANCES, {}, audit_seq=before["seq"], audit_head=before["hash"])


def _seal_again(case: Case) -> None:
    """Change an event and hash it again, with our own source: the next one still names the old hash."""
    event = case.events()[case.seq("user_task.completed") - 1]
    event["actor"] = f"person:{NOBODY}"
    case.change(EVENTS, {"seq": event["seq"]}, actor=event["actor"], hash=chain.fingerprint(event))


THE_RECORD: dict[str, Tampering] = {
    "what an event says": _event(facts=lambda facts: facts | {"element": "firsT"}),
    "what an event says, by one more word": _event(facts=lambda facts: facts | {"note": "x"}),
    "what an event says, in another shape": _event(facts=[]),
    "who did it": _event(actor=neighbour),
    "who did it, to nobody": _event(actor="person:x"),
    "when it was done": _event(at=lambda at: at.replace(".", "1.")[:-2] + "Z"),
    "what kind of event it was": _event(type="user_task.cancelled"),
    "what kind of event it was, to none": _event(type="nothing.happened"),
    "a hash": _event(hash=neighbour),
    "what a hash follows": _event(previous=neighbour),
    "a commitment": _event(
        commitments=lambda kept: {name: neighbour(value) for name, value in kept.items()}
    ),
    "that there were commitments": _event(commitments={}),
    "what was written": _payload(value=neighbour),
    "what was written, to no JSON": _payload(value="{"),
    "a salt": _payload(salt=flipped),
    "what a value is called": _payload(field="variables.other"),
    "that something was written": lambda case: case.remove(PAYLOADS, field="variables.note"),
    "what was written, by something more": lambda case: case.add(
        PAYLOADS,
        chain=case.id,
        seq=case.seq("user_task.completed"),
        field="variables.more",
        salt=SALT,
        value='"x"',
    ),
    "that an event was": lambda case: _remove(case, case.seq("user_task.completed")),
    "that the first event was": lambda case: _remove(case, 1),
    "that the last event was": lambda case: _remove(case, case.events()[-1]["seq"]),
    "that any event was": lambda case: [
        _remove(case, each["seq"]) for each in reversed(case.events())
    ],
    "that an event was, and the numbers": _close_the_gap,
    "the order of two events": _swap,
    "the last events and the head": _cut_the_end_off,
    "the last event and the head": _undo_the_claim,
    "an event and its hash": _seal_again,
    "where the chain ends": _instance(audit_head=neighbour),
    "how long the chain is": _instance(audit_seq=lambda seq: seq + 1),
    "the chain an event belongs to": _event(chain=NOBODY),
}

WHAT_IS_SHOWN: dict[str, Tampering] = {
    "the saved state": _instance(saved=flipped),
    "the saved state, to nothing": _instance(saved=b""),
    "the saved state, to one we cannot read": _instance(saved=b"\x09abc"),
    **{
        f"a line of history: {name}": _history(**{name: value})
        for name, value in {
            "token": 99,
            "process_key": neighbour,
            "element_id": neighbour,
            "element_type": "manualTask",
            "name": neighbour,
            "state": "cancelled",
            "started_at": lambda at: at - HOUR,
            "ended_at": lambda at: at + HOUR,
            "performer": None,
        }.items()
    },
    "a line of history: that it was": lambda case: case.remove(HISTORY, element_id="first"),
    "a line of history: one more": lambda case: case.add(
        HISTORY, **case.one(HISTORY, element_id="first") | {"token": 98}
    ),
    **{
        f"an open task: {name}": _open_task(**{name: value})
        for name, value in {
            "state": "completed",
            "assignee": "mallory",
            "token": 97,
            "element_id": "first",
            "name": neighbour,
            "form_key": "another",
            "due_at": lambda at: at + HOUR,
            "priority": 99,
            "version_digest": neighbour,
            "created_at": lambda at: at - HOUR,
        }.items()
    },
    "an open task: nobody has it": _open_task(assignee=None),
    "an open task: that it was": lambda case: (
        case.remove(CANDIDATES, task_id=case.one(TASKS, element_id="second")["id"]),
        case.remove(TASKS, element_id="second"),
    ),
    "an open task: who else may": lambda case: case.add(
        CANDIDATES,
        task_id=case.one(TASKS, element_id="second")["id"],
        kind="user",
        name="mallory",
    ),
    "an open task: who may no longer": lambda case: case.remove(
        CANDIDATES, task_id=case.one(TASKS, element_id="second")["id"]
    ),
    **{
        f"a task that is done: {name}": _done_task(**{name: value})
        for name, value in {
            "state": "created",
            "assignee": "mallory",
            "completed_by": None,
            "ended_at": lambda at: at + HOUR,
        }.items()
    },
    "a task: one more": lambda case: case.add(
        TASKS, **case.one(TASKS, element_id="second") | {"id": new_id(), "token": 96}
    ),
    **{
        f"the case: {name}": _instance(**{name: value})
        for name, value in {
            "state": "completed",
            "definition_id": NOBODY,
            "business_key": neighbour,
            "unit": neighbour,
            "started_at": lambda at: at - HOUR,
            "started_by": None,
        }.items()
    },
    "the case: it is called off": _instance(state="cancelled"),
    "the case: it stands still": _instance(state="suspended"),
    "the case: something failed": _instance(state="incident"),
}
