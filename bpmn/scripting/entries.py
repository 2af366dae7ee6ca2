"""
Entries of lists and dicts: looked up, cut out, replaced.

No list or dict is ever changed here. A changed entry makes a new value that shares the rest with the
old one, so that neither an input nor another variable changes in passing, and a loop goes over the
list it began with.
"""

from collections.abc import Sequence
from typing import Any

from bpmn.scripting import kinds
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.run import Run


def item(whole: Any, key: Any, *, shown: str | None = None) -> Any:
    """
    Return the item of a list or text at an index, or the entry of a dict under a key.

    A message shows the key only where the model spells it: others may be personal.
    """
    kind = type(whole)
    if kind is dict:
        return _entry(whole, key, shown)
    if kind is list or kind is str:
        return whole[_index(whole, key)]
    raise ExpressionFailed("A value of the kind {kind} has no entries.", kind=kinds.word(whole))


def attribute(whole: Any, key: str) -> Any:
    """Return the entry of a dict under a key that is written after a point."""
    if type(whole) is dict:
        return _entry(whole, key, key)
    raise ExpressionFailed(
        "There is no '{key}' in a value of the kind {kind}.", key=key, kind=kinds.word(whole)
    )


def part(run: Run, whole: Any, bounds: Sequence[Any]) -> Any:
    """Return a slice of a list or text."""
    if type(whole) not in (list, str):
        raise ExpressionFailed(
            "Only lists and texts can be cut with ':', not the kind {kind}.",
            kind=kinds.word(whole),
        )
    if not all(bound is None or kinds.whole(bound) for bound in bounds):
        raise ExpressionFailed("The bounds around ':' are integers.")
    if len(bounds) == 3 and bounds[2] == 0:
        raise ExpressionFailed("The last bound after ':' is the step, and may not be zero.")
    cut = slice(*bounds)
    length = len(range(*cut.indices(len(whole))))
    if type(whole) is str:
        run.room_for_text(length)
    else:
        run.room_for_items(length)
    return whole[cut]


def replaced(run: Run, whole: Any, keys: Sequence[Any], value: Any) -> Any:
    """Return a value as `whole`, but with another entry under these keys, one inside the other."""
    if not keys:
        return value
    kind = type(whole)
    if kind not in (list, dict):
        raise ExpressionFailed(
            "An entry of a list or dict can be assigned, not of the kind {kind}.",
            kind=kinds.word(whole),
        )
    key, *inner = keys
    if kind is list:
        key = _index(whole, key)
    elif type(key) is not str:
        raise _no_text_key()
    old = item(whole, key) if inner else None
    new = replaced(run, old, inner, value)
    run.room_for_items(len(whole) + (kind is dict and key not in whole))
    copy = whole.copy()
    copy[key] = new
    return copy


def _entry(whole: dict[str, Any], key: Any, shown: str | None) -> Any:
    if type(key) is not str:
        raise _no_text_key()
    try:
        return whole[key]
    except KeyError:
        if shown is None:
            raise ExpressionFailed("There is no entry under this key.") from None
        raise ExpressionFailed("There is no entry '{key}'.", key=shown) from None


def _index(whole: Sequence[Any], key: Any) -> int:
    if not kinds.whole(key):
        raise ExpressionFailed(
            "The position in a list or text is an integer, not of the kind {kind}.",
            kind=kinds.word(key),
        )
    if not -len(whole) <= key < len(whole):
        raise ExpressionFailed(
            "There are {length} items; that one does not exist.", length=len(whole)
        )
    return int(key)


def _no_text_key() -> ExpressionFailed:
    return ExpressionFailed("The keys of a dict are texts.")
