"""Instances as they are shown, with names in place of identities. Nothing here changes anything."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import undefer

from bpmn.errors import BpmnError
from bpmn.progress import Visit
from bpmn.workflow import variables
from engine.accounts import repository as accounts
from engine.attachments import store
from engine.audit import repository as record
from engine.audit.checking import Break
from engine.audit.events import EventType
from engine.audit.models import AuditEvent
from engine.cases import headers
from engine.cases.headers import CaseHeader
from engine.errors import NotFound, RecordUnreadable
from engine.execution import runner, sight
from engine.incidents import repository as open_incidents
from engine.incidents.models import Incident
from engine.instances import repository as instances
from engine.instances.models import ENDED, ElementInstance, ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from engine.verification import checking


@dataclass(frozen=True, slots=True)
class Case:
    """A process instance with the names of what it refers to."""

    id: UUID
    definition_id: UUID
    definition_key: str
    definition_name: str
    version: int
    state: str
    business_key: str | None
    unit: str | None
    registration_no: str | None
    confidentiality: str
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    variables: Mapping[str, Any] | None = None
    """None in lists."""
    header: CaseHeader | None = None
    """None in lists."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the history, or where a token is now."""

    token: int
    element_id: str
    element_type: str
    name: str | None
    state: str
    started_at: datetime
    ended_at: datetime | None
    performer: str | None
    process: str
    """The key of the process that it stands in: the case's own, or a called one."""
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the record with its payload."""

    seq: int
    at: str
    actor: str
    actor_name: str
    type: str
    facts: Mapping[str, Any]
    payload: Mapping[str, Any]
    commitments: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    intact: bool
    events: int
    head: str
    first_break: Break | None


def get(uow: UnitOfWork, instance_id: UUID) -> Case:
    """Raises `NotFound`, also when the actor may not see the instance."""
    instance = _seen(uow, instance_id)
    [case] = of(uow, [instance], whole=True)
    return case


def held(uow: UnitOfWork, instance_id: UUID) -> ProcessInstance:
    """
    Return an instance that the actor may see, to be kept while more is asked about it.

    A session remembers what somebody holds; without it, each question reads the instance anew.
    """
    return _seen(uow, instance_id)


def listed(  # noqa: PLR0913
    uow: UnitOfWork,
    *,
    state: str | None = None,
    definition_key: str | None = None,
    business_key: str | None = None,
    registration_no: str | None = None,
    unit: str | None = None,
    started_by: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[Case]:
    """Return the instances that the actor may see, the newest first."""
    found = instances.listed(
        uow.session,
        seen=tasks.seen_by(uow.actor),
        state=state,
        definition_key=definition_key,
        business_key=business_key,
        registration_no=registration_no,
        unit=unit,
        started_by=started_by,
        after=after,
        limit=limit,
    )
    return of(uow, found)


def of(uow: UnitOfWork, found: Sequence[ProcessInstance], *, whole: bool = False) -> list[Case]:
    """Put the names to instances that the actor may see."""
    names = accounts.names(uow.session, [each.started_by for each in found if each.started_by])
    cases = []
    for each in found:
        definition = each.definition
        cases.append(
            Case(
                id=each.id,
                definition_id=definition.id,
                definition_key=definition.key,
                definition_name=definition.name,
                version=definition.version,
                state=each.state,
                business_key=each.business_key,
                unit=each.unit,
                registration_no=each.registration_no,
                confidentiality=each.confidentiality,
                started_at=each.started_at,
                started_by=names[each.started_by] if each.started_by else "system",
                ended_at=each.ended_at,
                variables=_variables(each) if whole else None,
                header=headers.of(uow, each) if whole else None,
            )
        )
    return cases


def _variables(instance: ProcessInstance) -> Mapping[str, Any]:
    try:
        return variables(instance.saved)
    except BpmnError as error:
        raise RecordUnreadable from error


def steps(
    uow: UnitOfWork, instance_id: UUID, *, after: int = 0, limit: int | None = None
) -> list[Step]:
    """Return what was done and what is being done, in the order it was begun."""
    instance = _seen(uow, instance_id)
    done = instances.history(uow.session, instance.id, after=after, limit=limit)
    people = (who for each in done for who in (each.performer, each.on_behalf_of) if who)
    names = accounts.names(uow.session, list(people))
    found = [_done(each, names) for each in done]
    if instance.state not in ENDED:
        standing = runner.load(uow, instance).standing()
        found += [_standing(each) for each in standing if each.token > after]
    return sorted(found, key=lambda step: step.token)[:limit]


def events(
    uow: UnitOfWork, instance_id: UUID, *, after: int = 0, limit: int | None = None
) -> list[Told]:
    """Return what the record says of an instance, in the order it was sealed."""
    instance = _seen(uow, instance_id)
    return _all_told(uow, record.events(uow.session, instance.id, after=after, limit=limit))


def latest_events(
    uow: UnitOfWork,
    instance_id: UUID,
    *,
    types: Collection[EventType] = (),
    before: int | None = None,
    limit: int,
) -> list[Told]:
    """Return the last of what the record says of an instance (of some types only), in the order it was sealed."""
    instance = _seen(uow, instance_id)
    which = [AuditEvent.type.in_(sorted(types))] if types else []
    found = record.latest(uow.session, instance.id, *which, before=before, limit=limit)
    return _all_told(uow, found)


def events_of_task(uow: UnitOfWork, task_id: UUID) -> list[Told]:
    """Return what the record says of a task, in the order it was sealed."""
    found, instance = task(uow, task_id)
    return _all_told(uow, record.events_of_task(uow.session, instance.id, found.id))


def _all_told(uow: UnitOfWork, found: Sequence[AuditEvent]) -> list[Told]:
    if not found:
        return []
    payloads = record.payloads_of(uow.session, found)
    try:
        people = [UUID(each.actor.removeprefix("person:")) for each in found if ":" in each.actor]
        names = accounts.names(uow.session, people)
        told = [
            _told(
                each,
                {kept.field: json.loads(kept.value) for kept in payloads.get(each.seq, ())},
                names,
            )
            for each in found
        ]
        return _without_hidden_links(uow, told)
    except (ValueError, TypeError) as error:
        raise RecordUnreadable from error


def _without_hidden_links(uow: UnitOfWork, told: list[Told]) -> list[Told]:
    """Name only those other cases that the actor may see."""
    changes = [each for each in told if each.type == EventType.INSTANCE_CHANGED]
    named = {UUID(link) for each in changes for link in each.payload.get("links", ())}
    if not named:
        return told
    found = instances.seen_of(uow.session, named, seen=tasks.seen_by(uow.actor))
    seen = {str(each.id) for each in found}

    def narrowed(each: Told) -> Told:
        if each.type != EventType.INSTANCE_CHANGED or "links" not in each.payload:
            return each
        links = [link for link in each.payload["links"] if link in seen]
        return replace(each, payload={**each.payload, "links": links})

    return [narrowed(each) for each in told]


def incidents(uow: UnitOfWork, instance_id: UUID) -> Sequence[Incident]:
    """Return the open incidents of an instance."""
    return open_incidents.open_of(uow.session, _seen(uow, instance_id).id)


def verification(uow: UnitOfWork, instance_id: UUID) -> Verification:
    """Verify the record of an instance and what is shown of it. Files are looked at, but not read."""
    instance = _seen(uow, instance_id)
    glance = store.of(uow.installation).glance
    broken = checking.verify_instance(uow.session, instance.id, glance)
    return Verification(broken is None, instance.audit_seq, instance.audit_head, broken)


def task(uow: UnitOfWork, task_id: UUID) -> tuple[UserTask, ProcessInstance]:
    """Return a task and its instance. Raises `NotFound`, also when the actor may see neither."""
    found = tasks.get(uow.session, task_id)
    instance = _loaded(uow, found.instance_id)
    sight.of_task(uow, found, instance)
    return found, instance


def listed_tasks(  # noqa: PLR0913
    uow: UnitOfWork,
    *,
    instance_id: UUID | None = None,
    assignee: str | None = None,
    candidate_group: str | None = None,
    state: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[UserTask]:
    """Return the tasks that the actor may see, the oldest first."""
    return tasks.listed(
        uow.session,
        uow.actor,
        instance_id=instance_id,
        assignee=assignee,
        candidate_group=candidate_group,
        state=state,
        after=after,
        limit=limit,
    )


def _seen(uow: UnitOfWork, instance_id: UUID) -> ProcessInstance:
    instance = _loaded(uow, instance_id)
    sight.of_instance(uow, instance)
    return instance


def _loaded(uow: UnitOfWork, instance_id: UUID) -> ProcessInstance:
    instance = uow.session.get(
        ProcessInstance, instance_id, options=[undefer(ProcessInstance.saved)]
    )
    if instance is None:
        raise NotFound
    return instance


def _done(row: ElementInstance, names: Mapping[UUID, str]) -> Step:
    return Step(
        row.token,
        row.element_id,
        row.element_type,
        row.name,
        row.state,
        row.started_at,
        row.ended_at,
        names[row.performer] if row.performer else None,
        row.process_key,
        names[row.on_behalf_of] if row.on_behalf_of else None,
    )


def _standing(visit: Visit) -> Step:
    element = visit.element
    return Step(
        visit.token,
        element.id,
        element.type,
        element.name,
        visit.state.value,
        visit.since,
        None,
        None,
        visit.process,
    )


def _told(event: AuditEvent, payload: Mapping[str, Any], names: Mapping[UUID, str]) -> Told:
    person = event.actor.removeprefix("person:")
    return Told(
        event.seq,
        event.at,
        event.actor,
        names.get(UUID(person), event.actor) if ":" in event.actor else event.actor,
        event.type,
        event.facts,
        payload,
        event.commitments,
        event.previous,
        event.hash,
    )
