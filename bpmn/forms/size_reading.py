"""How much an answer may hold, and what a text must be like: what a definition says of it."""

from decimal import Decimal

from bpmn.errors import BpmnError
from bpmn.feel.budget import DEFAULT, Budget
from bpmn.forms import limits, vocabulary
from bpmn.forms.answers import matching
from bpmn.forms.answers.texts import printable
from bpmn.forms.fields import FieldType, Pattern
from bpmn.forms.strict import Entry

SIZES = {
    FieldType.INT: limits.NUMBER,
    FieldType.DEC: limits.NUMBER,
    **limits.LENGTH,
    **limits.COUNT,
}
"""The types that have a size (a value, a length or a count), and the most that it may be."""

Bound = int | Decimal | None


def bounds(entry: Entry, kind: FieldType) -> tuple[Bound, Bound]:
    if kind not in SIZES:
        return None, None
    names = ("minLength", "maxLength") if kind in vocabulary.TEXTS else ("minimum", "maximum")
    least, most = (_bound(entry, kind, key) for key in names)
    if least is not None and most is not None and least > most:
        entry.add(
            "form-bounds",
            "{place}: '{least}' is greater than '{most}'.",
            least=names[0],
            most=names[1],
        )
    return least, most


def _bound(entry: Entry, kind: FieldType, key: str) -> Bound:
    value = entry.content.get(key)
    if value is None:
        return None
    numbers = int | Decimal if kind is FieldType.DEC else int
    if isinstance(value, bool) or not isinstance(value, numbers):
        entry.add("form-bounds", "{place}: '{key}' must be a number that fits the type.", key=key)
        return None
    most = SIZES[kind]
    least = -most if kind in vocabulary.NUMBERS else 0
    if not least <= value <= most:
        entry.add(
            "form-bounds",
            "{place}: '{key}' must lie between {least} and {most}.",
            key=key,
            least=least,
            most=most,
        )
        return None
    return value


def pattern(entry: Entry) -> Pattern | None:
    if "pattern" not in entry.content:
        return None
    inside = entry.inside("pattern")
    inside.only(vocabulary.PATTERN)
    text, message = inside.word("matches"), inside.text("message")
    try:
        matching.matches(Budget(DEFAULT), "", text)
    except BpmnError as error:
        inside.add(
            "form-pattern",
            "{place}: The pattern '{text}' cannot be read: {reason}",
            text=printable(text),
            reason=str(error),
        )
    return Pattern(text, message)
