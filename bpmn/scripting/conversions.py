"""From one kind of value to another: a text as a number, a number as a text, a text as a date."""

import re
from datetime import date, datetime
from typing import Any

from bpmn.scripting import kinds, numbers
from bpmn.scripting.errors import BudgetExceeded, ExpressionFailed
from bpmn.scripting.run import Run

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def text(run: Run, value: Any) -> str:
    """Return a value as a text; lists and dicts are written item by item, by whoever wants that."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind in kinds.NUMBERS:
        return numbers.text(run, value)
    if kind in kinds.ATOMS and kind is not bytes:
        return str(value)
    raise _cannot("str", value)


def shown(run: Run, value: Any) -> str:
    """Return a value as JUEL and FEEL write it in a text: nothing as nothing, truths in small letters."""
    if value is None:
        return ""
    return text(run, value).lower() if type(value) is bool else text(run, value)


def truth(_run: Run, value: Any) -> bool:
    return kinds.truth(value)


def integer(run: Run, value: Any) -> int:
    if type(value) is str:
        try:
            return numbers.integer(run, int(_short(run, value)))
        except ValueError as error:
            raise ExpressionFailed("The text is not an integer.") from error
    if type(value) in kinds.NUMBERS:
        return numbers.integer(run, value)
    raise _cannot("int", value)


def real(run: Run, value: Any) -> float:
    if type(value) is not str and type(value) not in kinds.NUMBERS:
        raise _cannot("float", value)
    try:
        number = float(_short(run, value) if type(value) is str else value)
    except (ValueError, OverflowError) as error:
        raise ExpressionFailed("The value is not a number, or too large for one.") from error
    return float(numbers.checked(run, number))


def rounded(run: Run, value: Any, places: Any = None) -> Any:
    if type(value) not in kinds.NUMBERS:
        raise _cannot("round", value)
    return numbers.rounded(run, value, places)


def day(_run: Run, value: Any) -> date:
    if type(value) is date:
        return value
    if type(value) is datetime:
        return value.date()
    if type(value) is not str:
        raise _cannot("date", value)
    try:
        return date.fromisoformat(value if DAY.fullmatch(value) else "")
    except ValueError as error:
        raise ExpressionFailed("The text is not a date (2026-05-01).") from error


def moment(_run: Run, value: Any) -> datetime:
    if type(value) is datetime:
        return value
    if type(value) is not str:
        raise _cannot("datetime", value)
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise ExpressionFailed("The text is not a date and time (2026-05-01T13:30).") from error


def _short(run: Run, value: str) -> str:
    """Return a text that is short enough for a number, since Python reads long ones slowly."""
    value = value.strip()
    if len(value) > run.limits.digits + 1:
        raise BudgetExceeded(
            "A number may not have more than {limit} digits.", limit=run.limits.digits
        )
    return value


def _cannot(function: str, value: Any) -> ExpressionFailed:
    return ExpressionFailed(
        "{function}() does not take a value of the kind {kind}.",
        function=function,
        kind=kinds.word(value),
    )
