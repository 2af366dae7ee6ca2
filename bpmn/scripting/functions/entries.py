"""
Entries of lists, contexts and texts: looked up from 0 on, cut out, replaced.

Nothing is ever changed. A changed entry makes a new value that shares the rest with the old one, so that neither
an input nor another variable changes in passing, and a loop goes over the list it began with.
"""

from collections.abc import Sequence
from typing import Any

from bpmn.feel import values
from bpmn.feel.errors import NoValue
from bpmn.feel.run import Run
from bpmn.scripting.functions.paying import look


def item(_run: Run, whole: Any, key: Any) -> Any:
    """Return the item of a list or text at an index, or the entry of a context under a name."""
    if type(whole) is dict:
        return _entry(whole, key)
    if type(whole) in {list, str}:
        return whole[_index(whole, key)]
    raise NoValue("A value of type {kind} has no entries.", kind=values.kind(whole))


def part(run: Run, whole: Any, start: Any, end: Any, step: Any) -> Any:
    """Return a part of a list or text, up to its end index."""
    if type(whole) not in {list, str}:
        raise NoValue(
            "Only lists and texts can be cut with ':', not a value of type {kind}.",
            kind=values.kind(whole),
        )
    bounds = (start, end, step)
    if not all(each is None or type(each) is int for each in bounds) or step == 0:
        raise NoValue("The bounds around ':' are whole numbers, and the step is not zero.")
    look(run, len(whole))
    return whole[slice(*bounds)]


def get(_run: Run, entries: dict[str, Any], key: str, default: Any = None) -> Any:
    return entries.get(key, default)


def got(run: Run, whole: Any, key: Any) -> Any:
    """Return what JUEL's `get` does: of a list the item, of a map the entry or nothing."""
    return whole.get(key) if type(whole) is dict and type(key) is str else item(run, whole, key)


def keys(run: Run, entries: dict[str, Any]) -> list[str]:
    look(run, len(entries))
    return list(entries)


def entries_of(run: Run, entries: dict[str, Any]) -> list[Any]:
    look(run, len(entries))
    return list(entries.values())


def pairs(run: Run, entries: dict[str, Any]) -> list[list[Any]]:
    look(run, 2 * len(entries))
    return [[name, value] for name, value in entries.items()]


def context(_run: Run, said: list[Any]) -> dict[str, Any]:
    """Return a context of names and values that stand one after the other."""
    return {_name(name): value for name, value in zip(said[::2], said[1::2], strict=True)}


def replaced(run: Run, whole: Any, keys: Sequence[Any], value: Any) -> Any:
    """Return a value as `whole`, but with another entry under these keys, one inside the other."""
    if not keys:
        return value
    key, *inner = keys
    if type(whole) is list:
        key = _index(whole, key)
    elif type(whole) is dict:
        key = _name(key)
    else:
        raise NoValue(
            "An entry of a list or context can be assigned, not of a value of type {kind}.",
            kind=values.kind(whole),
        )
    old = item(run, whole, key) if inner else None
    new = replaced(run, old, inner, value)
    look(run, len(whole) + 1)
    copy = whole.copy()
    copy[key] = new
    return copy


def longer(run: Run, old: Any, more: Any) -> list[Any]:
    """Return a list with the items of another at its end."""
    for each in (old, more):
        if type(each) is not list:
            raise NoValue(
                "Items are added to a list, not to a value of type {kind}.", kind=values.kind(each)
            )
    look(run, len(old) + len(more))
    return [*old, *more]


def _entry(whole: dict[str, Any], key: Any) -> Any:
    name = _name(key)
    if name not in whole:
        raise NoValue("There is no entry under this name.")  # the name may be personal
    return whole[name]


def _name(key: Any) -> str:
    if type(key) is not str:
        raise NoValue("The names of entries are texts.")
    return key


def _index(whole: Sequence[Any], key: Any) -> int:
    if type(key) is not int:
        raise NoValue("The place in a list or text is a whole number.")
    if not -len(whole) <= key < len(whole):
        raise NoValue("There are {length} items; that one does not exist.", length=len(whole))
    return key
