"""
Whether a question is asked.

Of a name that nobody has said anything about the condition sees null. When a condition has no value
*because* of that (`amount > 100` before there is an amount), the question is not asked; when it has
none although everything is known, the form is wrong and somebody must hear of it.
"""

from collections.abc import Collection
from enum import Enum, auto

from bpmn.feel import ExpressionFailed, Setting
from bpmn.forms.fields import Field
from bpmn.scripting.seen import Seen


class Asked(Enum):
    YES = auto()
    NO = auto()
    OPEN = auto()
    """It depends on an answer that could not be read."""
    FAILED = auto()


def asked(field: Field, names: Seen, unread: Collection[str] = ()) -> Asked:
    """Tell whether a field is shown to somebody who sees these values at that time."""
    condition = field.condition
    if condition is None:
        return Asked.YES
    if any(name in unread for name in condition.names):
        return Asked.OPEN
    seen = {name: names.get(name) for name in condition.names}
    setting = Setting(names.now, names.zone)
    try:
        holds = condition.evaluate(seen, setting)
    except ExpressionFailed:
        return Asked.FAILED
    if isinstance(holds, bool):
        return Asked.YES if holds else Asked.NO
    is_open = holds is None and (None in seen.values() or not setting.warnings)
    return Asked.NO if is_open else Asked.FAILED
