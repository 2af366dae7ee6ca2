"""
A municipality at work: 300 units in ten departments, 1,000 people with roles, and 100,000 open tasks.

Everybody works somewhere; every unit has a manager, every department a head and coordinators; a few
hold one or several roles for the whole organisation, which makes them candidates in each of the 300
units. A fifth of the tasks is in somebody's hands. It is written as rows, the same each time.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bpmn.deployment import check
from engine.accounts.models import Account
from engine.db import Base, new_id
from engine.definitions.models import Definition, DeployedResource, Deployment, Resource
from engine.instances.models import CaseVariable, ProcessInstance
from engine.organisation.models import Appointment, Unit, UnitPlacement
from engine.tasks.models import Candidate, UserTask
from tests.bpmn.sketch import end, model, start, user

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SINCE = date(2020, 1, 1)
DEPARTMENTS = 10
UNITS = 300
PEOPLE = 1_000
TASKS = 100_000
CASES = TASKS // 2
DONE = 10_000
STEPS = 12
WIDE = 11
"""So many hold several roles for the whole organisation, and are candidates in 600 to 1,500 names."""
ROUTINES = ("R01", "R06", "R08", "R11", "R16", "R22")
EVERYWHERE = ("mas", "dpo", "registrar", "lex_sarah", "env_coord")
"""Roles that are held for the whole organisation."""
ASKED = ("employee",) * 6 + ("unit_manager",) * 5 + ("quality_coord", "safety_rep", *EVERYWHERE)
"""Whom tasks are for, the commonest first."""
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Town:
    names: Sequence[str]
    """Of the people, those with the widest roles first."""
    rows: Sequence[tuple[type[Base], Sequence[dict[str, Any]]]]
    """By table, in the order in which they refer to each other."""


def draw() -> Town:
    dice = random.Random(2026)  # noqa: S311
    people = [_account(number) for number in range(PEOPLE)]
    units = [{"id": new_id(), **_unit(number)} for number in range(UNITS)]
    deployments = [_deployment(key) for key in ROUTINES]
    files = {key: _model(key) for key in ROUTINES}
    routines = [
        _routine(key, deployment["id"], files[key])
        for key, deployment in zip(ROUTINES, deployments, strict=True)
    ]
    keys, definitions = [each["key"] for each in units], [each["id"] for each in routines]
    cases = [_case(dice, number, definitions, keys, people) for number in range(CASES)]
    digests = {each["id"]: each["digest"] for each in routines}
    tasks, candidates = _tasks(dice, cases, people, digests)
    variables = [row for number, case in enumerate(cases) for row in _variables(number, case)]
    rows: list[tuple[type[Base], Sequence[dict[str, Any]]]] = [
        (Account, people),
        (Unit, units),
        (UnitPlacement, list(_placements(units))),
        (Appointment, list(_appointments(dice, people, units))),
        (Deployment, deployments),
        (Resource, [{"digest": _digest(each), "content": each} for each in files.values()]),
        (DeployedResource, [_deployed(each, files[each["key"]]) for each in routines]),
        (Definition, routines),
        (ProcessInstance, cases),
        (CaseVariable, variables),
        (UserTask, tasks),
        (Candidate, candidates),
    ]
    return Town([each["name"] for each in people], rows)


def settle(session: Session, town: Town) -> None:
    """Fill an empty database."""
    with _without_triggers(session):
        for table, rows in town.rows:
            for first in range(0, len(rows), AT_ONCE):
                session.execute(insert(table.__table__), rows[first : first + AT_ONCE])
    session.commit()


@contextmanager
def _without_triggers(session: Session) -> Iterator[None]:
    """Fill the indexes at once: the same rows in a tenth of the time."""
    made = [_made(session, name) for name, _ in triggers(session)]
    drop_triggers(session)
    yield
    session.execute(text("INSERT INTO inbox_entry SELECT * FROM inbox_now ORDER BY 1, 2"))
    for kind, columns in (
        ("case", "id, id, business_key FROM process_instance"),
        ("task", "id, instance_id, name FROM user_task"),
    ):
        into = "INSERT INTO search_line (kind, id, instance_id, text)"
        session.execute(text(f"{into} SELECT '{kind}', {columns}"))
    for statement in made:
        session.connection().exec_driver_sql(statement)


def drop_triggers(session: Session) -> None:
    """Take away what keeps the index of the inbox and of the search."""
    for name, table in [*triggers(session)]:
        on = "" if _is_sqlite(session) else f" ON {table}"
        session.execute(text(f"DROP TRIGGER {name}{on}"))


def triggers(session: Session) -> Iterator[tuple[str, str]]:
    catalogue = "sqlite_master" if _is_sqlite(session) else "information_schema.triggers"
    columns = "name, tbl_name" if _is_sqlite(session) else "trigger_name, event_object_table"
    where = "type = 'trigger'" if _is_sqlite(session) else "true"
    for name, table in session.execute(
        text(f"SELECT DISTINCT {columns} FROM {catalogue} WHERE {where}")  # noqa: S608
    ):
        if name.startswith(("inbox_", "search_task", "search_case")):
            yield name, table


def _made(session: Session, trigger: str) -> str:
    """Return the statement that made a trigger."""
    statement = (
        "SELECT sql FROM sqlite_master WHERE name = :name"
        if _is_sqlite(session)
        else "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = :name"
    )
    return str(session.execute(text(statement), {"name": trigger}).scalar_one())


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _account(number: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "name": f"person{number:04}",
        "display_name": f"Person {number}",
        "is_admin": False,
        "is_active": True,
        "created_at": NOON,
    }


def _unit(number: int) -> dict[str, Any]:
    name = f"unit{number:03}"
    return {
        "key": name,
        "name_sv": name,
        "name_en": name,
        "kind": "department" if number < DEPARTMENTS else "unit",
        "valid_from": SINCE,
        "valid_to": None,
    }


def _placements(units: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, unit in enumerate(units):
        above = None if number < DEPARTMENTS else units[number % DEPARTMENTS]["id"]
        yield {"unit_id": unit["id"], "valid_from": SINCE, "parent_id": above, "valid_to": None}


def _appointments(
    dice: random.Random, people: Sequence[dict[str, Any]], units: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    def holds(person: dict[str, Any], role: str, unit: dict[str, Any] | None) -> dict[str, Any]:
        return {
            "id": new_id(),
            "role_key": role,
            "account_id": person["id"],
            "unit_id": unit["id"] if unit else None,
            "valid_from": SINCE,
            "valid_to": None,
            "decision": None,
        }

    for role in EVERYWHERE:  # the first person holds them all, the next ten two each
        yield holds(people[0], role, None)
    for number, role in enumerate(EVERYWHERE * 4):
        yield holds(people[1 + number // 2], role, None)
    for number, unit in enumerate(units):
        yield holds(people[20 + number], "unit_manager", unit)
        if number < DEPARTMENTS:
            for role in ("dept_head", "quality_coord", "safety_rep"):
                yield holds(dice.choice(people[20:]), role, unit)
    for person in people:
        yield holds(person, "employee", dice.choice(units))


def _deployment(key: str) -> dict[str, Any]:
    return {"id": new_id(), "name": key, "deployed_at": NOON, "deployed_by": None}


def _model(key: str) -> bytes:
    """Draw a routine in which people do one step after the other."""
    names = [f"Activity_{number}" for number in range(STEPS)]
    steps = [user(name, name=f"Granska underlaget {name[9:]}") for name in names]
    return model(key, start(), *steps, end(), flows=" > ".join(["s", *names, "e"]))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _deployed(routine: dict[str, Any], content: bytes) -> dict[str, Any]:
    return {
        "deployment_id": routine["deployment_id"],
        "name": routine["resource"],
        "digest": _digest(content),
    }


def _routine(key: str, deployment: Any, content: bytes) -> dict[str, Any]:
    resource = f"{key}.bpmn"
    return {
        "id": new_id(),
        "kind": "process",
        "key": key,
        "version": 1,
        "name": f"Routine {key}",
        "digest": check({resource: content}).processes[key].identity,
        "deployment_id": deployment,
        "resource": resource,
        "findings": [],
    }


def _case(
    dice: random.Random,
    number: int,
    routines: Sequence[Any],
    units: Sequence[str],
    people: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "definition_id": dice.choice(routines),
        "business_key": business_key(number),
        "unit": dice.choice(units),
        "state": "active",
        "started_at": NOON,
        "started_by": dice.choice(people)["id"],
        "saved": b"",
        "row_version": 1,
        "audit_seq": 0,
        "audit_head": "0" * 64,
    }


def _variables(number: int, case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An applicant has five cases; an amount is shared by a fiftieth."""
    beside = {"instance_id": case["id"], "number": None, "day": None}
    yield {**beside, "name": "applicant", "text": applicant(number)}
    yield {**beside, "name": "amount", "text": str(number % 50), "number": float(number % 50)}


def applicant(number: int) -> str:
    return f"Sökande {number % (CASES // 5):05}"


def business_key(number: int) -> str:
    """Return what a case is called, by its number."""
    return f"KS {2020 + number % 7}/{number:05}"


def _tasks(
    dice: random.Random,
    cases: Sequence[dict[str, Any]],
    people: Sequence[dict[str, Any]],
    digests: Mapping[Any, str],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    tasks, candidates = [], []
    for number in range(TASKS + DONE):
        case, role = cases[number % len(cases)], dice.choice(ASKED)
        done = number >= TASKS
        performer = dice.choice(people)
        assignee = performer["name"] if done or dice.random() < 0.2 else None
        due = NOON + timedelta(minutes=dice.randint(-30_000, 60_000))
        task = {
            "id": new_id(),
            "instance_id": case["id"],
            "token": number,
            "version_digest": digests[case["definition_id"]],
            "element_id": f"Activity_{number % STEPS}",
            "name": f"Granska underlaget {number % STEPS}",
            "form_key": None,
            "state": "completed" if done else "created",
            "assignee": assignee,
            # the work of the whole organisation is never due: it stands at the end of every order
            "due_at": None if role in EVERYWHERE or dice.random() < 0.2 else due,
            "priority": dice.choice([None, 25, 50, 75]),
            "created_at": NOON,
            "ended_at": NOON + timedelta(seconds=number) if done else None,
            "completed_by": performer["id"] if done else None,
        }
        tasks.append(task)
        group = f"{role}@{case['unit']}"
        candidates.append({"task_id": task["id"], "kind": "group", "name": group})
    return tasks, candidates
