"""Routines as their pages show them: the catalogue, and one version with its steps, its figures and its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from markupsafe import Markup

from bpmn.deployment import Kind
from bpmn.description import Process
from bpmn.diagram import marking
from bpmn.diagram.marking import Lead
from engine.accounts import repository as accounts
from engine.cases import routines
from engine.cases.routines import Figures, Routine
from engine.definitions import repository as definitions
from engine.definitions.models import Definition
from engine.errors import Conflict
from engine.execution.library import DeployedLibrary, VersionUnreadable
from engine.identity.actor import SYSTEM
from engine.identity.permissions import Permission, allows
from engine.inbox.repository import Count
from engine.organisation import holdings
from engine.uow import UnitOfWork
from web import diagrams
from web.pages import alphabet, outlines, people
from web.pages.cases import starts
from web.pages.cases.starts import StartForm
from web.pages.forms.header_forms import HeaderForm
from web.pages.outlines import OutlinedStep
from web.pages.routines import versions
from web.pages.routines.versions import Said, VersionPage

AT_ONCE = 100
MOST_DRAWINGS = 200
OWNER = "process_owner"


@dataclass(frozen=True, slots=True)
class Catalogue:
    wanted: str
    """The words that are looked for."""
    routines: Sequence[Routine]
    open: Mapping[str, Count]
    """Cases by routine; those without any are left out."""
    found: int
    """Of which so many are shown."""
    number: int
    """Of all that are in force."""
    drawings: Sequence[Definition]
    owners: str
    may_start: bool

    @property
    def is_cut(self) -> bool:
        return self.found > len(self.routines)


@dataclass(frozen=True, slots=True)
class Deployed:
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RoutinePage:
    definition: Definition
    process: Process | None
    """None when this release cannot execute the version any more."""
    version: VersionPage
    steps: Sequence[OutlinedStep]
    drawn: frozenset[str]
    """The elements that the diagram leads from, and can be led to."""
    deployed: Mapping[object, Deployed]
    """By version."""
    owners: str
    figures: Figures
    warnings: Sequence[Said]
    start: StartForm | None
    may_oversee: bool

    @property
    def is_in_force(self) -> bool:
        return self.version.latest.id == self.definition.id


def catalogue(unit: UnitOfWork, wanted: str) -> Catalogue:
    known = routines.in_force(unit)
    found = [each for each in known if _is_wanted(each, wanted)]
    found.sort(key=lambda each: alphabet.place(each.definition.name))
    shown = found[:AT_ONCE]
    drawings = definitions.listed(
        unit.session, Kind.DRAWING, only_latest=True, limit=MOST_DRAWINGS
    )
    return Catalogue(
        wanted,
        shown,
        routines.open_cases(unit, [each.definition.key for each in shown]),
        len(found),
        len(known),
        sorted(
            (each for each in drawings if alphabet.holds(f"{each.name} {each.key}", wanted)),
            key=lambda each: alphabet.place(each.name),
        ),
        _owners(unit),
        allows(unit.actor, Permission.START_INSTANCE),
    )


def of(unit: UnitOfWork, definition: Definition, form: HeaderForm | None = None) -> RoutinePage:
    """Gather the page of a version, with the form to start it as it was sent."""
    process = _process(unit, definition)
    page = versions.of(unit, definition)
    can_start = process is not None and page.latest.id == definition.id
    may_start = can_start and allows(unit.actor, Permission.START_INSTANCE)
    steps = outlines.of(process) if process else []
    page, drawn = _led(unit, page, steps)
    return RoutinePage(
        definition,
        process,
        page,
        steps,
        drawn,
        _deployed(unit, page.versions),
        _owners(unit),
        routines.figures(unit, definition.key, page.versions),
        versions.findings(definition.findings),
        starts.of(unit, form) if may_start else None,
        allows(unit.actor, Permission.OVERSEE),
    )


def _is_wanted(routine: Routine, wanted: str) -> bool:
    definition = routine.definition
    text = f"{definition.name} {definition.key} {routine.documentation}"
    return alphabet.holds(text, wanted)


def _process(unit: UnitOfWork, definition: Definition) -> Process | None:
    try:
        return DeployedLibrary(unit).of(definition).process
    except VersionUnreadable:
        return None


def _led(
    unit: UnitOfWork, page: VersionPage, steps: Sequence[OutlinedStep]
) -> tuple[VersionPage, frozenset[str]]:
    """Make each shape of the diagram lead to its step in the list."""
    if page.picture.drawn is None:
        return page, frozenset()
    try:
        found = diagrams.drawn(unit, page.definition)
    except Conflict:
        return page, frozenset()
    leads = {
        each.element.id: Lead(each.name, f"#step-{quote(each.element.id)}")
        for each in steps
        if each.element.id in found.places
    }
    led = Markup(marking.lead(found.svg, found.places, leads))  # noqa: S704  ours, with texts of the file escaped
    return replace(page, picture=replace(page.picture, drawn=led)), frozenset(leads)


def _deployed(unit: UnitOfWork, found: Sequence[Definition]) -> dict[object, Deployed]:
    known = routines.deployments(unit, found)
    names = accounts.names(unit.session, [by for _, by in known.values() if by])
    people.learn(names.values())
    return {
        identity: Deployed(at, people.person(names[by] if by else SYSTEM.name))
        for identity, (at, by) in known.items()
    }


def _owners(unit: UnitOfWork) -> str:
    """Say who answers for the routines of the whole organisation; nothing where nobody does."""
    held = holdings.known(unit).offices
    accountable = [account for account, roles in held.items() if OWNER in roles]
    if not accountable:
        return ""
    names = sorted(accounts.names(unit.session, accountable).values())
    people.learn(names)
    return people.in_a_row(people.person(each) for each in names)
