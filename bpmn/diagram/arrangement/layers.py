"""In which column each element stands: after everything that leads to it."""

from collections.abc import Iterable, Iterator, Sequence


def columns(nodes: Sequence[str], arcs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """
    Return the length of the longest way to each node that comes from somewhere or leads somewhere.

    Ways back, which close a circle, do not count; where every node has one before it, the first begins.
    """
    following: dict[str, list[str]] = {}
    led_to: set[str] = set()
    for source, target in arcs:
        if source != target:
            following.setdefault(source, []).append(target)
            led_to.add(target)
    connected = [each for each in nodes if each in following or each in led_to]
    order, back = _ordered(connected, following, led_to)
    found = dict.fromkeys(order, 0)
    for source in order:
        for target in following.get(source, ()):
            if (source, target) not in back:
                found[target] = max(found[target], found[source] + 1)
    return found


def _ordered(
    nodes: Sequence[str], following: dict[str, list[str]], led_to: set[str]
) -> tuple[list[str], set[tuple[str, str]]]:
    """Return the nodes so that each comes after what leads to it, and the arcs that lead back."""
    done: list[str] = []
    seen: set[str] = set()
    open_: set[str] = set()
    back: set[tuple[str, str]] = set()
    starts = [each for each in nodes if each not in led_to]
    for start in (*starts, *nodes):
        if start in seen:
            continue
        way: list[tuple[str, Iterator[str]]] = [(start, iter(following.get(start, ())))]
        seen.add(start)
        open_.add(start)
        while way:
            node, rest = way[-1]
            target = next(rest, None)
            if target is None:
                way.pop()
                open_.discard(node)
                done.append(node)
            elif target in open_:
                back.add((node, target))
            elif target not in seen:
                seen.add(target)
                open_.add(target)
                way.append((target, iter(following.get(target, ()))))
    return done[::-1], back
