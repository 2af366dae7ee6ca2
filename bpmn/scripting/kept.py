"""Values of FEEL as the variables of a case are kept."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bpmn.feel import iso
from bpmn.feel.temporal import YearsMonths
from bpmn.scripting.errors import ExpressionFailed

KINDS = (type(None), bool, int, str, date, datetime, time, timedelta)


def kept(value: Any) -> Any:
    """
    Return a value as it is kept: whole numbers as integers, years and months as ISO 8601 writes them.

    Raises `ExpressionFailed` for a function, a range, and what else only lives inside of an expression.
    """
    if isinstance(value, list):
        return [kept(each) for each in value]
    if isinstance(value, dict):
        return {name: kept(each) for name, each in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else value
    if isinstance(value, YearsMonths):
        return iso.text_of(value)
    if isinstance(value, KINDS):
        return value
    raise ExpressionFailed("The value of the expression cannot be kept in a variable.").at(1, 1)
