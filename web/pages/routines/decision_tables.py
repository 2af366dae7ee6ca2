"""Decision tables as people read them: what goes in, what comes out, and the rules by their numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from bpmn.dmn.boxes import Input, Rule, Table, Text, TypeRef
from bpmn.dmn.checks import pointing
from bpmn.dmn.description import Decision, Model
from bpmn.dmn.types import OTHER_NAMES
from web.pages import words

ANYTHING = frozenset({"", "-"})
"""What a cell holds that asks for nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    expression: str
    """Empty where the name says it."""
    type: str
    """In words; empty where it is not said."""
    values: str
    """Those that can come, as they are written."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    tests: tuple[str, ...]
    """Empty where anything goes."""
    outputs: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    policy: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    notes: tuple[str, ...]
    """The names of the columns."""
    rows: tuple[Row, ...]
    otherwise: tuple[str, ...]
    """The outputs where no rule matches; none where nothing is said of that."""


def of(model: Model, decision: Decision) -> list[ShownTable]:
    """Return the tables of a decision, also those within other expressions."""
    return [
        _shown(model, decision, each.table)
        for each in pointing.tables(model)
        if each.element is decision
    ]


def type_in_words(reference: TypeRef | None) -> str:
    """Return what a type is called; one that the file defines keeps its name."""
    if reference is None:
        return ""
    name = OTHER_NAMES.get(reference.name, reference.name)
    return str(words.VALUES.get(name, name))


def _shown(model: Model, decision: Decision, table: Table) -> ShownTable:
    types = {each.variable.name: each.variable.type for each in model.elements}
    has_descriptions = any(each.description for each in table.rules)
    rows = enumerate(table.rules, start=1)
    return ShownTable(
        policy=_policy(table),
        inputs=tuple(
            _input(each, types.get(each.expression.text.strip())) for each in table.inputs
        ),
        outputs=tuple(_outputs(table, decision)),
        notes=tuple(_names_of_notes(table, has_descriptions=has_descriptions)),
        rows=tuple(
            Row(
                number,
                _cells(each.tests, len(table.inputs)),
                _cells(each.outputs, len(table.outputs)),
                _notes(each, table, has_descriptions=has_descriptions),
            )
            for number, each in rows
        ),
        otherwise=_otherwise(table),
    )


def _policy(table: Table) -> str:
    if table.aggregation is not None:
        return str(words.AGGREGATIONS[table.aggregation])
    if table.hit_policy is None:
        return str(gettext("The table has a hit policy that DMN does not know."))
    return str(words.HIT_POLICIES[table.hit_policy])


def _input(column: Input, required: TypeRef | None) -> Column:
    expression = column.expression.text.strip()
    return Column(
        column.label or expression,
        expression if column.label and column.label != expression else "",
        type_in_words(column.expression.type or required),
        _text(column.values),
    )


def _outputs(table: Table, decision: Decision) -> Iterator[Column]:
    """The only output of a table is the decision itself."""
    is_only = len(table.outputs) == 1
    for each in table.outputs:
        name = each.label or each.name or table.label or decision.name or decision.id
        type_ = each.type or (table.type or decision.variable.type if is_only else None)
        yield Column(
            name,
            each.name if each.name and each.name != name else "",
            type_in_words(type_),
            _text(each.values),
        )


def _names_of_notes(table: Table, *, has_descriptions: bool) -> Iterator[str]:
    for each in table.annotations:
        yield each or gettext("Note")
    if has_descriptions:
        yield gettext("Description")


def _notes(rule: Rule, table: Table, *, has_descriptions: bool) -> tuple[str, ...]:
    width = len(table.annotations)
    notes = [*rule.annotations, *[""] * width][:width]
    return (*notes, rule.description or "") if has_descriptions else tuple(notes)


def _otherwise(table: Table) -> tuple[str, ...]:
    written = tuple(_text(each.default) for each in table.outputs)
    return written if any(written) else ()


def _cells(written: Sequence[Text], width: int) -> tuple[str, ...]:
    found = [_text(each) for each in written]
    return tuple([*found, *[""] * width][:width])


def _text(text: Text | None) -> str:
    written = text.text.strip() if text is not None else ""
    return "" if written in ANYTHING else written
