"""A drawing: its picture, its steps in words, and why it is not executed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template

from bpmn.deployment import Kind
from bpmn.diagram import reading
from bpmn.errors import InvalidXml
from bpmn.findings import Severity
from bpmn.reader import files as reader
from bpmn.reader.files import Reading
from engine.definitions import repository as definitions
from engine.definitions.models import Definition
from engine.identity.permissions import Permission
from engine.uow import UnitOfWork
from web.auth.permissions import requires
from web.pages import outlines
from web.pages.outlines import OutlinedStep
from web.pages.routines import versions
from web.pages.routines.versions import Said
from web.transactions import uow

NOT_MARKED = "not-executable"

blueprint = Blueprint("drawing-pages", __name__, url_prefix="/drawings")


@dataclass(frozen=True, slots=True)
class Part:
    """A process of the drawing, step by step."""

    name: str
    steps: Sequence[OutlinedStep]


@blueprint.get("/<uuid:drawing_id>")
@requires(Permission.READ_DEFINITIONS)
def show(drawing_id: UUID) -> str:
    drawing = definitions.get(uow().session, drawing_id, Kind.DRAWING)
    return render_template(
        "drawings/show.html",
        page=versions.of(uow(), drawing),
        parts=_parts(uow(), drawing),
        marks=_found(drawing, lambda each: each["rule"] == NOT_MARKED),
        hindrances=_found(drawing, lambda each: each["severity"] == Severity.ERROR),
        remarks=_found(
            drawing,
            lambda each: each["severity"] != Severity.ERROR and each["rule"] != NOT_MARKED,
        ),
    )


def _found(drawing: Definition, wanted: Callable[[dict[str, Any]], bool]) -> list[Said]:
    return versions.findings(each for each in drawing.findings if wanted(each))


def _parts(unit: UnitOfWork, drawing: Definition) -> list[Part]:
    try:
        found = reader.read(definitions.content(unit.session, drawing), drawing.resource)
    except InvalidXml:
        return []  # the picture says why
    pools = _pools(found)
    processes = [each for each in found.model.processes if each.elements]
    return [
        Part(pools.get(each.id) or each.name or each.id, outlines.of(each)) for each in processes
    ]


def _pools(found: Reading) -> dict[str, str]:
    """Return what the pools are called, by their processes."""
    drawn = reading.read(found.root).elements.values()
    return {each.called: each.name for each in drawn if each.kind == "participant"}
