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
from bpmn.description import Process
from bpmn.errors import BpmnError, NoSuchWait
from bpmn.limits import Limits
from bpmn.progress import Decided, Failure, Opened, Thrown, Visit, Wait, WaitKind
from bpmn.spiff import codec, throwing
from bpmn.spiff.instance import Instance
from bpmn.spiff.process import ExecutableProcess, Library
from bpmn.spiff.token import Token

DEFAULT_LIMITS = Limits()
DONE_OUTSIDE = frozenset({WaitKind.USER_TASK, WaitKind.MANUAL_TASK, WaitKind.JOB})


class NotStartedSo(BpmnError):
    """The process does not start there."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What a step did, in the order it did it."""

    visits: tuple[Visit, ...]
    """Elements that were left."""
    opened: tuple[Opened, ...]
    """Waits for people that began."""
    awaited: tuple[Wait, ...]
    """Waits for anything else that began."""
    closed: tuple[int, ...]
    """Tokens that were taken away before their element was done."""
    failures: tuple[Failure, ...]
    thrown: tuple[Thrown, ...]
    """What the instance sent out."""
    decided: tuple[Decided, ...] = ()
    """Decisions that were asked."""


class Workflow:
    """
    One process instance.

    Never raises for what a model does wrong: that becomes a failure, with the token before the failed element.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    @classmethod
    def start(  # noqa: PLR0913
        cls,
        process: ExecutableProcess,
        variables: Mapping[str, Any] | None = None,
        *,
        library: Library,
        now: datetime,
        limits: Limits = DEFAULT_LIMITS,
        at: str | None = None,
    ) -> Self:
        """
        Start an instance and run it until it waits.

        `at` is the event that has happened, for a process that starts by one. Raises `InvalidValue` for the
        variables, and `NotStartedSo` where the process does not start there, or asks for a variable at once
        that is not given: by a timer of an event sub-process, for example.
        """
        start = None if at is None else process.spec.task_specs.get(at)
        if start is None and (at is not None or not process.spec.plan(process.key).beginnings):
            raise NotStartedSo(
                "'{process}' starts when something happens, and not by hand.", process=process.key
            )
        instance = Instance(process, library, limits)
        instance.assign(values.taken_in(variables or {}, limits))
        instance.now = now
        try:
            instance.begin(start)
        except BpmnError as error:
            raise NotStartedSo(error.template, **error.values) from error
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
    def process(self) -> Process:
        return self._instance.process.process

    @property
    def variables(self) -> dict[str, Any]:
        return dict(self._instance.data)

    # ------------------------------------------------------------ verbs

    def complete(self, token: int, variables: Mapping[str, Any], *, now: datetime) -> None:
        """
        End the wait for a person or a program with what came of it, and run on.

        Raises `NoSuchWait` and, for the variables, `InvalidValue`; nothing is changed then.
        """
        waiting, _ = self._waiting(token, DONE_OUTSIDE)
        waiting.workflow.assign(self._taken_in(variables, now))
        waiting.task_spec.done(waiting)
        self._instance.advance()

    def deliver(
        self, token: int, variables: Mapping[str, Any], *, now: datetime, event: int = 0
    ) -> None:
        """Let a message, a signal or a timer happen to the token that waits for it. Raises as `complete`."""
        waiting, wait = self._waiting(
            token, frozenset({WaitKind.MESSAGE, WaitKind.SIGNAL, WaitKind.TIMER}), event
        )
        waiting.task_spec.receive(waiting, self._taken_in(variables, now))
        waiting.task_spec.happened(waiting, wait.event)
        self._instance.advance()

    def signal(self, name: str, variables: Mapping[str, Any], *, now: datetime) -> bool:
        """Let a signal happen to everything that waits for it now; tell whether anything did."""
        taken_in = values.taken_in(variables, self._instance.limits)
        self._instance.now = now
        heard = throwing.signal(self._instance, name, taken_in)
        self._instance.advance()
        return heard

    def fire_due(self, *, now: datetime) -> int:
        """Let every timer happen that is due; tells how many did."""
        fired = 0
        while True:
            due = sorted(
                (each for each in self.waits() if each.due is not None and each.due <= now),
                key=lambda each: (each.due, each.token),
            )
            if not due or fired > self._instance.limits.steps:
                return fired
            self.deliver(due[0].token, {}, now=now, event=due[0].event)
            fired += 1

    def throw_error(
        self,
        token: int,
        code: str,
        message: str,
        variables: Mapping[str, Any],
        *,
        now: datetime,
    ) -> bool:
        """
        Throw a BPMN error where a person or a program works; tell whether an event caught it.

        One that nobody catches is a failure of the element. Raises as `complete`.
        """
        waiting, _ = self._waiting(token, DONE_OUTSIDE)
        taken_in = values.taken_in(variables, self._instance.limits)
        self._instance.now = now
        caught = throwing.error(waiting, code, message, taken_in)
        if not caught:
            self._instance.fail(waiting, throwing.uncaught(code, message))
        self._instance.advance()
        return caught

    def escalate(self, token: int, code: str, *, now: datetime) -> bool:
        """Throw an escalation where a person or a program works; tell whether an event caught it."""
        waiting, _ = self._waiting(token, DONE_OUTSIDE)
        self._instance.now = now
        caught = throwing.escalation(waiting, code)
        self._instance.advance()
        return caught

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

    # ------------------------------------------------------------ what is

    def waits(self) -> list[Wait]:
        """Return everything that the process waits for outside."""
        return [
            wait
            for token in self._instance.every_token(listening=True)
            if token.listens or token.is_waiting_outside
            for wait in token.task_spec.waits(token)
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
            tuple(instance.awaited),
            tuple(instance.closed),
            tuple(instance.failures),
            tuple(instance.thrown),
            tuple(instance.decided),
        )
        instance.forget()
        return happened

    def _waiting(
        self, number: int, kinds: frozenset[WaitKind], event: int = 0
    ) -> tuple[Token, Wait]:
        token = self._instance.find(number)
        if token is not None and (token.listens or token.is_waiting_outside):
            for wait in token.task_spec.waits(token):
                if wait.kind in kinds and wait.event == event:
                    return token, wait
        raise NoSuchWait("The process does not wait there, or no longer.")

    def _taken_in(self, variables: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """Return the variables as they are kept, and let it be that time. Raises `InvalidValue`."""
        taken_in = values.taken_in(variables, self._instance.limits)
        self._instance.now = now
        return taken_in


def variables(state: bytes) -> dict[str, Any]:
    """Return the variables in a saved state. Raises `StateUnreadable`."""
    return codec.variables(state)
