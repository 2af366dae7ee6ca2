"""Roles: what each is for, who holds it, and where nobody does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts.models import Account
from engine.errors import Conflict, Invalid
from engine.identity.holdings import Holdings, for_unit
from engine.organisation import appointments, directory, holdings, repository, roles
from engine.organisation.appointments import Entry
from engine.organisation.models import Role
from engine.organisation.periods import today
from engine.uow import UnitOfWork
from web.pages import notices, people
from web.pages.administration import forms, names, periods, rights
from web.pages.administration.forms import Form
from web.pages.administration.names import Names
from web.transactions import uow

MOST = 500
"""Appointments, of all days, on the page of a role."""

blueprint = Blueprint("administration_roles", __name__, url_prefix="/administration")


@dataclass(frozen=True, slots=True)
class Row:
    role: Role
    holders: int
    missing: Sequence[str]
    """The units of today in which nobody answers for it; none where it is held nowhere at all."""


def rows(unit: UnitOfWork, known: Names) -> list[Row]:
    """Return every role by its name, from what is worked out for everybody anyhow."""
    held = holdings.known(unit)
    number: dict[str, int] = defaultdict(int)
    for groups in held.groups.values():
        for each in groups:
            number[each] += 1
    found = [
        Row(role, number[role.key], _missing(held, role.key) if number[role.key] else ())
        for role in known.roles.values()
    ]
    return sorted(found, key=lambda each: known.role(each.role.key).casefold())


def _missing(held: Holdings, role: str) -> list[str]:
    return sorted(each for each in held.units if for_unit(role, each) not in held.held)


@blueprint.get("/roles")
@rights.looks_after_the_organisation
def listed() -> str:
    known = names.known(uow(), today(uow()))
    found = rows(uow(), known)
    if only_empty := request.args.get("show") == "empty":
        found = [each for each in found if not each.holders]
    return render_template(
        "administration/roles/list.html", rows=found, names=known, only_empty=only_empty
    )


# ------------------------------------------------------------ one role


@dataclass(frozen=True, slots=True)
class RolePage:
    role: Role
    by_unit: Mapping[str, Sequence[Entry]]
    """Who holds it, or will, by what the unit is called."""
    over: Sequence[Entry]
    in_group: Sequence[Account]
    """Who holds it for the whole organisation by a group of the same name."""
    missing: Sequence[str]
    is_cut: bool


@blueprint.get("/roles/<string:key>")
@rights.looks_after_the_organisation
def show(key: str) -> str:
    unit = uow()
    role = repository.role(unit.session, key)
    known = names.known(unit, today(unit))
    found = appointments.listed(unit, role=key, limit=MOST + 1)
    people.learn(each.person for each in found)
    stretches = periods.split(found[:MOST], known.day)
    by_unit: dict[str, list[Entry]] = defaultdict(list)
    for each in sorted(stretches.standing, key=lambda each: (each.unit is not None, each.unit)):
        by_unit[known.unit(each.unit)].append(each)
    page = RolePage(
        role,
        by_unit,
        stretches.over,
        directory.in_group(unit.session, key, limit=MOST),
        _missing(holdings.known(unit), key),
        len(found) > MOST,
    )
    return render_template("administration/roles/show.html", page=page, names=known)


# ------------------------------------------------------------ a new one, and another name


def _new(unit: UnitOfWork, form: Form) -> str:
    del unit
    return render_template("administration/roles/form.html", form=form, role=None)


@blueprint.get("/new-role")
@rights.looks_after_the_organisation
def new() -> str:
    return _new(uow(), forms.opened(searched_upward="yes"))


@blueprint.post("/new-role")
@forms.shown_again_by(_new, {Conflict: "key", Invalid: "key"})
@rights.looks_after_the_organisation
def create() -> ResponseReturnValue:
    role = roles.create(
        uow(),
        forms.needed("key"),
        name_sv=forms.needed("name_sv"),
        name_en=forms.text("name_en"),
        searched_upward=forms.text("searched_upward") == "yes",
    )
    notices.tell(gettext("There is a new role: %(role)s.", role=_called(role)))
    return redirect(url_for(".show", key=role.key), 303)


def _change(unit: UnitOfWork, form: Form, key: str) -> str:
    role = repository.role(unit.session, key)
    return render_template(
        "administration/roles/form.html", form=form, role=role, called=_called(role)
    )


@blueprint.get("/roles/<string:key>/names")
@rights.looks_after_the_organisation
def change(key: str) -> str:
    role = repository.role(uow().session, key)
    upward = "yes" if role.searched_upward else "no"
    texts = {"name_sv": role.name_sv, "name_en": role.name_en, "searched_upward": upward}
    return _change(uow(), Form(texts), key)


@blueprint.post("/roles/<string:key>/names")
@forms.shown_again_by(_change)
@rights.looks_after_the_organisation
def save(key: str) -> ResponseReturnValue:
    role = roles.change(
        uow(),
        key,
        name_sv=forms.needed("name_sv"),
        name_en=forms.text("name_en"),
        searched_upward=forms.text("searched_upward") == "yes",
    )
    notices.tell(gettext("The role “%(role)s” is saved.", role=_called(role)))
    return redirect(url_for(".show", key=key), 303)


def _called(role: Role) -> str:
    return people.in_the_readers_language(role.name_sv, role.name_en)
