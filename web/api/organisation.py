"""The organisation as tables: taken in as CSV or JSON, given out as either."""

from collections import Counter
from typing import Any

from flask import Response, request
from marshmallow import RAISE
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from engine.errors import Invalid
from engine.identity.permissions import Permission
from engine.organisation.exchange import commands, tables
from engine.organisation.exchange.book import What
from engine.organisation.exchange.tables import COLUMNS, Row, Table
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.language import say
from web.schemas.organisation import ExportSchema, ImportQuery, ImportSchema
from web.transactions import uow

ROW = {"type": ["string", "boolean", "null"]}
BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    each.value: {"type": "string", "contentMediaType": "text/csv"}
                    for each in Table
                },
            }
        },
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {
                    each.value: {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": dict.fromkeys(COLUMNS[each], ROW),
                        },
                    }
                    for each in Table
                },
            }
        },
    },
}

blueprint = Blueprint("organisation", __name__, url_prefix="/api/v1/organisation")


@blueprint.route("/import", methods=["POST"])
@blueprint.doc(requestBody=BODY)
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(ImportQuery, location="query", unknown=RAISE)
@blueprint.response(200, ImportSchema)
def take_in(query: dict[str, Any]) -> dict[str, Any]:
    """Take in tables, all or nothing; with `dry_run`, only say what would come of it and what is wrong."""
    rows = _rows()
    dry_run = query["dry_run"]
    book = commands.rehearse(uow(), rows) if dry_run else commands.carry_out(uow(), rows)
    counts = Counter(each.what.value for each in book.changes)
    return {
        "dry_run": dry_run,
        "counts": {each.value: counts[each.value] for each in What},
        "changes": book.changes,
        "problems": [
            {
                "table": each.table,
                "row": each.row,
                "column": each.column,
                "message": say(each.template, each.values),
            }
            for each in book.problems
        ],
    }


@blueprint.route("/export")
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.response(200, ExportSchema)
def give_out() -> dict[str, Any]:
    """Get all tables as JSON, in the shape in which they are taken in."""
    return {table.value: rows for table, rows in commands.export(uow()).items()}


@blueprint.route("/export/<string:table>")
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def give_out_table(table: str) -> Response:
    """Get one table as CSV for spreadsheets: `units`, `people` or `appointments`."""
    wanted = tables.named(table)
    content = tables.to_csv(wanted, commands.export(uow())[wanted])
    name = {"Content-Disposition": f'attachment; filename="{wanted}.csv"'}
    return Response(content, content_type="text/csv; charset=utf-8", headers=name)


def _rows() -> list[Row]:
    if request.mimetype == "multipart/form-data":
        files = list(request.files.items(multi=True))
        if request.form or not files or len(files) > len(request.files):
            raise Invalid("Tables are sent as files, named for what they are.")
        return [
            row
            for name, file in files
            for row in tables.from_csv(tables.named(name), file.read(tables.MOST_BYTES + 1))
        ]
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        return tables.from_json(request.get_json())
    except RecursionError as error:
        raise BadRequest from error
