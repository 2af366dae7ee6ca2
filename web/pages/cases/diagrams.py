"""The diagram of a case: the picture of its version, and on each step how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import gettext, ngettext
from markupsafe import Markup

from bpmn.diagram import marking
from bpmn.diagram.marking import Mark, State
from bpmn.progress import ElementState
from engine.cases.reading import Case, Step
from engine.definitions import repository as definitions
from engine.errors import Conflict
from engine.instances.models import InstanceState
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from web import diagrams
from web.language import say
from web.pages import words


@dataclass(frozen=True, slots=True)
class CaseDiagram:
    drawn: Markup | None
    problem: str = ""
    """Why it is not there."""
    is_too_large: bool = False
    """It can be looked at alone, without how the case stands."""
    legend: Sequence[tuple[Markup, str]] = ()
    """The badges that are in it, and what they mean."""
    places: frozenset[str] = frozenset()
    """The elements that are in it."""


def of(
    unit: UnitOfWork,
    case: Case,
    steps: Sequence[Step],
    told: frozenset[str],
    open_: Iterable[UserTask],
) -> CaseDiagram:
    """
    Mark in the picture how a case stands.

    `told` are the elements that the page has a step for, to which the picture leads; `open_` its open tasks.
    """
    definition = definitions.get(unit.session, case.definition_id)
    try:
        found = diagrams.drawn(unit, definition)
    except Conflict as error:
        return CaseDiagram(None, say(error.template, error.values))
    if len(found.svg) > diagrams.LARGEST:
        sentence = gettext("The picture is too large to be shown on this page.")
        return CaseDiagram(None, sentence, is_too_large=True)
    marks = _marks(unit, case, steps, told, open_)
    met = {mark.state for key, mark in marks.items() if key in found.places}
    return CaseDiagram(
        Markup(marking.mark(found.svg, found.places, marks)),  # noqa: S704  ours, with texts of the file escaped
        legend=[(badge(state), str(words.MARKS[state])) for state in State if state in met],
        places=frozenset(found.places),
    )


def badge(state: State) -> Markup:
    return Markup(marking.badge(state))  # noqa: S704  a drawing of ours, without any text


def anchor(element_id: str) -> str:
    """Return the address on the page of the step of an element."""
    return f"#step-{quote(element_id)}"


def _marks(
    unit: UnitOfWork,
    case: Case,
    steps: Sequence[Step],
    told: frozenset[str],
    open_: Iterable[UserTask],
) -> Mapping[str, Mark]:
    late = {each.token for each in open_ if each.due_at is not None and each.due_at < unit.now}
    visits: dict[str, list[Step]] = {}
    for step in steps:
        if step.process == case.definition_key:
            visits.setdefault(step.element_id, []).append(step)
    is_paused = case.state == InstanceState.SUSPENDED
    return {
        key: _mark(
            found, _state(found, late, is_paused=is_paused), anchor(key) if key in told else ""
        )
        for key, found in visits.items()
    }


def _state(visits: Sequence[Step], late: set[int], *, is_paused: bool) -> State:
    states = {each.state for each in visits}
    if ElementState.INCIDENT in states:
        return State.INCIDENT
    if ElementState.ACTIVE in states:
        if is_paused:
            return State.PAUSED
        return State.LATE if late & {each.token for each in visits} else State.ACTIVE
    return State.DONE if ElementState.COMPLETED in states else State.CANCELLED


def _mark(visits: Sequence[Step], state: State, leads_to: str) -> Mark:
    last = visits[-1]
    times = len(visits)
    word = str(words.MARKS[state])
    if times > 1:
        word = f"{word}, {ngettext('%(num)s time', '%(num)s times', times)}"
    name = last.name or words.element(last.element_type)
    return Mark(state, word, f"{name}: {word}", times, leads_to)
