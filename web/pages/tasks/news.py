"""What happened to a task while its page stood open, asked for by the page itself now and then."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine.cases import news
from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.auth.requests import asked_by_the_page
from web.pages.tasks import histories
from web.transactions import uow

blueprint = Blueprint("task-news", __name__, url_prefix="/tasks")


@blueprint.get("/<uuid:task_id>/standing")
@asked_by_the_page
@requires(Permission.READ_TASK)
def standing(task_id: UUID) -> ResponseReturnValue:
    """Say what is new since the page was made (`since`), unless it was said before (`told`)."""
    opened = _number("since")
    found = news.since(uow(), task_id, opened=opened, told=max(opened, _number("told")))
    if found is None:
        return "", HTTPStatus.NO_CONTENT
    lines = histories.lines(uow(), found.events)
    return render_template(
        "tasks/_parts/news.html", task_id=task_id, opened=opened, news=found, lines=lines
    )


def _number(name: str) -> int:
    """Read a number of the address; what is none, or is larger than any there is, is nothing."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
