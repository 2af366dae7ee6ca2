"""
A running process, in our own words.

The one way in which the rest of the house moves a token; SpiffWorkflow stays behind `bpmn.spiff`. Verbs take
the time as a value. What happened in a step is handed over as visits, opened and closed waits and failures, so
that whoever keeps rows about them need not look at what did not change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from bpmn import values
from bpmn.description import Failure, Opened, Visit, Wait
from bpmn.errors import NoSuchWait
from bpmn.limits import Limits
from bpmn.spiff import codec
from bpmn.spiff.process import ExecutableProcess, Library
from bpmn.spiff.scopes import Instance

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Happened:
    """What a step did, in the order it did it."""

    visits: tuple[Visit, ...]
    """Elements that were left."""
    opened: tuple[Opened, ...]
    closed: tuple[int, ...]
    """Tokens that were taken away before their element was done."""
    failures: tuple[Failure, ...]


class Workflow:
    """
    One process instance.

    Never raises for what a model does wrong: that becomes a failure, with the token before the failed element.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    @classmethod
    def start(
        cls,
        process: ExecutableProcess,
        variables: Mapping[str, Any] | None = None,
        *,
        library: Library,
        now: datetime,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Self:
        """Start an instance and run it until it waits. Raises `InvalidValue` for the variables."""
        instance = Instance(process, library, limits)
        instance.assign(values.taken_in(variables or {}, limits))
        instance.now = now
        instance.begin()
        instance.advance()
        return cls(instance)

    @classmethod
    def load(
        cls,
        process: ExecutableProcess,
        state: bytes,
        *,
        library: Library,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Self:
        """Restore an instance of exactly that version. Raises `StateUnreadable`."""
        return cls(codec.load(process, state, library, limits))

    def dump(self) -> bytes:
        return codec.dump(self._instance)

    @property
    def finished(self) -> bool:
        return self._instance.is_finished

    @property
    def variables(self) -> dict[str, Any]:
        return dict(self._instance.data)

    def complete(self, token: int, variables: Mapping[str, Any], *, now: datetime) -> None:
        """
        End a wait with what came of it, and run on.

        Raises `NoSuchWait` and, for the variables, `InvalidValue`; nothing is changed then.
        """
        instance = self._instance
        waiting = instance.find(token)
        if waiting is None or not waiting.is_waiting_outside:
            raise NoSuchWait("The process does not wait there, or no longer.")
        taken_in = values.taken_in(variables, instance.limits)
        instance.now = now
        waiting.workflow.assign(taken_in)
        waiting.complete()
        instance.advance()

    def retry(self, token: int, *, now: datetime) -> None:
        """Execute a failed element again, and run on. Raises `NoSuchWait`."""
        failed = self._instance.find(token)
        if failed is None or not failed.has_failed:
            raise NoSuchWait("No element has failed there.")
        self._instance.now = now
        failed.try_again()
        self._instance.advance()

    def cancel(self, *, now: datetime) -> None:
        """End the instance where it stands."""
        self._instance.now = now
        self._instance.cancel_all()
        self._instance.finish()

    def waits(self) -> list[Wait]:
        """Return every place where the process waits for a person."""
        return [
            token.task_spec.wait(token)
            for token in self._instance.every_token()
            if token.is_waiting_outside
        ]

    def standing(self) -> list[Visit]:
        """Return where the live tokens are, in the order they came there."""
        return sorted(self._instance.standing(), key=lambda visit: visit.token)

    def happened(self) -> Happened:
        """Hand over what happened since the last call."""
        instance = self._instance
        happened = Happened(
            tuple(instance.visits),
            tuple(instance.opened),
            tuple(instance.closed),
            tuple(instance.failures),
        )
        instance.forget()
        return happened


def variables(state: bytes) -> dict[str, Any]:
    """Return the variables in a saved state. Raises `StateUnreadable`."""
    return codec.variables(state)
