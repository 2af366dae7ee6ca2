"""What people add to a case: comments and files, on its page and on those of its tasks, and the forms for them."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from engine.attachments.store import TooLarge
from engine.cases import reading
from engine.cases.reading import Case
from engine.errors import Conflict, Invalid, NotFound
from engine.execution import attachments, comments
from engine.identity.permissions import Permission
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from web import downloads, errors, uploads
from web.auth.permissions import requires
from web.language import say
from web.pages import addresses, afresh, notices
from web.pages.cases import addition_lists
from web.transactions import installation, opens_its_own, uow

blueprint = Blueprint("additions", __name__)


@dataclass(frozen=True, slots=True)
class Place:
    """A case, or a task of it: what a form adds to."""

    case: Case
    task: UserTask | None

    @property
    def name(self) -> str:
        return self.task.name if self.task else self.case.business_key or self.case.definition_name

    def address(self, endpoint: str = "", **more: object) -> str:
        """Return the address of the page, or of one of our forms for it."""
        kind, identity = ("task", self.task.id) if self.task else ("case", self.case.id)
        named = {f"{kind}_id": identity}
        if endpoint:
            return url_for(f"additions.{endpoint}", **named, **more)  # type: ignore[arg-type]
        return url_for(f"{kind}s.show", **named, **more)  # type: ignore[arg-type]


@blueprint.get("/cases/<uuid:case_id>/comments")
@blueprint.get("/tasks/<uuid:task_id>/comments")
@requires(Permission.WRITE_COMMENT)
def consider_comment(case_id: UUID | None = None, task_id: UUID | None = None) -> str:
    """Show the form alone, to answer a comment."""
    return _comment_form(uow(), _place(uow(), case_id, task_id), request.args.get("to"))


@blueprint.post("/cases/<uuid:case_id>/comments")
@blueprint.post("/tasks/<uuid:task_id>/comments")
@requires(Permission.WRITE_COMMENT)
def comment(case_id: UUID | None = None, task_id: UUID | None = None) -> ResponseReturnValue:
    text, to = request.form.get("text", ""), addresses.identity(request.form.get("reply_to"))
    if task_id is not None:
        said = comments.write_on_task(uow(), task_id, text, reply_to=to)
    elif case_id is not None:
        said = comments.write_on_case(uow(), case_id, text, reply_to=to)
    else:
        raise NotFound
    notices.tell(gettext("Your comment is there for everybody who may see the case."))
    return _back(case_id, task_id, f"comment-{said.id}")


@blueprint.get("/cases/<uuid:case_id>/attachments")
@blueprint.get("/tasks/<uuid:task_id>/attachments")
@requires(Permission.ADD_ATTACHMENT)
def consider_attachment(case_id: UUID | None = None, task_id: UUID | None = None) -> str:
    return _file_form(_place(uow(), case_id, task_id))


@blueprint.post("/cases/<uuid:case_id>/attachments")
@blueprint.post("/tasks/<uuid:task_id>/attachments")
@uploads.receives_a_file
@opens_its_own
@requires(Permission.ADD_ATTACHMENT)
def attach(case_id: UUID | None = None, task_id: UUID | None = None) -> ResponseReturnValue:
    if task_id is not None:
        kept = uploads.keep(lambda unit, file: attachments.attach_to_task(unit, file.id, task_id))
    elif case_id is not None:
        kept = uploads.keep(lambda unit, file: attachments.attach_to_case(unit, file.id, case_id))
    else:
        raise NotFound
    notices.tell(gettext("“%(file)s” is attached.", file=kept.name))
    return _back(case_id, task_id, "attachments")


@blueprint.get("/attachments/<uuid:attachment_id>/content")
@requires(Permission.READ_ATTACHMENT)
def content(attachment_id: UUID) -> Response:
    return downloads.attachment(attachment_id)


@blueprint.errorhandler(Invalid)
@blueprint.errorhandler(Conflict)
@blueprint.errorhandler(TooLarge)
@blueprint.errorhandler(RequestEntityTooLarge)
def ask_again(
    error: Invalid | Conflict | TooLarge | RequestEntityTooLarge,
) -> ResponseReturnValue:
    """Nothing was kept: show the form once more, with what was typed."""
    names = request.view_args or {}
    if isinstance(error, RequestEntityTooLarge):
        error = TooLarge()
    with afresh.reading() as unit:
        place = _place(unit, names.get("case_id"), names.get("task_id"))
        sentence = say(error.template, error.values)
        if request.endpoint == "additions.comment":
            page = _comment_form(unit, place, request.form.get("reply_to"), sentence)
        else:
            page = _file_form(place, sentence)
        return page, errors.STATUS[type(error)]


@blueprint.app_template_filter("size")
def size(count: int) -> str:
    """Write how large a file is."""
    if count < 1_000_000:
        return str(gettext("%(number)s kB", number=format_decimal(max(1, count // 1_000))))
    return str(gettext("%(number)s MB", number=format_decimal(round(count / 1_000_000, 1))))


def _place(unit: UnitOfWork, case_id: UUID | None, task_id: UUID | None) -> Place:
    task = None
    if task_id is not None:
        task, instance = reading.task(unit, task_id)
        case_id = instance.id
    if case_id is None:
        raise NotFound
    return Place(reading.get(unit, case_id), task)


def _comment_form(unit: UnitOfWork, place: Place, to: str | None, sentence: str = "") -> str:
    identity = addresses.identity(to)
    answered = comments.within(unit, place.case.id, identity) if identity else None
    text = request.form.get("text", "")
    return render_template(
        "additions/comment.html", place=place, answered=answered, text=text, sentence=sentence
    )


def _file_form(place: Place, sentence: str = "") -> str:
    most = installation().settings.max_attachment_bytes
    return render_template(
        "additions/attachment.html",
        place=place,
        most=most,
        endings=addition_lists.ENDINGS,
        sentence=sentence,
    )


def _back(case_id: UUID | None, task_id: UUID | None, anchor: str) -> ResponseReturnValue:
    if task_id is not None:
        return redirect(url_for("tasks.show", task_id=task_id, _anchor=anchor), 303)
    return redirect(url_for("cases.show", case_id=case_id, _anchor=anchor), 303)
