"""
The functions that are written after a value and a point, by the kind of the value.

They look like Python's methods and are functions of ours: `text.upper()` never asks the text for
something named "upper".
"""

from collections.abc import Mapping
from typing import Any

from bpmn.scripting import kinds
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.functions import Function
from bpmn.scripting.run import Run


def lower(run: Run, text: str) -> str:
    _pay_for_letters(run, text)
    return text.lower()


def upper(run: Run, text: str) -> str:
    _pay_for_letters(run, text)
    result = text.upper()  # a few letters become two or three
    run.room_for_text(len(result))
    return result


def strip(run: Run, text: str, characters: Any = None) -> str:
    if characters is None:
        run.read(len(text))
        return text.strip()
    _texts("strip", [characters])
    run.read(len(text) * len(characters))  # each character is looked for in all of them
    return text.strip(characters)


def startswith(run: Run, text: str, beginning: Any) -> bool:
    _texts("startswith", [beginning])
    run.read(len(beginning))
    return text.startswith(beginning)


def endswith(run: Run, text: str, end: Any) -> bool:
    _texts("endswith", [end])
    run.read(len(end))
    return text.endswith(end)


def split(run: Run, text: str, separator: Any = None) -> list[str]:
    if separator is not None:
        _texts("split", [separator])
    if separator == "":
        raise ExpressionFailed("split() needs a text to split at.")
    run.read(len(text))
    parts = text.split(separator, run.limits.items)
    run.room_for_items(len(parts))
    return parts


def join(run: Run, separator: str, values: Any) -> str:
    if type(values) is not list:
        raise ExpressionFailed("join() takes a list of texts.")
    run.look(len(values))
    _texts("join", values)
    run.room_for_text(sum(map(len, values)) + len(separator) * max(len(values) - 1, 0))
    return separator.join(values)


def replace(run: Run, text: str, old: Any, new: Any) -> str:
    _texts("replace", [old, new])
    run.read(len(text) + len(old))
    run.room_for_text(len(text) + text.count(old) * (len(new) - len(old)))
    return text.replace(old, new)


def get(_run: Run, entries: dict[str, Any], key: Any, default: Any = None) -> Any:
    if type(key) is not str:
        raise ExpressionFailed("The keys of a dict are texts.")
    return entries.get(key, default)


def keys(run: Run, entries: dict[str, Any]) -> list[str]:
    run.look(len(entries))
    return list(entries)


def values(run: Run, entries: dict[str, Any]) -> list[Any]:
    run.look(len(entries))
    return list(entries.values())


def items(run: Run, entries: dict[str, Any]) -> list[list[Any]]:
    run.look(len(entries))
    return [[key, value] for key, value in entries.items()]


def append(run: Run, old: Any, value: Any) -> list[Any]:
    """Return the list with one more item."""
    if type(old) is not list:
        raise _no_such("append", old)
    run.room_for_items(len(old) + 1)
    return [*old, value]


def extend(run: Run, old: Any, more: Any) -> list[Any]:
    """Return the list with the items of another at its end."""
    if type(old) is not list or type(more) is not list:
        raise _no_such("extend", more if type(old) is list else old)
    run.room_for_items(len(old) + len(more))
    return old + more


METHODS: Mapping[str, tuple[type, Function]] = {
    "endswith": (str, Function(endswith)),
    "get": (dict, Function(get, most=2)),
    "items": (dict, Function(items, 0, 0)),
    "join": (str, Function(join)),
    "keys": (dict, Function(keys, 0, 0)),
    "lower": (str, Function(lower, 0, 0)),
    "replace": (str, Function(replace, 2, 2)),
    "split": (str, Function(split, 0, 1)),
    "startswith": (str, Function(startswith)),
    "strip": (str, Function(strip, 0, 1)),
    "upper": (str, Function(upper, 0, 0)),
    "values": (dict, Function(values, 0, 0)),
}

CHANGES: Mapping[str, Function] = {"append": Function(append), "extend": Function(extend)}
"""Statements of their own, which assign the variable they are written after."""


def call(run: Run, name: str, whole: Any, arguments: list[Any]) -> Any:
    kind, function = METHODS[name]
    if type(whole) is not kind:
        raise _no_such(name, whole)
    return function.call(run, whole, *arguments)


def _pay_for_letters(run: Run, text: str) -> None:
    run.room_for_text(len(text))
    if not text.isascii():
        run.read(4 * len(text))


def _texts(method: str, given: list[Any]) -> None:
    for value in given:
        if type(value) is not str:
            raise ExpressionFailed(
                "{method}() works with texts, not with the kind {kind}.",
                method=method,
                kind=kinds.word(value),
            )


def _no_such(method: str, value: Any) -> ExpressionFailed:
    return ExpressionFailed(
        "{method}() does not work with a value of the kind {kind}.",
        method=method,
        kind=kinds.word(value),
    )
