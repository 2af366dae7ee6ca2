"""
The kinds of values that can be looked at.

A kind is the exact type. A subclass could bring its own comparison, length or truth, and with it code
that nobody here has read; so it counts as a stranger, which may be passed on but not looked at.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bpmn.scripting.errors import ExpressionFailed

NUMBERS = frozenset({bool, int, float, Decimal})
INTEGERS = frozenset({bool, int})
ATOMS = NUMBERS | {type(None), str, bytes, date, datetime, time, timedelta}
"""Kinds that never change, so that they need no copy."""
PLAIN = ATOMS | {list, dict}

ORDERS: dict[type, str] = {
    bool: "number",
    int: "number",
    float: "number",
    Decimal: "number",
    str: "text",
    date: "date",
    datetime: "datetime",
    time: "time",
    timedelta: "duration",
}
"""Values that can be smaller and larger, by the word for what they are compared with."""

WORDS = ORDERS | {bool: "bool", type(None): "null", bytes: "bytes", list: "list", dict: "dict"}


def word(value: Any) -> str:
    """Return the word for a value's kind that messages use."""
    return WORDS.get(type(value), "unknown")


def truth(value: Any) -> bool:
    if type(value) in PLAIN:
        return bool(value)
    raise stranger()


def stranger() -> ExpressionFailed:
    return ExpressionFailed("A value of this kind can be passed on, but not looked at.")


def whole(value: Any) -> bool:
    """Tell whether a value is an integer; true and false are not."""
    return type(value) is int
