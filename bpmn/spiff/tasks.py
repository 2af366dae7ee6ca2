"""Tasks: what a person, a program or a script does (BPMN 2.0 §10.3.3)."""

from SpiffWorkflow.bpmn.specs.mixins import ManualTaskMixin, UserTaskMixin

from bpmn.description import Element
from bpmn.progress import Opened, Wait, WaitKind
from bpmn.spiff import loops, throwing
from bpmn.spiff.activities import Activity
from bpmn.spiff.assignment import WorkPlan
from bpmn.spiff.awaiting import Awaited, Value, WaitingInFlow
from bpmn.spiff.process import ProcessSpec
from bpmn.spiff.scripts import Computed
from bpmn.spiff.throwing import Throwable
from bpmn.spiff.token import Token


class UserTask(Activity, UserTaskMixin):
    """Waits for a person."""

    wait_kind = WaitKind.USER_TASK

    def __init__(self, spec: ProcessSpec, element: Element, plan: WorkPlan) -> None:
        super().__init__(spec, element)
        self._plan = plan

    def work(self, token: Token) -> None:
        top, names = token.workflow.top, token.workflow.names()
        assignment = self._plan.resolve(names)
        wait, name = self.waits(token)[0], self._plan.named(names)
        top.opened.append(Opened(wait, assignment, name, _repeated_in(token)))

    def waits(self, token: Token) -> list[Wait]:
        version = token.workflow.process.identity
        return [Wait(token.id, self.wait_kind, self.element, token.since, version)]


def _repeated_in(token: Token) -> int | None:
    """Return the token of the nearest multi-instance activity around, also around a calling process."""
    host = token.workflow.host
    while host is not None:
        if loops.has_instances(host):
            return host.id
        host = host.workflow.host
    return None


class ManualTask(UserTask, ManualTaskMixin):
    """
    Waits for a person to say that it is done.

    BPMN leaves the manual task outside the engine; in a management system a step that nobody confirms proves
    nothing, so it waits, as SpiffWorkflow's does.
    """

    wait_kind = WaitKind.MANUAL_TASK


class ScriptTask(Activity):
    def __init__(self, spec: ProcessSpec, element: Element, run: Computed) -> None:
        super().__init__(spec, element)
        self._compute = run

    def work(self, token: Token) -> bool:
        scope = token.workflow
        computed = self._compute(scope.names())
        self._chosen(token, computed)
        token.wrote = computed
        scope.assign(computed)
        return True


class JobTask(Activity):
    """Waits for a program: service, send and business rule tasks."""

    def __init__(self, spec: ProcessSpec, element: Element, job_type: Value) -> None:
        super().__init__(spec, element)
        self._type = job_type

    def work(self, token: Token) -> None:
        named = self._type(token.workflow.names())
        token.notes["type"] = str(named)
        token.workflow.top.open(token)

    def waits(self, token: Token) -> list[Wait]:
        return [
            Wait(
                token.id,
                WaitKind.JOB,
                self.element,
                token.since,
                token.workflow.process.identity,
                name=token.notes.get("type"),
            )
        ]


class SendTask(Activity):
    """Sends its message and goes on."""

    def __init__(self, spec: ProcessSpec, element: Element, thrown: tuple[Throwable, ...]) -> None:
        super().__init__(spec, element)
        self._thrown = thrown

    def work(self, token: Token) -> bool:
        payload = token.workflow.data if self.moves_in else None
        self._chosen(token)
        for each in self._thrown:
            throwing.throw(token, each, payload)
        return True


class ReceiveTask(WaitingInFlow, Activity):
    """Waits for its message."""

    def __init__(self, spec: ProcessSpec, element: Element, awaited: tuple[Awaited, ...]) -> None:
        super().__init__(spec, element)
        self.awaited = awaited

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.notes.get("happened"):
            taken_over = self.taken_over(my_task)
            self._chosen(my_task, taken_over)
            my_task.wrote = taken_over
            my_task.workflow.assign(taken_over)
            return True
        return super()._run_hook(my_task)

    def work(self, token: Token) -> bool | None:
        if not self.awaited:
            return self._chosen(token)
        self.remember(token)
        token.workflow.top.open(token)
        return None
