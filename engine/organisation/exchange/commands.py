"""Take the organisation in from tables, all or nothing, or only say what would come of it; and give it out."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engine.accounts import commands as accounts
from engine.accounts.models import Account
from engine.errors import Invalid
from engine.identity.permissions import Permission, require
from engine.organisation import appointments, belongings, repository, units
from engine.organisation.authority import begin_change, of_the_organisation
from engine.organisation.exchange import book as books
from engine.organisation.exchange import imports
from engine.organisation.exchange.book import Book
from engine.organisation.exchange.planning import plan
from engine.organisation.exchange.tables import Row, Table
from engine.organisation.periods import Period, today
from engine.uow import UnitOfWork

Rows = list[dict[str, str]]


def rehearse(uow: UnitOfWork, rows: Sequence[Row]) -> Book:
    """Say what tables would change and what is wrong with them, and change nothing."""
    begin_change(uow)
    return plan(uow.session, rows, today(uow))


def carry_out(uow: UnitOfWork, rows: Sequence[Row]) -> Book:
    """
    Change what tables say, all of it.

    Raises `Invalid` with every row that cannot be taken in, as `table.row.column`; then nothing is changed.
    """
    book = rehearse(uow, rows)
    if book.problems:
        fields: dict[str, list[tuple[str, Mapping[str, object]]]] = {}
        for each in book.problems:
            place = f"{each.table}.{each.row}.{each.column}"
            fields.setdefault(place, []).append((each.template, each.values))
        raise Invalid("There are rows that cannot be taken in; nothing was changed.").with_fields(
            fields
        )
    write(uow, book)
    return book


def write(uow: UnitOfWork, book: Book) -> None:
    """Change what was rehearsed in this unit of work and has no problems."""
    touched = [book.units[key] for key in book.touched]
    units.keep(uow, book.before, [each for each in touched if book.before.get(each.key) != each])
    people = {name: identity for name, identity in book.accounts.items() if identity}
    for name, shown in book.created.items():
        people[name] = accounts.create_account(uow, name, password=None, display_name=shown).id
    named = {unit for unit, _ in book.days_in_units()}
    places = {key: row.id for key, row in repository.by_keys(uow.session, named).items()}
    _write_belongings(uow, book, people, places)
    _write_appointments(uow, book, people, places)
    imports.note(uow, book)


def _write_belongings(
    uow: UnitOfWork, book: Book, people: Mapping[str, UUID], places: Mapping[str, UUID]
) -> None:
    for (name, unit), lines in book.belongings.items():
        for line in lines:
            if line.kept is None:
                belongings.add(uow, people[name], places[unit], line.period)
            elif line.ends:
                belongings.give_last_day(uow, line.kept, line.period)


def _write_appointments(
    uow: UnitOfWork, book: Book, people: Mapping[str, UUID], places: Mapping[str, UUID]
) -> None:
    for (role, name, unit), lines in book.appointments.items():
        for line in lines:
            if line.kept is None:
                appointments.add(
                    uow,
                    role,
                    people[name],
                    None if unit is None else places[unit],
                    period=line.period,
                    decision=line.decision,
                )
                continue
            if line.ends:
                appointments.give_last_day(uow, line.kept, line.period)
            if line.refers:
                appointments.refer(uow, line.kept, line.decision)


# ------------------------------------------------------------ out


def export(uow: UnitOfWork) -> dict[Table, Rows]:
    """
    Return the organisation of all days as tables that can be taken in again.

    What was withdrawn before it began is left out.
    """
    require(uow.actor, Permission.CHANGE_ORGANISATION, of_the_organisation(uow))
    book = books.read(uow.session, today(uow))
    known = uow.session.execute(select(Account.name, Account.display_name))
    shown = {row.name: row.display_name for row in known}
    return {
        Table.UNITS: _units(book),
        Table.PEOPLE: [
            {"account": name, "display_name": shown[name], "create": "", "unit": unit}
            | _days(line.period)
            for (name, unit), lines in sorted(book.belongings.items())
            for line in sorted(lines, key=lambda each: each.period.first)
            if not line.period.is_empty
        ],
        Table.APPOINTMENTS: [
            {"role": role, "account": name, "unit": unit or "", "decision": line.decision or ""}
            | _days(line.period)
            for (role, name, unit), lines in sorted(book.appointments.items(), key=_by_text)
            for line in sorted(lines, key=lambda each: each.period.first)
            if not line.period.is_empty
        ],
    }


def _units(book: Book) -> Rows:
    return [
        {
            "key": unit.key,
            "name_sv": unit.name_sv,
            "name_en": unit.name_en,
            "kind": unit.kind,
            "parent": place.parent or "",
            "parent_from": place.period.first.isoformat(),
        }
        | _days(unit.period)
        for unit in book.units.values()
        for place in unit.placings
        if not place.period.is_empty
    ]


def _days(period: Period) -> dict[str, str]:
    last = "" if period.last is None else period.last.isoformat()
    return {"valid_from": period.first.isoformat(), "valid_to": last}


def _by_text(item: tuple[tuple[str, str, str | None], Any]) -> tuple[str, str, str]:
    role, name, unit = item[0]
    return role, name, unit or ""
