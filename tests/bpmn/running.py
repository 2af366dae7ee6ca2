"""A robot for tests: runs a model and, unless told not to, saves and loads it after every step."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bpmn import deployment
from bpmn.limits import Limits
from bpmn.progress import Wait
from bpmn.workflow import Workflow

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)


class Run:
    """
    An instance of a model; `trace` are the elements that were left, in order.

    Without a key it is one of the first process in the file.
    """

    def __init__(
        self,
        source: bytes,
        key: str | None = "p",
        variables: dict[str, Any] | None = None,
        limits: Limits | None = None,
        at: str | None = None,
        *,
        saving: bool = True,
        beside: Mapping[str, bytes] | None = None,
    ) -> None:
        self.saving = saving
        self.limits = limits or Limits()
        self.library = deployment.check(
            {"model.bpmn": source, **(beside or {})}, limits=self.limits
        )
        assert not self.library.refused, [each.message for each in self.library.findings]
        self.process = self.library.processes[key or next(iter(self.library.processes))]
        self.now = NOW
        self.trace: list[str] = []
        self.failures: list[str] = []
        self.workflow = Workflow.start(
            self.process, variables, library=self.library, now=NOW, limits=self.limits, at=at
        )
        self._keep()

    def do(self, element: str, **variables: Any) -> "Run":
        """Complete the oldest wait for a person or a program at an element."""
        return self.end(self._wait(element, "user_task", "manual_task", "job"), variables)

    def end(self, wait: Wait, variables: dict[str, Any]) -> "Run":
        self.workflow.complete(wait.token, variables, now=self._later())
        return self._keep()

    def send(self, name: str, /, **variables: Any) -> "Run":
        """Deliver a message to the oldest wait for it."""
        wait = _oldest(
            each for each in self.workflow.waits() if each.kind == "message" and each.name == name
        )
        self.workflow.deliver(wait.token, variables, now=self._later(), event=wait.event)
        return self._keep()

    def signal(self, name: str, /, **variables: Any) -> "Run":
        self.workflow.signal(name, variables, now=self._later())
        return self._keep()

    def pass_time(self, **span: float) -> "Run":
        """Let time pass, and everything happen that is due then."""
        self.now += timedelta(**span)
        self.workflow.fire_due(now=self.now)
        return self._keep()

    def fail(self, element: str, code: str, message: str = "", **variables: Any) -> bool:
        """Throw a BPMN error where a person or a program works."""
        wait = self._wait(element, "user_task", "manual_task", "job")
        caught = self.workflow.throw_error(wait.token, code, message, variables, now=self._later())
        self._keep()
        return caught

    def escalate(self, element: str, code: str) -> bool:
        wait = self._wait(element, "user_task", "manual_task", "job")
        caught = self.workflow.escalate(wait.token, code, now=self._later())
        self._keep()
        return caught

    def retry(self, element: str) -> "Run":
        token = next(each.token for each in self.workflow.standing() if each.element.id == element)
        self.workflow.retry(token, now=self.now)
        return self._keep()

    def passed(self, *elements: str) -> list[str]:
        """Return which of some elements were left, in the order they were."""
        return [each for each in self.trace if each in elements]

    @property
    def waiting(self) -> list[str]:
        """The elements where a person or a program has to do something."""
        return sorted(
            each.element.id
            for each in self.workflow.waits()
            if each.kind in {"user_task", "manual_task", "job"}
        )

    @property
    def listening(self) -> list[str]:
        """The elements that wait for an event."""
        return sorted(
            each.element.id
            for each in self.workflow.waits()
            if each.kind not in {"user_task", "manual_task", "job"}
        )

    @property
    def thrown(self) -> list[str]:
        return [each.name for each in self.happened.thrown]

    def _wait(self, element: str, *kinds: str) -> Wait:
        return _oldest(
            each
            for each in self.workflow.waits()
            if each.element.id == element and each.kind in kinds
        )

    def _later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    @property
    def variables(self) -> dict[str, Any]:
        return self.workflow.variables

    @property
    def finished(self) -> bool:
        return self.workflow.finished

    def _keep(self) -> "Run":
        self.happened = self.workflow.happened()
        self.trace += [
            visit.element.id for visit in self.happened.visits if visit.state == "completed"
        ]
        self.failures = [each.template.format_map(each.values) for each in self.happened.failures]
        if self.saving:
            self._save()
        return self

    def _save(self) -> None:
        saved = self.workflow.dump()
        self.workflow = Workflow.load(
            self.process, saved, library=self.library, limits=self.limits
        )
        assert self.workflow.dump() == saved, "saving what was loaded changes nothing"


def _oldest(waits: Iterable[Wait]) -> Wait:
    return next(iter(sorted(waits, key=lambda each: each.token)))
