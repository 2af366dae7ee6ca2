"""The units: the tree of a day, and the page of one unit with the people and the roles in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts.models import Account
from engine.calendar import closures
from engine.errors import Conflict, Invalid
from engine.organisation import directory, holders, repository, units
from engine.organisation.chart import Placed, Placing
from engine.organisation.directory import Asked
from engine.organisation.holders import Held
from engine.organisation.periods import Period, today
from engine.uow import UnitOfWork
from web.pages import moments, notices, people
from web.pages.administration import endings, forms, names, periods, rights
from web.pages.administration.endings import Ending
from web.pages.administration.forms import Form
from web.pages.administration.names import Names
from web.pages.administration.periods import Stretches
from web.transactions import uow

SHOWN = 30
"""People on the page of a unit; the list of people has the rest."""
MOST_CLOSURES = 200

blueprint = Blueprint("administration_units", __name__, url_prefix="/administration")


@dataclass(frozen=True, slots=True)
class Other:
    """A unit that is not in the tree of the day: it is over, or to come."""

    unit: Placed
    is_over: bool


@blueprint.get("/units")
@rights.looks_after_the_organisation
def listed() -> str:
    unit, now = uow(), today(uow())
    day = forms.asked_day("on", otherwise=now)
    known = names.known(unit, day)
    others = [
        Other(each, each.period.last is not None and each.period.last < day)
        for each in known.chart.values()
        if each.at(day) is None and not each.period.is_empty
    ]
    return render_template(
        "administration/units/list.html",
        names=known,
        others=others,
        numbers=directory.people_by_unit(unit.session, day),
        form=Form({"on": day.isoformat()}),
        is_today=day == now,
    )


# ------------------------------------------------------------ one unit


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: Placed
    above: Sequence[str]
    """The keys of the units above it today, the topmost first."""
    below: Sequence[Placed]
    placings: Sequence[Placing]
    """Where it stood and will stand, where that changed or will."""
    people: Sequence[Account]
    number: int
    roles: Mapping[str, Sequence[Held]]
    closures: Stretches[closures.Entry]


@blueprint.get("/units/<string:key>")
@rights.looks_after_the_organisation
def show(key: str) -> str:
    unit, now = uow(), today(uow())
    repository.unit(unit.session, key)
    known = names.known(unit, now)
    return render_template(
        "administration/units/show.html",
        page=_page(unit, known, key),
        names=known,
        asked=_answer(unit, known, key, forms.asked_day("on", otherwise=now)),
    )


def _page(unit: UnitOfWork, known: Names, key: str) -> UnitPage:
    found = known.chart[key]
    asked = Asked(unit=key)
    people = directory.people(unit.session, asked, known.day, limit=SHOWN + 1)
    is_cut = len(people) > SHOWN
    lasting = [each for each in found.placings if not each.period.is_empty]
    return UnitPage(
        found,
        _above(known, found),
        [each for each in known.chart.values() if _is_below(each, key, known.day)],
        lasting if len(lasting) > 1 else (),
        people[:SHOWN],
        directory.count(unit.session, asked, known.day) if is_cut else len(people),
        holders.holders_of_every_role(unit.session, key, known.day),
        periods.split(closures.listed(unit, unit=key, limit=MOST_CLOSURES), known.day),
    )


def _above(known: Names, unit: Placed) -> list[str]:
    found: list[str] = []
    place = unit.at(known.day)
    while place is not None and place.parent is not None:
        found.append(place.parent)
        place = known.chart[place.parent].at(known.day)
    return found[::-1]


def _is_below(unit: Placed, key: str, day: date) -> bool:
    place = unit.at(day)
    return place is not None and place.parent == key


@dataclass(frozen=True, slots=True)
class Answer:
    """Who held a role for the unit on a day."""

    form: Form
    sentence: str


def _answer(unit: UnitOfWork, known: Names, key: str, day: date) -> Answer:
    form = forms.opened(role="", on=day.isoformat())
    role = form.texts["role"]
    form = Form({"role": role, "on": day.isoformat()})
    if role not in known.roles:
        return Answer(form, "")
    held = holders.holders_of_every_role(unit.session, key, day).get(role, [])
    told = {"role": known.role(role), "unit": known.unit(key), "day": moments.day(day)}
    if not held:
        return Answer(form, gettext("%(role)s for %(unit)s on %(day)s: nobody.", **told))
    told["name"] = people.in_a_row(each.account.display_name for each in held)
    if held[0].unit == key:
        return Answer(form, gettext("%(role)s in %(unit)s on %(day)s: %(name)s.", **told))
    told["where"] = known.unit(held[0].unit)
    return Answer(
        form,
        gettext("%(role)s for %(unit)s on %(day)s: %(name)s, appointed for %(where)s.", **told),
    )


# ------------------------------------------------------------ created, renamed, moved, ended


def _new(unit: UnitOfWork, form: Form) -> str:
    return render_template(
        "administration/units/new.html", form=form, names=names.known(unit, today(unit))
    )


@blueprint.get("/new-unit")
@rights.looks_after_the_organisation
def new() -> str:
    return _new(uow(), forms.opened(parent="", valid_from=today(uow()).isoformat()))


@blueprint.post("/new-unit")
@forms.shown_again_by(_new, {Invalid: "key"})
@rights.looks_after_the_organisation
def create() -> ResponseReturnValue:
    row = units.create(
        uow(),
        forms.needed("key"),
        name_sv=forms.needed("name_sv"),
        name_en=forms.text("name_en"),
        kind=forms.text("kind"),
        parent=forms.text("parent") or None,
        period=forms.period(),
    )
    notices.tell(gettext("There is a new unit: %(unit)s.", unit=row.name_sv))
    return redirect(url_for(".show", key=row.key), 303)


def _rename(unit: UnitOfWork, form: Form, key: str) -> str:
    row = repository.unit(unit.session, key)
    return render_template("administration/units/names.html", form=form, unit=row)


@blueprint.get("/units/<string:key>/names")
@rights.looks_after_the_organisation
def rename(key: str) -> str:
    row = repository.unit(uow().session, key)
    texts = {"name_sv": row.name_sv, "name_en": row.name_en, "kind": row.kind}
    return _rename(uow(), Form(texts), key)


@blueprint.post("/units/<string:key>/names")
@forms.shown_again_by(_rename)
@rights.looks_after_the_organisation
def save_names(key: str) -> ResponseReturnValue:
    row = units.rename(
        uow(),
        key,
        name_sv=forms.needed("name_sv"),
        name_en=forms.text("name_en"),
        kind=forms.text("kind"),
    )
    notices.tell(gettext("The unit is called “%(unit)s” now.", unit=row.name_sv))
    return redirect(url_for(".show", key=key), 303)


def _move(unit: UnitOfWork, form: Form, key: str) -> str:
    repository.unit(unit.session, key)
    known = names.known(unit, today(unit))
    return render_template(
        "administration/units/move.html", form=form, unit=known.chart[key], names=known
    )


@blueprint.get("/units/<string:key>/parent")
@rights.looks_after_the_organisation
def move(key: str) -> str:
    unit = uow()
    repository.unit(unit.session, key)
    place = repository.chart(unit.session)[key].at(today(unit))
    parent = (place.parent if place else None) or ""
    return _move(unit, Form({"parent": parent, "on": today(unit).isoformat()}), key)


@blueprint.post("/units/<string:key>/parent")
@forms.shown_again_by(_move, {Conflict: "parent"})
@rights.looks_after_the_organisation
def save_parent(key: str) -> ResponseReturnValue:
    parent, day = forms.text("parent") or None, forms.day("on")
    units.move(uow(), key, parent, day)
    called = {"unit": people.unit(key), "day": moments.day(day)}
    if parent is None:
        notices.tell(gettext("From %(day)s “%(unit)s” stands at the top.", **called))
    else:
        called["parent"] = people.unit(parent)
        notices.tell(gettext("From %(day)s “%(unit)s” stands below “%(parent)s”.", **called))
    return redirect(url_for(".show", key=key), 303)


def _ending(unit: UnitOfWork, form: Form, key: str) -> str:
    row = repository.unit(unit.session, key)
    called = people.unit(key)
    ending = Ending(
        gettext("The last day of the unit"),
        gettext("“%(unit)s” is a unit.", unit=called),
        [
            gettext("From the day after, there is no such unit: no case is started for it."),
            gettext(
                "Units below it, people in it and roles in it have to end before or be moved."
            ),
            gettext("Nothing is removed: what was in the unit stays known."),
        ],
        [
            (gettext("Units"), url_for("administration_units.listed")),
            (called, url_for("administration_units.show", key=key)),
        ],
        Period(row.valid_from, row.valid_to),
        today(unit),
    )
    return endings.page(ending, form)


@blueprint.get("/units/<string:key>/ending")
@rights.looks_after_the_organisation
def ending(key: str) -> str:
    return _ending(uow(), endings.opened(today(uow())), key)


@blueprint.post("/units/<string:key>/ending")
@forms.shown_again_by(_ending, endings.AT)
@rights.looks_after_the_organisation
def end(key: str) -> ResponseReturnValue:
    row = units.end(uow(), key, forms.day("valid_to"))
    notices.tell(endings.given(row.valid_from, row.valid_to))
    return redirect(url_for(".show", key=key), 303)
