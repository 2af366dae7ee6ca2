"""
Boxed expressions made ready (§10.2): each kind becomes a function of the variables it sees.

Every kind is a small function that makes one; a table at the end of the module says which. The value of an
expression with a type is one of that type, or null.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bpmn.dmn import calls, iterations, members, tables
from bpmn.dmn.boxes import (
    Box,
    Conditional,
    Context,
    Filter,
    FunctionDefinition,
    Invocation,
    Iteration,
    List,
    Literal,
    Relation,
    Table,
    Unknown,
)
from bpmn.dmn.conformance import checked
from bpmn.dmn.draft import Draft, Logic, Scope
from bpmn.dmn.run import Run

Make = Callable[[Any, Draft, Scope], Logic]


def make(box: Box | None, draft: Draft, scope: Scope) -> Logic:
    """Make an expression ready; where there is none, its value is null."""
    if box is None:
        return nothing
    inner = MAKERS[type(box)](box, draft, scope)
    declared = draft.type_of(box)
    if box.type is None or isinstance(box, FunctionDefinition):
        return inner
    label = draft.label

    def typed(variables: Mapping[str, Any], run: Run) -> Any:
        return checked(inner(variables, run), declared, run, label)

    return typed


def nothing(variables: Mapping[str, Any], run: Run) -> Any:  # noqa: ARG001
    return None


def _literal(box: Literal, draft: Draft, scope: Scope) -> Logic:
    expression = draft.expression(box.text, scope)
    return lambda variables, run: run.value(expression, variables)


def _unknown(box: Unknown, draft: Draft, scope: Scope) -> Logic:  # noqa: ARG001
    draft.note(
        "decision-language",
        "'{element}' has an expression of a kind that DMN does not know: {tag}.",
        box.line,
        tag=box.tag,
    )
    return nothing


def _context(box: Context, draft: Draft, scope: Scope) -> Logic:
    """Each entry sees those before it; a function also itself."""
    made: list[tuple[str | None, Logic, Any]] = []
    for entry in box.entries:
        inner = scope
        if entry.variable and isinstance(entry.value, FunctionDefinition):
            inner = scope.with_([entry.variable.name])
        logic = make(entry.value, draft, inner)
        if entry.variable is None:
            made.append((None, logic, None))
            continue
        declared = draft.declared(entry.variable.type, entry.variable.line)
        made.append((entry.variable.name, logic, declared))
        inside = {*draft.members(entry.variable), *members.names(entry.value)}
        scope = scope.with_([entry.variable.name], inside)

    def evaluate(variables: Mapping[str, Any], run: Run) -> Any:
        seen = dict(variables)
        entries: dict[str, Any] = {}
        for name, logic, declared in made:
            value = logic(seen, run)
            if name is None:
                return value
            seen[name] = entries[name] = checked(value, declared, run, name)
        return entries

    return evaluate


def _list(box: List, draft: Draft, scope: Scope) -> Logic:
    items = [make(each, draft, scope) for each in box.items]
    return lambda variables, run: [each(variables, run) for each in items]


def _relation(box: Relation, draft: Draft, scope: Scope) -> Logic:
    rows = [[make(each, draft, scope) for each in row] for row in box.rows]
    columns = [(each.name, draft.declared(each.type, each.line)) for each in box.columns]

    def row_of(cells: list[Logic], variables: Mapping[str, Any], run: Run) -> dict[str, Any]:
        return {
            name: checked(cell(variables, run), declared, run, name)
            for (name, declared), cell in zip(columns, cells, strict=False)
        }

    return lambda variables, run: [row_of(each, variables, run) for each in rows]


def _conditional(box: Conditional, draft: Draft, scope: Scope) -> Logic:
    condition = make(box.condition, draft, scope)
    then = make(box.then, draft, scope)
    otherwise = make(box.otherwise, draft, scope)

    def evaluate(variables: Mapping[str, Any], run: Run) -> Any:
        chosen = then if condition(variables, run) is True else otherwise
        return chosen(variables, run)

    return evaluate


def _filter(box: Filter, draft: Draft, scope: Scope) -> Logic:
    source = make(box.source, draft, scope)
    inside = scope.with_(["item", *members.names(box.source)])
    return iterations.filtered(source, make(box.match, draft, inside))


def _iteration(box: Iteration, draft: Draft, scope: Scope) -> Logic:
    source = make(box.source, draft, scope)
    if box.source_type is not None:
        source = _typed(source, box, draft)
    body = make(box.body, draft, scope.with_([box.name, "partial"], members.names(box.source)))
    return iterations.MAKERS[box.kind](box.name, source, body)


def _typed(source: Logic, box: Iteration, draft: Draft) -> Logic:
    declared = draft.declared(box.source_type, box.line)
    return lambda variables, run: checked(source(variables, run), declared, run, box.name)


def _function(box: FunctionDefinition, draft: Draft, scope: Scope) -> Logic:
    return calls.function(box, draft, body_of(box, draft, scope))


def body_of(box: FunctionDefinition, draft: Draft, scope: Scope) -> Logic:
    """Make what a function does ready; it sees its parameters and what it was defined within."""
    if box.kind != "FEEL":
        draft.note(
            "decision-language",
            "'{element}' defines a function in {language}; only FEEL is read.",
            box.line,
            language=box.kind,
        )
        return nothing
    inside = scope.with_((each.name for each in box.parameters), draft.members(*box.parameters))
    return make(box.body, draft, inside)


def _invocation(box: Invocation, draft: Draft, scope: Scope) -> Logic:
    called = make(box.called, draft, scope)
    bindings = [(each.parameter.name, make(each.value, draft, scope)) for each in box.bindings]
    return calls.invocation(called, bindings, draft.label)


def _table(box: Table, draft: Draft, scope: Scope) -> Logic:
    return tables.make(box, draft, scope)


MAKERS: Mapping[type[Box], Make] = MappingProxyType(
    {
        Literal: _literal,
        Table: _table,
        Invocation: _invocation,
        Context: _context,
        List: _list,
        Relation: _relation,
        FunctionDefinition: _function,
        Conditional: _conditional,
        Filter: _filter,
        Iteration: _iteration,
        Unknown: _unknown,
    }
)
