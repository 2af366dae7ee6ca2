"""
What a set of tables would make of the organisation, row by row, and why it cannot where it cannot.

A row says how a thing is: one that is not there is created, one that is there is changed where the row says
otherwise, one that gets a last day is ended. What no row speaks of stays as it is.

1. Units, which may name each other in any order; a unit with several rows stands in several places in turn.
2. People, and accounts for those who are to be created.
3. Appointments.
4. The whole: a tree on every day, and nobody in a unit that is not there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from engine.accounts.commands import NAME
from engine.organisation import chart as charts
from engine.organisation import periods
from engine.organisation.appointments import decision_of
from engine.organisation.belongings import within
from engine.organisation.chart import Placed, Problem
from engine.organisation.exchange import book as books
from engine.organisation.exchange.book import Book, DatedRow, Line, What
from engine.organisation.exchange.cells import CellProblem, Cells, RowProblem
from engine.organisation.exchange.tables import Row, Table
from engine.organisation.periods import Period

NO_UNIT = "There is no unit '{unit}'."


def plan(session: Session, rows: Sequence[Row], today: date) -> Book:
    book = books.read(session, today)
    for table in Table:
        for row in rows:
            if row.table is table:
                _take(book, row)
    _look_at_the_whole(book)
    tables = list(Table)
    book.problems.sort(key=lambda each: (tables.index(each.table), each.row))
    return book


def _take(book: Book, row: Row) -> None:
    try:
        TAKE[row.table](book, Cells(row))
    except CellProblem as problem:
        book.problems.append(problem.of(row))


# ------------------------------------------------------------ units


def _unit(book: Book, cells: Cells) -> None:
    cells.needed("key")
    key = cells.key("key")
    before = book.units.get(key)
    unit = _new_unit(cells) if before is None else _changed_unit(book, cells, before)
    book.units[unit.key] = unit
    book.touched[unit.key] = cells.row.number
    if before is None:
        book.note(cells.row, What.CREATED, unit.key)
    elif before.period.last != unit.period.last:
        book.note(cells.row, What.ENDED, unit.key)
    elif before != unit:
        book.note(cells.row, What.CHANGED, unit.key)


def _new_unit(cells: Cells) -> Placed:
    cells.needed("name_sv")
    period = cells.period()
    if cells.day("parent_from") not in {None, period.first}:
        raise CellProblem("parent_from", "The first place of a unit is from its first day.", {})
    with cells.about("key"):
        return charts.new(
            cells.text("key"),
            name_sv=cells.text("name_sv"),
            name_en=cells.text("name_en"),
            kind=cells.text("kind"),
            parent=cells.key("parent") or None,
            period=period,
        )


def _changed_unit(book: Book, cells: Cells, unit: Placed) -> Placed:
    first, last = cells.day("valid_from"), cells.day("valid_to")
    if first not in {None, unit.period.first}:
        began = "The unit begins on {first} already."
        raise CellProblem("valid_from", began, {"first": unit.period.first})
    with cells.about("name_sv"):
        unit = charts.renamed(
            unit,
            cells.text("name_sv") or unit.name_sv,
            cells.text("name_en") or unit.name_en,
            cells.text("kind") or unit.kind,
        )
    if cells.has("parent"):
        unit = _moved_unit(book, cells, unit)
    if last is not None and last != unit.period.last:
        with cells.about("valid_to"):
            unit = charts.ended(unit, periods.ending(unit.period, last, book.today))
    return unit


def _moved_unit(book: Book, cells: Cells, unit: Placed) -> Placed:
    parent, on = cells.key("parent") or None, cells.day("parent_from")
    if on is None:
        on = max(book.today, unit.period.first)
        if not unit.period.covers(on):
            return unit  # it has ended: where it stood is history
    with cells.about("parent_from"):
        return charts.moved(unit, parent, on)


# ------------------------------------------------------------ people


def _person(book: Book, cells: Cells) -> None:
    cells.needed("account")
    name = cells.key("account")
    if name not in book.accounts:
        _create_account(book, cells, name)
    if not cells.text("unit"):
        return
    unit = _known_unit(book, cells)
    lines = book.belongings.setdefault((name, unit.key), [])
    _set_down(book, cells, lines, unit, f"{name}, {unit.key}")


def _create_account(book: Book, cells: Cells, name: str) -> None:
    if not cells.answer("create"):
        raise CellProblem("account", "There is no account '{name}'.", {"name": name})
    if not NAME.fullmatch(name):
        wrong = "'{name}' cannot be an account's name."
        raise CellProblem("account", wrong, {"name": name})
    with cells.about("display_name"):
        book.created[name] = charts.name(cells.needed("display_name"))
    book.accounts[name] = None
    book.note(cells.row, What.CREATED, name)


# ------------------------------------------------------------ appointments


def _appointment(book: Book, cells: Cells) -> None:
    cells.needed("role")
    cells.needed("account")
    role, name = cells.key("role"), cells.key("account")
    if role not in book.roles:
        raise CellProblem("role", "There is no role '{role}'.", {"role": role})
    if name not in book.accounts:
        raise CellProblem("account", "There is no account '{name}'.", {"name": name})
    unit = _known_unit(book, cells) if cells.text("unit") else None
    lines = book.appointments.setdefault((role, name, unit.key if unit else None), [])
    shown = f"{role}, {name}, {unit.key}" if unit else f"{role}, {name}"
    line = _set_down(book, cells, lines, unit, shown)
    _refer(book, cells, line, shown)


def _refer(book: Book, cells: Cells, line: Line[DatedRow], shown: str) -> None:
    with cells.about("decision"):
        decision = decision_of(cells.text("decision"))
    if decision is None or decision == line.decision:
        return
    line.decision = decision
    if line.kept is not None:
        line.refers = True
        book.note(cells.row, What.CHANGED, shown)


# ------------------------------------------------------------ what these share


def _known_unit(book: Book, cells: Cells) -> Placed:
    key = cells.key("unit")
    unit = book.units.get(key)
    if unit is None:
        raise CellProblem("unit", NO_UNIT, {"unit": key})
    return unit


def _set_down(
    book: Book, cells: Cells, lines: list[Line[DatedRow]], unit: Placed | None, shown: str
) -> Line[DatedRow]:
    """Find the line that begins on the same day, and give it its last day; or add one."""
    period = cells.period()
    line = next((each for each in lines if each.period.first == period.first), None)
    others = [each.period for each in lines if each is not line]
    if line is None:
        with cells.about("valid_from"):
            _fits(unit, period, others)
        line = Line(period)
        lines.append(line)
        book.note(cells.row, What.CREATED, shown)
    elif period.last is not None and period.last != line.period.last:
        with cells.about("valid_to"):
            period = periods.ending(line.period, period.last, book.today)
            _fits(unit, period, others)
        line.period, line.ends = period, True
        book.note(cells.row, What.ENDED, shown)
    return line


def _fits(unit: Placed | None, period: Period, others: Iterable[Period]) -> None:
    if unit is not None:
        within(unit.key, unit.period, period)
    periods.free(period, others)


# ------------------------------------------------------------ the whole


def _look_at_the_whole(book: Book) -> None:
    _look_at_the_tree(book)
    left = {
        key
        for key, period in book.days_in_units()
        if key in book.touched and not book.units[key].period.contains(period)
    }
    for key in sorted(left):
        used = "'{unit}' has people or appointments after {last}."
        values = {"unit": key, "last": book.units[key].period.last}
        place = (Table.UNITS, book.touched[key], "valid_to")
        book.problems.append(RowProblem(*place, used, values))


def _look_at_the_tree(book: Book) -> None:
    """Tell of a tree that would be none where somebody spoke of the unit, or ended the one above it."""
    found = list(charts.problems(book.units)) if book.touched else []
    own = [each for each in found if each.unit in book.touched]
    for each in own:
        _blame(book, each, book.touched[each.unit], "parent")
    for each in found:
        above = str(each.values.get("parent"))
        if each.unit in book.touched:
            continue
        if above in book.touched and book.units[above].period != book.before[above].period:
            _blame(book, each, book.touched[above], "valid_to")
        elif not own:
            _blame(book, each, max(book.touched.values()), "parent")


def _blame(book: Book, problem: Problem, row: int, column: str) -> None:
    place = (Table.UNITS, row, column)
    book.problems.append(RowProblem(*place, problem.template, problem.values))


TAKE: Mapping[Table, Callable[[Book, Cells], None]] = {
    Table.UNITS: _unit,
    Table.PEOPLE: _person,
    Table.APPOINTMENTS: _appointment,
}
