"""The steps of a case in a list, each tied to its shape in the diagram."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bpmn.progress import ElementState
from engine.cases.reading import Case, Step
from web.pages import people

AT_ONCE = 60
GOING_ON = frozenset({ElementState.ACTIVE, ElementState.INCIDENT})


@dataclass(frozen=True, slots=True)
class StepLine:
    step: Step
    whom: str | None
    """Who did it, or for whom it waits."""
    is_last: bool
    """Of its element in the case's own process: the diagram leads to it."""

    @property
    def shape(self) -> str:
        """The address of its shape, where the diagram has one."""
        return f"#bpmn-element-{quote(self.step.element_id)}"


@dataclass(frozen=True, slots=True)
class Steps:
    lines: Sequence[StepLine]
    earlier: int
    """How many more there are that were finished before these."""

    @property
    def told(self) -> frozenset[str]:
        """The elements that the diagram leads to."""
        return frozenset(each.step.element_id for each in self.lines if each.is_last)


def of(case: Case, steps: Sequence[Step], waiting: Mapping[int, str], *, whole: bool) -> Steps:
    """Tell the last steps and all that go on, or all of them. `waiting` says for whom, by token."""
    people.learn(name for each in steps for name in (each.performer, each.on_behalf_of))
    last = {each.element_id: each.token for each in steps if each.process == case.definition_key}
    begin = 0 if whole else max(0, len(steps) - AT_ONCE)
    shown = [each for at, each in enumerate(steps) if at >= begin or each.state in GOING_ON]
    lines = [
        StepLine(each, _whom(each, waiting), last.get(each.element_id) == each.token)
        for each in shown
    ]
    return Steps(lines, len(steps) - len(shown))


def _whom(step: Step, waiting: Mapping[int, str]) -> str | None:
    if step.performer is not None:
        return people.acting(step.performer, step.on_behalf_of)
    return waiting.get(step.token) if step.state == ElementState.ACTIVE else None
