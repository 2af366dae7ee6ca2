"""What there is to do, and doing it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bpmn.deployment import Kind
from bpmn.scripting.seen import Seen
from engine.accounts import repository as accounts
from engine.batches.commands import running
from engine.cases import reading
from engine.definitions import repository as definitions
from engine.drafts.models import Draft
from engine.errors import Conflict, Invalid, NotAllowed, NotFound, TooManyAttempts
from engine.execution import assignment, drafts, unattended, user_tasks
from engine.execution.library import DeployedLibrary
from engine.execution.registers import Registers
from engine.execution.unattended import Why
from engine.identity.permissions import Permission, allows
from engine.inbox import views
from engine.uow import UnitOfWork
from web import errors
from web.auth import passwords, provider
from web.auth.permissions import requires
from web.language import say
from web.pages import addresses, afresh, moments, notices, people
from web.pages.forms import sheets
from web.pages.forms.questions import Attachment, Doors
from web.pages.forms.sheets import Sheet
from web.pages.tasks import contents, inboxes, late, onward
from web.transactions import actor, installation, opens_its_own, uow

MOST_PEOPLE = 200
MOST_ROUTINES = 200
QUIETLY = "_quietly"
"""Sent by the script that saves what is typed; it shows the sentence on the page that stands."""

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")


@blueprint.get("")
@requires(Permission.READ_TASK)
def inbox() -> str:
    return _inbox(uow())


@blueprint.post("/views")
@requires(Permission.CHANGE_VIEW)
def save_view() -> ResponseReturnValue:
    """Save what the page shows under a name."""
    view = views.create(uow(), inboxes.content(request.form.get("name", "")))
    notices.tell(gettext("The view “%(name)s” is saved.", name=view.content.name))
    return redirect(inboxes.address(view), 303)


@blueprint.get("/unattended")
@requires(Permission.READ_UNATTENDED)
def nobodys() -> str:
    found = unattended.listed(uow())
    return render_template(
        "tasks/unattended.html", found=found, whom=people.whom, most=unattended.MOST, whys=Why
    )


@blueprint.get("/<uuid:task_id>")
@requires(Permission.READ_TASK)
def show(task_id: UUID) -> str:
    page = contents.of(uow(), *reading.task(uow(), task_id))
    if page.form is None:
        return _page(uow(), page, None)
    draft = drafts.of(uow(), page.task) if page.may.complete else None
    known = (_seen(uow(), page), Registers(uow()), _doors(page))
    if draft is None:
        return _page(uow(), page, sheets.fresh(page.form, *known))
    return _page(uow(), page, sheets.resumed(page.form, draft.answers, *known), draft=draft)


@blueprint.post("/<uuid:task_id>")
@requires(Permission.COMPLETE_TASK)
def complete(task_id: UUID) -> ResponseReturnValue:
    """Complete the task, unless the page has to be filled in further first."""
    task, instance = reading.task(uow(), task_id)
    answers: dict[str, Any] = {}
    form = user_tasks.form_of(uow(), task)
    if form is not None:
        page = contents.of(uow(), task, instance)
        sheet = _sent(uow(), page)
        if page.is_open and sheet and sheets.is_unfinished(sheet, _pairs()):
            return _page(uow(), page, sheet)
        answers = sheets.submitted(form, _pairs())
    done = user_tasks.complete(uow(), task_id, answers)
    return redirect(onward.after(uow(), done), 303)


@blueprint.post("/<uuid:task_id>/draft")
@requires(Permission.COMPLETE_TASK)
def keep_draft(task_id: UUID) -> ResponseReturnValue:
    """Keep what the page holds so far: whatever is missing or wrong in it can wait."""
    task, _ = reading.task(uow(), task_id)
    form = user_tasks.form_of(uow(), task)
    if form is None:
        raise NotFound
    kept = drafts.keep(uow(), task_id, sheets.draft(form, _pairs()))
    if QUIETLY in request.form:
        sentence = gettext("Saved %(time)s", time=moments.clock(kept.saved_at))
        return Response(sentence, mimetype="text/plain")
    notices.tell(
        gettext("What you have written is saved, and is here when you come back."),
        more=gettext("Go to what there is to do"),
        address=onward.origin() or url_for("tasks.inbox"),
    )
    return redirect(url_for("tasks.show", task_id=task_id), 303)


@blueprint.post("/<uuid:task_id>/draft/removal")
@requires(Permission.COMPLETE_TASK)
def discard_draft(task_id: UUID) -> ResponseReturnValue:
    """Throw the draft away; where it is gone already, the form stands as it was at first, too."""
    task, _ = reading.task(uow(), task_id)
    if drafts.of(uow(), task) is not None:
        drafts.discard(uow(), task_id)
    notices.tell(gettext("What you had written is thrown away. You begin anew."))
    return _onward(task_id)


@blueprint.post("/<uuid:task_id>/confirmation")
@opens_its_own
@requires(Permission.CONFIRM_SESSION)
def confirm(task_id: UUID) -> ResponseReturnValue:
    """Take the password that a signature needs, and show the form again with all that was typed."""
    name = request.form.get("_confirm", "")
    problems: dict[str, list[str]] = {}
    status = HTTPStatus.OK
    try:
        passwords.confirm(installation(), actor(), request.form.get(f"_password-{name}", ""))
    except (Invalid, TooManyAttempts) as error:
        problems, status = {name: [say(error.template, error.values)]}, errors.STATUS[type(error)]
    with afresh.reading() as unit:
        page = contents.of(unit, *reading.task(unit, task_id))
        return _page(unit, page, _sent(unit, page, problems)), status


@blueprint.post("/<uuid:task_id>/claim")
@requires(Permission.ASSIGN_TASK)
def claim(task_id: UUID) -> ResponseReturnValue:
    task = assignment.assign(uow(), task_id, actor().name)
    notices.tell(gettext("You have taken the task “%(task)s”.", task=task.name))
    return _onward(task_id)


@blueprint.post("/<uuid:task_id>/release")
@requires(Permission.ASSIGN_TASK)
def release(task_id: UUID) -> ResponseReturnValue:
    task = assignment.release(uow(), task_id)
    notices.tell(gettext("You have given the task “%(task)s” back.", task=task.name))
    return _onward(task_id)


@blueprint.errorhandler(Invalid)
def fill_in_again(error: Invalid) -> ResponseReturnValue:
    """Nothing was changed: show the form once more, with everything that was typed."""
    if request.endpoint == "tasks.save_view":
        with afresh.reading() as unit:
            return _inbox(unit, say(error.template, error.values)), 422
    task_id = (request.view_args or {}).get("task_id")
    sent = {"tasks.complete", "tasks.keep_draft"}
    if request.endpoint not in sent or task_id is None or QUIETLY in request.form:
        return errors.tell(error)
    fields = {
        name: [say(template, values) for template, values in sentences]
        for name, sentences in error.fields.items()
    }
    with afresh.reading() as unit:
        page = contents.of(unit, *reading.task(unit, task_id))
        sentence = "" if fields else say(error.template, error.values)
        return _page(unit, page, _sent(unit, page, fields), sentence), 422


@blueprint.errorhandler(Conflict)
@blueprint.errorhandler(NotAllowed)
def too_late(error: Conflict | NotAllowed) -> ResponseReturnValue:
    """Somebody else has done something meanwhile: say what, and give back what was typed."""
    task_id = (request.view_args or {}).get("task_id")
    if task_id is None or QUIETLY in request.form:
        return errors.tell(error)
    return late.told(error, task_id, _pairs())


def _inbox(unit: UnitOfWork, problem: str = "") -> str:
    """Show the inbox; the problem is one of the view that is to be saved."""
    routines = definitions.listed(
        unit.session, Kind.PROCESS, only_latest=True, limit=MOST_ROUTINES
    )
    return render_template(
        "tasks/inbox.html",
        inbox=inboxes.of(unit),
        batch=running(unit),
        routines=routines,
        address=inboxes.address,
        at_once=inboxes.AT_ONCE,
        all_marked="marked" in request.args,
        sees_unattended=allows(unit.actor, Permission.READ_UNATTENDED),
        problem=problem,
    )


def _page(
    unit: UnitOfWork,
    page: contents.TaskPage,
    sheet: Sheet | None,
    sentence: str = "",
    *,
    draft: Draft | None = None,
) -> str:
    people = []
    if page.may.complete and sheet is not None and sheet.asks_for_people:
        people = list(accounts.active(unit.session, limit=MOST_PEOPLE))
    return render_template(
        "tasks/show.html",
        page=page,
        sheet=sheet,
        people=people,
        sentence=sentence,
        draft=draft,
        is_sent=request.method == "POST",
        by_itself="HX-Request" in request.headers,
        origin=onward.origin(),
        beside=onward.list_beside(),
        in_a_list=onward.is_in_a_list(),
        goes_on=onward.is_wanted(),
    )


def _sent(
    unit: UnitOfWork, page: contents.TaskPage, fields: dict[str, list[str]] | None = None
) -> Sheet | None:
    if page.form is None:
        return None
    return sheets.sent(
        page.form,
        _pairs(),
        _seen(unit, page),
        fields,
        registers=Registers(unit),
        doors=_doors(page),
    )


def _doors(page: contents.TaskPage) -> Doors:
    """A question for files offers those of the case; others are added below the form."""
    files = [
        Attachment(str(each.id), each.name, url_for("additions.content", attachment_id=each.id))
        for each in page.additions.files
    ]
    here = url_for("tasks.show", task_id=page.task.id)
    return Doors(
        attachments=files,
        confirmation=url_for("tasks.confirm", task_id=page.task.id),
        by_provider=url_for("confirmation.show", next=here) if provider.known() else None,
    )


def _seen(unit: UnitOfWork, page: contents.TaskPage) -> Seen:
    return DeployedLibrary(unit, page.case.unit).seen(page.variables)


def _pairs() -> list[tuple[str, str]]:
    """Return what the browser sent of the form, without the token that the page adds."""
    token = current_app.config["WTF_CSRF_FIELD_NAME"]
    return [(name, text) for name, text in request.form.items(multi=True) if name != token]


def _onward(task_id: UUID) -> ResponseReturnValue:
    there = url_for("tasks.show", task_id=task_id)
    return redirect(addresses.local(request.form.get("next"), otherwise=there), 303)
