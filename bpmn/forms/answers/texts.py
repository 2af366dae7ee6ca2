"""
Texts as people write and paste them.

A text is kept in one form (NFC, lines ended by a newline, no space around it), so that å is equal
to å in every comparison and search. What no database and no page can hold (control characters,
halves of surrogate pairs) is refused rather than silently changed: the record must show what the
person saw.
"""

import re
import unicodedata
from typing import Any

from bpmn.feel import BudgetExceeded
from bpmn.forms import limits, sentences
from bpmn.forms.answers import matching
from bpmn.forms.answers.base import Answer, refusal

UNKEEPABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
USERNAME = re.compile(r"[^\s,]+")


class Note(Answer):
    """Text of several lines."""

    when_small = sentences.TOO_SHORT
    when_large = sentences.TOO_LONG

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise refusal(sentences.NOT_TEXT)
        limit = limits.LENGTH[self.question.type]
        if len(value) > 2 * limit:  # also normalising costs
            raise refusal(self.when_large, maximum=limit, length=len(value))
        text = tidy(value)
        if UNKEEPABLE.search(text):
            raise refusal(sentences.UNKEEPABLE)
        self.check_bounds(len(text), limit)
        self._check_pattern(text)
        return text

    def _check_pattern(self, text: str) -> None:
        pattern = self.question.pattern
        if pattern is None:
            return
        try:
            fits = matching.matches(self.budget, text, pattern.text)
        except BudgetExceeded as error:
            raise refusal(sentences.TOO_SLOW) from error
        if not fits:
            raise refusal(sentences.OWN, message=pattern.message)


class Line(Note):
    """Text of one line."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        text = super()._deserialize(value)
        if "\n" in text:
            raise refusal(sentences.ONE_LINE)
        return text.replace("\t", " ")


class Username(Answer):
    """A person, by the name she logs in with; whether she exists is not asked here."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str) or not is_username(tidy(value)):
            raise refusal(sentences.USERNAME)
        return tidy(value)


def tidy(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).strip()


def printable(text: str) -> str:
    """Return the beginning of a stranger's text as something that can be shown and logged."""
    return "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[:100]
    )


def is_username(text: str) -> bool:
    return (
        len(text) <= limits.USERNAME
        and USERNAME.fullmatch(text) is not None
        and UNKEEPABLE.search(text) is None
    )
