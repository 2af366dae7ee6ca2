"""Values that are put into variables where an activity begins or ends: inputs, outputs, mappings."""

from collections.abc import Mapping, Sequence
from typing import Any

from bpmn.description import Composed, Transfer, Wording
from bpmn.limits import Limits
from bpmn.scripting import texts
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.seen import Seen
from bpmn.spiff.awaiting import Value
from bpmn.spiff.scopes import Scope

Move = tuple[Transfer, Value]


def read(transfers: Sequence[Transfer], limits: Limits) -> tuple[Move, ...]:
    """Raises `InvalidExpression`."""
    return tuple((each, _source(each, limits)) for each in transfers)


def carried(
    moves: Sequence[Move],
    names: Seen,
    onto: Mapping[str, Any],
    reading: Scope | None = None,
) -> dict[str, Any]:
    """
    Return the variables that moves set, worked out from `names`.

    Where a target is `a.b`, that is `a` as it was moved before or else is in `onto`, with another `b`. Data stores
    are read for the scope that is given. Raises `BpmnError`.
    """
    given: dict[str, Any] = {}
    for move in moves:
        given.update(one(move, names, {**onto, **given}, reading))
    return given


def one(
    move: Move, names: Seen, onto: Mapping[str, Any], reading: Scope | None = None
) -> dict[str, Any]:
    transfer, value = move
    if transfer.store is not None:
        return {} if reading is None else _stored(transfer.target, transfer.store, reading)
    if transfer.everything:
        return dict(names)
    try:
        moved = value(names)
    except ExpressionFailed:
        if transfer.optional:
            return {}
        raise
    first, *path = transfer.target.split(".")
    return {first: _with(onto.get(first), path, moved)}


def _stored(target: str, name: str, scope: Scope) -> dict[str, Any]:
    """Return what a data store holds, if something can read it."""
    stores = scope.top.library.stores
    return {target: stores.read(name, scope.top.limits)} if name in stores else {}


def _source(transfer: Transfer, limits: Limits) -> Value:
    if transfer.everything or transfer.literal:
        return lambda _: transfer.source
    if transfer.composed is not None:
        return _composed(transfer.composed, limits)
    return texts.expression(transfer.source, limits.expressions).evaluate


def _composed(source: Composed | Wording, limits: Limits) -> Value:
    """Return what makes a list or map of values."""
    if isinstance(source, Wording):
        if source.literal:
            return lambda _: source.text
        return texts.expression(source.text, limits.expressions).evaluate
    parts = [_composed(each, limits) for each in source.parts]
    keys = source.keys
    if keys is None:
        return lambda names: [part(names) for part in parts]
    return lambda names: {key: part(names) for key, part in zip(keys, parts, strict=True)}


def _with(whole: Any, path: Sequence[str], value: Any) -> Any:
    """Return a value with another entry somewhere inside it; nothing that is shared is changed."""
    around: list[dict[str, Any]] = []
    for key in path:
        entries = whole if isinstance(whole, dict) else {}
        around.append(entries)
        whole = entries.get(key)
    for entries, key in zip(reversed(around), reversed(path), strict=True):
        value = {**entries, key: value}
    return value
