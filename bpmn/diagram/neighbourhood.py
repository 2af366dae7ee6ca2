"""A diagram cut to some elements and what is near them, for a page that is about one step of a long routine."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from bpmn.diagram.content import Content
from bpmn.diagram.plane import Plane

FLOW = "sequenceFlow"


@dataclass(frozen=True, slots=True)
class Cut:
    plane: Plane
    beyond: frozenset[str]
    """Flows that lead away from what is drawn: where they go is not shown, only that they do."""


def cut(
    planes: Iterable[Plane], content: Content, around: Collection[str], reach: int
) -> Cut | None:
    """Return the first diagram that shows one of the elements, cut to what is near; None where none does."""
    plane = next((each for each in planes if _shown(each) & set(around)), None)
    if plane is None:
        return None
    near = _with_content(plane, content, near_to(content, around, reach))
    shapes = tuple(each for each in plane.shapes if each.element_id in near)
    shown = {each.element_id for each in shapes}
    edges, beyond = [], set()
    for edge in plane.edges:
        element = content.elements[edge.element_id]
        inside = {element.source, element.target} & shown
        if inside == {element.source, element.target}:
            edges.append(edge)
        elif inside and element.kind == FLOW:
            edges.append(edge)
            beyond.add(edge.element_id)
    return Cut(replace(plane, shapes=shapes, edges=tuple(edges), left_out=0), frozenset(beyond))


def near_to(content: Content, around: Collection[str], reach: int) -> frozenset[str]:
    """
    Return some elements, what leads to them and what follows from them, each as many flows away as `reach` says.

    An event on the border of a step counts as the step: what follows from it follows from the step.
    """
    forwards: dict[str, list[str]] = {}
    backwards: dict[str, list[str]] = {}
    borders: dict[str, list[str]] = {}
    hosts: dict[str, list[str]] = {}
    for element in content.elements.values():
        if element.kind == FLOW:
            forwards.setdefault(element.source, []).append(element.target)
            backwards.setdefault(element.target, []).append(element.source)
        if element.attached_to:
            borders.setdefault(element.attached_to, []).append(element.id)
            hosts[element.id] = [element.attached_to]
    there = frozenset(around) & content.elements.keys()
    return _walked(there, forwards, borders, reach) | _walked(there, backwards, hosts, reach)


def _walked(
    begin: Collection[str],
    ways: Mapping[str, list[str]],
    alike: Mapping[str, list[str]],
    reach: int,
) -> frozenset[str]:
    """Return what is at most so many flows away; what is alike is no flow away."""
    found = _and_alike(begin, alike)
    edge = found
    for _ in range(reach):
        further = {target for each in edge for target in ways.get(each, ())}
        edge = _and_alike(further, alike) - found
        found |= edge
    return found


def _and_alike(elements: Collection[str], alike: Mapping[str, list[str]]) -> frozenset[str]:
    return frozenset(elements) | {other for each in elements for other in alike.get(each, ())}


def _with_content(plane: Plane, content: Content, near: frozenset[str]) -> frozenset[str]:
    """Add what stands in a sub-process that is drawn open: without it, it would look empty."""
    opened = {each.element_id for each in plane.shapes if each.expanded} & near
    if not opened:
        return near
    inside = set(near)
    for (
        element
    ) in content.elements.values():  # in the order of the file: the outer before the inner
        if element.scope in opened:
            inside.add(element.id)
            opened.add(element.id)
    return frozenset(inside)


def _shown(plane: Plane) -> set[str]:
    return {each.element_id for each in plane.shapes}
