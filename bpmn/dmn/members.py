"""The names that can stand after a dot behind the value of a boxed expression, as far as its form tells."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bpmn.dmn.boxes import Box, Conditional, Context, Filter, Iteration, List, Relation, Table

Names = frozenset[str]


def names(box: Box | None) -> Names:
    find = FINDERS.get(type(box))
    return find(box) if find else frozenset()


def _of_all(boxes: tuple[Box | None, ...]) -> Names:
    return frozenset().union(*map(names, boxes))


def _context(box: Context) -> Names:
    named = frozenset(each.variable.name for each in box.entries if each.variable)
    return named | _of_all(tuple(each.value for each in box.entries))


FINDERS: Mapping[type, Callable[[Any], Names]] = MappingProxyType(
    {
        Context: _context,
        Relation: lambda box: frozenset(each.name for each in box.columns),
        List: lambda box: _of_all(box.items),
        Table: lambda box: frozenset(each.name for each in box.outputs if each.name),
        Conditional: lambda box: _of_all((box.then, box.otherwise)),
        Filter: lambda box: names(box.source),
        Iteration: lambda box: names(box.body),
    }
)
