"""A version as a file: the one that was deployed, and its picture."""

from flask import Response

from bpmn.deployment import Kind
from engine.definitions import repository
from engine.definitions.models import Definition
from web import diagrams
from web.transactions import uow

PICTURE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cache-Control": "no-store",  # the words in it are those of the reader
}


def model(definition: Definition) -> Response:
    ending = "dmn" if definition.kind == Kind.DECISION else "bpmn"
    return Response(
        repository.content(uow().session, definition),
        mimetype="application/xml",
        headers={"Content-Disposition": f'attachment; filename="{definition.id}.{ending}"'},
    )


def picture(definition: Definition) -> Response:
    """Hand out the picture alone: it loads nothing, and no script could run in it."""
    return Response(diagrams.picture(uow(), definition), mimetype="image/svg+xml", headers=PICTURE)
