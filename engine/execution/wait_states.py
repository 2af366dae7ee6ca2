"""Keeps the rows that people see equal to where the workflow waits."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from bpmn.progress import Failure, Opened
from engine.audit import chain
from engine.audit.events import Event, EventType
from engine.calendar.due_dates import DueDates
from engine.db import insert_rows, new_id
from engine.identity.holdings import Holdings
from engine.incidents.models import Incident
from engine.instances.models import ProcessInstance
from engine.organisation import holdings
from engine.tasks.models import Candidate, CandidateKind, UserTask, UserTaskState
from engine.uow import UnitOfWork


def open_tasks(
    uow: UnitOfWork, instance: ProcessInstance, opened: Sequence[Opened]
) -> Iterator[Event]:
    tasks: list[dict[str, Any]] = []
    candidates: list[dict[str, Any]] = []
    roles = _roles(uow, instance, opened)
    due_dates = DueDates(uow, instance.unit)
    for each in opened:
        element, assignment = each.wait.element, each.assignment
        assignee = assignment.assignee.lower() if assignment.assignee else None
        users = sorted({name.lower() for name in assignment.candidate_users})
        groups = sorted(
            {
                each if roles is None else roles.candidates(each, instance.unit)
                for each in assignment.candidate_groups
            }
        )
        task_id = new_id()
        tasks.append(
            {
                "id": task_id,
                "instance_id": instance.id,
                "token": each.wait.token,
                "repeated_in": each.repeated_in,
                "version_digest": each.wait.version,
                "element_id": element.id,
                "name": each.name,
                "form_key": element.work.form_key if element.work else None,
                "state": UserTaskState.CREATED.value,
                "assignee": assignee,
                "owner": None,
                "follow_up_at": None,
                "due_at": due_dates.of(assignment.due),
                "priority": assignment.priority,
                "created_at": uow.now,
            }
        )
        for kind, names in (
            (CandidateKind.USER, users),
            (CandidateKind.GROUP, groups),
        ):
            candidates += [{"task_id": task_id, "kind": kind.value, "name": n} for n in names]
        yield Event(
            EventType.USER_TASK_CREATED,
            task_facts(tasks[-1]),
            {
                "name": each.name,
                "assignee": assignee,
                "candidate_users": users,
                "candidate_groups": groups,
            },
        )
    insert_rows(uow.session, UserTask, tasks)
    insert_rows(uow.session, Candidate, candidates)


def _roles(
    uow: UnitOfWork, instance: ProcessInstance, opened: Sequence[Opened]
) -> Holdings | None:
    """Return the roles of today, where tasks of a case in a unit are for groups."""
    if instance.unit is None or not any(each.assignment.candidate_groups for each in opened):
        return None
    return holdings.known(uow)


def task_facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the record says of a new task; the two are compared when it is verified."""
    rounds = {} if row["repeated_in"] is None else {"repeated_in": row["repeated_in"]}
    return {
        **rounds,
        "task": str(row["id"]),
        "token": row["token"],
        "element": row["element_id"],
        "version": row["version_digest"],
        "form_key": row["form_key"],
        "due_at": chain.written(row["due_at"]) if row["due_at"] else None,
        "priority": row["priority"],
    }


def close_tasks(
    uow: UnitOfWork, instance: ProcessInstance, closed: Sequence[int]
) -> Iterator[Event]:
    """Cancel the tasks of tokens that were taken away."""
    if not closed:
        return
    for task in uow.session.scalars(
        select(UserTask).where(
            UserTask.instance_id == instance.id,
            UserTask.token.in_(closed),
            UserTask.state == UserTaskState.CREATED.value,
        )
    ):
        task.state = UserTaskState.CANCELLED.value
        task.ended_at = uow.now
        yield Event(
            EventType.USER_TASK_CANCELLED,
            {"task": str(task.id), "token": task.token, "element": task.element_id},
        )
    for incident in uow.session.scalars(
        select(Incident).where(
            Incident.instance_id == instance.id,
            Incident.token.in_(closed),
            Incident.resolved_at.is_(None),
        )
    ):
        incident.resolved_at = uow.now
        yield Event(EventType.INCIDENT_RESOLVED, {"incident": str(incident.id)})


def open_incidents(
    uow: UnitOfWork, instance: ProcessInstance, failures: Sequence[Failure]
) -> Iterator[Event]:
    for failure in failures:
        incident = Incident(
            id=new_id(),
            instance_id=instance.id,
            token=failure.token,
            element_id=failure.element.id,
            template=failure.template,
            values={name: str(value) for name, value in failure.values.items()},
            created_at=uow.now,
        )
        uow.session.add(incident)
        yield Event(
            EventType.INCIDENT_CREATED,
            {"incident": str(incident.id), "token": failure.token, "element": failure.element.id},
            {"message": incident.message},
        )
    if failures:
        uow.session.flush()  # the instance's state depends on its open incidents
