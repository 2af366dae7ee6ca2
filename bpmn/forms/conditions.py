"""
Whether a question is asked.

Of a name that nobody has said anything about the condition sees None. When a condition cannot be
evaluated *because* of that (`amount > 100` before there is an amount), the question is not asked,
as in FEEL; when it cannot be evaluated although everything is known, the form is wrong and
somebody must hear of it.
"""

from collections.abc import Collection, Mapping
from enum import Enum, auto
from typing import Any

from bpmn.forms.fields import Field
from bpmn.scripting.errors import ExpressionFailed


class Asked(Enum):
    YES = auto()
    NO = auto()
    OPEN = auto()
    """It depends on an answer that could not be read."""
    FAILED = auto()


def asked(field: Field, names: Mapping[str, Any], unread: Collection[str] = ()) -> Asked:
    """Tell whether a field is shown to somebody for whom the names have these values."""
    condition = field.condition
    if condition is None:
        return Asked.YES
    if any(name in unread for name in condition.names):
        return Asked.OPEN
    seen = {name: names.get(name) for name in condition.names}
    try:
        holds = condition.evaluate(seen)
    except ExpressionFailed:
        return Asked.NO if None in seen.values() else Asked.FAILED
    if holds is None or isinstance(holds, bool):
        return Asked.YES if holds else Asked.NO
    return Asked.FAILED
