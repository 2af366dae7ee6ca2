"""
A mapping of answers, read by a marshmallow schema that is made for the fields at hand.

The schema never sees names that the fields do not define, nor blanks: both mean something here
that only the caller knows (a stranger's control data; a question that was not asked).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError

from bpmn.forms import limits, sentences
from bpmn.forms.answers import texts
from bpmn.forms.answers.base import Answer, Problem, blank


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers, as far as they can be read without knowing the others."""

    given: frozenset[str]
    """The names that something was submitted for, if only a blank."""
    answered: Mapping[str, Any]
    wrong: Mapping[str, Sequence[Problem]]


class Sheet:
    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        # A field may be called `Meta` or `load`: inside the schema the names are others.
        self._schema = Schema.from_dict({f"_{name}": answers[name] for name in answers})()

    def read(self, submitted: Mapping[str, Any]) -> Reading:
        """Read the answers that can be read, and say by name what is wrong with the others."""
        given = {
            name: submitted[name]
            for name in self.answers
            if name in submitted and not blank(submitted[name])
        }
        try:
            read, wrong = dict(self._schema.load(given)), {}
        except ValidationError as error:
            valid = error.valid_data if isinstance(error.valid_data, dict) else {}
            read, wrong = dict(valid), error.messages_dict
        answered = {name: value for name, value in read.items() if value != []}
        return Reading(frozenset(self.answers.keys() & submitted.keys()), answered, wrong)

    def foreign(self, submitted: Mapping[str, Any]) -> Iterator[tuple[str, Problem]]:
        """Return a problem for each name that no field defines, the first of many one by one."""
        names = [str(name) for name in submitted if name not in self.answers]
        for name in names[: limits.UNKNOWN_NAMES]:
            yield texts.printable(name), Problem(sentences.UNKNOWN)
        rest = len(names) - limits.UNKNOWN_NAMES
        if rest > 0:
            yield "", Problem(sentences.MORE_UNKNOWN, {"count": rest})
