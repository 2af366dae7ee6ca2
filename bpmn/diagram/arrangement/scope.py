"""What stands beside one another: the elements of all processes, or those of one sub-process, in their bands."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bpmn.diagram.content import Content, Element
from bpmn.diagram.kinds import ASSOCIATIONS, CONTAINERS, EDGES, NODES
from bpmn.reader.tags import GATEWAYS

TOP = ""
"""The scope of what stands in no sub-process."""
WHOLES = frozenset({"process", "choreography"})
ARTIFACTS = frozenset({"dataObjectReference", "dataStoreReference", "textAnnotation"})


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of a pool, of a lane, or of neither."""

    whole: str
    """The process or sub-process that it is a part of."""
    pool: str
    lane: str
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """An edge between two elements of a scope, or their boundary events."""

    id: str
    name: str
    source: str
    target: str
    message: bool = False


@dataclass(slots=True)
class Scope:
    id: str
    bands: list[Band] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)
    attached: dict[str, list[str]] = field(default_factory=dict)
    """The boundary events of an activity."""
    gateways: set[str] = field(default_factory=set)
    artifacts: dict[str, str] = field(default_factory=dict)
    """Data and notes, and beside which element each stands; nothing where it stands beside none."""


@dataclass(slots=True)
class Scopes:
    content: Content
    found: dict[str, Scope] = field(default_factory=dict)
    pools: dict[str, str] = field(default_factory=dict)
    """The pool of each process, and pools without a process under their own ids."""
    lanes: dict[str, list[Element]] = field(default_factory=dict)
    """The lanes of a process or sub-process, each before those in it."""
    in_lane: dict[str, str] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=dict)
    """The nodes of a process or sub-process."""

    def __post_init__(self) -> None:
        elements = self.content.elements.values()
        for each in elements:
            self._note_place(each)
        for each in elements:
            if each.kind in {"sequenceFlow", "messageFlow"}:
                self._note_arc(each)
        beside = dict(self._beside())
        for each in elements:
            if each.kind in ARTIFACTS:
                home = self.home(each)
                partner = self.lifted(beside.get(each.id, ""), home)
                self.scope(home).artifacts[each.id] = partner
        self._note_bands()

    def scope(self, key: str) -> Scope:
        return self.found.setdefault(key, Scope(key))

    def deepest_first(self) -> list[Scope]:
        return sorted(self.found.values(), key=lambda each: -self._depth(each.id))

    def home(self, element: Element) -> str:
        """Return the sub-process that an element stands in."""
        around = self.content.get(element.scope)
        return around.id if around is not None and around.kind in CONTAINERS else TOP

    def is_placed(self, element: Element) -> bool:
        around = self.content.get(element.scope)
        return (
            element.kind in NODES
            and around is not None
            and (around.kind in WHOLES or around.kind in CONTAINERS)
        )

    def lifted(self, key: str, scope: str) -> str:
        """Return what stands for an element in a scope: itself, its host, or what it stands in; else nothing."""
        element = self.content.get(key)
        while element is not None:
            if element.kind in EDGES:
                source = self.content.get(element.source)
                element = None if source is None or source.kind in EDGES else source
            elif self.is_attached(element):
                element = self.content.get(element.attached_to)
            elif self.is_placed(element) and self.home(element) == scope:
                return element.id
            else:
                element = self.content.get(element.scope)
        return ""

    def is_attached(self, element: Element) -> bool:
        host = self.content.get(element.attached_to)
        return (
            element.kind == "boundaryEvent"
            and host is not None
            and host.kind != "boundaryEvent"
            and self.is_placed(host)
            and host.scope == element.scope
        )

    def _note_place(self, element: Element) -> None:
        if element.kind == "participant":
            self._note_pool(element)
        elif element.kind == "lane":
            self._note_lane(element)
        elif self.is_placed(element):
            self._note_node(element)

    def _note_pool(self, pool: Element) -> None:
        """Note a pool of a collaboration; a process is drawn in the first of its pools."""
        around = self.content.get(pool.scope)
        if around is not None and around.kind == "collaboration":
            key = pool.called if pool.called not in self.pools else ""
            self.pools[key or pool.id] = pool.id

    def _note_lane(self, lane: Element) -> None:
        around: Element | None = lane
        while around is not None and around.kind == "lane":
            around = self.content.get(around.scope)
        if around is not None:
            self.lanes.setdefault(around.id, []).append(lane)
            self.in_lane.update(dict.fromkeys(lane.members, lane.id))

    def _note_node(self, node: Element) -> None:
        scope = self.scope(self.home(node))
        if self.is_attached(node):
            scope.attached.setdefault(node.attached_to, []).append(node.id)
        else:
            self.inside.setdefault(node.scope, []).append(node.id)
            if node.kind in GATEWAYS:
                scope.gateways.add(node.id)

    def _note_arc(self, edge: Element) -> None:
        source, target = self.content.get(edge.source), self.content.get(edge.target)
        if source is None or target is None:
            return
        message = edge.kind == "messageFlow"
        home = self.home(source) if self.home(source) == self.home(target) else TOP
        ends = [self._end(each, home, message=message) for each in (source, target)]
        repeats = source.id == target.id and not message
        if all(ends) and (ends[0] != ends[1] or repeats):
            self.scope(home).arcs.append(Arc(edge.id, edge.name, ends[0], ends[1], message))

    def _end(self, element: Element, home: str, *, message: bool) -> str:
        if message and element.kind == "participant":
            return element.id if element.id in self.pools.values() else ""
        direct = self.is_placed(element) and self.home(element) == home
        return element.id if direct else self.lifted(element.id, home)

    def _beside(self) -> Iterator[tuple[str, str]]:
        for each in self.content.elements.values():
            if each.kind in ASSOCIATIONS:
                yield each.source, each.target
                yield each.target, each.source

    def _note_bands(self) -> None:
        wholes = [each.id for each in self.content.elements.values() if each.kind in WHOLES]
        top = self.scope(TOP)
        for key in dict.fromkeys((*self.pools, *wholes)):
            if key in self.pools or key in self.inside:
                top.bands.extend(self._bands(key, self.pools.get(key, "")))
        for scope in self.found.values():
            if scope.id != TOP:
                scope.bands.extend(self._bands(scope.id, ""))

    def _bands(self, key: str, pool: str) -> Iterator[Band]:
        nodes: dict[str, list[str]] = {each.id: [] for each in self.lanes.get(key, ())}
        beside: list[str] = []
        for each in self.inside.get(key, ()):
            nodes.get(self.in_lane.get(each, ""), beside).append(each)
        around = {each.scope for each in self.lanes.get(key, ())}
        for lane, there in nodes.items():
            if there or lane not in around:
                yield Band(key, pool, lane, tuple(there))
        if beside or not nodes:
            yield Band(key, pool, "", tuple(beside))

    def _depth(self, key: str) -> int:
        element = self.content.get(key)
        return 0 if element is None else element.depth
