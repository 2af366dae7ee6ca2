"""
SpiffWorkflow as it is and our engine, asked for the same: to start, to go through a cycle, to save.

What a cycle is, and where the two differ, is said in `step.py`.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.util.task import TaskState

sys.path.pop(0)  # this folder, in which `http` would not be Python's
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.models import Model
from bpmn import deployment
from bpmn.progress import WaitKind
from bpmn.workflow import Workflow

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
PEOPLE = frozenset({WaitKind.USER_TASK, WaitKind.MANUAL_TASK})


class Step(NamedTuple):
    state: bytes
    finished: bool
    workflow: Any


class Engine(Protocol):
    def start(self) -> Any:
        """Make an instance and run it until it waits."""

    def save(self, workflow: Any) -> bytes: ...

    def cycle(self, state: bytes) -> Step: ...

    def variables(self, workflow: Any) -> dict[str, Any]: ...


class Stock:
    _serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))

    def __init__(self, model: Model) -> None:
        parser = SpiffBpmnParser()
        for decision in model.decisions:
            parser.add_dmn_str(decision.source)
        parser.add_bpmn_str(model.source)
        self._model = model
        self._spec = parser.get_spec(model.key)
        self._subprocess_specs = parser.get_subprocess_specs(model.key)

    def start(self) -> BpmnWorkflow:
        workflow = BpmnWorkflow(self._spec, self._subprocess_specs)
        # What a process starts with goes to its first task, there is no other door.
        workflow.get_next_task(state=TaskState.READY).set_data(**self._model.variables)
        workflow.do_engine_steps()
        return workflow

    def save(self, workflow: BpmnWorkflow) -> bytes:
        state: str = self._serializer.serialize_json(workflow)
        return state.encode()

    def cycle(self, state: bytes) -> Step:
        workflow = self._serializer.deserialize_json(state)
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        task.set_data(**self._model.answers(task.task_spec.bpmn_id))
        task.run()
        workflow.do_engine_steps()
        return Step(self.save(workflow), workflow.completed, workflow)

    def variables(self, workflow: BpmnWorkflow) -> dict[str, Any]:
        # Beside them stand the data objects, to which nothing was copied.
        return {name: value for name, value in workflow.data.items() if name != "data_objects"}


class Ours:
    def __init__(self, model: Model) -> None:
        self._model = model
        self._library = deployment.check(
            {
                f"{model.key}.bpmn": model.source,
                **{f"{each.key}.dmn": each.source for each in model.decisions},
            }
        )
        if model.key not in self._library.processes:
            raise SystemExit(f"{model.key} is refused: {self._library.findings}")
        self._process = self._library.processes[model.key]

    def start(self) -> Workflow:
        return Workflow.start(self._process, self._model.variables, library=self._library, now=NOW)

    def save(self, workflow: Workflow) -> bytes:
        happened = workflow.happened()
        assert not happened.failures, f"Ours on {self._model.key}: {happened.failures}"
        return workflow.dump()

    def load(self, state: bytes) -> Workflow:
        return Workflow.load(self._process, state, library=self._library)

    def cycle(self, state: bytes) -> Step:
        workflow = self.load(state)
        wait = next(each for each in workflow.waits() if each.kind in PEOPLE)
        workflow.complete(wait.token, self._model.answers(wait.element.id), now=NOW)
        return Step(self.save(workflow), workflow.finished, workflow)

    def variables(self, workflow: Workflow) -> dict[str, Any]:
        return dict(workflow.variables)


class Hot(Ours):
    """Ours, with the instance kept in memory between its steps; it is saved all the same."""

    _kept: Workflow

    def start(self) -> Workflow:
        self._kept = super().start()
        return self._kept

    def load(self, state: bytes) -> Workflow:  # noqa: ARG002 -- this is what it saves
        return self._kept
