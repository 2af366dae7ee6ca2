"""
The workflow patterns beside the project (shared/corpora/workflow_patterns.py), on our engine.

That file draws its models and says what it expects in the words of SpiffWorkflow as it is. Here what it drives
SpiffWorkflow with is taken from it, and given back in terms of our own; models and expectations stay as they are.
A script there calls `trace(…)`, which is no function of ours: the call becomes an assignment, and what was
traced is read from what the element wrote. No name of a pattern or of an element is known here.
"""

import logging
import re
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.specs.event_definitions import (
    ErrorEventDefinition,
    EscalationEventDefinition,
    MessageEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.bpmn.util import BpmnEvent

from bpmn import deployment, xml
from bpmn.description import Trigger
from bpmn.findings import Finding
from bpmn.namespaces import BPMN
from bpmn.progress import Thrown, Wait, WaitKind
from tests.bpmn.running import Run

TRACE = re.compile(r"\btrace\(([^()]*)\)")
TRACED = "traced_"
BY_PEOPLE = frozenset({WaitKind.USER_TASK, WaitKind.MANUAL_TASK})
DEFINITIONS = {
    Trigger.ERROR: ErrorEventDefinition,
    Trigger.ESCALATION: EscalationEventDefinition,
    Trigger.MESSAGE: MessageEventDefinition,
    Trigger.SIGNAL: SignalEventDefinition,
}


class Refused(Exception):
    """The model is not executed."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(each.message for each in findings))
        self.findings = findings


class Failed(Exception):
    """An element could not be executed: where SpiffWorkflow raises, we keep an incident."""


class NobodyWaits(Exception):
    """A message came that nobody waits for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Nobody waits for the message '{name}', and bpmn.workflow keeps none.")


# ---------------------------------------------------------------------------- running them


def run(path: Path) -> list[dict[str, Any]]:
    """Run every pattern of the file; tell what became of each."""
    return [judged(path.name, name, drive) for name, drive in adapted(path).tests.items()]


def adapted(path: Path) -> ModuleType:
    """Load the file with our engine in the place of the other."""
    disabled = logging.root.manager.disable
    loader = _Loader("shared_workflow_patterns", str(path))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module: Any = module_from_spec(spec)
    with warnings.catch_warnings():
        loader.exec_module(module)
    logging.disable(disabled)
    module.T = Pattern
    module.BpmnParser = Parser
    return module


def judged(file: str, name: str, drive: Callable[[], None]) -> dict[str, Any]:
    began = time.perf_counter()
    verdict, detail, findings = "pass", "", ()
    try:
        drive()
    except NotImplementedError as error:
        verdict, detail = "not run", str(error)
    except Refused as error:
        verdict, detail, findings = "refused", str(error), error.findings
    except (AssertionError, Failed, NobodyWaits) as error:
        verdict, detail = "fail", str(error) or "not as expected"
    except Exception as error:  # noqa: BLE001  every other one is shown, whatever it is
        verdict, detail = "fail", repr(error)
    return {
        "file": file,
        "pattern": name,
        "verdict": verdict,
        "detail": detail,
        "findings": [
            {"element_id": each.element_id, "line": each.line, "rule": each.rule}
            for each in findings
        ],
        "seconds": round(time.perf_counter() - began, 4),
    }


class _Loader(SourceFileLoader):
    """Leaves nothing beside the file."""

    def set_data(self, *_: Any, **__: Any) -> None:
        pass


# ---------------------------------------------------------------------------- in its words


class Pattern:
    """An instance, driven as the file does it; saved and loaded after every step."""

    def __init__(self, source: str, pid: str = "p", data: dict[str, Any] | None = None) -> None:
        drawn = _without_calls(source)
        checked = deployment.check({"model.bpmn": drawn})
        if checked.refused:
            raise Refused(tuple(each for each in checked.findings if each.severity == "error"))
        self.tr: list[Any] = []
        self.sent: list[Thrown] = []
        self.answers: dict[int, dict[str, Any]] = {}
        """What will be answered, by the token of the task."""
        self.wf = Facade(self)
        self.run = Run(drawn, pid, data)
        self.go()

    def go(self) -> "Pattern":
        """Take note of what the last step did; it went on by itself."""
        for visit in self.run.happened.visits:
            self.tr += [each for name, each in visit.wrote.items() if name.startswith(TRACED)]
        self.sent += self.run.happened.thrown
        if self.run.failures:
            raise Failed("; ".join(self.run.failures))
        return self

    def ready(self) -> list[str]:
        return sorted(each.element.id for each in self.people())

    def do(self, name: str, n: int = 1) -> "Pattern":
        """Complete the oldest tasks whose id begins so, if there are any."""
        for wait in [each for each in self.people() if each.element.id.startswith(name)][:n]:
            self.run.end(wait, self.answers.pop(wait.token, {}))
            self.go()
        return self

    def send(self, definition: Any) -> "Pattern":
        if isinstance(definition, SignalEventDefinition):
            self.run.signal(definition.name)
            return self.go()
        waits = [each for each in self.run.workflow.waits() if each.kind is WaitKind.MESSAGE]
        if definition.name not in {each.name for each in waits}:
            raise NobodyWaits(definition.name)
        self.run.send(definition.name)
        return self.go()

    @property
    def done(self) -> bool:
        return self.run.finished

    def people(self) -> list[Wait]:
        """Return the waits for people, the oldest first."""
        waits = (each for each in self.run.workflow.waits() if each.kind in BY_PEOPLE)
        return sorted(waits, key=lambda each: each.token)


@dataclass
class Facade:
    """What the file asks of SpiffWorkflow's workflow."""

    pattern: Pattern

    @property
    def completed(self) -> bool:
        return self.pattern.done

    def is_completed(self) -> bool:
        return self.pattern.done

    def get_tasks(self, **_: Any) -> list[SimpleNamespace]:
        """Return the tasks of people; what is put into `data` is answered when they are done."""
        return [
            SimpleNamespace(
                task_spec=SimpleNamespace(name=each.element.id),
                data=self.pattern.answers.setdefault(each.token, {}),
            )
            for each in self.pattern.people()
        ]

    def get_events(self) -> list[BpmnEvent]:
        """Hand over what the instance has sent out."""
        sent, self.pattern.sent = self.pattern.sent, []
        return [_event(each) for each in sent]

    def refresh_timers(self) -> None:
        self.pattern.run.pass_time(seconds=1)


@dataclass
class Parser:
    """What the file asks of SpiffWorkflow's parser."""

    resources: dict[str, bytes] = field(default_factory=dict)

    def add_bpmn_xml(self, root: etree._Element) -> None:
        self.resources[f"model_{len(self.resources)}.bpmn"] = etree.tostring(root)

    def get_process_ids(self) -> list[str]:
        return list(deployment.check(self.resources).processes)


def _event(thrown: Thrown) -> BpmnEvent:
    variables: Mapping[str, Any] = thrown.variables
    return BpmnEvent(DEFINITIONS[thrown.trigger](thrown.name), payload=dict(variables))


def _without_calls(source: str) -> bytes:
    """Let each script assign what it traces, under a name of its own."""
    root = xml.parse(source.encode())
    for script in root.iter(f"{{{BPMN}}}script"):
        before, *calls = TRACE.split(script.text)
        assigned = [
            f"{TRACED}{number} = {argument}{rest}"
            for number, (argument, rest) in enumerate(zip(calls[::2], calls[1::2], strict=True))
        ]
        script.text = before + "".join(assigned)
    return bytes(etree.tostring(root))
