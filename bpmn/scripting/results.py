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


class Copier:
    """Copies the values that one evaluation hands back, together within the limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._nodes = limits.result_nodes
        self._characters = limits.result_characters

    def copy(self, value: Any) -> Any:
        return self._copy(value, self._limits.depth)

    def _copy(self, value: Any, depth: int) -> Any:
        if depth < 0:
            raise BudgetExceeded(
                "Values may not be nested more than {limit} deep.", limit=self._limits.depth
            )
        self._nodes -= 1
        kind = type(value)
        self._characters -= _characters(value, kind)
        if self._nodes < 0 or self._characters < 0:
            raise BudgetExceeded("The result holds too many values, or too much text.")
        if kind is list:
            return [self._copy(item, depth - 1) for item in value]
        if kind is dict:
            return {self._key(key): self._copy(item, depth - 1) for key, item in value.items()}
        return value

    def _key(self, key: Any) -> Any:
        self._characters -= _characters(key, type(key))
        return key


def handed_back(value: Any, limits: Limits) -> Any:
    """Return a value that shares no list or dict with anything."""
    if type(value) in kinds.ATOMS:
        return value
    return Copier(limits).copy(value)


def _characters(value: Any, kind: type) -> int:
    if kind is str or kind is bytes:
        return len(value)
    return value.bit_length() // BITS_PER_DIGIT if kind is int else 0
