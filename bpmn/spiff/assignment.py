"""Who may do a task: the model's texts and expressions, turned into names when a token comes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bpmn import moments
from bpmn.description import Element, Work
from bpmn.errors import BpmnError
from bpmn.limits import Limits
from bpmn.moments import WorkingDays
from bpmn.progress import Assignment
from bpmn.scripting import marks
from bpmn.scripting.errors import ExpressionFailed, InvalidExpression
from bpmn.scripting.seen import Seen
from bpmn.spiff.awaiting import Value, value

LONGEST_NAME = 200
"""Of a person or a group, in characters."""
LONGEST_LABEL = 500
"""Of a task, in characters, where variables are filled in."""
LONGEST_PRIORITY = 9
"""In digits."""


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """The assignment of one user task, with its expressions read."""

    assignee: Value
    candidate_users: Value
    candidate_groups: Value
    due: Value
    priority: Value
    label: str
    name: Value
    is_for_somebody: bool

    def resolve(self, names: Seen) -> Assignment:
        """Raises `BpmnError` when an expression fails or gives something else than names."""
        due = self.due(names)
        return Assignment(
            assignee=_one(self.assignee(names)),
            candidate_users=_many(self.candidate_users(names)),
            candidate_groups=_many(self.candidate_groups(names)),
            is_for_somebody=self.is_for_somebody,
            due=_moment(due, names.now, names.zone),
            priority=_priority(self.priority(names)),
        )

    def named(self, names: Seen) -> str:
        """Return the name of the task; a variable in it that is not there is no reason to stop."""
        try:
            return str(self.name(names))[:LONGEST_LABEL]
        except ExpressionFailed:
            return self.label


def plan(element: Element, limits: Limits) -> WorkPlan:
    """
    Read the assignment of a user task.

    Without candidate groups of its own a task is for the role of its lane. Raises `InvalidExpression`.
    """
    work = element.work or Work()
    role = element.lane.role if element.lane else None
    return WorkPlan(
        assignee=value(work.assignee, limits),
        candidate_users=value(work.candidate_users, limits),
        candidate_groups=value(work.candidate_groups, limits)
        if work.candidate_groups
        else lambda _: role,
        due=value(work.due_date, limits),
        priority=value(work.priority, limits),
        label=element.label,
        name=_name(element.label, limits),
        is_for_somebody=any((work.assignee, work.candidate_users, work.candidate_groups, role)),
    )


def _name(label: str, limits: Limits) -> Value:
    try:
        return value(label, limits) if marks.is_template(label) else lambda _: label
    except InvalidExpression:
        return lambda _: label


def _one(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and 1 <= len(value.strip()) <= LONGEST_NAME:
        return value.strip()
    raise BpmnError("The assignee is to be a name, not '{value}'.", value=str(value)[:80])


def _many(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, list) and all(
        isinstance(each, str) and len(each) <= LONGEST_NAME for each in value
    ):
        return tuple(dict.fromkeys(each.strip() for each in value if each.strip()))
    raise BpmnError("Candidates are to be names, not '{value}'.", value=str(value)[:80])


def _priority(value: Any) -> int | None:
    if value is None or value == "":
        return None
    text = str(value).strip()
    if isinstance(value, bool) or not text.isdecimal() or len(text) > LONGEST_PRIORITY:
        raise BpmnError("The priority is to be a whole number, not '{value}'.", value=text[:80])
    return int(text)


def _moment(value: Any, now: datetime, zone: ZoneInfo) -> datetime | WorkingDays | None:
    if value is None or value == "":
        return None
    text = moments.written(value)
    if text is None:
        raise BpmnError("The due date is to be a time, not '{value}'.", value=str(value)[:80])
    return moments.due(text, after=now, zone=zone)
