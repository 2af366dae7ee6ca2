"""
The way through the questions of a form, from first to last.

What an expression looks at stands above it, so one way is enough. The check on the server and the
page both go it, so that a page never asks other questions than those that are checked. The rows of
a table are ways of their own, that see what stands above the table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bpmn.forms import beginnings, conditions, sentences
from bpmn.forms.answers import kinds
from bpmn.forms.answers.base import Problem
from bpmn.forms.answers.rows import ReadRow
from bpmn.forms.answers.sheet import Reading, Sheet
from bpmn.forms.conditions import Holds, State
from bpmn.forms.fields import Field, FieldType, Rule
from bpmn.forms.registers import REFERENCES, Registers
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
class Standing:
    """How a question stands for somebody who gave certain answers."""

    asked: Holds
    required: bool = False
    fixed: bool = False
    """Its value is not for the person to write."""


@dataclass(frozen=True, slots=True)
class Named:
    """A reference in an answer."""

    name: str
    """Of the input."""
    kind: FieldType
    reference: str


class Walk:
    def __init__(
        self,
        sheet: Sheet,
        reading: Reading,
        known: Seen,
        registers: Registers,
        prefix: str = "",
    ) -> None:
        self._answers = sheet.answers
        self._reading = reading
        self._known = known
        self._registers = registers
        self._prefix = prefix
        others = {name: value for name, value in known.items() if name not in sheet.answers}
        self.values: dict[str, Any] = {}
        self.standings: dict[str, Standing] = {}
        self.references: list[Named] = []
        self.errors: list[FieldError] = []
        self._names = known.with_variables(self.values, others)
        self._unread: set[str] = set()

    def through(self, fields: Iterable[Field], rules: Iterable[Rule] = ()) -> "Walk":
        for each in fields:
            self._pass_by(each)
        for rule in rules:
            self._keep(rule)
        return self

    def row(self, table: Field, cells: Mapping[str, Any]) -> "Walk":
        """Go through one row of a table that stands here."""
        sheet = kinds.sheet(table.columns, self._known.zone)
        walk = Walk(sheet, sheet.read(cells), self._names, self._registers)
        return walk.through(table.columns)

    def _pass_by(self, question: Field) -> None:
        name = question.name
        asked = conditions.asked(question, self._names, self._unread)
        if asked is Holds.YES:
            self._ask(question)
            return
        self.standings[name] = Standing(asked)
        if asked is Holds.NO:
            self.values[name] = self._answers[name].unasked
        elif asked is Holds.OPEN:
            self._unread.add(name)
        else:
            self._refuse(name, [Problem(sentences.UNDECIDABLE)])

    def _ask(self, question: Field) -> None:
        name = question.name
        required, readonly = self._said(question.required_if), self._said(question.readonly_if)
        fixed = question.is_written_here or readonly is Holds.YES
        must = question.required or required is Holds.YES
        self.standings[name] = Standing(Holds.YES, required=must, fixed=fixed)
        if Holds.FAILED in {required, readonly}:
            self._refuse(name, [Problem(sentences.UNDECIDABLE)])
        elif readonly is Holds.OPEN:
            self._unread.add(name)
        elif fixed:
            given = name in self._reading.given
            self._write(question, must=must and not given)
            if given:
                self._tell(name, Problem(sentences.NOT_YOURS))
        else:
            self._take(question, must=must)

    def _said(self, expression: Any) -> Holds:
        return (
            Holds.NO
            if expression is None
            else conditions.holds(expression, self._names, self._unread)
        )

    def _write(self, question: Field, *, must: bool) -> None:
        """Put in what the server has to say itself."""
        match question.type:
            case FieldType.CALC:
                self._calculate(question)
            case FieldType.SIGN:
                self._sign(question, must=must)
            case _:
                kept = beginnings.value(question, self._known, self._registers)
                empty = self._answers[question.name].unanswered
                self.values[question.name] = empty if kept is None else kept

    def _calculate(self, question: Field) -> None:
        if question.value is None:
            self.values[question.name] = None
            return
        found = conditions.outcome(question.value, self._names, self._unread)
        if found.state is State.OPEN:
            self._unread.add(question.name)
        elif found.state is State.FAILED:
            self._refuse(question.name, [Problem(sentences.UNCALCULABLE)])
        else:
            self.values[question.name] = found.value

    def _sign(self, question: Field, *, must: bool) -> None:
        meaning = question.meaning or ""
        signature = self._registers.signature(meaning)
        if signature is not None:
            self.values[question.name] = {
                "by": signature.by,
                "at": signature.at,
                "meaning": meaning,
            }
        elif must:
            self._refuse(question.name, [Problem(sentences.SIGN)])
        else:
            self.values[question.name] = None

    def _take(self, question: Field, *, must: bool) -> None:
        name, answer = question.name, self._answers[question.name]
        if name in self._reading.wrong:
            self._refuse(name, self._reading.wrong[name])
        elif name in self._reading.answered:
            self._answered(question, self._reading.answered[name])
        elif must:
            self._refuse(name, [answer.missing])
        else:
            self.values[name] = answer.unanswered

    def _answered(self, question: Field, value: Any) -> None:
        if question.type is FieldType.TABLE:
            self._rows(question, value)
            return
        self.values[question.name] = value
        if question.type in REFERENCES:
            named = value if isinstance(value, list) else [value]
            place = f"{self._prefix}{question.name}"
            self.references += [Named(place, question.type, each) for each in named]

    def _rows(self, table: Field, rows: Sequence[ReadRow]) -> None:
        walks = [self._row(table, row) for row in rows]
        if any(walk.errors for walk in walks):
            self._unread.add(table.name)
            self.errors += [error for walk in walks for error in walk.errors]
        else:
            self.values[table.name] = [walk.values for walk in walks]
            self.references += [named for walk in walks for named in walk.references]

    def _row(self, table: Field, row: ReadRow) -> "Walk":
        prefix = f"{self._prefix}{table.name}-{row.number}-"
        walk = Walk(row.sheet, row.reading, self._names, self._registers, prefix)
        walk.through(table.columns, table.rules)
        walk.foreign(row.foreign)
        return walk

    def _keep(self, rule: Rule) -> None:
        """Look whether a rule is kept, where the question is asked that it speaks of."""
        standing = self.standings.get(rule.field)
        if standing is None or standing.asked is not Holds.YES or rule.field in self._unread:
            return
        match conditions.holds(rule.holds, self._names, self._unread):
            case Holds.NO:
                self._tell(rule.field, Problem(sentences.OWN, {"message": rule.message}))
            case Holds.FAILED:
                self._tell(rule.field, Problem(sentences.UNDECIDABLE))

    def foreign(self, names: Iterable[tuple[str, Problem]]) -> None:
        """Refuse what no field defines."""
        for name, problem in names:
            self._refuse(name, [problem])

    def _refuse(self, name: str, problems: Iterable[Problem]) -> None:
        self._unread.add(name)
        for problem in problems:
            self._tell(name, problem)

    def _tell(self, name: str, problem: Problem) -> None:
        self.errors.append(FieldError(f"{self._prefix}{name}", problem.template, problem.values))
