"""A robot for tests: runs a model and saves and loads it after every step."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bpmn import deployment
from bpmn.limits import Limits
from bpmn.workflow import Workflow

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)


class Run:
    """An instance of a model; `trace` are the elements that were left, in order."""

    def __init__(
        self,
        source: bytes,
        key: str = "p",
        variables: dict[str, Any] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.library = deployment.check({"model.bpmn": source}, limits=self.limits)
        assert not self.library.findings, [each.message for each in self.library.findings]
        self.process = self.library.processes[key]
        self.now = NOW
        self.trace: list[str] = []
        self.failures: list[str] = []
        self.workflow = Workflow.start(
            self.process, variables, library=self.library, now=NOW, limits=self.limits
        )
        self._keep()

    def do(self, element: str, **variables: Any) -> "Run":
        """Complete the oldest wait at an element."""
        wait = next(each for each in self.workflow.waits() if each.element.id == element)
        self.now += timedelta(minutes=1)
        self.workflow.complete(wait.token, variables, now=self.now)
        return self._keep()

    def retry(self, element: str) -> "Run":
        token = next(each.token for each in self.workflow.standing() if each.element.id == element)
        self.workflow.retry(token, now=self.now)
        return self._keep()

    @property
    def waiting(self) -> list[str]:
        return sorted(each.element.id for each in self.workflow.waits())

    @property
    def variables(self) -> dict[str, Any]:
        return self.workflow.variables

    @property
    def finished(self) -> bool:
        return self.workflow.finished

    def _keep(self) -> "Run":
        self.happened = self.workflow.happened()
        self.trace += [visit.element.id for visit in self.happened.visits]
        self.failures = [each.template.format_map(each.values) for each in self.happened.failures]
        saved = self.workflow.dump()
        self.workflow = Workflow.load(
            self.process, saved, library=self.library, limits=self.limits
        )
        assert self.workflow.dump() == saved, "saving what was loaded changes nothing"
        return self
