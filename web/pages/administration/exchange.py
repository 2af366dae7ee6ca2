"""
The organisation as tables: given out, and taken in after one has seen what would change.

Nothing is kept between the two steps: the page that shows what would change carries the tables along. What is then
carried out is looked at afresh, and refused where it is not what was shown.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from engine.errors import Conflict, Invalid
from engine.organisation.exchange import commands, imports, planning, tables
from engine.organisation.exchange.book import Book, Change, What
from engine.organisation.exchange.cells import RowProblem
from engine.organisation.exchange.tables import COLUMNS, MOST_BYTES, Row, Table
from engine.organisation.periods import today
from engine.uow import UnitOfWork
from web import downloads
from web.language import say
from web.pages import notices, people
from web.pages.administration import carrying, forms, rights
from web.pages.administration.forms import Form
from web.transactions import uow

JSON = "json"
MOST_SHOWN = 500
"""Rows of what would change, and of what is wrong, that a page shows."""

blueprint = Blueprint(
    "administration_exchange", __name__, url_prefix="/administration/organisation"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is wrong with a cell, in words."""

    place: RowProblem
    sentence: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    changes: Sequence[Change]
    """At most `MOST_SHOWN`, and so are the problems."""
    problems: Sequence[Said]
    counts: Mapping[What, int]
    number: int
    wrong: int
    rows: int
    carried: str
    """The tables, to be sent once more."""
    mark: str
    """By which it is known that what is carried out is what was shown."""


# ------------------------------------------------------------ in


def _start(unit: UnitOfWork, form: Form) -> str:
    done = imports.latest(unit)
    people.learn(each.person for each in done)
    return render_template(
        "administration/exchange/show.html",
        form=form,
        imports=done,
        columns=COLUMNS,
        tables=Table,
        megabytes=MOST_BYTES // 10**6,
    )


@blueprint.get("")
@rights.looks_after_the_organisation
def show() -> str:
    return _start(uow(), Form())


@blueprint.post("/rehearsal")
@forms.shown_again_by(_start)
@rights.looks_after_the_organisation
def rehearse() -> ResponseReturnValue:
    """Say what tables would change and what is wrong with them, and change nothing."""
    rows = _sent()
    book = commands.rehearse(uow(), rows)
    return _shown(book, rows, Form()), 422 if book.problems else 200


def _again(unit: UnitOfWork, form: Form) -> str:
    rows = carrying.unpacked(request.form.get("carried", ""))
    return _shown(planning.plan(unit.session, rows, today(unit)), rows, form)


@blueprint.post("/import")
@forms.shown_again_by(_again)
@rights.looks_after_the_organisation
def carry_out() -> ResponseReturnValue:
    book = commands.rehearse(uow(), carrying.unpacked(request.form.get("carried", "")))
    if book.problems or _mark(book) != request.form.get("mark"):
        raise Conflict("The organisation was changed in the meantime. See what would change now.")
    commands.write(uow(), book)
    number = len(book.changes)
    notices.tell(ngettext("%(num)s change is made.", "%(num)s changes are made.", number))
    return redirect(url_for("administration_units.listed"), 303)


def _sent() -> list[Row]:
    """Read the files of the form. Raises `Invalid` at the one that cannot be read."""
    rows: list[Row] = []
    for name in (*Table, JSON):
        file = request.files.get(name)
        if file is None or not file.filename:
            continue
        content = file.read(MOST_BYTES + 1)
        try:
            rows += _from_json(content) if name == JSON else tables.from_csv(Table(name), content)
        except Invalid as error:
            raise forms.wrong(name, error.template, **error.values) from error
    if not rows:
        raise forms.wrong(Table.UNITS, "Choose at least one file that has rows.")
    return rows


def _from_json(content: bytes) -> list[Row]:
    if len(content) > MOST_BYTES:
        raise Invalid("The file is too large.")
    try:
        return tables.from_json(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise Invalid("The file is not JSON.") from error


def _shown(book: Book, rows: Sequence[Row], form: Form) -> str:
    problems = [Said(each, say(each.template, each.values)) for each in book.problems[:MOST_SHOWN]]
    found = Rehearsal(
        book.changes[:MOST_SHOWN],
        problems,
        Counter(each.what for each in book.changes),
        len(book.changes),
        len(book.problems),
        len(rows),
        carrying.packed(rows),
        _mark(book),
    )
    return render_template("administration/exchange/rehearsal.html", found=found, form=form)


def _mark(book: Book) -> str:
    told = [[each.table, each.row, each.what, each.name] for each in book.changes]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


# ------------------------------------------------------------ out


@blueprint.get("/<string:table>.csv")
@rights.looks_after_the_organisation
def table(table: str) -> Response:
    wanted = tables.named(table)
    content = tables.to_csv(wanted, commands.export(uow())[wanted])
    return _saved(content, "text/csv; charset=utf-8", f"{wanted}.csv")


@blueprint.get("/organisation.json")
@rights.looks_after_the_organisation
def everything() -> Response:
    found = {table.value: rows for table, rows in commands.export(uow()).items()}
    content = json.dumps(found, ensure_ascii=False, indent=1).encode()
    return _saved(content, "application/json", "organisation.json")


def _saved(content: bytes, kind: str, name: str) -> Response:
    headers = {**downloads.ALONE, "Content-Disposition": downloads.disposition(name)}
    return Response(content, content_type=kind, headers=headers)
