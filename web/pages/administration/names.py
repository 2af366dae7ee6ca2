"""What units and roles are called, and the tree to choose a unit from: read once for a page."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import g
from flask_babel import gettext

from engine.organisation import repository
from engine.organisation.chart import Chart, Placed
from engine.organisation.models import Role
from engine.uow import UnitOfWork
from web.pages import people


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree of a day, with those below it."""

    unit: Placed
    depth: int
    below: Sequence["Branch"]


@dataclass(frozen=True)
class Names:
    chart: Chart
    roles: Mapping[str, Role]
    day: date

    def unit(self, key: str | None) -> str:
        """Return what a unit is called; None is the whole organisation."""
        if key is None:
            return str(gettext("the whole organisation"))
        found = self.chart.get(key)
        return people.in_the_readers_language(found.name_sv, found.name_en) if found else key

    def role(self, key: str) -> str:
        found = self.roles.get(key)
        return people.in_the_readers_language(found.name_sv, found.name_en) if found else key

    @cached_property
    def tree(self) -> Sequence[Branch]:
        """Return the units of the day that stand at the top, by name."""
        below: dict[str | None, list[Placed]] = defaultdict(list)
        for each in self.chart.values():
            place = each.at(self.day)
            if place is not None:
                below[place.parent].append(each)
        return self._branches(below, None, 0)

    def _branches(
        self, below: Mapping[str | None, Sequence[Placed]], key: str | None, depth: int
    ) -> Sequence[Branch]:
        found = sorted(below.get(key, ()), key=lambda each: self.unit(each.key).casefold())
        return [Branch(each, depth, self._branches(below, each.key, depth + 1)) for each in found]

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """Return the units of the day to choose from, each moved in as deep as it stands."""
        return [
            ("\N{NO-BREAK SPACE}" * 3 * each.depth + self.unit(each.unit.key), each.unit.key)
            for each in _flat(self.tree)
        ]

    @property
    def role_choices(self) -> Sequence[tuple[str, str]]:
        return sorted(
            ((self.role(key), key) for key in self.roles), key=lambda each: each[0].casefold()
        )


def known(unit: UnitOfWork, day: date) -> Names:
    session = unit.session
    names = Names(
        repository.chart(session), {each.key: each for each in repository.roles(session)}, day
    )
    called: dict[tuple[str, str], str] = g.setdefault("organisation", {})
    called.update({("unit", key): names.unit(key) for key in names.chart})
    called.update({("role", key): names.role(key) for key in names.roles})
    return names


def _flat(branches: Sequence[Branch]) -> Iterator[Branch]:
    for each in branches:
        yield each
        yield from _flat(each.below)
