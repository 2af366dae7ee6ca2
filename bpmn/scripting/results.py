"""
What an evaluation hands back is a copy.

Inside, values share their parts, with each other and with the input. A copy at the door ends that, and
counts: values that share everything are small in memory and may be endless when they are written down.
"""

from typing import Any

from bpmn.scripting import kinds
from bpmn.scripting.errors import BudgetExceeded
from bpmn.scripting.limits import Limits

BITS_PER_DIGIT = 3
SMALL = kinds.ATOMS - {int, str, bytes}
"""Kinds that need neither a copy nor much room."""


class Copier:
    """Copies the values that one evaluation hands back, together within the limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._nodes = limits.result_nodes
        self._characters = limits.result_characters

    def copy(self, value: Any) -> Any:
        self._enter(1, self._limits.depth)
        return value if type(value) in SMALL else self._large(value, self._limits.depth)

    def _large(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind is list:
            return self._list(value, depth - 1)
        if kind is dict:
            return self._dict(value, depth - 1)
        if kind is str or kind is bytes:
            self._count(len(value))
        elif kind is int:
            self._count(value.bit_length() // BITS_PER_DIGIT)
        return value

    def _list(self, values: list[Any], depth: int) -> list[Any]:
        self._enter(len(values), depth)
        return [value if type(value) in SMALL else self._large(value, depth) for value in values]

    def _dict(self, entries: dict[str, Any], depth: int) -> dict[str, Any]:
        self._enter(len(entries), depth)
        for key in entries:
            if type(key) is str:
                self._count(len(key))
        return {
            key: value if type(value) in SMALL else self._large(value, depth)
            for key, value in entries.items()
        }

    def _enter(self, length: int, depth: int) -> None:
        if depth < 0:
            raise BudgetExceeded(
                "Values may not be nested more than {limit} deep.", limit=self._limits.depth
            )
        self._nodes -= length
        if self._nodes < 0:
            raise self._too_much()

    def _count(self, characters: int) -> None:
        self._characters -= characters
        if self._characters < 0:
            raise self._too_much()

    def _too_much(self) -> BudgetExceeded:
        return BudgetExceeded("The result holds too many values, or too much text.")


def handed_back(value: Any, limits: Limits) -> Any:
    """Return a value that shares no list or dict with anything."""
    if type(value) in kinds.ATOMS:
        return value
    return Copier(limits).copy(value)
