"""Where administration begins: what there is, and what needs somebody."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from engine.accounts import ways_in
from engine.execution import unattended
from engine.identity.permissions import Permission, allows
from engine.organisation import directory
from engine.organisation.directory import Counts
from engine.organisation.periods import today
from engine.uow import UnitOfWork
from web.pages.administration import names, rights, roles
from web.transactions import uow

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs somebody; None for what the reader may not see."""

    locked: int | None
    only_one_administrator: bool
    unheld: int
    """Roles that nobody has."""
    unplaced: int
    unattended: int | None

    @property
    def is_needed(self) -> bool:
        found = (self.locked, self.unheld, self.unplaced, self.unattended)
        return self.only_one_administrator or any(found)


@dataclass(frozen=True, slots=True)
class Standing:
    people: Counts
    units: int
    roles: int
    attention: Attention


@blueprint.get("")
@rights.looks_after_the_organisation
def show() -> str:
    return render_template(
        "administration/show.html",
        found=_found(uow()),
        sees_accounts=rights.sees_accounts(uow()),
        most=unattended.MOST,
    )


def _found(unit: UnitOfWork) -> Standing:
    day = today(unit)
    known = names.known(unit, day)
    found, people = roles.rows(unit, known), directory.counts(unit.session, day)
    is_admin = rights.sees_accounts(unit)
    attention = Attention(
        len(ways_in.locked(unit)) if is_admin else None,
        is_admin and ways_in.count_administrators(unit) == 1,
        sum(1 for each in found if not each.holders),
        people.unplaced,
        len(unattended.listed(unit)) if allows(unit.actor, Permission.READ_UNATTENDED) else None,
    )
    return Standing(people, len(known.choices), len(found), attention)
