"""
The same act on many tasks that were marked in a list: each by itself, and each is told of.

What gives work to somebody else, or cannot be undone, is asked about on a page of its own first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.errors import Invalid
from engine.identity.permissions import Permission
from engine.inbox import reading
from engine.inbox.reading import Line
from engine.uow import UnitOfWork
from web import in_bulk
from web.auth.permissions import requires
from web.pages import addresses, afresh, inboxes, notices, onward, people
from web.transactions import opens_its_own

MOST = 100
MOST_PEOPLE = 200
ASKED_FIRST = frozenset({"assign", "complete"})
ACTS = frozenset({"claim", "release", *ASKED_FIRST})

blueprint = Blueprint("bulk", __name__, url_prefix="/tasks/bulk")


@dataclass(frozen=True, slots=True)
class Marked:
    """A task that was marked, and why nothing was done with it."""

    id: UUID
    line: Line | None
    """None where it is none that the reader may see."""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class BulkPage:
    act: str
    marked: Sequence[Marked]
    origin: str
    """The list in which they were marked."""
    user: str = ""
    done: int = 0
    people: Sequence[Account] = ()
    """Among whom to choose."""
    problem: str = ""


@blueprint.post("")
@opens_its_own
@requires(Permission.ASSIGN_TASK)
def act() -> ResponseReturnValue:
    """Do what is asked with each task that is marked, or ask first."""
    asked, origin = request.form.get("act", ""), _origin()
    if asked not in ACTS:
        raise Invalid
    marked = list(dict.fromkeys(request.form.getlist("task")))
    ids = [found for each in marked if (found := addresses.identity(each))]
    if not ids:
        notices.warn(gettext("Mark at least one task first."))
        return redirect(origin, 303)
    if len(ids) > MOST:
        raise Invalid("Mark at most {most} tasks at a time.", most=MOST)
    user = request.form.get("user", "").strip()
    if asked in ASKED_FIRST and "sure" not in request.form:
        return _ask(asked, ids, origin)
    if asked == "assign" and not _is_somebody(user):
        return _ask(asked, ids, origin, gettext("Choose somebody who has an account here."))
    return _do(asked, ids, origin, user)


def _do(asked: str, ids: Sequence[UUID], origin: str, user: str) -> ResponseReturnValue:
    body = {"action": asked, "user": user, "variables": {}}
    results = [in_bulk.one(each, body) for each in ids]
    refused = {each["id"]: _why(each) for each in results if each["status"] != HTTPStatus.OK}
    done = len(ids) - len(refused)
    with afresh.reading() as unit:
        receipt = _receipt(asked, done, user)
        if not refused:
            notices.tell(receipt)
            return redirect(origin, 303)
        page = BulkPage(asked, _found(unit, refused, refused), origin, user, done)
        return render_template("tasks/bulk_result.html", page=page, receipt=receipt)


def _ask(asked: str, ids: Sequence[UUID], origin: str, problem: str = "") -> ResponseReturnValue:
    with afresh.reading() as unit:
        known = accounts.active(unit.session, limit=MOST_PEOPLE) if asked == "assign" else ()
        page = BulkPage(asked, _found(unit, ids, {}), origin, problem=problem, people=known)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
        return render_template("tasks/bulk_question.html", page=page), status


def _found(unit: UnitOfWork, ids: Any, refused: Mapping[UUID, str]) -> list[Marked]:
    lines = reading.several(unit, list(ids))
    return [Marked(each, lines.get(each), refused.get(each, "")) for each in ids]


def _why(result: Mapping[str, Any]) -> str:
    """Say why nothing was done with a task; what its form asks is answered on its own page."""
    if result.get("fields"):
        sentence = gettext(
            "It has questions that must be answered: open it, and complete it there."
        )
        return str(sentence)
    return str(result["detail"])


def _receipt(asked: str, done: int, user: str) -> str:
    if not done:
        return str(gettext("Nothing was done."))
    sentences = {
        "claim": ngettext("%(num)s task is yours now.", "%(num)s tasks are yours now.", done),
        "release": ngettext("%(num)s task is given back.", "%(num)s tasks are given back.", done),
        "assign": ngettext(
            "%(person)s has got %(num)s task.",
            "%(person)s has got %(num)s tasks.",
            done,
            person=people.person(user),
        ),
        "complete": ngettext("%(num)s task is done.", "%(num)s tasks are done.", done),
    }
    return str(sentences[asked])


def _is_somebody(name: str) -> bool:
    with afresh.reading() as unit:
        found = accounts.by_name(unit.session, name) if name else None
        return found is not None and found.is_active


def _origin() -> str:
    there = onward.origin()
    return there if there and inboxes.of_tasks(there) else url_for("tasks.inbox")
