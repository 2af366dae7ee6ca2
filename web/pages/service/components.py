"""The parts that pages are made of, all on one page, as the pages themselves draw them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup

from bpmn.forms import definition
from bpmn.forms.fields import Form
from bpmn.scripting.seen import Seen
from engine.clock import now
from engine.identity.permissions import Permission
from engine.instances.models import Confidentiality
from web.assets import Assets
from web.auth.permissions import requires
from web.pages.forms import sheets
from web.pages.forms.sheets import Sheet
from web.transactions import installation, opens_its_own

SAMPLE = Path(__file__).with_name("components.form.json")
COLOURS = {
    "ink": lazy_gettext("what is read"),
    "paper": lazy_gettext("what it is read on"),
    "raised": lazy_gettext("what lies on the paper"),
    "line": lazy_gettext("between rows"),
    "edge": lazy_gettext("around what is filled in"),
    "muted": lazy_gettext("what matters less"),
    "accent": lazy_gettext("links and what can be done"),
    "done": lazy_gettext("done"),
    "active": lazy_gettext("in progress"),
    "waiting": lazy_gettext("waiting"),
    "late": lazy_gettext("late, or wrong"),
    "incident": lazy_gettext("stopped by an error"),
}

blueprint = Blueprint("components", __name__, url_prefix="/about/components")


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    confidentiality: Confidentiality


@dataclass(frozen=True, slots=True)
class Samples:
    late: Task
    soon: Task
    secret: Case = Case(Confidentiality.SECRET)

    @property
    def tasks(self) -> tuple[Task, ...]:
        return self.late, self.soon


@blueprint.get("")
@opens_its_own
@requires(Permission.PUBLIC)
def show() -> str:
    """Show every part; a form that is sent comes back with what is wrong in it, as a task's does."""
    assets: Assets = current_app.jinja_env.globals["assets"]  # type: ignore[assignment]
    moment = now()
    return render_template(
        "about/components.html",
        colours=COLOURS.items(),
        icons=sorted(assets.icons),
        link=Markup('<a href="#letters">{}</a>').format(gettext("link")),
        samples=Samples(
            Task(gettext("Answer the complaint"), moment - timedelta(days=2)),
            Task(gettext("Review the draft"), moment + timedelta(days=1)),
        ),
        sheet=_sheet(moment),
    )


def _sheet(moment: datetime) -> Sheet:
    seen = Seen({}, now=moment, zone=installation().settings.zone)
    pairs = [*request.args.items(multi=True)]
    if not pairs:
        return sheets.fresh(_form(), seen)
    missing = {
        each.name: [gettext("An answer is needed.")]
        for each in _form().fields
        if each.required and not request.args.get(each.name)
    }
    return sheets.sent(_form(), pairs, seen, missing)


@cache
def _form() -> Form:
    form, findings = definition.read(SAMPLE.read_bytes(), SAMPLE.name)
    if form is None:
        raise ValueError(findings)
    return form
