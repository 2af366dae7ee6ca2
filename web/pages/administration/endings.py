"""Giving something a last day: what it is, what happens then, and one field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from flask import render_template
from flask_babel import gettext

from engine.errors import Conflict, Invalid, NotFound
from engine.organisation.periods import Period
from web.pages.administration import periods
from web.pages.administration.forms import At, Form

AT: At = {Conflict: "valid_to", Invalid: "valid_to"}
"""There is one field, and so a refusal is about it."""


@dataclass(frozen=True, slots=True)
class Ending:
    heading: str
    what: str
    """What it is that gets a last day, and from when until when it is now."""
    happens: Sequence[str]
    trail: Sequence[tuple[str, str]]
    """Words and addresses; the last is where one goes back to."""
    period: Period
    today: date

    @property
    def is_over(self) -> bool:
        return self.period.last is not None and self.period.last < self.today

    @property
    def days(self) -> str:
        return periods.said(self.period.first, self.period.last)


def page(ending: Ending, form: Form) -> str:
    """Show the form. Raises `NotFound` for what was withdrawn before it began: it is shown nowhere."""
    if ending.period.is_empty:
        raise NotFound
    if ending.is_over:  # then there is no field to lead to
        form = Form(sentence=" ".join([form.sentence, *chain(*form.wrong.values())]).strip())
    return render_template("administration/ending.html", ending=ending, form=form)


def opened(today: date) -> Form:
    return Form({"valid_to": today.isoformat()})


def given(first: date, last: date | None) -> str:
    """Say what came of it: a last day, or that it never came to be."""
    if last is not None and last < first:
        return str(gettext("It is withdrawn, as if it had not been planned."))
    return str(gettext("It counts %(days)s.", days=periods.said(first, last)))
