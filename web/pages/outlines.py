"""
A diagram as a list of steps: same order, same names, for those who read instead of look.

Steps come in the order of the flow from the start; a way back does not change it. What stands inside a
sub-process follows it, one level in.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from bpmn.description import Element, Flow, Process
from bpmn.scripting import marks
from web.pages import words

DURATION = re.compile(r"P(?P<number>[0-9]{1,4})(?P<unit>[DWM])|(?P<working>[1-9][0-9]{0,3})BD")


@dataclass(frozen=True, slots=True)
class Way:
    """A flow that leaves a step, where there is more than one."""

    name: str
    target: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class OutlinedStep:
    element: Element
    name: str
    kind: str
    depth: int
    who: str
    within: str
    """How long it may take, in words."""
    not_by: tuple[str, ...]
    """Steps whose performer may not do this one."""
    only_by: tuple[str, ...]
    ways: tuple[Way, ...]

    @property
    def is_by_a_person(self) -> bool:
        return self.element.type in words.BY_PEOPLE


def of(process: Process) -> list[OutlinedStep]:
    return list(_scope(process, process.id, 0, _following(process)))


def _scope(
    process: Process, scope: str, depth: int, following: dict[str, list[str]]
) -> Iterator[OutlinedStep]:
    for element in _in_order(process, scope, following):
        yield _step(process, element, depth)
        yield from _scope(process, element.id, depth + 1, following)


def _following(process: Process) -> dict[str, list[str]]:
    """Return what comes after each step: first what can happen during it, then where its flows lead."""
    following: dict[str, list[str]] = {each: [] for each in process.elements}
    for element in process.elements.values():
        if element.attached_to in following:
            following[element.attached_to].append(element.id)
    for element in process.elements.values():
        following[element.id] += [process.flows[flow].target for flow in element.outgoing]
    return following


def _in_order(process: Process, scope: str, following: dict[str, list[str]]) -> list[Element]:
    """Sort the steps of a scope so that each comes after those that lead to it, ways back left aside."""
    children = {element.id: element for element in process.children(scope)}
    starts = [each.id for each in children.values() if not each.incoming and not each.attached_to]
    seen: set[str] = set()
    backwards = [
        each
        for start in reversed(starts)
        for each in _last_first(start, children.keys(), following, seen)
    ]
    rest = [each for each in children if each not in seen]
    return [children[each] for each in (*reversed(backwards), *rest)]


def _last_first(
    start: str, inside: Container[str], following: dict[str, list[str]], seen: set[str]
) -> Iterator[str]:
    """Walk in depth and give each step when all that follows from it is done; no recursion, models are long."""
    if start in seen:
        return
    seen.add(start)
    stack = [(start, reversed(following[start]))]
    while stack:
        current, targets = stack[-1]
        new = next((each for each in targets if each in inside and each not in seen), None)
        if new is None:
            yield current
            stack.pop()
        else:
            seen.add(new)
            stack.append((new, reversed(following[new])))


def _kind(element: Element) -> str:
    kind = words.element(element.type)
    about = [str(words.TRIGGERS.get(each.trigger, each.trigger)) for each in element.events]
    return f"{kind}: {', '.join(about)}" if about else kind


def _step(process: Process, element: Element, depth: int) -> OutlinedStep:
    work = element.work
    flows = [process.flows[flow] for flow in element.outgoing]
    return OutlinedStep(
        element,
        element.name or words.element(element.type),
        _kind(element),
        depth,
        _who(element),
        _within(work.due_date if work else None),
        tuple(_name(process, each) for each in (work.not_performer_of if work else ())),
        tuple(_name(process, each) for each in (work.performer_of if work else ())),
        tuple(_way(process, element, flow) for flow in flows) if len(flows) > 1 else (),
    )


def _way(process: Process, element: Element, flow: Flow) -> Way:
    return Way(flow.name or "", _name(process, flow.target), flow.id == element.default)


def _name(process: Process, element_id: str) -> str:
    element = process.elements.get(element_id)
    if element is None:
        return element_id
    if element.name:
        return element.name
    follows = [process.flows[flow].target for flow in element.outgoing]
    if len(follows) == 1 and follows[0] in process.elements:
        return process.elements[follows[0]].name or words.element(element.type)
    return words.element(element.type)


def _who(element: Element) -> str:
    """Say who does a step: the lane, and that somebody is named where the model names one."""
    if element.type not in words.BY_PEOPLE:
        return ""
    lane = element.lane.name if element.lane else ""
    work = element.work
    assigned = (work.assignee or work.candidate_users) if work else None
    if assigned and marks.is_marked(assigned):
        if lane:
            return str(gettext("%(lane)s, named in the case", lane=lane))
        return str(gettext("Somebody named in the case"))
    groups = work.candidate_groups if work else None
    if assigned:
        return assigned
    if groups and not marks.is_marked(groups):
        return groups
    return lane or str(gettext("anybody"))


def _within(due_date: str | None) -> str:
    found = DURATION.fullmatch(due_date or "")
    if found is None:
        return ""
    if found["working"]:
        number = int(found["working"])
        return str(ngettext("within %(num)s working day", "within %(num)s working days", number))
    number = int(found["number"])
    match found["unit"]:
        case "D":
            return str(ngettext("within %(num)s day", "within %(num)s days", number))
        case "W":
            return str(ngettext("within %(num)s week", "within %(num)s weeks", number))
    return str(ngettext("within %(num)s month", "within %(num)s months", number))
