"""
Variables are plain values, copied where they change hands.

A copy at the door means that nobody outside holds a list that the process goes on using; checking on the way
means that whatever is kept can be saved, restored to the same types, and shown.
"""

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bpmn.errors import BpmnError
from bpmn.limits import Limits

ATOMS = (type(None), bool, int, float, Decimal, date, datetime, time, timedelta)
NAME_LENGTH = 200
MOST_DIGITS = 1_000


class InvalidValue(BpmnError):
    """A variable has a name or a value that cannot be kept."""


def taken_in(variables: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """
    Return a deep copy of variables that come from outside.

    Raises `InvalidValue` for a name or a type that cannot be kept, and for values beyond the limits.
    """
    for name in variables:
        _check_name(name)
    return dict(_Copy(limits).mapping(variables, limits.value_depth))


def _check_name(name: object) -> None:
    if not isinstance(name, str) or not name.strip() or len(name) > NAME_LENGTH:
        raise InvalidValue(
            "A variable's name is a text of 1 to {limit} characters.", limit=NAME_LENGTH
        )
    if name.startswith("_"):
        raise InvalidValue(
            "The variable name '{name}' is reserved: it begins with an underscore.", name=name
        )


class _Copy:
    def __init__(self, limits: Limits) -> None:
        self.nodes = limits.value_nodes
        self.characters = limits.value_characters

    def value(self, value: Any, depth: int) -> Any:
        self.nodes -= 1
        if self.nodes < 0 or depth < 0:
            raise InvalidValue("The variables hold too many values, or are nested too deeply.")
        if isinstance(value, str | bytes):
            return self._text(value)
        if isinstance(value, ATOMS):
            return self._number(value)
        if isinstance(value, Mapping):
            return self.mapping(value, depth - 1)
        if isinstance(value, list | tuple):
            return [self.value(each, depth - 1) for each in value]
        raise InvalidValue(
            "A value of the type '{type}' cannot be kept as a variable.", type=type(value).__name__
        )

    def mapping(self, values: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        copied = {}
        for name, value in values.items():
            if not isinstance(name, str):
                raise InvalidValue("The names inside a variable are texts.")
            copied[str(self._text(name))] = self.value(value, depth)
        return copied

    def _text(self, value: str | bytes) -> str | bytes:
        self.characters -= len(value)
        if self.characters < 0:
            raise InvalidValue("The variables are too large.")
        if isinstance(value, str) and "\0" in value:
            raise InvalidValue("A text holds the character NUL.")
        if isinstance(value, str) and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError as error:
                raise InvalidValue("A text holds characters that are not Unicode.") from error
        return value

    def _number(self, value: Any) -> Any:
        if isinstance(value, float | Decimal) and not math.isfinite(value):
            raise InvalidValue("A number must be a number: neither infinite nor none at all.")
        digits = len(value.as_tuple().digits) if isinstance(value, Decimal) else 0
        if digits > MOST_DIGITS or (
            isinstance(value, int) and value.bit_length() > 4 * MOST_DIGITS
        ):
            raise InvalidValue("A number is too large to be kept as a variable.")
        return value
