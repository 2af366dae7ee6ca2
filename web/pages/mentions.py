"""Where the reader is mentioned: each with its place, and whether it is read, which only the reader says."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.cases import reading
from engine.cases.reading import Case
from engine.execution import comments
from engine.execution.comments import Named
from engine.identity.permissions import Permission
from engine.instances import repository as instances
from engine.uow import UnitOfWork
from web.auth.permissions import requires
from web.pages import addresses, notices, people
from web.transactions import uow

AT_ONCE = 30

blueprint = Blueprint("my_mentions", __name__, url_prefix="/mentions")


@dataclass(frozen=True, slots=True)
class Row:
    mention: Named
    case: Case

    @property
    def is_read(self) -> bool:
        return self.mention.read_at is not None

    @property
    def place(self) -> str:
        """Return the address of the comment, where it stands."""
        said = self.mention.comment
        anchor = f"comment-{said.id}"
        if said.task_id is not None:
            return url_for("tasks.show", task_id=said.task_id, _anchor=anchor)
        return url_for("cases.show", case_id=said.instance_id, _anchor=anchor)


@blueprint.get("")
@requires(Permission.READ_MENTION)
def listed() -> str:
    only_unread = request.args.get("show") == "unread"
    after = addresses.identity(request.args.get("after"))
    found = comments.mentions(
        uow(), read=False if only_unread else None, after=after, limit=AT_ONCE + 1
    )
    return render_template(
        "mentions/list.html",
        rows=_rows(uow(), found[:AT_ONCE]),
        wanted={"show": "unread"} if only_unread else {},
        only_unread=only_unread,
        after=found[AT_ONCE - 1].id if len(found) > AT_ONCE else None,
        is_first=after is None,
    )


@blueprint.post("/<uuid:mention_id>/reading")
@requires(Permission.READ_MENTION)
def read(mention_id: UUID) -> ResponseReturnValue:
    comments.note(uow(), mention_id, read=True)
    notices.tell(gettext("Noted as read."))
    return _onward()


@blueprint.post("/<uuid:mention_id>/reading/removal")
@requires(Permission.READ_MENTION)
def unread(mention_id: UUID) -> ResponseReturnValue:
    comments.note(uow(), mention_id, read=False)
    notices.tell(gettext("Noted as not read."))
    return _onward()


def _rows(unit: UnitOfWork, found: Sequence[Named]) -> list[Row]:
    people.learn(each.comment.author for each in found)
    known = instances.several(unit.session, (each.comment.instance_id for each in found))
    cases = {each.id: each for each in reading.of(unit, [*known.values()])}
    return [Row(each, cases[each.comment.instance_id]) for each in found]


def _onward() -> ResponseReturnValue:
    there = url_for("my_mentions.listed")
    return redirect(addresses.local(request.form.get("next"), otherwise=there), 303)
