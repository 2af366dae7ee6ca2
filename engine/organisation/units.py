"""Units and the tree they stand in: created, renamed, moved, ended."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from engine.audit.events import Event, EventType
from engine.db import new_id
from engine.errors import Conflict, NotFound
from engine.organisation import chart as charts
from engine.organisation import periods, repository
from engine.organisation.authority import CHAIN, begin_change
from engine.organisation.chart import Chart, Placed, Placing
from engine.organisation.models import Unit, UnitPlacement
from engine.organisation.periods import Period, today
from engine.uow import UnitOfWork


def create(  # noqa: PLR0913
    uow: UnitOfWork,
    key: str,
    *,
    name_sv: str,
    name_en: str = "",
    kind: str = "",
    parent: str | None = None,
    period: Period,
) -> Unit:
    begin_change(uow)
    chart = repository.chart(uow.session)
    unit = charts.new(
        key, name_sv=name_sv, name_en=name_en, kind=kind, parent=parent, period=period
    )
    if unit.key in chart:
        raise Conflict("There is already a unit '{unit}'.", unit=unit.key)
    return _keep(uow, chart, unit)


def rename(uow: UnitOfWork, key: str, *, name_sv: str, name_en: str = "", kind: str = "") -> Unit:
    """Give a unit other names, on all days: how it was called before is in the record only."""
    begin_change(uow)
    chart = repository.chart(uow.session)
    return _keep(uow, chart, charts.renamed(_known(chart, key), name_sv, name_en, kind))


def move(uow: UnitOfWork, key: str, parent: str | None, on: date) -> Unit:
    """
    Place a unit below another from a day on, until the next move that is planned already; None is the top.

    Raises `Conflict` where the tree would not be one on some day.
    """
    begin_change(uow)
    periods.given(on, None)
    chart = repository.chart(uow.session)
    if parent is not None:
        _known(chart, parent)
    return _keep(uow, chart, charts.moved(_known(chart, key), parent, on))


def end(uow: UnitOfWork, key: str, last: date) -> Unit:
    """
    Give a unit its last day.

    Raises `Conflict` while there are units below it, or people in it, on later days: they go first.
    """
    begin_change(uow)
    chart = repository.chart(uow.session)
    unit = _known(chart, key)
    period = periods.ending(unit.period, last, today(uow))
    row = repository.unit(uow.session, key)
    if period.last is not None and repository.is_used_after(uow.session, row.id, period.last):
        raise Conflict("'{unit}' has people or appointments after {last}.", unit=key, last=last)
    return _keep(uow, chart, charts.ended(unit, period))


def _known(chart: Chart, key: str) -> Placed:
    unit = chart.get(key)
    if unit is None:
        raise NotFound("There is no unit '{unit}'.", unit=key)
    return unit


def _keep(uow: UnitOfWork, before: Chart, unit: Placed) -> Unit:
    # First what is changed, so that a refusal speaks of it.
    charts.check({unit.key: unit} | dict(before) | {unit.key: unit})
    keep(uow, before, [unit])
    return repository.unit(uow.session, unit.key)


# ------------------------------------------------------------ writing what was looked at as a whole


def keep(uow: UnitOfWork, before: Chart, changed: Sequence[Placed]) -> None:
    """Write units of a tree that was checked, with an event for each thing that is another than before."""
    rows = _rows(uow, changed)
    for unit in changed:
        row, former = rows[unit.key], before.get(unit.key)
        row.name_sv, row.name_en, row.kind = unit.name_sv, unit.name_en, unit.kind
        row.valid_to = unit.period.last
        _place(uow, row, unit, rows, is_new=former is None)
        uow.record(CHAIN, *_events(row.id, former, unit))


def _rows(uow: UnitOfWork, changed: Sequence[Placed]) -> dict[str, Unit]:
    """Return the rows of units and of those above them; new ones are there before anything refers to them."""
    named = {each.key for each in changed}
    above = {place.parent for each in changed for place in each.placings if place.parent}
    rows = repository.by_keys(uow.session, named | above)
    for each in changed:
        if each.key not in rows:
            rows[each.key] = Unit(
                id=new_id(),
                key=each.key,
                name_sv=each.name_sv,
                name_en=each.name_en,
                kind=each.kind,
                valid_from=each.period.first,
                valid_to=each.period.last,
            )
            uow.session.add(rows[each.key])
    uow.session.flush()  # places and events name them
    return rows


def _place(
    uow: UnitOfWork, row: Unit, unit: Placed, rows: Mapping[str, Unit], *, is_new: bool
) -> None:
    own = select(UnitPlacement).where(UnitPlacement.unit_id == row.id)
    kept = {} if is_new else {each.valid_from: each for each in uow.session.scalars(own)}
    for place in unit.placings:
        parent_id = rows[place.parent].id if place.parent else None
        existing = kept.get(place.period.first)
        if existing is None:
            existing = UnitPlacement(unit_id=row.id, valid_from=place.period.first)
            uow.session.add(existing)
        existing.parent_id, existing.valid_to = parent_id, place.period.last


def _events(unit_id: UUID, before: Placed | None, unit: Placed) -> list[Event]:
    same = {"unit": str(unit_id), "key": unit.key}
    names = {"name_sv": unit.name_sv, "name_en": unit.name_en, "kind": unit.kind}
    events = []
    if before is None:
        events.append(Event(EventType.UNIT_CREATED, same | unit.period.facts, names))
        before = replace(unit, placings=())
    elif (before.name_sv, before.name_en, before.kind) != tuple(names.values()):
        events.append(Event(EventType.UNIT_CHANGED, same, names))
    former = {(each.parent, each.period.first) for each in before.placings}
    events += [
        Event(EventType.UNIT_MOVED, same | {"parent": each.parent} | each.period.facts)
        for each in unit.placings
        if _is_new(each, former)
    ]
    if before.period.last != unit.period.last:
        events.append(Event(EventType.UNIT_ENDED, same | unit.period.facts))
    return events


def _is_new(place: Placing, former: set[tuple[str | None, date]]) -> bool:
    return (place.parent, place.period.first) not in former and not place.period.is_empty
