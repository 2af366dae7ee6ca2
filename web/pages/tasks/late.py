"""When somebody else was faster: who did what, and what the reader had typed, so that it is not lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from bpmn.forms.definition import Field, FieldType, Form
from bpmn.forms.submission import from_pairs
from engine.audit.events import EventType
from engine.cases import reading
from engine.errors import EngineError, NotFound
from engine.execution import user_tasks
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from web import errors
from web.language import say
from web.pages import afresh
from web.pages.forms import answer_sheets
from web.pages.forms.answer_sheets import AnswerSheet
from web.pages.forms.questions import TICKED
from web.pages.tasks import histories, onward
from web.pages.tasks.histories import Line
from web.pages.values import Pairs, Table, Value

BY_ITSELF = frozenset({EventType.USER_TASK_CREATED, EventType.USER_TASK_UNATTENDED})
"""What nobody did to the task."""


@dataclass(frozen=True, slots=True)
class LatePage:
    sentence: str
    """Why it was refused."""
    task: UserTask | None
    """None where the reader does not see it any more."""
    happened: Line | None = None
    """What somebody else did last."""
    typed: AnswerSheet | None = None
    """What the reader had typed."""

    @property
    def text(self) -> str:
        """Return the same to copy."""
        parts = self.typed.parts if self.typed else ()
        return "\n".join(
            f"{each.label}: {_plain(each.value)}" for part in parts for each in part.shown
        )


def told(
    error: EngineError, task_id: UUID, typed: Sequence[tuple[str, str]] = ()
) -> ResponseReturnValue:
    """Show that something was refused, and what was typed for it."""
    sentence = say(error.template, error.values)
    with afresh.reading() as unit:
        page = _page(unit, sentence, task_id, typed)
        told = render_template("tasks/too_late.html", page=page, origin=onward.origin())
        return told, errors.STATUS[type(error)]


def _page(
    unit: UnitOfWork, sentence: str, task_id: UUID, typed: Sequence[tuple[str, str]]
) -> LatePage:
    try:
        task, _ = reading.task(unit, task_id)
    except NotFound:
        return LatePage(sentence, None)
    form = user_tasks.form_of(unit, task)
    events = [
        each
        for each in reading.events_of_task(unit, task.id)
        if each.actor_name != unit.actor.name and each.type not in BY_ITSELF
    ]
    lines = histories.lines(unit, events[-1:])
    happened = lines[-1] if lines else None
    return LatePage(sentence, task, happened, _typed(form, typed) if form and typed else None)


def _typed(form: Form, pairs: Sequence[tuple[str, str]]) -> AnswerSheet | None:
    """Return what was typed as answers; files stay with the case, and a signature is none before it is sent."""
    raw = from_pairs(form, pairs)
    fields = tuple(
        field
        for field in form.fields
        if raw.get(field.name) not in (None, "", [])
        and not field.is_written_here
        and field.type is not FieldType.FILES
    )
    written = {field.name: _read(field, raw[field.name]) for field in fields}
    return answer_sheets.of(replace(form, fields=fields), written) if fields else None


def _read(field: Field, typed: Any) -> Any:
    """Return what was typed as the answer that it would have been; the rest is shown as it was typed."""
    if field.type is FieldType.BOOL and isinstance(typed, str):
        return typed in TICKED
    return typed


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Pairs):
        return "; ".join(f"{each.label}: {_plain(each.value)}" for each in value.pairs)
    if isinstance(value, Table):
        rows = ("; ".join(_plain(cell) for cell in row) for row in value.rows)
        return " / ".join(rows)
    return ", ".join(_plain(each) for each in value)
