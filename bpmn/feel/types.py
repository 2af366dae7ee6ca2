"""
The types of FEEL (§10.3.2.2): what a value belongs to, and what becomes of one that does not.

Null belongs to each type; only `instance of` asks for more.

A model may allow some values of a type only. Whether a value belongs to the type (`conforms`) does not depend on
that: so `instance of` asks, and so the Compatibility Kit of DMN expects it. Whether a value can be taken where the
type stands, as for a parameter, does (`admits`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bpmn.feel import values
from bpmn.feel.functions import Invocable
from bpmn.feel.setting import Setting
from bpmn.feel.temporal import Date, midnight
from bpmn.feel.values import Range


@dataclass(frozen=True, slots=True)
class Type:
    """A type that is only a name, such as `number`; Any, where it is `Any`."""

    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def is_restricted(self) -> bool:
        """Whether a model allows some values only, of it or of what is inside."""
        return False


@dataclass(frozen=True, slots=True)
class ListType(Type):
    item: Type

    def __str__(self) -> str:
        return f"list<{self.item}>"

    @property
    def is_restricted(self) -> bool:
        return self.item.is_restricted


@dataclass(frozen=True, slots=True)
class ContextType(Type):
    entries: tuple[tuple[str, Type], ...]
    """A context may have more entries than these."""

    def __str__(self) -> str:
        return f"context<{', '.join(f'{name}: {each}' for name, each in self.entries)}>"

    @property
    def is_restricted(self) -> bool:
        return any(each.is_restricted for _, each in self.entries)


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

    @property
    def is_restricted(self) -> bool:
        return self.item.is_restricted


class Tests(Protocol):
    """Unary tests, as far as they are asked here."""

    def holds(self, value: Any, variables: Mapping[str, Any], setting: Setting) -> bool | None: ...


@dataclass(frozen=True, slots=True)
class RestrictedType(Type):
    """A type of a model, by its structure, and the tests that all must hold of its values (§7.3.3)."""

    base: Type
    tests: tuple[Tests, ...]

    def __str__(self) -> str:
        return str(self.base)

    @property
    def is_restricted(self) -> bool:
        return True


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


def restricted(base: Type, *tests: Tests) -> RestrictedType:
    return RestrictedType(base.name, base, tests)


def conforms(value: Any, expected: Type) -> bool:
    """Tell whether a value belongs to a type."""
    if value is None or expected.name == "Any":
        return True
    if values.kind(value) != expected.name:
        return False
    check = INSIDE.get(type(expected))
    return check is None or check(value, expected)


def admits(value: Any, expected: Type, setting: Setting) -> bool:
    """Tell whether a value that belongs to a type is among those that are allowed. Null is, everywhere."""
    if value is None or not expected.is_restricted:
        return True
    return ADMITTED[type(expected)](value, expected, setting)


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
    RestrictedType: lambda value, expected: conforms(value, expected.base),
}


def _admitted_list(value: Any, expected: Any, setting: Setting) -> bool:
    return all(admits(each, expected.item, setting) for each in value)


def _admitted_context(value: Any, expected: Any, setting: Setting) -> bool:
    return all(admits(value[name], each, setting) for name, each in expected.entries)


def _admitted_range(value: Range, expected: Any, setting: Setting) -> bool:
    return all(admits(each, expected.item, setting) for each in (value.start, value.end))


def _admitted(value: Any, expected: Any, setting: Setting) -> bool:
    return admits(value, expected.base, setting) and all(
        each.holds(value, {}, setting) is True for each in expected.tests
    )


ADMITTED: Mapping[type[Type], Callable[[Any, Any, Setting], bool]] = {
    ListType: _admitted_list,
    ContextType: _admitted_context,
    RangeType: _admitted_range,
    RestrictedType: _admitted,
}
"""A function is not asked what it would be called with."""


def is_within(narrow: Type, wide: Type) -> bool:
    """Tell whether each value of one type belongs to the other."""
    narrow, wide = _whole(narrow), _whole(wide)
    if wide.name == "Any" or narrow == wide:
        return True
    if narrow.name != wide.name:
        return False
    if type(narrow) is not type(wide):
        return type(wide) is Type
    return PARTS_WITHIN[type(wide)](narrow, wide)


def _whole(type_: Type) -> Type:
    """Return the type that some values are of which a model allows."""
    while isinstance(type_, RestrictedType):
        type_ = type_.base
    return type_


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
