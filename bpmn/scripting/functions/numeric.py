"""Numbers, truths and dates made of other values."""

from typing import Any

from bpmn.feel import numbers, values
from bpmn.feel.errors import NoValue
from bpmn.feel.numbers import Number
from bpmn.feel.run import Run
from bpmn.scripting.functions.signs import number


def real(_run: Run, value: Any) -> Number:
    if type(value) is str:
        return number(value.strip())
    if type(value) is bool or type(value) in values.NUMBERS:
        return int(value) if type(value) is bool else value
    raise NoValue("A value of type {kind} is not read as a number.", kind=values.kind(value))


def integer(run: Run, value: Any) -> int:
    """Return a number without what comes after the point."""
    return numbers.integer(real(run, value))
