"""Verbs on whole instances."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bpmn.deployment import ExecutableProcess
from bpmn.values import InvalidValue
from bpmn.workflow import NotStartedSo, Workflow
from engine.audit.events import Event, EventType
from engine.db import new_id
from engine.definitions.models import Definition
from engine.errors import Conflict, Invalid
from engine.execution import header, runner, sight
from engine.execution.library import DeployedLibrary
from engine.identity.permissions import Permission, require
from engine.incidents import repository as incidents
from engine.instances import repository as instances
from engine.instances.models import ENDED, INITIATOR, UNIT, InstanceState, ProcessInstance
from engine.organisation import holdings
from engine.texts import kept
from engine.uow import UnitOfWork

LONGEST_KEY = 200
LONGEST_REASON = 2_000
_LONG_KEY = "A business key has at most {limit} characters."
_NO_REASON = "Say why, in at most {limit} characters."


def start(  # noqa: PLR0913
    uow: UnitOfWork,
    definition: Definition,
    *,
    business_key: str | None = None,
    variables: Mapping[str, Any] | None = None,
    unit: str | None = None,
    given: Mapping[str, Any] = MappingProxyType({}),
) -> ProcessInstance:
    """
    Start a routine and run it until it waits for somebody.

    `given` are fields of the case's header. Raises `Invalid` for those, for the key and the unit (each at its
    field), and for variables that cannot be kept.
    """
    require(uow.actor, Permission.START_INSTANCE)
    if business_key is not None:
        business_key = _business_key(business_key)
    unit = _unit(uow, unit)
    library = DeployedLibrary(uow, unit)
    instance = ProcessInstance(
        id=new_id(),
        definition=definition,
        definition_id=definition.id,
        business_key=business_key,
        unit=unit,
        state=InstanceState.ACTIVE.value,
        started_at=uow.now,
        started_by=uow.actor.id,
        saved=b"",
        audit_seq=0,
    )
    process = library.of(definition)
    names = {
        **(variables or {}),
        **({UNIT: unit} if unit else {}),
        **dict.fromkeys(_starter_names(process), uow.actor.name),
    }
    try:
        workflow = Workflow.start(
            process,
            names,
            library=library,
            now=uow.now,
            limits=uow.installation.limits,
        )
    except InvalidValue as error:
        raise Invalid(error.template, **error.values) from error
    except NotStartedSo as error:
        raise Conflict(error.template, **error.values) from error
    uow.session.add(instance)
    uow.session.flush()  # its history refers to it
    started = Event(
        EventType.INSTANCE_STARTED,
        {
            "definition": str(definition.id),
            "key": definition.key,
            "version": definition.version,
            "digest": definition.digest,
        },
        {
            **({"business_key": business_key} if business_key else {}),
            **({"unit": unit} if unit else {}),
            **{f"variables.{name}": value for name, value in names.items()},
        },
    )
    runner.keep(uow, instance, workflow, [started, *header.first(uow, instance, given)])
    return instance


def _business_key(text: str) -> str | None:
    try:
        return kept(text, _LONG_KEY, longest=LONGEST_KEY) or None
    except Invalid as error:
        raise error.at("business_key") from None


def _unit(uow: UnitOfWork, key: str | None) -> str | None:
    """Return the key of a unit that is there today; raises `Invalid` for another."""
    key = (key or "").strip().lower()
    if not key:
        return None
    if key not in holdings.known(uow).units:
        raise Invalid("There is no unit '{unit}' today.", unit=key[:LONGEST_KEY]).at("unit")
    return key


def _starter_names(process: ExecutableProcess) -> list[str]:
    """Return the variables that say who started the case: ours, and those that the model asks for."""
    starts = process.process.children(process.key)
    return [INITIATOR, *(each.initiator for each in starts if each.initiator)]


def cancel(uow: UnitOfWork, instance_id: UUID, *, reason: str) -> ProcessInstance:
    """End a case where it stands, and say why."""
    instance = instances.locked(uow.session, instance_id)
    require(uow.actor, Permission.CANCEL_INSTANCE, sight.of_instance(uow, instance))
    reason = kept(reason, _NO_REASON, shortest=1, longest=LONGEST_REASON)
    if instance.state in ENDED:
        raise Conflict("The case has ended.")
    workflow = runner.load(uow, instance)
    workflow.cancel(now=uow.now)
    uow.update(instance, state=InstanceState.CANCELLED.value)
    runner.keep(
        uow, instance, workflow, [Event(EventType.INSTANCE_CANCELLED, {}, {"reason": reason})]
    )
    return instance


def suspend(uow: UnitOfWork, instance_id: UUID, *, reason: str) -> ProcessInstance:
    """
    Pause a case, and say why: nobody takes or completes its tasks, and nothing of it is executed.

    Raises `Conflict` where it has ended or is paused already.
    """
    instance = _to_pause(uow, instance_id)
    reason = kept(reason, _NO_REASON, shortest=1, longest=LONGEST_REASON)
    if instance.state in ENDED:
        raise Conflict("The case has ended.")
    if instance.state == InstanceState.SUSPENDED:
        raise Conflict("The case is paused already.")
    instance.state = InstanceState.SUSPENDED.value
    uow.record(instance, Event(EventType.INSTANCE_SUSPENDED, {}, {"reason": reason}))
    return instance


def resume(uow: UnitOfWork, instance_id: UUID, *, reason: str = "") -> ProcessInstance:
    """Let a paused case go on; one that was stopped by an error is so again. Raises `Conflict` for others."""
    instance = _to_pause(uow, instance_id)
    reason = kept(reason, _NO_REASON, longest=LONGEST_REASON)
    if instance.state != InstanceState.SUSPENDED:
        raise Conflict("The case is not paused.")
    stopped = bool(incidents.open_of(uow.session, instance.id))
    instance.state = (InstanceState.INCIDENT if stopped else InstanceState.ACTIVE).value
    said = {"reason": reason} if reason else {}
    uow.record(instance, Event(EventType.INSTANCE_RESUMED, {}, said))
    return instance


def _to_pause(uow: UnitOfWork, instance_id: UUID) -> ProcessInstance:
    instance = instances.locked(uow.session, instance_id)
    require(uow.actor, Permission.SUSPEND_INSTANCE, sight.of_instance(uow, instance))
    return instance
