"""
Loops in boxes (§10.2.2.7 to 10.2.2.9): filter, for, some and every, with the meaning they have in FEEL.

A value that is no list is a list of one; null cannot be gone through.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bpmn import feel
from bpmn.dmn.boxes import Iterated
from bpmn.dmn.cells import is_number
from bpmn.dmn.draft import Logic
from bpmn.dmn.run import Run

GO_THROUGH = feel.read("for item in source return item", ["source"])
"""Lists what is no list, by FEEL: a range, or a single value."""


def filtered(source: Logic, match: Logic) -> Logic:
    """Keep the items for which the match is true; a number picks the item at that place."""

    def evaluate(variables: Mapping[str, Any], run: Run) -> Any:
        found = source(variables, run)
        if found is None:
            return None
        items = found if isinstance(found, list) else [found]
        kept = []
        for number, item in enumerate(items):
            run.pay()
            entries = item if isinstance(item, dict) else {}
            said = match({**variables, "item": item, **entries}, run)
            if said is True:
                kept.append(item)
            elif said is not None and said is not False:
                return _at(items, said, run) if number == 0 else _no_condition(run)
        return kept

    return evaluate


def _at(items: list[Any], place: Any, run: Run) -> Any:
    if not is_number(place):
        return _no_condition(run)
    at = int(place)
    if at != place or not 1 <= abs(at) <= len(items):
        run.warn("The list has no item {number}.", number=place)
        return None
    return items[at - 1 if at > 0 else at]


def _no_condition(run: Run) -> None:
    run.warn("What a filter asks of an item is neither true nor false.")


def _for(name: str, source: Logic, body: Logic) -> Logic:
    def evaluate(variables: Mapping[str, Any], run: Run) -> Any:
        items = _items(source(variables, run), run)
        if items is None:
            return None
        done: list[Any] = []
        for item in items:
            run.pay()
            done.append(body({**variables, name: item, "partial": done}, run))
        return done

    return evaluate


def _quantified(name: str, source: Logic, body: Logic, *, decisive: bool) -> Logic:
    """One item decides; where none does, every one must have said something."""

    def evaluate(variables: Mapping[str, Any], run: Run) -> Any:
        items = _items(source(variables, run), run)
        if items is None:
            return None
        is_sure = True
        for item in items:
            run.pay()
            said = body({**variables, name: item}, run)
            if said is decisive:
                return decisive
            is_sure = is_sure and isinstance(said, bool)
        if is_sure:
            return not decisive
        run.warn("What an item satisfies is neither true nor false.")
        return None

    return evaluate


def _some(name: str, source: Logic, body: Logic) -> Logic:
    return _quantified(name, source, body, decisive=True)


def _every(name: str, source: Logic, body: Logic) -> Logic:
    return _quantified(name, source, body, decisive=False)


def _items(found: Any, run: Run) -> list[Any] | None:
    if isinstance(found, list):
        return found
    listed: list[Any] | None = run.value(GO_THROUGH, {"source": found})
    return listed


MAKERS: Mapping[Iterated, Callable[[str, Logic, Logic], Logic]] = MappingProxyType(
    {Iterated.FOR: _for, Iterated.SOME: _some, Iterated.EVERY: _every}
)
