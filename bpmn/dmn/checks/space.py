"""
A table as a space: inputs are cut into the pieces that cells tell apart, and each rule holds in a block of them.

Only cells of literals are looked into. What must be evaluated may hold anywhere or nowhere, and so it says neither
that there is a gap nor that rules overlap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bpmn.dmn import points
from bpmn.dmn.boxes import TypeRef
from bpmn.dmn.cells import Bound, Cell, Value, place
from bpmn.dmn.index import bits, marks, pieces, unlike
from bpmn.dmn.points import Point

MOST_STEPS = 20_000
"""How long a gap is looked for; a table for which this is not enough is not said to have one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Values that no cell of the column tells apart."""

    example: Value
    text: str
    certain: int
    """The rules that hold for it, as bits."""
    possible: int
    """And those that may, as their cell must be evaluated."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An input."""

    title: str
    pieces: tuple[Piece, ...]
    """Of what is expected there."""
    beyond: tuple[Piece, ...]
    """Of what may come all the same: null, and a text that no cell names."""

    @property
    def all(self) -> tuple[Piece, ...]:
        return (*self.pieces, *self.beyond)


def axis(
    title: str, cells: Sequence[Cell | None], allowed: Cell | None, type_: TypeRef | None
) -> Axis:
    """Cut an input into pieces; `allowed` are its input values, as far as they are literals."""
    written = [each for each in cells if each is not None]
    values: list[tuple[Value, str]] = []
    kinds = {kind for each in written for kind in each.kinds}
    named = type_.name if type_ else ""
    known = [*written, *([allowed] if allowed else [])]
    bounded = {each.kind for each in (allowed.intervals if allowed else ())}
    for kind in ("number", *points.KINDS):
        if kind in kinds | bounded:
            values += _line(kind, known, named)
    if "boolean" in kinds or named == "boolean":
        values += [(True, "true"), (False, "false")]
    texts = {v: None for each in written for v in each.values if isinstance(v, str)}
    texts |= {v: None for v in (allowed.values if allowed else ()) if isinstance(v, str)}
    values += [(each, f'"{each}"') for each in texts]
    inside = [each for each in values if allowed is None or _may_hold(allowed, each[0])]
    if not inside:
        inside = [("", "-")]
    beyond = [_null(cells)]
    if texts and allowed is None:
        beyond.append(_piece(unlike(texts), "-", cells))
    return Axis(title, tuple(_piece(value, text, cells) for value, text in inside), tuple(beyond))


def _may_hold(allowed: Cell, value: Value) -> bool:
    return allowed.holds(value) or not allowed.decides(value)


def _piece(value: Value, text: str, cells: Sequence[Cell | None]) -> Piece:
    certain = bits(
        each is not None and each.decides(value) and each.holds(value) for each in cells
    )
    unknown = bits(each is None or not each.decides(value) for each in cells)
    return Piece(value, text, certain, certain | unknown)


def _null(cells: Sequence[Cell | None]) -> Piece:
    certain = bits(each is not None and each.is_any for each in cells)
    unknown = bits(each is None or each.is_negated for each in cells)
    return Piece("", "null", certain, certain | unknown)


def _line(kind: str, cells: Sequence[Cell], type_: str) -> Iterator[tuple[Value, str]]:
    """Cut the line of numbers, or of points of a kind, and write each piece as a cell would be."""
    texts = {Decimal(place(each)): _written(each) for each in marks(cells, kind)}
    ends = sorted(texts)
    is_dense = kind == "number" or not points.follow_on_each_other(kind, type_)
    for at, text in zip(pieces(ends), _names(ends, texts, is_dense=is_dense), strict=True):
        if text:
            yield (at if kind == "number" else Point(kind, at)), text


def _written(bound: Bound) -> str:
    return bound.text if isinstance(bound, Point) else f"{Decimal(bound):f}"


def _names(
    ends: Sequence[Decimal], texts: Mapping[Decimal, str], *, is_dense: bool
) -> Iterator[str | None]:
    """Name each piece; None is one in which nothing is."""
    if not ends:
        yield "-"
        return
    yield f"< {texts[ends[0]]}"
    for end, following in pairwise(ends):
        yield texts[end]
        is_empty = not is_dense and following - end == 1
        yield None if is_empty else f"({texts[end]}..{texts[following]})"
    yield texts[ends[-1]]
    yield f"> {texts[ends[-1]]}"


class _Enough(Exception):
    """The search takes too long."""


class Search:
    """For pieces in which none of some rules holds."""

    def __init__(self, axes: Sequence[Axis]) -> None:
        self._axes = axes
        self._left = MOST_STEPS
        self._covered: set[tuple[int, int]] = set()

    def gap(self, rules: int) -> tuple[Piece, ...] | None:
        """Return a combination of pieces in which none of the rules can hold."""
        return self._search([each.pieces for each in self._axes], rules, is_certain=False)

    def uncovered(self, inside: Sequence[Sequence[Piece]], rules: int) -> bool:
        """Tell whether there is a combination of these pieces for which none of the rules surely holds."""
        return self._search(inside, rules, is_certain=True) is not None

    def _search(
        self, inside: Sequence[Sequence[Piece]], rules: int, *, is_certain: bool
    ) -> tuple[Piece, ...] | None:
        self._covered = set()
        self._left = MOST_STEPS
        try:
            return self._from(0, inside, rules, is_certain=is_certain)
        except _Enough:
            return (inside[0][0],) if is_certain and inside and inside[0] else None

    def _from(
        self, number: int, inside: Sequence[Sequence[Piece]], rules: int, *, is_certain: bool
    ) -> tuple[Piece, ...] | None:
        if not rules:
            return tuple(each[0] for each in inside[number:])
        if number == len(inside) or (number, rules) in self._covered:
            return None
        for piece in inside[number]:
            self._left -= 1
            if self._left < 0:
                raise _Enough
            left = rules & (piece.certain if is_certain else piece.possible)
            found = self._from(number + 1, inside, left, is_certain=is_certain)
            if found is not None:
                return (piece, *found)
        self._covered.add((number, rules))
        return None


def shared(axes: Sequence[Axis], one: int, other: int) -> tuple[Piece, ...] | None:
    """Return pieces in which two rules surely hold both."""
    both = (1 << one) | (1 << other)
    found = []
    for each in axes:
        piece = next((piece for piece in each.all if piece.certain & both == both), None)
        if piece is None:
            return None
        found.append(piece)
    return tuple(found)


def pieces_of(axes: Sequence[Axis], rule: int) -> list[list[Piece]]:
    """Return the pieces in which a rule may hold, of each axis."""
    bit = 1 << rule
    return [[piece for piece in each.all if piece.possible & bit] for each in axes]
