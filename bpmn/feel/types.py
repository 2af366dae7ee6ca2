"""
The types of FEEL (§10.3.2.2): what a value belongs to, and what becomes of one that does not.

Null belongs to each type; only `instance of` asks for more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.feel import values
from bpmn.feel.functions import Invocable
from bpmn.feel.temporal import Date, midnight
from bpmn.feel.values import Range


@dataclass(frozen=True, slots=True)
class Type:
    """A type that is only a name, such as `number`; Any, where it is `Any`."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListType(Type):
    item: Type

    def __str__(self) -> str:
        return f"list<{self.item}>"


@dataclass(frozen=True, slots=True)
class ContextType(Type):
    entries: tuple[tuple[str, Type], ...]
    """A context may have more entries than these."""

    def __str__(self) -> str:
        return f"context<{', '.join(f'{name}: {each}' for name, each in self.entries)}>"


@dataclass(frozen=True, slots=True)
class FunctionType(Type):
    parameters: tuple[Type, ...]
    result: Type

    def __str__(self) -> str:
        return f"function<{', '.join(map(str, self.parameters))}> -> {self.result}"


@dataclass(frozen=True, slots=True)
class RangeType(Type):
    item: Type

    def __str__(self) -> str:
        return f"range<{self.item}>"


ANY = Type("Any")
NAMED: Mapping[str, Type] = {
    name: Type(name)
    for name in (
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    )
} | {
    "Any": ANY,
    "Null": Type("null"),
    "list": Type("list"),
    "context": Type("context"),
    "function": Type("function"),
    "range": Type("range"),
    "day time duration": Type("days and time duration"),
    "year month duration": Type("years and months duration"),
    "dateTime": Type("date and time"),
    "dayTimeDuration": Type("days and time duration"),
    "yearMonthDuration": Type("years and months duration"),
}
"""Types that need no others; the last ones are older names (DMN 1.1) and those of XML Schema."""


def list_of(item: Type) -> ListType:
    return ListType("list", item)


def context_of(entries: Mapping[str, Type]) -> ContextType:
    return ContextType("context", tuple(entries.items()))


def function_of(parameters: tuple[Type, ...], result: Type) -> FunctionType:
    return FunctionType("function", parameters, result)


def range_of(item: Type) -> RangeType:
    return RangeType("range", item)


def conforms(value: Any, expected: Type) -> bool:
    """Tell whether a value belongs to a type."""
    if value is None or expected.name == "Any":
        return True
    if values.kind(value) != expected.name:
        return False
    check = INSIDE.get(type(expected))
    return check is None or check(value, expected)


def coerce(value: Any, expected: Type) -> Any:
    """
    Return the value as one of a type (§10.3.2.9.4): as it is, or changed where the standard says how, or None.

    A list of one becomes its item, an item a list of one, a date its midnight in Greenwich.
    """
    if conforms(value, expected):
        return value
    if type(value) is list and len(value) == 1 and conforms(value[0], expected):
        return value[0]
    if expected.name == "list" and conforms([value], expected):
        return [value]
    if expected.name == "date and time" and type(value) is Date:
        return midnight(value)
    return None


def _conforming_list(value: Any, expected: Any) -> bool:
    return all(conforms(each, expected.item) for each in value)


def _conforming_context(value: Any, expected: Any) -> bool:
    return all(name in value and conforms(value[name], each) for name, each in expected.entries)


def _conforming_range(value: Range, expected: Any) -> bool:
    return conforms(value.start, expected.item) and conforms(value.end, expected.item)


def _conforming_function(value: Invocable, expected: Any) -> bool:
    """A function may ask for less than is given, and return more than is asked for."""
    given = value.parameters
    return (
        len(given) == len(expected.parameters)
        and all(
            is_within(asked, each.type or ANY)
            for asked, each in zip(expected.parameters, given, strict=True)
        )
        and (value.result is None or is_within(value.result, expected.result))
    )


INSIDE: Mapping[type[Type], Callable[[Any, Any], bool]] = {
    ListType: _conforming_list,
    ContextType: _conforming_context,
    RangeType: _conforming_range,
    FunctionType: _conforming_function,
}


def is_within(narrow: Type, wide: Type) -> bool:
    """Tell whether each value of one type belongs to the other."""
    if wide.name == "Any" or narrow == wide:
        return True
    if narrow.name != wide.name:
        return False
    if type(narrow) is not type(wide):
        return type(wide) is Type
    return PARTS_WITHIN[type(wide)](narrow, wide)


def _item_within(narrow: Any, wide: Any) -> bool:
    return is_within(narrow.item, wide.item)


def _entries_within(narrow: Any, wide: Any) -> bool:
    known = dict(narrow.entries)
    return all(name in known and is_within(known[name], each) for name, each in wide.entries)


def _signature_within(narrow: Any, wide: Any) -> bool:
    return (
        len(narrow.parameters) == len(wide.parameters)
        and all(map(is_within, wide.parameters, narrow.parameters))
        and is_within(narrow.result, wide.result)
    )


PARTS_WITHIN: Mapping[type[Type], Callable[[Any, Any], bool]] = {
    ListType: _item_within,
    RangeType: _item_within,
    ContextType: _entries_within,
    FunctionType: _signature_within,
}
