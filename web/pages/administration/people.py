"""Everybody: the list to find somebody in, and the page of one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import Blueprint, render_template, request

from engine.accounts import repository as accounts
from engine.accounts import ways_in
from engine.accounts.models import Account
from engine.accounts.ways_in import WaysIn
from engine.organisation import (
    absences,
    appointments,
    belongings,
    directory,
    holders,
    repository,
    substitutions,
)
from engine.organisation.directory import Asked, Which
from engine.organisation.periods import today
from engine.uow import UnitOfWork
from web.pages import addresses
from web.pages import people as called
from web.pages.administration import names, periods, rights
from web.pages.administration.names import Names
from web.pages.administration.periods import Stretches
from web.transactions import uow

AT_ONCE = 50
MOST = 200
"""Rows of one kind on the page of a person."""
LOCKED = "locked"

blueprint = Blueprint("administration_people", __name__, url_prefix="/administration/people")


@dataclass(frozen=True, slots=True)
class Row:
    account: Account
    units: Sequence[str]
    roles: Sequence[str]
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Listing:
    rows: Sequence[Row]
    number: int
    """How many there are, on all pages."""
    after: UUID | None


@blueprint.get("")
@rights.looks_after_the_organisation
def listed() -> str:
    unit = uow()
    known = names.known(unit, today(unit))
    which = request.args.get("show", Which.ACTIVE.value)
    locked = ways_in.locked(unit) if rights.sees_accounts(unit) else {}
    asked = Asked(
        request.args.get("text", ""),
        request.args.get("unit") or None,
        Which(which) if which in set(Which) else Which.ACTIVE,
        locked.keys() if which == LOCKED else None,
    )
    after = addresses.identity(request.args.get("after"))
    wanted = {name: text for name in ("text", "unit", "show") if (text := request.args.get(name))}
    return render_template(
        "administration/people/list.html",
        found=_listing(unit, asked, known, locked, after),
        wanted=wanted,
        which=which,
        names=known,
        is_first=after is None,
        sees_accounts=rights.sees_accounts(unit),
    )


def _listing(
    unit: UnitOfWork,
    asked: Asked,
    known: Names,
    locked: Mapping[UUID, datetime],
    after: UUID | None,
) -> Listing:
    session, day = unit.session, known.day
    found = directory.people(session, asked, day, after=after, limit=AT_ONCE + 1)
    shown = found[:AT_ONCE]
    identities = [each.id for each in shown]
    units = repository.units_of_several(session, identities, day)
    roles = holders.roles_of(session, identities, day)
    rows = [
        Row(
            each,
            [known.unit(key) for key in units.get(each.id, ())],
            list(dict.fromkeys(known.role(key) for key, _ in roles.get(each.id, ()))),
            locked.get(each.id),
        )
        for each in shown
    ]
    is_whole = after is None and len(found) <= AT_ONCE
    number = len(found) if is_whole else directory.count(session, asked, day)
    return Listing(rows, number, shown[-1].id if len(found) > AT_ONCE else None)


# ------------------------------------------------------------ one person


@dataclass(frozen=True, slots=True)
class Substitutes:
    """Who may act for a person, and for whom the person may act."""

    theirs: Stretches[substitutions.Entry]
    others: Stretches[substitutions.Entry]


@dataclass(frozen=True, slots=True)
class Person:
    account: Account
    today: date
    belongings: Stretches[belongings.Entry]
    appointments: Stretches[appointments.Entry]
    absences: Stretches[absences.Entry]
    substitutes: Substitutes
    ways_in: WaysIn | None
    """None for those who may not see accounts."""


@blueprint.get("/<uuid:account_id>")
@rights.looks_after_the_organisation
def show(account_id: UUID) -> str:
    unit = uow()
    person = _person(unit, accounts.get(unit.session, account_id))
    acting = (*person.substitutes.theirs.standing, *person.substitutes.others.standing)
    called.learn(name for each in acting for name in (each.person, each.substitute))
    return render_template(
        "administration/people/show.html",
        person=person,
        account=person.account,
        names=names.known(unit, person.today),
    )


def _person(unit: UnitOfWork, account: Account) -> Person:
    day, name = today(unit), account.name
    acting = substitutions.listed(unit, person=name, limit=MOST)
    return Person(
        account,
        day,
        periods.split(belongings.listed(unit, person=name, limit=MOST), day),
        periods.split(appointments.listed(unit, person=name, limit=MOST), day),
        periods.split(absences.listed(unit, person=name, limit=MOST), day),
        Substitutes(
            periods.split((each for each in acting if each.person == name), day),
            periods.split((each for each in acting if each.substitute == name), day),
        ),
        ways_in.of(unit, account) if rights.sees_accounts(unit) else None,
    )
