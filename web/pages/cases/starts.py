"""The form with which a case is started: where, under which reference, and what else is said of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.accounts.models import Account
from engine.organisation import repository as organisation
from engine.organisation.models import Unit
from engine.organisation.periods import today
from engine.uow import UnitOfWork
from web.pages import people
from web.pages.forms import header_forms
from web.pages.forms.header_forms import HeaderForm

MOST_UNITS = 500


@dataclass(frozen=True, slots=True)
class StartForm:
    header: HeaderForm
    units: Sequence[tuple[str, str]]
    """The units that there are today, by key and by name."""
    people: Sequence[Account]


def of(unit: UnitOfWork, sent: HeaderForm | None) -> StartForm:
    """Return the form as it was sent; an empty one proposes the unit that the actor works in."""
    day, actor = today(unit), unit.actor
    own = organisation.units_of(unit.session, actor.id, day) if actor.id else ()
    listed = _listed(unit)
    form = sent or HeaderForm({"unit": own[0].key if own else ""})
    return StartForm(form, _named([*own, *listed]), header_forms.people(unit))


def units(unit: UnitOfWork) -> list[tuple[str, str]]:
    """Return the units that there are today, by key and by name."""
    return _named(_listed(unit))


def _listed(unit: UnitOfWork) -> list[Unit]:
    return [each for each, _ in organisation.units(unit.session, today(unit), limit=MOST_UNITS)]


def _named(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """Return units by name; those that are called the same are told apart by their keys."""
    names = {
        each.key: people.in_the_readers_language(each.name_sv, each.name_en) for each in units
    }
    often = Counter(names.values())
    found = [(key, name if often[name] == 1 else f"{name} ({key})") for key, name in names.items()]
    return sorted(found, key=lambda each: each[1].casefold())
