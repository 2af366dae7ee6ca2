"""
The same act on more tasks than somebody waits for: done in the background, and looked at while it gets on.

A thread of this process does it, one task after the other, in the name of whoever asked. The page asks each second
how far it has come; leaving it changes nothing, and the inbox leads back to it. A batch that stands still, because
the process was ended, can be taken up where it stopped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from threading import Thread
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    copy_current_request_context,
    g,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from engine.batches import commands
from engine.identity.permissions import Permission
from engine.uow import UnitOfWork
from web import in_bulk
from web.auth.permissions import requires
from web.auth.requests import asked_by_the_page
from web.pages.tasks import marked
from web.transactions import actor, by_itself, opens_its_own, uow

blueprint = Blueprint("batches", __name__, url_prefix="/tasks/batches")


@dataclass(frozen=True, slots=True)
class BatchPage:
    id: UUID
    act: str
    user: str
    origin: str
    number: int
    done: int
    is_done: bool
    stands_still: bool
    receipt: str
    """What came of it, when it is done."""
    refused: Sequence[marked.Marked]


@blueprint.get("/<uuid:batch_id>")
@requires(Permission.ASSIGN_TASK)
def show(batch_id: UUID) -> str:
    return render_template("tasks/batch.html", page=_page(uow(), batch_id))


@blueprint.get("/<uuid:batch_id>/progress")
@asked_by_the_page
@requires(Permission.ASSIGN_TASK)
def progress(batch_id: UUID) -> str:
    """Return the part of the page that changes."""
    return render_template("tasks/_parts/batch.html", page=_page(uow(), batch_id))


@blueprint.post("/<uuid:batch_id>/continuation")
@opens_its_own
@requires(Permission.ASSIGN_TASK)
def go_on(batch_id: UUID) -> ResponseReturnValue:
    with by_itself() as unit:
        batch = commands.resume(unit, batch_id)
        left, body = batch.tasks[batch.done :], _body(batch.act, batch.given)
    _work(batch_id, [UUID(each) for each in left], body)
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


def begin(act: str, ids: Sequence[UUID], user: str, origin: str) -> ResponseReturnValue:
    """Write down what is to be done, begin with it, and lead to where it can be followed."""
    given = {"user": user, "origin": origin}
    with by_itself() as unit:
        batch_id = commands.create(unit, act, ids, given).id
    _work(batch_id, ids, _body(act, given))
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


def _body(act: str, given: Mapping[str, Any]) -> dict[str, Any]:
    return {"action": act, "user": given["user"], "variables": {}}


def _work(batch_id: UUID, ids: Sequence[UUID], body: Mapping[str, Any]) -> None:
    who = actor()

    @copy_current_request_context
    def work() -> None:
        g.actor = who
        for each in ids:
            result = in_bulk.one(each, body)
            refused = None if result["status"] == HTTPStatus.OK else marked.why(result)
            with by_itself() as unit:
                commands.note(unit, batch_id, each, refused)

    Thread(target=work, name=f"batch {batch_id}", daemon=True).start()


def _page(unit: UnitOfWork, batch_id: UUID) -> BatchPage:
    batch = commands.get(unit, batch_id)
    is_done = commands.is_done(batch)
    refused = {UUID(key): why for key, why in batch.refused.items()}
    number = batch.done - len(refused)
    return BatchPage(
        batch.id,
        batch.act,
        batch.given["user"],
        batch.given["origin"],
        len(batch.tasks),
        batch.done,
        is_done,
        commands.stands_still(unit, batch),
        marked.receipt(batch.act, number, batch.given["user"]) if is_done else "",
        marked.found(unit, list(refused), refused) if is_done else (),
    )
