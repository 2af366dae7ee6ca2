"""
The files of a set put together: a reference finds its element, also in a file that is imported.

A file that is imported twice, by ways of different names, is two places: its input data are given apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bpmn.dmn.description import Element, Import, Item, Model, Reference

DEEPEST = 20
"""How many files may import each other in a row."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and the names of the imports by which we came to it."""

    model: Model
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An element, and where it stands."""

    place: Place
    element: Element

    @property
    def identity(self) -> tuple[str, str]:
        """The namespace of the file, and the id."""
        return (self.place.model.namespace, self.element.id)

    @property
    def address(self) -> tuple[tuple[str, ...], str, str]:
        return (self.place.path, *self.identity)


@dataclass(frozen=True, slots=True)
class Library:
    main: Model
    models: Mapping[str, Model]
    """By namespace; the main one first, then in the order in which they are imported."""
    elements: Mapping[tuple[str, str], Element]
    """By the namespace of the file, and the id."""
    shared: frozenset[str] = frozenset()
    """Namespaces of several of the files, so that an import of one does not say which is meant."""

    @classmethod
    def of(cls, main: Model, others: Iterable[Model]) -> "Library":
        """
        Put a file together with those of others that it is made of: those that it imports, and that they import.

        Of two files with one namespace, or elements with one id, the first counts.
        """
        models: dict[str, Model] = {main.namespace: main}
        shared: set[str] = set()
        for each in others:
            if models.setdefault(each.namespace, each) is not each:
                shared.add(each.namespace)
        places = cls(main, models, {}).reachable()
        needed = {each.model.namespace: each.model for each in places}
        elements: dict[tuple[str, str], Element] = {}
        for model in needed.values():
            for element in model.elements:
                elements.setdefault((model.namespace, element.id), element)
        return cls(main, needed, elements, frozenset(shared))

    @property
    def root(self) -> Place:
        return Place(self.main)

    def resolve(self, place: Place, reference: Reference) -> Found | None:
        """Return the element that a reference in a file points at."""
        target = self.place(place, reference.namespace)
        return self.by_id(target, reference.id) if target else None

    def by_id(self, place: Place, identity: str) -> Found | None:
        element = self.elements.get((place.model.namespace, identity))
        return Found(place, element) if element else None

    def item(self, model: Model, name: str, namespace: str | None = None) -> "FoundItem | None":
        """Return an item definition by its name; that of an imported one begins with the import's."""
        if namespace and namespace != model.namespace:
            other = self.models.get(namespace)
            return _item(other, name) if other else None
        local = _item(model, name)
        return local or next(self._imported_items(model, name), None)

    def imported(self, each: Import) -> Model | None:
        return self.models.get(each.namespace)

    def reachable(self) -> Iterator[Place]:
        """Return every file that the main one needs, once."""
        yield self.root
        yield from self._imported_from(self.root)

    def place(self, place: Place, namespace: str | None) -> Place | None:
        """Return the file of a namespace as another one sees it, itself or by way of its imports."""
        if not namespace or namespace == place.model.namespace:
            return place
        inside = self._imported_from(place)
        return next((each for each in inside if each.model.namespace == namespace), None)

    def _imported_from(self, place: Place) -> Iterator[Place]:
        """Return the files that one imports, and those that they do, each by the shortest way."""
        waiting = [place]
        seen = {place.model.namespace}
        while waiting:
            current = waiting.pop(0)
            if len(current.path) >= DEEPEST:
                continue
            for each in current.model.imports:
                model = self.imported(each)
                if model is not None and model.namespace not in seen:
                    seen.add(model.namespace)
                    inner = Place(model, (*current.path, each.name))
                    waiting.append(inner)
                    yield inner

    def _imported_items(self, model: Model, name: str) -> Iterator["FoundItem"]:
        for each in model.imports:
            inner = self.imported(each)
            prefix = f"{each.name}." if each.name else ""
            if inner is not None and name.startswith(prefix):
                found = _item(inner, name.removeprefix(prefix))
                if found is not None:
                    yield found


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item definition, and the file it stands in."""

    model: Model
    item: Item


def _item(model: Model, name: str) -> FoundItem | None:
    found = (each for each in model.items if each.name == name)
    return next((FoundItem(model, each) for each in found), None)
