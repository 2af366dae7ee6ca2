"""Where a task stands in its routine: what led to it and what follows, as a sentence and as a picture cut out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from babel.lists import format_list
from flask_babel import get_locale, gettext
from markupsafe import Markup, escape

from bpmn.description import Element, Process
from bpmn.diagram import svg
from bpmn.errors import InvalidXml
from bpmn.progress import ElementState
from engine.accounts import repository as accounts
from engine.cases import reading
from engine.definitions import repository as definitions
from engine.instances import repository as instances
from engine.instances.models import ElementInstance, InstanceState, ProcessInstance
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork
from web import diagrams
from web.pages import moments, people, words

LARGEST_FILE = 200_000
"""Bytes of a file out of which a picture is cut: some 20 ms on our machines, where most take 5."""
MOST = 4
"""Steps that a sentence names on each side."""
PREFIX = "near"
PASSED_BY = frozenset(
    {
        *("exclusiveGateway", "inclusiveGateway", "parallelGateway"),
        *("eventBasedGateway", "complexGateway", "intermediateThrowEvent"),
        *("scriptTask", "serviceTask"),
    }
)
"""What lies between steps, and is none to the people who do them."""

Style: TypeAlias = Literal["standard", "or"]
ENDS = frozenset({"startEvent", "endEvent"})

Ways: TypeAlias = Callable[[Element], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    before: str
    """A sentence; so is the next."""
    after: str
    picture: Markup | None
    """None where it cannot be drawn, or would take too long."""
    marks: frozenset[str]
    """What is marked in the picture, for the words beside it."""


def of(
    unit: UnitOfWork,
    task: UserTask,
    instance: ProcessInstance,
    process: Process,
    others: Sequence[UserTask],
) -> Neighbourhood | None:
    """Return what is around a task, where `others` are all tasks of its case; None for a step of no model."""
    element = process.elements.get(task.element_id)
    if element is None:
        return None
    before = _steps(process, element, _back(process))
    after = _steps(process, element, _onward(process))
    visits = instances.visits(unit.session, instance.id, process.id)
    marks = _marks(unit, task, instance, visits, others)
    picture = _picture(unit, task, marks)
    return Neighbourhood(
        _before(unit, before, visits),
        _after(after),
        picture,
        frozenset(mark for each, mark in marks.items() if picture and _shows(picture, each)),
    )


def _shows(picture: str, element_id: str) -> bool:
    return f'data-element-id="{escape(element_id)}"' in picture


def _steps(process: Process, element: Element, ways: Ways) -> list[Element]:
    """Return the nearest steps that way, through gateways and out of the part that the step stands in."""
    found: dict[str, Element] = {}
    seen, waiting = {element.id}, [*(_out_of(process, element, ways) or ways(element))]
    while waiting:
        here = waiting.pop(0)
        if here in seen or here not in process.elements:
            continue
        seen.add(here)
        each = process.elements[here]
        further = _passes(process, each, ways)
        if further is None:
            found[here] = each
        else:
            waiting += further
    return list(found.values())


def _passes(process: Process, element: Element, ways: Ways) -> Iterable[str] | None:
    """Return what is on the other side of what is no step to people; None for what is one."""
    if element.type in PASSED_BY or element.attached_to:
        return ways(element)
    return _out_of(process, element, ways) if element.type in ENDS else None


def _out_of(process: Process, element: Element, ways: Ways) -> Iterable[str] | None:
    """Return the ways that go on outside, where a part of the routine begins or ends with an element."""
    around = process.elements.get(element.scope)
    if around is None or any(each in process.elements for each in ways(element)):
        return None
    return _out_of(process, around, ways) or ways(around)


def _back(process: Process) -> Ways:
    def ways(element: Element) -> Iterable[str]:
        if element.attached_to:
            return [element.attached_to]
        return [process.flows[each].source for each in element.incoming]

    return ways


def _onward(process: Process) -> Ways:
    def ways(element: Element) -> Iterable[str]:
        return [process.flows[each].target for each in element.outgoing]

    return ways


def _before(unit: UnitOfWork, steps: Sequence[Element], visits: Sequence[ElementInstance]) -> str:
    steps = [each for each in steps if each.type != "startEvent"]
    if not steps:
        return str(gettext("The routine begins with this step."))
    done = {each.element_id: each for each in visits if each.state == ElementState.COMPLETED}
    named = [each.performer for each in done.values() if each.performer]
    names = accounts.names(unit.session, named) if named else {}
    people.learn(names.values())
    told = []
    for step in steps[:MOST]:
        visit = done.get(step.id)
        if visit is None or visit.performer is None:
            told.append(_name(step))
            continue
        person = people.person(names[visit.performer])
        told.append(f"{_name(step)} ({person}, {moments.day(visit.ended_at)})")
    return str(gettext("Before: %(steps)s.", steps=_in_a_row(told, len(steps), "standard")))


def _after(steps: Sequence[Element]) -> str:
    onward = [each for each in steps if each.type != "endEvent"]
    if not onward:
        return str(gettext("The routine ends after this step."))
    named = [_name(each) for each in onward[:MOST]]
    return str(gettext("After: %(steps)s.", steps=_in_a_row(named, len(onward), "or")))


def _in_a_row(named: Sequence[str], number: int, style: Style) -> str:
    if number > len(named):
        named = [*named, str(gettext("%(number)s more", number=number - len(named)))]
    return format_list(list(named), style=style, locale=get_locale())


def _name(element: Element) -> str:
    return element.name or words.element(element.type)


def _marks(
    unit: UnitOfWork,
    task: UserTask,
    instance: ProcessInstance,
    visits: Iterable[ElementInstance],
    others: Iterable[UserTask],
) -> Mapping[str, str]:
    """Return how the steps of the task's routine stand: what is going on counts more than what was done."""
    marks = {each.element_id: "is-done" for each in visits if each.state == ElementState.COMPLETED}
    for other in others:
        same = other.version_digest == task.version_digest
        if same and other.state == UserTaskState.CREATED:
            marks[other.element_id] = "is-active"
    if instance.state == InstanceState.INCIDENT:
        marks |= {each.element_id: "is-incident" for each in reading.incidents(unit, instance.id)}
    return {**marks, task.element_id: "is-here"}


def _picture(unit: UnitOfWork, task: UserTask, marks: Mapping[str, str]) -> Markup | None:
    definition = definitions.by_digest(unit.session, task.version_digest)
    source = definitions.content(unit.session, definition)
    if len(source) > LARGEST_FILE:
        return None
    try:
        drawn = svg.draw_around(
            source, [task.element_id], words=diagrams.word, marks=marks, prefix=PREFIX
        )
    except (InvalidXml, LookupError):
        return None
    return Markup(drawn)  # noqa: S704  written by lxml, with texts of the file escaped
