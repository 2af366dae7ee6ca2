"""Executable versions out of the database, made ready once and kept on the installation's shelf."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bpmn import deployment
from bpmn.deployment import DecisionVersion, ExecutableProcess, Kind
from bpmn.feel import Function
from bpmn.scripting.seen import Seen
from bpmn.stores import Stores
from engine.calendar import functions as calendar
from engine.definitions import repository as definitions
from engine.definitions.models import Definition
from engine.errors import EngineError
from engine.execution import people
from engine.uow import UnitOfWork

WHATEVER_RAN = deployment.Options(execute_unmarked=True)
"""What was deployed as a process is one, however the deployment was asked for."""


class VersionUnreadable(EngineError):
    """The version was deployed, but can no longer be made ready for execution."""


class _Functions(Mapping[str, Function]):
    """Made when an expression asks for one of them: most steps ask for none."""

    def __init__(self, uow: UnitOfWork, unit: str | None) -> None:
        self._uow = uow
        self._unit = unit

    @cached_property
    def _made(self) -> Mapping[str, Function]:
        return {**people.functions(self._uow), **calendar.functions(self._uow, self._unit)}

    def __getitem__(self, name: str) -> Function:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class DeployedLibrary:
    """What is around an instance: all that is deployed, as seen by one unit of work, and the installation."""

    def __init__(self, uow: UnitOfWork, unit: str | None = None) -> None:
        self._uow = uow
        self._unit = unit
        """In which the case is; None for none."""

    def seen(self, variables: Mapping[str, Any]) -> Seen:
        """Return what expressions about the case see now, where its variables are these."""
        return Seen(variables, now=self._uow.now, zone=self.zone, functions=self.functions)

    @cached_property
    def functions(self) -> Mapping[str, Function]:
        """What expressions may ask of the organisation and of the calendar of the unit."""
        return _Functions(self._uow, self._unit)

    @property
    def zone(self) -> ZoneInfo:
        return self._uow.installation.settings.zone

    @property
    def stores(self) -> Stores:
        return self._uow.installation.stores

    def called(self, key: str, version: int | None = None) -> ExecutableProcess | None:
        session = self._uow.session
        definition = (
            definitions.latest(session, key)
            if version is None
            else definitions.numbered(session, key, version)
        )
        return None if definition is None else self.of(definition)

    def decision(
        self, key: str, *, version: int | None = None, beside: ExecutableProcess | None = None
    ) -> DecisionVersion | None:
        session = self._uow.session
        if beside is not None:
            deployment_id = definitions.deployment_of_process(session, beside.identity)
            return self.decision_in(key, deployment_id)
        if version is not None:
            definition = definitions.numbered(session, key, version, Kind.DECISION)
        else:
            definition = definitions.latest(session, key, Kind.DECISION)
        return None if definition is None else self.of_decision(definition)

    def decision_in(self, key: str, deployment_id: UUID) -> DecisionVersion | None:
        """Return the version of a decision that is made of nothing but files of a deployment."""
        session = self._uow.session
        there = set(definitions.file_digests(session, deployment_id).values())
        for definition in definitions.decisions_in(session, key, deployment_id):
            version = self.of_decision(definition)
            made_of = definitions.file_digests(session, definition.deployment_id)
            if there.issuperset(made_of[each] for each in version.decisions.resources):
                return version
        return None

    def of_decision(self, definition: Definition) -> DecisionVersion:
        """Raises `VersionUnreadable` when a newer release finds another set of files in it."""
        shelf = self._uow.installation.decisions
        ready = shelf.get(definition.digest)
        if ready is None:
            resources = definitions.resources(self._uow.session, definition.deployment_id)
            ready = deployment.decided_by(definition.resource, resources)
            if ready.identity != definition.digest:
                raise VersionUnreadable
            shelf.put(ready)
        return ready

    def by_identity(self, identity: str) -> ExecutableProcess:
        shelf = self._uow.installation.shelf
        return shelf.get(identity) or self.of(definitions.by_digest(self._uow.session, identity))

    def of(self, definition: Definition) -> ExecutableProcess:
        """Raises `VersionUnreadable` when a newer release no longer executes what it holds."""
        installation = self._uow.installation
        ready = installation.shelf.get(definition.digest)
        if ready is not None:
            return ready
        resources = definitions.resources(self._uow.session, definition.deployment_id)
        checked = deployment.check(resources, limits=installation.limits, options=WHATEVER_RAN)
        process = checked.processes.get(definition.key)
        if process is None or process.identity != definition.digest:
            raise VersionUnreadable
        installation.shelf.put(process)
        return process
