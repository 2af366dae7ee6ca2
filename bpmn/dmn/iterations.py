"""
Loops in boxes (§10.2.2.7 to 10.2.2.9): filter, for, some and every, with the meaning they have in FEEL.

A value that is no list is a list of one; null is nothing to go through.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from bpmn.dmn.boxes import Iterated
from bpmn.dmn.draft import Logic
from bpmn.dmn.run import Run
from bpmn.feel import values
from bpmn.feel.values import Range


def filtered(source: Logic, match: Logic) -> Logic:
    """Keep the items for which the match is true; a number picks the item at that place."""

    def evaluate(variables: Mapping[str, Any], run: Run) -> Any:
        found = source(variables, run)
        items = found if isinstance(found, list) else [] if found is None else [found]
        kept = []
        for item in items:
            entries = item if isinstance(item, dict) else {}
            said = match({**variables, **entries, "item": item}, run)
            if values.kind(said) == "number":
                return _at(items, said)
            if said is True:
                kept.append(item)
        return kept

    return evaluate


def _at(items: list[Any], place: Any) -> Any:
    at = int(place)
    if at != place or not 1 <= abs(at) <= len(items):
        return None
    return items[at - 1 if at > 0 else at]


def _for(name: str, source: Logic, body: Logic) -> Logic:
    def evaluate(variables: Mapping[str, Any], run: Run) -> Any:
        items = _items(source(variables, run), run)
        if items is None:
            return None
        done: list[Any] = []
        for item in items:
            done.append(body({**variables, name: item, "partial": done}, run))
        return done

    return evaluate


def _quantified(name: str, source: Logic, body: Logic, *, decisive: bool) -> Logic:
    """One item decides; where none does, every one must have said something."""

    def evaluate(variables: Mapping[str, Any], run: Run) -> Any:
        items = _items(source(variables, run), run)
        if items is None:
            return None
        said = [body({**variables, name: item}, run) for item in items]
        if any(each is decisive for each in said):
            return decisive
        if all(each is (not decisive) for each in said):
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
    if isinstance(found, Range):
        return list(_numbers(found, run))
    if found is None:
        run.warn("There is no list to go through.")
        return None
    return [found]


def _numbers(found: Range, run: Run) -> Iterator[int]:
    """Return the whole numbers of a range."""
    if type(found.start) is not int or type(found.end) is not int:
        run.warn("Only a range of whole numbers can be gone through.")
        return
    first = found.start if found.start_included else found.start + 1
    last = found.end if found.end_included else found.end - 1
    if run.setting.budget is not None:
        run.setting.budget.items(max(last - first + 1, 0))
    yield from range(first, last + 1)


MAKERS: Mapping[Iterated, Callable[[str, Logic, Logic], Logic]] = MappingProxyType(
    {Iterated.FOR: _for, Iterated.SOME: _some, Iterated.EVERY: _every}
)
