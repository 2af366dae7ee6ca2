"""A stock of open tasks for tests of the inbox, put there as rows, and what ought to be found in it."""

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select, text

from engine.db import new_id
from engine.definitions.models import Definition, Deployment
from engine.inbox.models import NEVER
from engine.instances.models import ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import Candidate, UserTask, UserTaskState

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GROUPS = ("mas", "officer", "unit_manager@hemtjanst", "unit_manager@boende", "unit_manager@skola")
PEOPLE = ("alice", "bob", "charlie")


def definition(session, key):
    deployment = Deployment(id=new_id(), name=key, deployed_at=NOON, deployed_by=None)
    session.add(deployment)
    session.flush()
    row = Definition(
        id=new_id(),
        kind="process",
        key=key,
        version=1,
        name=key.title(),
        digest=key,
        deployment_id=deployment.id,
        resource="p.bpmn",
        findings=[],
    )
    session.add(row)
    session.flush()
    return row


def case(session, definition, *, started_by=None, business_key=None, unit=None):
    row = ProcessInstance(
        id=new_id(),
        definition_id=definition.id,
        business_key=business_key,
        unit=unit,
        state="active",
        started_at=NOON,
        started_by=started_by,
        saved=b"",
    )
    session.add(row)
    session.flush()
    return row


def task(session, case, name="Check", *, users=(), groups=(), **more):
    """Put an open task there; what it is for can be said in short."""
    token = session.execute(text("SELECT count(*) FROM user_task")).scalar() + 1
    row = {
        "id": new_id(),
        "instance_id": case.id,
        "token": token,
        "version_digest": "x",
        "element_id": "check",
        "name": name,
        "form_key": None,
        "state": UserTaskState.CREATED.value,
        "assignee": None,
        "due_at": None,
        "priority": None,
        "created_at": NOON,
        **more,
    }
    session.execute(insert(UserTask), [row])
    candidates = [("user", each) for each in users] + [("group", each) for each in groups]
    if candidates:
        session.execute(
            insert(Candidate),
            [{"task_id": row["id"], "kind": kind, "name": name} for kind, name in candidates],
        )
    return row["id"]


def fill(session, count=150, seed=1):
    """Put many tasks there, of every kind: held, offered to several at once, for nobody in particular."""
    dice = random.Random(seed)  # noqa: S311
    routines = [definition(session, key) for key in ("leave", "deviation")]
    for number in range(count):
        its = case(
            session,
            dice.choice(routines),
            business_key=dice.choice([None, f"2026-{number:03}", f"2025-{number:03}"]),
            unit=dice.choice([None, "hemtjanst", "boende"]),
        )
        task(
            session,
            its,
            users=dice.sample(PEOPLE, dice.choice([0, 0, 1, 2])),
            groups=dice.sample(GROUPS, dice.choice([0, 1, 1, 3])),
            assignee=dice.choice([None, None, None, *PEOPLE]),
            due_at=dice.choice([None, NOON + timedelta(hours=dice.randint(-48, 48))]),
            priority=dice.choice([None, 1, 50, 100]),
        )


def all_open(session):
    return session.scalars(
        select(UserTask).where(UserTask.state == UserTaskState.CREATED.value)
    ).all()


def key_of(session, task):
    routine = select(Definition.key).join(
        ProcessInstance, ProcessInstance.definition_id == Definition.id
    )
    return session.scalar(routine.where(ProcessInstance.id == task.instance_id))


def expected(session, actor, tab):
    """Work out a tab the slow way, from the rules that decide who may do a task."""
    found = all_open(session)
    if tab == "behalf":
        return [
            each
            for each in found
            if each.assignee != actor.name
            and not (each.assignee is None and tasks.is_candidate(each, actor))
            and tasks.proxy_for(each, actor, key_of(session, each))
        ]
    mine = [each for each in found if each.assignee == actor.name]
    free = [each for each in found if each.assignee is None and tasks.is_candidate(each, actor)]
    return {"mine": mine, "groups": free, "open": mine + free}[tab]


SORTED_BY = {
    "due": lambda task: (task.due_at or NEVER, task.id.hex),
    "created": lambda task: task.id.hex,
    "priority": lambda task: (
        (-task.priority, task.id.hex) if task.priority is not None else (1, task.id.hex)
    ),
}


def in_order(found, sort):
    if sort == "-created":
        return [each.id for each in sorted(found, key=SORTED_BY["created"], reverse=True)]
    return [each.id for each in sorted(found, key=SORTED_BY[sort])]
