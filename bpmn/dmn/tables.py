"""
Decision tables made ready (§8): read once, ordered by what their cells say, asked often.

The steps of one evaluation:

1. the inputs, each of its type and among its input values;
2. the rules that match, by the index, and by FEEL where a cell is more than literals;
3. the outputs of these rules;
4. the hit policy.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bpmn.dmn import cells, hits
from bpmn.dmn.boxes import Aggregation, HitPolicy, Output, Rule, Table, Text
from bpmn.dmn.conformance import checked
from bpmn.dmn.draft import Cell, Draft, Logic, Scope
from bpmn.dmn.hits import Outputs, Violated
from bpmn.dmn.index import Index
from bpmn.dmn.outcome import MatchedRule, TableUse
from bpmn.dmn.run import Run
from bpmn.feel import Expression, UnaryTests, borders
from bpmn.feel.budget import DEFAULT, Budget
from bpmn.feel.types import Type


@dataclass(frozen=True, slots=True)
class Column:
    """An input: its expression, and what its value may be."""

    text: str
    expression: Expression | None
    declared: Type
    allowed: UnaryTests | None


@dataclass(frozen=True, slots=True)
class OutputColumn:
    name: str
    declared: Type
    allowed: UnaryTests | None
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Row:
    tests: tuple[UnaryTests | None, ...]
    """None holds never: the cell could not be read."""
    cells: tuple[cells.Cell | None, ...]
    """The same, where they are literals."""
    outputs: tuple[Expression | None, ...]
    matched: MatchedRule


@dataclass(frozen=True, slots=True)
class ReadyTable:
    element: str
    label: str
    id: str | None
    policy: HitPolicy | None
    aggregation: Aggregation | None
    columns: tuple[Column, ...]
    outputs: tuple[OutputColumn, ...]
    rows: tuple[Row, ...]
    index: Index
    shape: Outputs

    def evaluate(self, variables: Mapping[str, Any], run: Run) -> Any:
        inputs = [_input(each, variables, run) for each in self.columns]
        if not self._are_allowed(inputs, variables, run):
            return None
        rows = list(self._matching(inputs, variables, run))
        run.trail.tables.append(
            TableUse(
                self.element,
                self.id,
                tuple((each.text, v) for each, v in zip(self.columns, inputs, strict=True)),
                tuple(each.matched for each in rows),
            )
        )
        if not rows:
            return self._default(variables, run)
        outputs = [self._outputs(each.outputs, variables, run) for each in rows]
        budget = run.setting.budget or Budget(DEFAULT)
        try:
            value = hits.result(
                self.policy, self.aggregation, borders.inward(outputs, budget), self.shape
            )
            return borders.outward(value, budget)
        except Violated as error:
            run.trail.violated = True
            run.warn(error.template)
            return None

    def _are_allowed(self, inputs: Sequence[Any], variables: Mapping[str, Any], run: Run) -> bool:
        for column, value in zip(self.columns, inputs, strict=True):
            if value is None or column.allowed is None:
                continue
            if not run.holds(column.allowed, value, variables):
                run.warn(
                    "The input '{name}' of '{table}' is not among its input values.",
                    name=column.text,
                    table=self.label,
                )
                return False
        return True

    def _matching(
        self, inputs: Sequence[Any], variables: Mapping[str, Any], run: Run
    ) -> Iterator[Row]:
        for at, to_ask in self.index.candidates(inputs):
            row = self.rows[at]
            if all(run.holds(row.tests[n], inputs[n], variables) for n in to_ask):
                yield row
                if self.policy is HitPolicy.FIRST:
                    return

    def _outputs(
        self, written: Sequence[Expression | None], variables: Mapping[str, Any], run: Run
    ) -> list[Any]:
        return [
            self._output(column, expression, variables, run)
            for column, expression in zip(self.outputs, written, strict=True)
        ]

    def _output(
        self,
        column: OutputColumn,
        expression: Expression | None,
        variables: Mapping[str, Any],
        run: Run,
    ) -> Any:
        name = column.name or self.label
        value = checked(run.value(expression, variables), column.declared, run, name)
        if column.allowed is None or value is None:
            return value
        if not run.holds(column.allowed, value, variables):
            run.warn("The output '{name}' is not among its output values.", name=name)
        return value

    def _default(self, variables: Mapping[str, Any], run: Run) -> Any:
        if all(each.default is None for each in self.outputs):
            if self.policy not in hits.LISTING:
                run.warn("No rule of '{table}' matches.", table=self.label)
            return hits.of_none(self.policy, self.aggregation)
        hit = self._outputs([each.default for each in self.outputs], variables, run)
        return self.shape.value(hit)


def make(box: Table, draft: Draft, scope: Scope) -> Logic:
    columns = tuple(_columns(box, draft, scope))
    outputs = tuple(_output_columns(box, draft, scope))
    rows = tuple(
        _row(number, rule, box, draft, scope) for number, rule in enumerate(box.rules, start=1)
    )
    table = ReadyTable(
        element=draft.element.id if draft.element else "",
        label=draft.label,
        id=box.id,
        policy=box.hit_policy,
        aggregation=box.aggregation,
        columns=columns,
        outputs=outputs,
        rows=rows,
        index=Index([each.cells for each in rows], len(columns)),
        shape=Outputs(
            tuple(each.name for each in outputs),
            tuple(
                draft.ranked(each.values or draft.types.allowed(each.type)) for each in box.outputs
            ),
        ),
    )
    return table.evaluate


def _columns(box: Table, draft: Draft, scope: Scope) -> Iterator[Column]:
    for each in box.inputs:
        cell = Cell(each.label or each.expression.text.strip())
        yield Column(
            each.expression.text.strip(),
            draft.expression(each.expression, scope, cell),
            draft.declared(each.expression.type, each.expression.line),
            draft.tests(each.values, scope, cell),
        )


def _output_columns(box: Table, draft: Draft, scope: Scope) -> Iterator[OutputColumn]:
    for number, each in enumerate(box.outputs, start=1):
        cell = Cell(_title(each, number))
        yield OutputColumn(
            each.name or (each.label if len(box.outputs) > 1 and each.label else ""),
            draft.declared(each.type, box.line),
            draft.tests(each.values, scope, cell),
            draft.expression(each.default, scope, cell),
        )


def _row(number: int, rule: Rule, box: Table, draft: Draft, scope: Scope) -> Row:
    tests: list[UnaryTests | None] = []
    plain: list[cells.Cell | None] = []
    for each, column in zip(_padded(rule.tests, len(box.inputs)), box.inputs, strict=True):
        cell = Cell(column.label or column.expression.text.strip(), number)
        read = draft.tests(each, scope, cell)
        tests.append(read)
        plain.append(_plain(each, read))
    outputs = tuple(
        draft.expression(each, scope, Cell(_title(column, at), number))
        for at, (each, column) in enumerate(
            zip(_padded(rule.outputs, len(box.outputs)), box.outputs, strict=True), 1
        )
    )
    matched = MatchedRule(number, rule.id, rule.annotations)
    return Row(tuple(tests), tuple(plain), outputs, matched)


def _plain(text: Text | None, read: UnaryTests | None) -> cells.Cell | None:
    """Return what a cell of literals says; one in which nothing is written holds for everything."""
    if text is None or not text.text.strip():
        return cells.ANYTHING
    return cells.read(text.text) if read else None


def _title(column: Output, number: int) -> str:
    return column.label or column.name or str(number)


def _padded(cells: Sequence[Text], width: int) -> list[Text | None]:
    """Return a cell for each column: a test that is not written holds for everything, an output is null."""
    return [*cells, *[None] * (width - len(cells))][:width]


def _input(column: Column, variables: Mapping[str, Any], run: Run) -> Any:
    value = run.value(column.expression, variables)
    return checked(value, column.declared, run, column.text)
