"""
What all kinds of answers share.

marshmallow formats its messages at once, in English; ours keep the sentence and its values apart,
so that the page can say it in the reader's language. That is the whole difference to marshmallow's
own fields, and why there are fields of our own: a message here is a `Problem`, not a string.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError, fields

from bpmn.feel.budget import DEFAULT, Budget
from bpmn.forms import sentences
from bpmn.forms.fields import Field


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return self.template.format_map(self.values)


class Answer(fields.Field[Any]):
    """Reads what was submitted for one field of a form."""

    when_missing: str = sentences.FILL_IN
    when_small: str = ""
    when_large: str = ""

    def __init__(self, question: Field, budget: Budget | None = None) -> None:
        super().__init__(data_key=question.name, attribute=question.name)
        self.question = question
        self.budget = budget or Budget(DEFAULT)
        """Time for patterns, shared by all answers of a submission."""

    @property
    def missing(self) -> Problem:
        """What to say when the question must be answered and was not."""
        return Problem(self.when_missing)

    @property
    def unanswered(self) -> Any:
        """What the process sees of a question that was asked and left open."""
        return self.unasked

    @property
    def unasked(self) -> Any:
        """What the process sees of a question that was not asked."""
        return None

    def check_bounds(self, size: Any, limit: int) -> None:
        """Refuse a value, a length or a count outside of what the form and the limit allow."""
        minimum, maximum = self.question.minimum, self.question.maximum
        if minimum is not None and size < minimum:
            raise refusal(self.when_small, minimum=minimum)
        most = limit if maximum is None else maximum
        if size > most:
            raise refusal(self.when_large, maximum=most, length=size)


class Unwritten(Answer):
    """What the server writes: nothing that is submitted is ever read."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:  # noqa: ARG002
        raise refusal(sentences.NOT_YOURS)


class ListAnswer(Answer):
    """Reads a list; none at all is an empty one, so that a script can always count it."""

    @property
    def unasked(self) -> list[Any]:
        return []

    def check_count(self, items: list[Any], limit: int) -> None:
        """Refuse too few or too many items; none is no answer, which is another matter."""
        if items:
            self.check_bounds(len(items), limit)


def refusal(template: str, **values: object) -> ValidationError:
    return ValidationError([Problem(template, values)])


def blank(raw: Any) -> bool:
    """Tell whether nothing was answered."""
    return raw is None or raw == [] or (isinstance(raw, str) and not raw.strip())
