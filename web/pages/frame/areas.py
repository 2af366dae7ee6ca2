"""
The seven parts of a management system, each with what Rutin holds of it.

They are the contents that Socialstyrelsen's guide to SOSFS 2011:9 gives the description of a management system,
and the main menu. A routine says by `rutin:area` where it belongs; one that says nothing belongs to the routines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from bpmn.deployment import Kind
from bpmn.description import Process
from engine.definitions import repository as definitions
from engine.definitions.models import Definition
from engine.errors import NotFound
from engine.execution.library import DeployedLibrary, VersionUnreadable
from engine.identity.permissions import Permission, allows
from engine.uow import UnitOfWork
from web.auth.permissions import requires
from web.transactions import uow

OTHERWISE = "processes"
MOST = 500

blueprint = Blueprint("areas", __name__, url_prefix="/areas")


@dataclass(frozen=True, slots=True)
class Way:
    """A page that holds something of an area."""

    endpoint: str
    name: LazyString
    about: LazyString
    permission: Permission


@dataclass(frozen=True, slots=True)
class Area:
    name: LazyString
    about: LazyString
    icon: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Routine:
    definition: Definition
    process: Process | None
    """None when this release cannot execute the version any more."""


AREAS: Mapping[str, Area] = {
    "governance": Area(
        _("Activities and governance"),
        _("What the organisation consists of, what it has decided, and how it is led."),
        "area-governance",
        (
            Way(
                "administration_units.listed",
                _("Units"),
                _("How the organisation is divided, and who works where."),
                Permission.CHANGE_ORGANISATION,
            ),
            Way(
                "oversight.show",
                _("How the routines stand"),
                _("What is late and what has stopped in the routines that you answer for."),
                Permission.OVERSEE,
            ),
            Way(
                "decisions.listed",
                _("Rules for decisions"),
                _("The tables and expressions that routines decide by."),
                Permission.READ_DEFINITIONS,
            ),
        ),
    ),
    "roles": Area(
        _("Roles and responsibility"),
        _("Who answers for what, in which unit, and who stands in."),
        "area-roles",
        (
            Way(
                "administration_roles.listed",
                _("Roles"),
                _("What each role is for, and who holds it in which unit."),
                Permission.CHANGE_ORGANISATION,
            ),
            Way(
                "administration_people.listed",
                _("People"),
                _("Everybody with an account: where they work, what they answer for."),
                Permission.CHANGE_ORGANISATION,
            ),
            Way(
                "account.show",
                _("What you answer for"),
                _("Your roles and units, who stands in for you, and for whom you do."),
                Permission.SIGNED_IN,
            ),
        ),
    ),
    "processes": Area(
        _("Processes and routines"),
        _("How the work is done: the routines in force, and what is under way in them."),
        "area-processes",
        (
            Way(
                "routines.catalogue",
                _("All routines"),
                _("Search among the routines in force, read them and start them."),
                Permission.READ_DEFINITIONS,
            ),
            Way(
                "cases.listed",
                _("Cases"),
                _("What has been started, how it stands and whom it waits for."),
                Permission.SIGNED_IN,
            ),
        ),
    ),
    "collaboration": Area(
        _("Collaboration"),
        _("What is done together with others, within the organisation and outside of it."),
        "area-collaboration",
    ),
    "improvement": Area(
        _("Systematic improvement"),
        _(
            "Risks, deviations, complaints, audits and measures: what the organisation learns from."
        ),
        "area-improvement",
        (
            Way(
                "cases.listed",
                _("Cases"),
                _("What has been reported and what came of it."),
                Permission.SIGNED_IN,
            ),
        ),
    ),
    "participation": Area(
        _("Participation of the staff"),
        _("How those who do the work take part in making it better, and hear what came of it."),
        "area-participation",
        (
            Way(
                "notifications.listed",
                _("Notifications"),
                _("What others have done with what you take part in."),
                Permission.SIGNED_IN,
            ),
        ),
    ),
    "documentation": Area(
        _("Documentation"),
        _("What has been written down and decided, and the proof that it is unchanged."),
        "area-documentation",
        (
            Way(
                "cases.listed",
                _("Cases and their histories"),
                _("Each with who did what and when, and whether that is unchanged."),
                Permission.SIGNED_IN,
            ),
        ),
    ),
}


@blueprint.get("/<name>")
@requires(Permission.READ_DEFINITIONS)
def show(name: str) -> str:
    area = AREAS.get(name)
    if area is None:
        raise NotFound
    return render_template(
        "areas/show.html",
        area=area,
        area_name=name,
        ways=[each for each in area.ways if allows(uow().actor, each.permission)],
        routines=_routines(uow(), name),
    )


def _routines(unit: UnitOfWork, area: str) -> Sequence[Routine]:
    """Return the routines in force that belong to an area, by name."""
    library = DeployedLibrary(unit)
    found = definitions.listed(unit.session, Kind.PROCESS, only_latest=True, limit=MOST)
    routines = [_routine(library, each) for each in found]
    here = [each for each in routines if _area(each.process) == area]
    return sorted(here, key=lambda each: each.definition.name.casefold())


def _area(process: Process | None) -> str:
    return (process.area if process else None) or OTHERWISE


def _routine(library: DeployedLibrary, definition: Definition) -> Routine:
    try:
        return Routine(definition, library.of(definition).process)
    except VersionUnreadable:
        return Routine(definition, None)
