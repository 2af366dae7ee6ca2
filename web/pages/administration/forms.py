"""
Forms of the administration: what was typed, what is wrong with it, and the page shown once more.

A verb that refuses undoes everything, so the page that is shown again reads afresh and keeps what was typed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import TypeVar

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engine.errors import Conflict, EngineError, Invalid, NotFound
from engine.organisation.periods import Period, given
from engine.uow import UnitOfWork
from web import errors
from web.language import say
from web.pages import afresh
from web.pages.administration import words
from web.pages.forms import problems
from web.pages.forms.problems import Wrong

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
Shown = Callable[..., str]
At = Mapping[type[EngineError], str]
NOWHERE: At = {}
FILL_IN = "Fill this in."


@dataclass(frozen=True, slots=True)
class Form:
    texts: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What was chosen where several can be."""
    wrong: Wrong = field(default_factory=dict)
    sentence: str = ""
    """What is wrong, where that is at no field."""
    is_sent: bool = False

    @property
    def has_problems(self) -> bool:
        return bool(self.sentence or self.wrong)

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        return problems.listed(self.wrong, words.LABELS)

    def has(self, name: str, value: str) -> bool:
        return value in self.chosen.get(name, ())


def opened(**texts: str | None) -> Form:
    """Return a form with what it proposes; what the address says of a field goes before that."""
    return Form(
        {name: request.args.get(name, text or "") for name, text in texts.items()},
    )


def sent(form: MultiDict[str, str], error: EngineError, field: str = "") -> Form:
    """Return a form as it was sent, with what is wrong: at the field, where the error names none."""
    fields = error.fields if isinstance(error, Invalid) else {}
    if field and not fields:
        fields = {field: [(error.template, error.values)]}
    wrong = {
        name: [say(template, values) for template, values in sentences]
        for name, sentences in fields.items()
        if name in words.LABELS
    }
    return Form(
        form.to_dict(),
        {name: form.getlist(name) for name in form},
        wrong,
        "" if wrong else say(error.template, error.values),
        is_sent=True,
    )


# ------------------------------------------------------------ reading what was typed


def text(name: str) -> str:
    return request.form.get(name, "").strip()


def needed(name: str) -> str:
    """Raises `Invalid` at the field when it is empty."""
    typed = text(name)
    if not typed:
        raise wrong(name, FILL_IN)
    return typed


def day(name: str) -> date:
    """Raises `Invalid` at the field."""
    return _read_day(name, needed(name))


def period() -> Period:
    """Read from when until when; without a last day until further notice. Raises `Invalid` at the field."""
    first = day("valid_from")
    last = text("valid_to")
    try:
        return given(first, _read_day("valid_to", last) if last else None)
    except Invalid as error:
        raise (
            error if error.fields else wrong("valid_to", error.template, **error.values)
        ) from error


def asked_day(name: str, *, otherwise: date) -> date:
    """Read a day out of the address; what is none is left alone."""
    try:
        return given(date.fromisoformat(request.args.get(name, "")), None).first
    except (ValueError, Invalid):
        return otherwise


def wrong(name: str, template: str, **values: object) -> Invalid:
    return Invalid(template, **values).at(name)


@contextmanager
def told_at(name: str) -> Iterator[None]:
    """Tell at a field of what is not there."""
    try:
        yield
    except NotFound as error:
        raise wrong(name, error.template, **error.values) from error


def _read_day(name: str, typed: str) -> date:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        raise wrong(name, "'{text}' is not a day such as 2026-05-01.", text=typed[:80]) from None
    try:
        return given(found, None).first
    except Invalid as error:
        raise wrong(name, error.template, **error.values) from error


# ------------------------------------------------------------ showing the page again


def shown_again_by(page: Shown, at: At = NOWHERE) -> Callable[[View], View]:
    """
    Mark a view whose form is shown again by a page: `page(unit, form, **of the address)`.

    `at` says at which field a refusal is told that names none.
    """

    def mark(view: View) -> View:
        view.again, view.at = page, at  # type: ignore[attr-defined]
        return view

    return mark


def register(blueprint: Blueprint) -> None:
    for kind in (Invalid, Conflict, NotFound):
        blueprint.register_error_handler(kind, fill_in_again)


def fill_in_again(error: EngineError) -> ResponseReturnValue:
    """Nothing was changed: show the form once more. What the page itself is about may be gone, too."""
    view = current_app.view_functions.get(request.endpoint or "")
    again: Shown | None = getattr(view, "again", None)
    at: At = getattr(view, "at", NOWHERE)
    if again is None:
        return errors.tell(error)
    status = errors.STATUS[type(error)]
    if status is HTTPStatus.NOT_FOUND:  # what was named in the form, unless the page is gone
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with afresh.reading() as unit:
            return _again(again, unit, error, at.get(type(error), "")), status
    except EngineError as gone:
        return errors.tell(gone)


def _again(page: Shown, unit: UnitOfWork, error: EngineError, field: str) -> str:
    return page(unit, sent(request.form, error, field), **(request.view_args or {}))
