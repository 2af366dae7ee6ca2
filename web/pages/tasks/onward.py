"""Where somebody goes after a task, or after starting a case: back where they came from, or on to what is next."""

from typing import Any

from flask import Blueprint, has_request_context, request, session, url_for
from flask_babel import gettext

from engine.instances.models import ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.held import HeldTask
from engine.uow import UnitOfWork
from web.pages import addresses, notices
from web.pages.tasks import inboxes, receipts

FROM = "from"
"""What an address of a task carries along: the page that it was opened from."""
GOES_ON = "_goes_on"
"""Sent by the form twice: that it was asked, and, where it is ticked, that somebody wants to go on."""
PANE = "#pane"
OF_A_TASK = ("tasks.", "hands.", "task-news.", "additions.")
"""What leads back to a task or does something with it."""

blueprint = Blueprint("onward", __name__)


def origin() -> str | None:
    """Return the page that the task was opened from, if it is one of ours."""
    return addresses.local(request.args.get(FROM), otherwise="") or None


def is_in_a_list() -> bool:
    """Tell whether the task was opened from a list of what there is to do."""
    there = origin()
    return there is not None and inboxes.of_tasks(there) is not None


def list_beside() -> str | None:
    """Return the list that a wide window shows beside the task; None where it stands there already."""
    is_there = request.headers.get("HX-Target", "").endswith(PANE)
    return origin() if is_in_a_list() and not is_there else None


def is_wanted() -> bool:
    """Tell whether somebody wants to go on to the next task; so it is until they say otherwise."""
    return bool(session.get(GOES_ON, True))


def after(unit: UnitOfWork, task: HeldTask) -> str:
    """Tell that a task is done, and return the address to go on to."""
    if GOES_ON in request.form:
        session[GOES_ON] = "1" in request.form.getlist(GOES_ON)
    there = origin()
    query = inboxes.of_tasks(there) if there else None
    if there is None or query is None or not is_wanted():
        receipts.completed(unit, task)
        return there or url_for("tasks.inbox")
    following = inboxes.following(unit, query, task)
    if following is not None:
        receipts.completed(unit, task, gettext("Here is the next one."))
        carried: dict[str, Any] = {FROM: there}
        return url_for("tasks.show", task_id=following.id, **carried)
    if inboxes.is_empty(unit, query):
        receipts.completed(unit, task, gettext("There is nothing more in the list."))
    else:
        receipts.completed(unit, task, gettext("It was the last one of the list."))
    return there


def into(unit: UnitOfWork, instance: ProcessInstance) -> str:
    """Tell that a case is started, and return the address to go on to: its one task that is the actor's, or it."""
    case = url_for("cases.show", case_id=instance.id)
    started = gettext("The case is started.")
    waiting = tasks.open_of(unit.session, instance.id)
    mine = [each for each in waiting if each.assignee == unit.actor.name]
    if len(mine) == 1:
        first = gettext("Here is its first task, which is yours.")
        notices.tell(f"{started} {first}", more=gettext("See the case"), address=case)
        carried: dict[str, Any] = {FROM: case}
        return url_for("tasks.show", task_id=mine[0].id, **carried)
    notices.tell(f"{started} {receipts.what_next(unit, instance)}")
    return case


@blueprint.app_url_defaults
def carry_along(endpoint: str, values: dict[str, Any]) -> None:
    """Whatever leads back to the task of this page, or does something with it, knows where it was opened from."""
    if not has_request_context() or FROM not in request.args or FROM in values:
        return
    if not endpoint.startswith(OF_A_TASK):
        return
    task = values.get("task_id")
    if task is None or task != (request.view_args or {}).get("task_id"):
        return
    there = origin()
    if there is not None:
        values[FROM] = there
