"""
The organisation's tree as values: what a unit is, where it stands when, and what no tree may be.

A change is made to the values and looked at as a whole before anything of it is written, so that a single move
and an import of everything are held to the same rules: on no day is a unit below itself, below a unit that is not
there, or deeper than `MOST_LEVELS`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.errors import Conflict, Invalid
from engine.organisation.periods import A_DAY, Period
from engine.texts import kept

MOST_LEVELS = 30
KEY = re.compile(r"[a-z0-9åäöéü](?:[a-z0-9åäöéü._-]{0,38}[a-z0-9åäöéü])?")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a unit stands for a time."""

    parent: str | None
    period: Period


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit and all the places it had, has and will have, in the order of their first days."""

    key: str
    name_sv: str
    name_en: str
    kind: str
    period: Period
    placings: tuple[Placing, ...]

    def at(self, day: date) -> Placing | None:
        return next((each for each in self.placings if each.period.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there can be no such tree."""

    unit: str
    template: str
    values: Mapping[str, object]


Chart = Mapping[str, Placed]
"""Every unit by its key."""


def new(  # noqa: PLR0913
    key: str, *, name_sv: str, name_en: str, kind: str, parent: str | None, period: Period
) -> Placed:
    """Raises `Invalid`."""
    key = key.strip().lower()
    if not KEY.fullmatch(key):
        raise Invalid("'{key}' cannot be the key of a unit.", key=ascii(key)[1:-1][:80])
    return renamed(
        Placed(key, "", "", "", period, (Placing(parent, period),)), name_sv, name_en, kind
    )


def renamed(unit: Placed, name_sv: str, name_en: str, kind: str) -> Placed:
    """Raises `Invalid`."""
    name_sv = name(name_sv)
    return replace(
        unit,
        name_sv=name_sv,
        name_en=name(name_en or name_sv),
        kind=kept(kind, "A kind has at most {limit} characters.", longest=LONGEST_NAME),
    )


def name(text: str) -> str:
    return kept(text, "A name has 1 to {limit} characters.", shortest=1, longest=LONGEST_NAME)


def moved(unit: Placed, parent: str | None, on: date) -> Placed:
    """
    Return a unit that stands elsewhere from a day on, until the next move that is planned already.

    Raises `Conflict` for a day on which there is no such unit.
    """
    there = unit.at(on)
    if there is None:
        raise Conflict("There is no unit '{unit}' on {day}.", unit=unit.key, day=on)
    if there.parent == parent:
        return unit
    new_place = Placing(parent, Period(on, there.period.last))
    former = Placing(there.parent, there.period.ended(on - A_DAY))
    # A move on the first day of a place takes over its row, and so does one on a day withdrawn earlier.
    others = [each for each in unit.placings if each is not there and each.period.first != on]
    placings = [*others, new_place] if former.period.is_empty else [*others, former, new_place]
    return replace(unit, placings=tuple(sorted(placings, key=lambda each: each.period.first)))


def ended(unit: Placed, period: Period) -> Placed:
    """Return a unit with another last day; a move that was planned for later is withdrawn."""
    lasting = [each for each in unit.placings if not each.period.is_empty] or [unit.placings[0]]
    reached = [each for each in lasting if period.covers(each.period.first)] or lasting[:1]
    placings = []
    for each in unit.placings:
        if each is reached[-1]:
            place = Placing(each.parent, Period(each.period.first, period.last))
        elif each in lasting and each not in reached:
            place = Placing(each.parent, each.period.ended(each.period.first - A_DAY))
        else:
            place = each
        placings.append(place)
    return replace(unit, period=period, placings=tuple(placings))


def check(chart: Chart) -> None:
    """Raises `Conflict` with the first reason why there can be no such tree."""
    for problem in problems(chart):
        raise Conflict(problem.template, **problem.values)


def problems(chart: Chart) -> Iterator[Problem]:
    """Give the first problem of each unit that has one."""
    for unit in chart.values():
        found = next(_problems(chart, unit), None)
        if found is not None:
            yield found


def _problems(chart: Chart, unit: Placed) -> Iterator[Problem]:
    for placing in unit.placings:
        if placing.parent is None or placing.period.is_empty:
            continue
        parent = chart.get(placing.parent)
        if parent is None:
            gone = "There is no unit '{unit}'."
            yield Problem(unit.key, gone, {"unit": placing.parent})
        elif not parent.period.contains(placing.period):
            yield _outside(unit, parent, placing.period)
    yield from _above(chart, (unit.key,), unit.period)


def _outside(unit: Placed, parent: Placed, period: Period) -> Problem:
    values: dict[str, object] = {"unit": unit.key, "parent": parent.key}
    if period.first < parent.period.first:
        begins = "'{unit}' cannot be below '{parent}' before {first}, its first day."
        return Problem(unit.key, begins, values | {"first": parent.period.first})
    ends = "'{unit}' cannot be below '{parent}' after {last}, its last day."
    return Problem(unit.key, ends, values | {"last": parent.period.last})


def _above(chart: Chart, path: tuple[str, ...], period: Period) -> Iterator[Problem]:
    """Climb on all days at once: the further up, the shorter the stretch on which one stands there."""
    start, here = path[0], path[-1]
    for placing in chart[here].placings:
        days = placing.period.common(period)
        if placing.parent is None or days is None:
            continue
        values = {"unit": start, "parent": here, "day": days.first}
        if placing.parent == start:
            below = "'{unit}' would be below itself on {day}, by way of '{parent}'."
            yield Problem(start, below, values)
        elif len(path) >= MOST_LEVELS:
            deep = "'{unit}' would have more than {most} levels above it on {day}."
            yield Problem(start, deep, values | {"most": MOST_LEVELS - 1})
        elif (
            placing.parent in chart and placing.parent not in path
        ):  # those in a circle tell of it
            yield from _above(chart, (*path, placing.parent), days)
