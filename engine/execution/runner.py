"""
The one way a workflow moves: lock, load, step, mirror, save.

1. The instance's row is locked; what was read before does not count.
2. The workflow is made from the saved state and lent to the verb.
3. What happened becomes rows of history, tasks and incidents, and events.
4. The new state is saved; the last event seals its hash, so that the record vouches for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from bpmn.progress import ElementState, Visit
from bpmn.workflow import Workflow
from engine.audit import chain
from engine.audit import repository as record
from engine.audit.events import Event, EventType
from engine.errors import Conflict
from engine.execution import decisions, wait_states
from engine.execution.library import DeployedLibrary
from engine.incidents import repository as incidents
from engine.instances import searchable
from engine.instances.held import HeldInstance, Instance
from engine.instances.models import ENDED, ElementInstance, InstanceState
from engine.notifications import commands as notifications
from engine.notifications.models import Kind
from engine.uow import UnitOfWork

LEFT = {
    ElementState.COMPLETED: EventType.ELEMENT_COMPLETED,
    ElementState.CANCELLED: EventType.ELEMENT_CANCELLED,
}


HOW_IT_ENDS = {
    InstanceState.COMPLETED: Kind.CASE_COMPLETED,
    InstanceState.CANCELLED: Kind.CASE_CANCELLED,
}

Performer = tuple[UUID | None, UUID | None]
"""Who did something, and for whom, where it was done as a substitute."""


@contextmanager
def step(uow: UnitOfWork, instance: Instance, *events: Event) -> Iterator[Workflow]:
    """
    Lend the workflow of a locked instance; what happened to it is kept on the way out.

    `events` are recorded before what follows from them. Raises `Conflict` when it has ended or is paused.
    """
    if instance.state in ENDED:
        raise Conflict("The case has ended.")
    if instance.state == InstanceState.SUSPENDED:
        raise Conflict("The case is paused. It has to go on first.")
    workflow = load(uow, instance)
    yield workflow
    keep(uow, instance, workflow, list(events))


def load(uow: UnitOfWork, instance: Instance) -> Workflow:
    """Raises `Conflict` for a state that is not the one which the last step sealed."""
    if digest(instance.saved) != _vouched(uow, instance):
        raise Conflict("The saved state is not the one that the record vouches for.")
    library = DeployedLibrary(uow, instance.unit)
    return Workflow.load(
        library.by_identity(instance.definition.digest),
        instance.saved,
        library=library,
        limits=uow.installation.limits,
    )


def _vouched(uow: UnitOfWork, instance: Instance) -> str | None:
    """Return the hash of the state that the record vouches for; who is held with its task knows it."""
    if isinstance(instance, HeldInstance):
        return instance.vouched
    return record.last_saved(uow.session, instance.id)


def keep(
    uow: UnitOfWork,
    instance: Instance,
    workflow: Workflow,
    events: list[Event],
    performers: Mapping[int, Performer] | None = None,
) -> None:
    """Write down what happened in a step, and the state after it; whoever started the case is told how it ends."""
    happened = workflow.happened()
    events += map(decisions.within_case, happened.decided)
    events += _history(uow, instance, happened.visits, performers or {})
    events += wait_states.open_tasks(uow, instance, happened.opened)
    events += wait_states.close_tasks(uow, instance, happened.closed)
    events += wait_states.open_incidents(uow, instance, happened.failures)
    if workflow.finished and instance.state not in ENDED:
        uow.update(instance, state=InstanceState.COMPLETED.value)
        events.append(Event(EventType.INSTANCE_COMPLETED))
    if instance.state in ENDED:
        uow.update(instance, ended_at=uow.now)
        notifications.of_case(uow, HOW_IT_ENDS[InstanceState(instance.state)], instance)
    else:
        was = instance.state
        uow.update(instance, state=_goes_on(uow, instance, failed=bool(happened.failures)).value)
        if InstanceState.INCIDENT == instance.state != was:
            notifications.of_case(uow, Kind.CASE_STOPPED, instance)
    declared = workflow.process.searchable
    if declared:
        zone = uow.installation.settings.zone
        searchable.follow(uow.session, instance.id, declared, workflow.variables, zone)
    uow.update(instance, saved=workflow.dump())
    events[-1] = replace(events[-1], facts={**events[-1].facts, "saved": digest(instance.saved)})
    uow.record(instance, *events)


def _goes_on(uow: UnitOfWork, instance: Instance, *, failed: bool) -> InstanceState:
    """Return how an instance stands that has not ended: it waits where something has failed, now or before."""
    was = instance.state == InstanceState.INCIDENT
    open_still = failed or (was and bool(incidents.open_of(uow.session, instance.id)))
    return InstanceState.INCIDENT if open_still else InstanceState.ACTIVE


def digest(saved: bytes) -> str:
    return sha256(saved).hexdigest()


def _history(
    uow: UnitOfWork,
    instance: Instance,
    visits: Sequence[Visit],
    performers: Mapping[int, Performer],
) -> Iterator[Event]:
    rows: list[dict[str, Any]] = []
    for visit in visits:
        performer, on_behalf_of = performers.get(visit.token, (None, None))
        rows.append(
            {
                "instance_id": instance.id,
                "token": visit.token,
                "process_key": visit.process,
                "element_id": visit.element.id,
                "element_type": visit.element.type,
                "name": visit.element.name,
                "state": visit.state.value,
                "started_at": visit.since,
                "ended_at": uow.now,
                "performer": performer,
                "on_behalf_of": on_behalf_of,
            }
        )
        yield Event(LEFT[visit.state], element_facts(rows[-1]), dict(visit.wrote))
    uow.insert(ElementInstance, rows)


def element_facts(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the record says of a line of history; the two are compared when it is verified."""
    facts = {
        "token": row["token"],
        "process": row["process_key"],
        "element": row["element_id"],
        "type": row["element_type"],
        "name": row["name"],
        "started_at": chain.written(row["started_at"]),
        "ended_at": chain.written(row["ended_at"]),
    }
    for name in ("performer", "on_behalf_of"):
        if row[name] is not None:
            facts[name] = str(row[name])
    return facts
