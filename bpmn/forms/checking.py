"""
A submission is checked against its form, and nothing else decides what enters the process.

Only the names of the form's fields come out, so no submission can set what the routine itself
keeps (a counter, an outcome of an earlier step). All of them come out: a question that is no
longer asked, or was left open, is None (a list: empty), so that an answer of an earlier round
cannot survive in the instance unseen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bpmn.forms import sentences
from bpmn.forms.answers import kinds
from bpmn.forms.answers.base import Answer, Problem
from bpmn.forms.answers.sheet import Sheet
from bpmn.forms.conditions import Asked, asked
from bpmn.forms.fields import Field, Form
from bpmn.scripting.seen import Seen


@dataclass(frozen=True, slots=True)
class FieldError:
    """Why an answer is not accepted."""

    name: str
    """As the page names the input: `title`, in tables `comments-0-section`; empty for the form."""
    template: str
    """An English sentence with {placeholders}."""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return self.template.format_map(self.values)


@dataclass(frozen=True, slots=True)
class Checked:
    """Values, or errors: never both."""

    values: dict[str, Any]
    errors: tuple[FieldError, ...]


def check(
    form: Form,
    submitted: Mapping[str, Any],
    known: Seen,
) -> Checked:
    """
    Read the answers to a form, as they are given in the zone and at the time of what is seen.

    Conditions see the answers, and of the process variables `known` those with other names.
    """
    sheet = kinds.sheet(form.fields, known.zone)
    walk = _Walk(sheet, submitted, known)
    for each in form.fields:
        walk.pass_by(each)
    for name, problem in sheet.foreign(submitted):
        walk.refuse(name, [problem])
    return Checked({} if walk.errors else walk.values, tuple(walk.errors))


class _Walk:
    """The way through the fields from first to last; a condition sees what stands above it."""

    def __init__(self, sheet: Sheet, submitted: Mapping[str, Any], known: Seen) -> None:
        self._answers = sheet.answers
        self._answered, self._wrong = sheet.read(submitted)
        others = {name: value for name, value in known.items() if name not in sheet.answers}
        self.values: dict[str, Any] = {}
        self._names = Seen(self.values, others, now=known.now, zone=known.zone)
        self._unread: set[str] = set()
        self.errors: list[FieldError] = []

    def pass_by(self, question: Field) -> None:
        name = question.name
        match asked(question, self._names, self._unread):
            case Asked.YES:
                self._take(name, self._answers[name])
            case Asked.NO:
                self.values[name] = self._answers[name].unasked
            case Asked.OPEN:
                self._unread.add(name)
            case Asked.FAILED:
                self.refuse(name, [Problem(sentences.UNDECIDABLE)])

    def _take(self, name: str, answer: Answer) -> None:
        if name in self._wrong:
            self.refuse(name, self._wrong[name])
        elif name in self._answered:
            self.values[name] = self._answered[name]
        elif answer.question.required:
            self.refuse(name, [answer.missing])
        else:
            self.values[name] = answer.unanswered

    def refuse(self, name: str, problems: Any) -> None:
        self._unread.add(name)
        self.errors += _errors(name, problems)


def _errors(name: str, problems: Any) -> Iterator[FieldError]:
    """Name each problem as the page names its input; those of a table come by row and column."""
    if isinstance(problems, Mapping):
        for part, inner in problems.items():
            yield from _errors(f"{name}-{part}", inner)
    else:
        for problem in problems:
            yield FieldError(name, problem.template, problem.values)
