"""A table has the cells that its columns ask for, and a hit policy that fits them."""

from collections.abc import Iterator

from bpmn.dmn.boxes import Aggregation, HitPolicy, Table
from bpmn.dmn.checks.pointing import Owned, at, tables
from bpmn.dmn.description import Model
from bpmn.findings import Finding, Severity

BY_PRIORITY = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})


def check(model: Model) -> Iterator[Finding]:
    for each in tables(model):
        yield from _policy(model, each)
        yield from _outputs(model, each)
        yield from _rules(model, each)


def _policy(model: Model, owned: Owned) -> Iterator[Finding]:
    table = owned.table
    if table.hit_policy is None:
        yield _at(
            model, owned, "The table of '{element}' has a hit policy that DMN does not know."
        )
    aggregates = table.aggregation not in {None, Aggregation.COUNT}
    if aggregates and table.hit_policy is HitPolicy.COLLECT and len(table.outputs) > 1:
        yield _at(model, owned, "Outputs of several columns cannot be aggregated in '{element}'.")
    if table.hit_policy in BY_PRIORITY and not any(
        each.values or each.type for each in table.outputs
    ):
        yield at(
            model,
            owned.element,
            "decision-table",
            "'{element}' orders its outputs by priority, but names no output values.",
            Severity.WARNING,
            line=table.line,
        )


def _outputs(model: Model, owned: Owned) -> Iterator[Finding]:
    outputs = owned.table.outputs
    if not outputs:
        yield _at(model, owned, "The table of '{element}' has no output.")
    names = [each.name or each.label for each in outputs]
    if len(outputs) > 1 and (None in names or len(set(names)) < len(names)):
        yield _at(
            model, owned, "The outputs of '{element}' need names that tell them from each other."
        )


def _rules(model: Model, owned: Owned) -> Iterator[Finding]:
    table: Table = owned.table
    for number, rule in enumerate(table.rules, start=1):
        if len(rule.tests) != len(table.inputs) or len(rule.outputs) != len(table.outputs):
            yield at(
                model,
                owned.element,
                "decision-table",
                "Rule {row} of '{element}' has not one cell for each column.",
                line=rule.line,
                row=number,
            )


def _at(model: Model, owned: Owned, template: str) -> Finding:
    return at(model, owned.element, "decision-table", template, line=owned.table.line)
