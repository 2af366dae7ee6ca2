"""
Which rules of a table can match, found without looking at each.

For every column, the rules that hold for a value are the bits of a number, kept for each value and for each piece
of the line of numbers that the cells tell apart. A look at each column and their conjunction is all that common
tables need; for any other value, such as a day, FEEL evaluates the cells. Rules are taken by the block, so that a
long table needs space in proportion to its length.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from bpmn.dmn.cells import Bound, Cell, Value, is_number, kind, place

BLOCK = 256
"""Rules in a block."""
PRECISION = 13_000
"""More digits than the middle between two numbers of FEEL can have; few are ever needed."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Of some rules: those whose cell holds, and those whose cell must be evaluated to know."""

    certain: int
    open: int


class Column:
    """The cells of one input, of the rules of one block; a cell that is None must always be evaluated."""

    def __init__(self, cells: Sequence[Cell | None]) -> None:
        self._cells = cells
        self._bounds = sorted(set(bounds(cells)))
        self._pieces = tuple(self._hits(each) for each in pieces(self._bounds))
        texts = {v for each in cells if each for v in each.values if isinstance(v, str)}
        self._texts = {each: self._hits(each) for each in texts}
        self._other_text = self._hits(unlike(texts))
        self._booleans = {each: self._hits(each) for each in (True, False)}
        always = bits(each is not None and each.is_any for each in cells)
        self._nothing = Hits(always, bits(each is None or each.is_negated for each in cells))
        """Null is equal to no literal and in no interval; whether it is *not* one of them, FEEL says."""
        self._anything = Hits(always, ((1 << len(cells)) - 1) & ~always)

    def hits(self, value: Any) -> Hits:
        """Return the rules for a value."""
        if isinstance(value, str):
            return self._texts.get(value, self._other_text)
        if isinstance(value, bool):
            return self._booleans[value]
        if is_number(value):
            at = bisect_left(self._bounds, value)
            is_bound = at < len(self._bounds) and self._bounds[at] == value
            return self._pieces[2 * at + is_bound]
        return self._nothing if value is None else self._anything

    def _hits(self, value: Value) -> Hits:
        decided = [each is not None and each.decides(value) for each in self._cells]
        certain = bits(
            known and each is not None and each.holds(value)
            for known, each in zip(decided, self._cells, strict=True)
        )
        return Hits(certain, bits(not known for known in decided))


@dataclass(frozen=True, slots=True)
class Block:
    first: int
    """The index of its first rule."""
    all: int
    """A bit for each rule of it."""
    columns: tuple[Column, ...]


class Index:
    """The rules of a table, in blocks."""

    def __init__(self, rows: Sequence[Sequence[Cell | None]], width: int) -> None:
        self.blocks = tuple(_block(rows[at : at + BLOCK], at, width) for at in _starts(rows))

    def candidates(self, values: Sequence[Any]) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Return each rule that may match, and the columns whose cells must still be evaluated."""
        for block in self.blocks:
            left = block.all
            opened: list[tuple[int, int]] = []
            for number, column in enumerate(block.columns):
                hits = column.hits(values[number])
                left &= hits.certain | hits.open
                if not left:
                    break
                if hits.open:
                    opened.append((number, hits.open))
            while left:
                bit = left & -left
                left ^= bit
                yield (
                    block.first + bit.bit_length() - 1,
                    tuple(number for number, bits in opened if bits & bit),
                )


def _starts(rows: Sequence[object]) -> range:
    return range(0, len(rows), BLOCK)


def _block(rows: Sequence[Sequence[Cell | None]], first: int, width: int) -> Block:
    columns = tuple(Column([row[number] for row in rows]) for number in range(width))
    return Block(first, (1 << len(rows)) - 1, columns)


def bits(flags: Iterable[bool]) -> int:
    found = 0
    for at, flag in enumerate(flags):
        if flag:
            found |= 1 << at
    return found


def bounds(cells: Sequence[Cell | None]) -> Iterator[Decimal]:
    """Return the numbers at which cells begin or cease to hold."""
    return (Decimal(place(each)) for each in marks(cells, "number"))


def marks(cells: Sequence[Cell | None], of_kind: str) -> Iterator[Bound]:
    """Return the numbers, or points of a kind, at which cells begin or cease to hold."""
    for each in cells:
        if each is not None:
            values = (v for v in each.values if not isinstance(v, str | bool))
            ends = (end for interval in each.intervals for end in interval.bounds)
            yield from (mark for mark in (*values, *ends) if kind(mark) == of_kind)


def pieces(points: Sequence[Decimal]) -> Iterator[Decimal]:
    """Return a number of each piece of the line: before the first bound, at it, between it and the next."""
    if not points:
        yield Decimal(0)
        return
    with localcontext(prec=PRECISION):
        pieces = [points[0] - 1]
        for bound, following in zip(points, (*points[1:], points[-1] + 2), strict=True):
            pieces += [bound, (bound + following) / 2]
    yield from pieces


def unlike(texts: Iterable[str]) -> str:
    """Return a text that is none of them."""
    return "".join(texts) + "."
