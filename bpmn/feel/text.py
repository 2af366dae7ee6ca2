"""Values as texts: what the function `string` says (§10.3.4.1)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bpmn.feel import iso, numbers, values
from bpmn.feel.budget import DEFAULT, Budget
from bpmn.feel.errors import BudgetExceeded
from bpmn.feel.temporal import Date, DateTime, Duration, Time, YearsMonths
from bpmn.feel.values import Range
from bpmn.feel.vocabulary import is_plain

QUOTED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def to_text(value: Any, budget: Budget | None = None) -> str:
    """Write a value so that it reads as FEEL; a text is itself."""
    if type(value) is str:
        return value
    budget = budget or Budget(DEFAULT)
    parts: list[str] = []
    length = 0
    for part in _parts(value, budget, budget.limits.nesting):
        length += len(part)
        budget.characters(length)
        parts.append(part)
    return "".join(parts)


def _parts(value: Any, budget: Budget, depth: int) -> Iterator[str]:
    budget.pay(1)
    if depth == 0:
        raise BudgetExceeded(
            "Values may not be nested more than {limit} deep.", limit=budget.limits.nesting
        )
    if type(value) is list:
        yield "["
        for number, each in enumerate(value):
            yield ", " if number else ""
            yield from _parts(each, budget, depth - 1)
        yield "]"
    elif type(value) is dict:
        yield "{"
        for number, (key, each) in enumerate(value.items()):
            yield f"{', ' if number else ''}{key if is_plain(key) else _quoted(key)}: "
            yield from _parts(each, budget, depth - 1)
        yield "}"
    elif type(value) is Range:
        yield from _range(value, budget, depth - 1)
    else:
        yield _simple(value)


def _range(value: Range, budget: Budget, depth: int) -> Iterator[str]:
    yield "[" if value.start_included else "("
    yield from _parts(value.start, budget, depth)
    yield ".."
    yield from _parts(value.end, budget, depth)
    yield "]" if value.end_included else ")"


def _simple(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return numbers.text(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Date | Time | DateTime | Duration | YearsMonths):
        return f'@"{iso.text_of(value)}"'
    return values.kind(value)


def _quoted(text: str) -> str:
    return '"' + "".join(QUOTED.get(each, each) for each in text) + '"'
