"""The decisions that are deployed, and a version of one as a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, render_template

from bpmn.deployment import DecisionVersion, Kind
from bpmn.dmn.boxes import Literal
from bpmn.dmn.description import Decision, InputData, Reference
from bpmn.dmn.library import Found
from engine.definitions import repository as definitions
from engine.definitions.models import Definition
from engine.execution.library import DeployedLibrary, VersionUnreadable
from engine.identity.permissions import Permission
from engine.uow import UnitOfWork
from web.auth.permissions import requires
from web.pages.routines import decision_tables, versions
from web.pages.routines.decision_tables import ShownTable
from web.pages.routines.versions import Said
from web.transactions import uow

MOST = 200

blueprint = Blueprint("decisions", __name__, url_prefix="/decisions")


@dataclass(frozen=True, slots=True)
class Required:
    """What a decision is made from."""

    name: str
    type: str
    """In words; empty where it is not said."""
    version: Definition | None
    """Of a decision: the version that answers this one."""


@dataclass(frozen=True, slots=True)
class Logic:
    """How a version decides."""

    decision: Decision
    tables: Sequence[ShownTable]
    expression: str
    """The whole of it, where it is one expression."""
    data: Sequence[Required]
    decisions: Sequence[Required]
    knowledge: Sequence[str]
    """The names of functions that it uses."""
    imported: Sequence[str]
    """The names of files that decide with its own."""


@blueprint.get("")
@requires(Permission.READ_DEFINITIONS)
def listed() -> str:
    found = definitions.listed(uow().session, Kind.DECISION, only_latest=True, limit=MOST)
    return render_template(
        "decisions/list.html", decisions=sorted(found, key=lambda each: each.name.casefold())
    )


@blueprint.get("/<uuid:definition_id>")
@requires(Permission.READ_DEFINITIONS)
def show(definition_id: UUID) -> str:
    definition = definitions.get(uow().session, definition_id, Kind.DECISION)
    found = definitions.listed(uow().session, Kind.DECISION, key=definition.key, limit=MOST)
    version = _version(uow(), definition)
    return render_template(
        "decisions/show.html",
        definition=definition,
        versions=found,
        latest=max(found, key=lambda each: each.version),
        logic=_logic(uow(), definition, version) if version else None,
        findings=_findings(definition, version),
    )


def _version(unit: UnitOfWork, definition: Definition) -> DecisionVersion | None:
    """Return what is asked; None when this release cannot read it any more."""
    try:
        return DeployedLibrary(unit).of_decision(definition)
    except VersionUnreadable:
        return None


def _logic(unit: UnitOfWork, definition: Definition, version: DecisionVersion) -> Logic | None:
    model = version.decisions.model
    decision = next((each for each in model.decisions if each.id == definition.key), None)
    if decision is None:
        return None
    required = list(_resolved(version, decision.required))
    return Logic(
        decision,
        decision_tables.of(model, decision),
        _expression(decision),
        data=[_data(each) for each in required if isinstance(each.element, InputData)],
        decisions=[
            _decided_before(unit, definition, each)
            for each in required
            if isinstance(each.element, Decision)
        ],
        knowledge=[each.element.name for each in _resolved(version, decision.knowledge)],
        imported=version.decisions.resources[1:],
    )


def _resolved(version: DecisionVersion, references: Iterable[Reference]) -> Iterator[Found]:
    library = version.decisions.graph.library
    for each in references:
        found = library.resolve(library.root, each)
        if found is not None:
            yield found


def _data(found: Found) -> Required:
    variable = found.element.variable
    return Required(variable.name, decision_tables.type_in_words(variable.type), None)


def _decided_before(unit: UnitOfWork, definition: Definition, found: Found) -> Required:
    """Find the version of a required decision: the one that the same files make."""
    key = found.element.id
    version = DeployedLibrary(unit).decision_in(key, definition.deployment_id)
    return Required(
        found.element.name or key,
        decision_tables.type_in_words(found.element.variable.type),
        definitions.same(unit.session, Kind.DECISION, key, version.identity) if version else None,
    )


def _expression(decision: Decision) -> str:
    logic = decision.logic
    return logic.text.text.strip() if isinstance(logic, Literal) and logic.text else ""


def _findings(definition: Definition, version: DecisionVersion | None) -> list[Said]:
    """Leave out what was found at the other decisions of the file, which have pages of their own."""
    others = set(version.decisions.keys if version else ()) - {definition.key}
    return versions.findings(
        each for each in definition.findings if each["element_id"] not in others
    )
