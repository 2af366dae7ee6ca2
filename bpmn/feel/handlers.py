"""What each node of the tree becomes."""

from collections.abc import Mapping

from bpmn.feel import tree
from bpmn.feel.closures import boxes, calls, comparisons, filters, loops, names, operators, tests
from bpmn.feel.compiling import Handler
from bpmn.feel.tree import Node

HANDLERS: Mapping[type[Node], Handler] = {
    tree.AnyValue: tests.any_value,
    tree.Arithmetic: operators.operation,
    tree.Between: comparisons.between,
    tree.Call: calls.call,
    tree.Comparison: comparisons.comparison,
    tree.ContextOf: boxes.context,
    tree.Filter: filters.filter_,
    tree.For: loops.for_,
    tree.FunctionOf: boxes.function,
    tree.If: operators.choice,
    tree.In: tests.contained,
    tree.InstanceOf: operators.instance,
    tree.Junction: operators.junction,
    tree.ListOf: boxes.list_,
    tree.Literal: names.literal,
    tree.Name: names.name,
    tree.Negation: operators.negation,
    tree.Path: names.path,
    tree.Quantified: loops.quantified,
    tree.RangeOf: tests.range_,
    tree.Temporal: names.temporal,
    tree.Tests: tests.unary_tests,
    tree.Unary: tests.unary_range,
}
"""All of the language."""
