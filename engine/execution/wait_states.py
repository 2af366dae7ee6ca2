"""Keeps the rows that people see equal to where the workflow waits."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bpmn.description import Choice, Work
from bpmn.progress import Assignment, Failure, Opened
from engine.audit import chain
from engine.audit.events import Event, EventType
from engine.calendar.due_dates import DueDates
from engine.db import new_id
from engine.execution.candidates import Candidates, Named, only
from engine.execution.separation import Place
from engine.identity.holdings import Holdings
from engine.incidents.models import Incident
from engine.instances.held import Instance
from engine.organisation import holdings
from engine.tasks.models import Candidate, CandidateKind, UnattendedTask, UserTask, UserTaskState
from engine.uow import UnitOfWork


def open_tasks(uow: UnitOfWork, instance: Instance, opened: Sequence[Opened]) -> Iterator[Event]:
    tasks: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    ruled_out: list[dict[str, Any]] = []
    roles = _roles(uow, instance, opened)
    due_dates, candidates = DueDates(uow, instance.unit), Candidates(uow, instance)
    by_turns = {each.wait.element.id for each in opened if _is_by_turns(each)}
    if len(by_turns) > 1:
        candidates.take_turns(by_turns)
    for each in opened:
        element, assignment = each.wait.element, each.assignment
        named = _named(assignment, roles, instance.unit)
        work = element.work or Work()
        place = Place(each.wait.version, element.id, each.repeated_in)
        assignee = assignment.assignee.lower() if assignment.assignee else None
        if assignee is not None:
            is_attended = candidates.is_anybody_left(work, place, only(assignee))
        else:
            assignee = candidates.chosen(work, place, named)
            is_attended = assignee is not None or candidates.is_anybody_left(work, place, named)
        row: dict[str, Any] = {
            "id": new_id(),
            "instance_id": instance.id,
            "token": each.wait.token,
            "repeated_in": each.repeated_in,
            "version_digest": each.wait.version,
            "element_id": element.id,
            "name": each.name,
            "form_key": work.form_key,
            "state": UserTaskState.CREATED.value,
            "assignee": assignee,
            "owner": None,
            "follow_up_at": None,
            "due_at": due_dates.of(assignment.due),
            "priority": assignment.priority,
            "created_at": uow.now,
        }
        tasks.append(row)
        marks += _marks(row["id"], named)
        yield Event(EventType.USER_TASK_CREATED, task_facts(row), _written(row, named))
        if not is_attended:
            if candidates.is_ruled(work):
                ruled_out.append({"task_id": row["id"], "raised_at": uow.now})
            yield Event(EventType.USER_TASK_UNATTENDED, _names(row))
    uow.insert(UserTask, tasks)
    uow.insert(Candidate, marks)
    uow.insert(UnattendedTask, ruled_out)


def _is_by_turns(opened: Opened) -> bool:
    work = opened.wait.element.work
    return work is not None and work.given_to == Choice.ROUND_ROBIN


def _named(assignment: Assignment, roles: Holdings | None, unit: str | None) -> Named:
    groups = {
        each if roles is None else roles.candidates(each, unit)
        for each in assignment.candidate_groups
    }
    users = {name.lower() for name in assignment.candidate_users}
    is_for_nobody = assignment.is_for_somebody and not (assignment.assignee or users or groups)
    return Named(sorted(users), sorted(groups), is_for_nobody)


def _marks(task_id: UUID, named: Named) -> Iterator[dict[str, Any]]:
    """Give the rows that say whom a task is for."""
    for kind, names in (
        (CandidateKind.USER, named.users),
        (CandidateKind.GROUP, named.groups),
        (CandidateKind.NOBODY, [""] if named.is_for_nobody else []),
    ):
        for name in names:
            yield {"task_id": task_id, "kind": kind.value, "name": name}


def _written(row: Mapping[str, Any], named: Named) -> dict[str, Any]:
    return {
        "name": row["name"],
        "assignee": row["assignee"],
        "candidate_users": named.users,
        "candidate_groups": named.groups,
        **({"for_nobody": True} if named.is_for_nobody else {}),
    }


def _roles(uow: UnitOfWork, instance: Instance, opened: Sequence[Opened]) -> Holdings | None:
    """Return the roles of today, where tasks of a case in a unit are for groups."""
    if instance.unit is None or not any(each.assignment.candidate_groups for each in opened):
        return None
    return holdings.known(uow)


def task_facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the record says of a new task; the two are compared when it is verified."""
    rounds = {} if row["repeated_in"] is None else {"repeated_in": row["repeated_in"]}
    return {
        **rounds,
        **_names(row),
        "version": row["version_digest"],
        "form_key": row["form_key"],
        "due_at": chain.written(row["due_at"]) if row["due_at"] else None,
        "priority": row["priority"],
    }


def _names(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"task": str(row["id"]), "token": row["token"], "element": row["element_id"]}


def close_tasks(uow: UnitOfWork, instance: Instance, closed: Sequence[int]) -> Iterator[Event]:
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
    uow: UnitOfWork, instance: Instance, failures: Sequence[Failure]
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
