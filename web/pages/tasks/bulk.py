"""
The same act on many tasks that were marked in a list: each by itself, and each is told of.

What gives work to somebody else, or cannot be undone, is asked about on a page of its own first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.errors import Invalid
from engine.identity.permissions import Permission
from web import in_bulk
from web.auth.permissions import requires
from web.pages import addresses, afresh, notices
from web.pages.tasks import batches, inboxes, marked, onward
from web.transactions import opens_its_own

MOST = 100
AT_ONCE = 20
"""So many are done while somebody waits; more become a batch."""
MOST_PEOPLE = 200
ASKED_FIRST = frozenset({"assign", "complete"})
ACTS = frozenset({"claim", "release", *ASKED_FIRST})

blueprint = Blueprint("bulk", __name__, url_prefix="/tasks/bulk")


@dataclass(frozen=True, slots=True)
class BulkPage:
    act: str
    marked: Sequence[marked.Marked]
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
    given = list(dict.fromkeys(request.form.getlist("task")))
    ids = [found for each in given if (found := addresses.identity(each))]
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
    if len(ids) > AT_ONCE:
        return batches.begin(asked, ids, user, origin)
    body = {"action": asked, "user": user, "variables": {}}
    results = [in_bulk.one(each, body) for each in ids]
    refused = {each["id"]: marked.why(each) for each in results if each["status"] != HTTPStatus.OK}
    done = len(ids) - len(refused)
    with afresh.reading() as unit:
        receipt = marked.receipt(asked, done, user)
        if not refused:
            notices.tell(receipt)
            return redirect(origin, 303)
        page = BulkPage(asked, marked.found(unit, refused, refused), origin, user, done)
        return render_template("tasks/bulk_result.html", page=page, receipt=receipt)


def _ask(asked: str, ids: Sequence[UUID], origin: str, problem: str = "") -> ResponseReturnValue:
    with afresh.reading() as unit:
        known = accounts.active(unit.session, limit=MOST_PEOPLE) if asked == "assign" else ()
        page = BulkPage(asked, marked.found(unit, ids, {}), origin, problem=problem, people=known)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
        return render_template("tasks/bulk_question.html", page=page), status


def _is_somebody(name: str) -> bool:
    with afresh.reading() as unit:
        found = accounts.by_name(unit.session, name) if name else None
        return found is not None and found.is_active


def _origin() -> str:
    there = onward.origin()
    return there if there and inboxes.of_tasks(there) else url_for("tasks.inbox")
