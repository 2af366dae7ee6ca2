"""
References to things that are kept elsewhere.

Only their shape is read here: whether there is such a thing, the registers are asked afterwards,
all references of a submission at once.
"""

import re
from typing import Any

from bpmn.forms import limits, sentences
from bpmn.forms.answers.base import Answer, ListAnswer, blank, refusal
from bpmn.forms.answers.texts import UNKEEPABLE, tidy

KEY = re.compile(r"\S+")
IDENTITY = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


class Key(Answer):
    """The key or the identity of something: a role, a unit, a process, a case."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str) or len(value) > 2 * limits.REFERENCE:
            raise refusal(sentences.KEY)
        key = tidy(value)
        if not KEY.fullmatch(key) or len(key) > limits.REFERENCE or UNKEEPABLE.search(key):
            raise refusal(sentences.KEY)
        return key


class Description(Answer):
    """A short text that leads to a document."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        return description(value)


class Clauses(ListAnswer):
    when_small = sentences.NAME_MORE
    when_large = sentences.NAME_FEWER

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[str]:
        most = limits.COUNT[self.question.type]
        if not isinstance(value, list):
            raise refusal(sentences.REFERENCES)
        if len(value) > most:
            raise refusal(self.when_large, maximum=most)
        named = list(dict.fromkeys(description(each) for each in value if not blank(each)))
        self.check_count(named, most)
        return named


class Files(ListAnswer):
    when_missing = sentences.ATTACH
    when_small = sentences.ATTACH_MORE
    when_large = sentences.ATTACH_FEWER

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[str]:
        most = limits.COUNT[self.question.type]
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list):
            raise refusal(sentences.ATTACHMENTS)
        if len(given) > most:
            raise refusal(self.when_large, maximum=most)
        attached = list(dict.fromkeys(_identity(each) for each in given if not blank(each)))
        self.check_count(attached, most)
        return attached


def _identity(value: Any) -> str:
    if not isinstance(value, str) or not IDENTITY.fullmatch(value.strip()):
        raise refusal(sentences.ATTACHMENTS)
    return value.strip().lower()


def description(value: Any) -> str:
    if not isinstance(value, str):
        raise refusal(sentences.NOT_TEXT)
    if len(value) > 2 * limits.DESCRIPTION:  # also normalising costs
        raise refusal(sentences.TOO_LONG, maximum=limits.DESCRIPTION, length=len(value))
    text = tidy(value)
    if UNKEEPABLE.search(text):
        raise refusal(sentences.UNKEEPABLE)
    if "\n" in text:
        raise refusal(sentences.ONE_LINE)
    if len(text) > limits.DESCRIPTION:
        raise refusal(sentences.TOO_LONG, maximum=limits.DESCRIPTION, length=len(text))
    return text.replace("\t", " ")
