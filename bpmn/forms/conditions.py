"""
What an expression of a form says to somebody who sees certain values.

Of a name that nobody has said anything about the expression sees null. When it has no value
*because* of that (`amount > 100` before there is an amount), that is no mistake: a question is then
not asked, a rule not broken. When it has none although everything is known, the form is wrong and
somebody must hear of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from bpmn.feel import Expression, ExpressionFailed, Setting
from bpmn.forms.fields import Field
from bpmn.scripting.seen import Seen


class State(Enum):
    KNOWN = auto()
    UNSAID = auto()
    """It has no value, because something is not known."""
    OPEN = auto()
    """It depends on an answer that could not be read."""
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    state: State
    value: Any = None


class Holds(Enum):
    YES = auto()
    NO = auto()
    UNSAID = auto()
    """It cannot be told yet, because something is not known."""
    OPEN = auto()
    """It depends on an answer that could not be read."""
    FAILED = auto()


UNTOLD = {State.UNSAID: Holds.UNSAID, State.OPEN: Holds.OPEN, State.FAILED: Holds.FAILED}


def outcome(expression: Expression, names: Seen, unread: Collection[str] = ()) -> Outcome:
    """Evaluate an expression over these values at that time."""
    if any(name in unread for name in expression.names):
        return Outcome(State.OPEN)
    unknown = [name for name in expression.names if names.get(name) is None]
    setting = Setting(names.now, names.zone)
    try:
        value = expression.evaluate(names.over(dict.fromkeys(unknown)), setting)
    except ExpressionFailed:
        return Outcome(State.FAILED)
    if value is not None:
        return Outcome(State.KNOWN, value)
    return Outcome(State.UNSAID if unknown or not setting.warnings else State.FAILED)


def holds(expression: Expression, names: Seen, unread: Collection[str] = ()) -> Holds:
    found = outcome(expression, names, unread)
    if found.state is not State.KNOWN:
        return UNTOLD[found.state]
    if not isinstance(found.value, bool):
        return Holds.FAILED
    return Holds.YES if found.value else Holds.NO


def asked(field: Field, names: Seen, unread: Collection[str] = ()) -> Holds:
    """Tell whether a question is asked, which is never unsaid: what does not hold yet does not hold."""
    return _all_of(holds(each, names, unread) for each in field.visible_if)


def _all_of(said: Iterable[Holds]) -> Holds:
    for each in said:
        if each in {Holds.NO, Holds.UNSAID}:
            return Holds.NO
        if each is not Holds.YES:
            return each
    return Holds.YES
