"""
Item definitions as types (§7.3.2): what a value must be, and which values are allowed.

The structure is a type of FEEL. What FEEL's types do not know are allowed values and constraints, which are unary
tests; they are kept beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from bpmn import feel
from bpmn.dmn.boxes import Text, TypeRef
from bpmn.dmn.description import FunctionItem, Item, Model
from bpmn.dmn.library import FoundItem, Library
from bpmn.feel import Setting, UnaryTests, types
from bpmn.feel.errors import InvalidExpression
from bpmn.feel.type_reading import parse_type

OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {"integer": "number", "long": "number", "double": "number", "float": "number"}
)
"""Names that tools write for FEEL's one type of numbers."""
FEEL = "FEEL"
"""Stands in the namespace of the language, in every version."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A type as declared in a file."""

    type: types.Type
    allowed: tuple[UnaryTests, ...] = ()
    """All of them must hold."""
    items: "Declared | None" = None
    """What each item of a list must be."""
    components: tuple[tuple[str, "Declared"], ...] = ()
    is_constrained: bool = False
    """Whether there is anything beside the structure, at any depth."""

    def admits(self, value: Any, setting: Setting) -> bool:
        """Tell whether a value of the type is among those allowed. Null is, everywhere."""
        if value is None or not self.is_constrained:
            return True
        if any(each.holds(value, {}, setting) is not True for each in self.allowed):
            return False
        if self.items is not None and isinstance(value, list):
            return all(self.items.admits(each, setting) for each in value)
        if isinstance(value, dict):
            return all(each.admits(value.get(name), setting) for name, each in self.components)
        return True

    @property
    def result(self) -> "Declared":
        """Return what a function of this type returns; before DMN 1.3 its type was that of the result."""
        if isinstance(self.type, types.FunctionType):
            return Declared(self.type.result)
        return self


ANY = Declared(types.ANY)


@dataclass(slots=True)
class Types:
    """The types that a file can name."""

    library: Library
    model: Model
    unreadable: list[tuple[Text, InvalidExpression]] = field(default_factory=list)
    """Allowed values that are no unary tests."""
    _resolved: dict[tuple[str, str], Declared] = field(default_factory=dict)
    _named: Mapping[str, types.Type] | None = None
    _open: set[tuple[str, str]] = field(default_factory=set)

    def declared(self, reference: TypeRef | None) -> Declared | None:
        """Return what a reference means; None where it means nothing."""
        if reference is None:
            return ANY
        return self._of(self.model, reference)

    def named(self) -> Mapping[str, types.Type]:
        """Return the structure of each item definition, by the name that expressions use."""
        if self._named is None:
            self._named = self._all()
        return self._named

    def members(self, reference: TypeRef | None) -> frozenset[str]:
        """Return the names of the components of a type, at every depth."""
        return self.members_in(self.model, reference)

    def members_in(self, model: Model, reference: TypeRef | None) -> frozenset[str]:
        """Return the same of a type that another file names."""
        if reference is None:
            return frozenset()
        found = self.library.item(model, reference.name, _own(reference.namespace))
        return frozenset(self._member_names(found, set())) if found else frozenset()

    def allowed(self, reference: TypeRef | None) -> Text | None:
        """Return the allowed values of an item definition, as written."""
        if reference is None:
            return None
        found = self.library.item(self.model, reference.name, _own(reference.namespace))
        return found.item.allowed if found else None

    # ------------------------------------------------------------------ private

    def _all(self) -> dict[str, types.Type]:
        found = {item.name: self._item(self.model, item).type for item in self.model.items}
        for each in self.model.imports:
            inner = self.library.imported(each)
            prefix = f"{each.name}." if each.name else ""
            for item in inner.items if inner else ():
                if inner is not None:
                    found.setdefault(f"{prefix}{item.name}", self._item(inner, item).type)
        return found

    def _of(self, model: Model, reference: TypeRef) -> Declared | None:
        built_in = _built_in(reference)
        if built_in is not None:
            return Declared(built_in)
        found = self.library.item(model, reference.name, _own(reference.namespace))
        if found is not None:
            return self._item(found.model, found.item)
        return self._written(model, reference.name) if "<" in reference.name else None

    def _written(self, model: Model, name: str) -> Declared | None:
        """Return a type that is written out, such as `list<number>`."""
        known = {
            each.name: self._item(model, each).type for each in model.items if each.name in name
        }
        try:
            return Declared(parse_type(name, known))
        except InvalidExpression:
            return None

    def _item(self, model: Model, item: Item) -> Declared:
        key = (model.namespace, item.name)
        if key in self._resolved:
            return self._resolved[key]
        if key in self._open:  # a type that holds itself is not looked into a second time
            return ANY
        self._open.add(key)
        self._resolved[key] = made = self._made(model, item)
        self._open.discard(key)
        return made

    def _made(self, model: Model, item: Item) -> Declared:
        one = self._one(model, item)
        whole = self._tests(item.constraint)
        if not item.is_collection:
            return _narrowed(one, self._tests(item.allowed), whole)
        items = _narrowed(one, self._tests(item.allowed))
        listed = Declared(
            types.list_of(items.type), items=items, is_constrained=items.is_constrained
        )
        return _narrowed(listed, whole)

    def _one(self, model: Model, item: Item) -> Declared:
        """Return what the value is, or of a collection each item."""
        if item.components:
            inner = tuple((each.name, self._made(model, each)) for each in item.components)
            return Declared(
                types.context_of({name: each.type for name, each in inner}),
                components=inner,
                is_constrained=any(each.is_constrained for _, each in inner),
            )
        if item.function is not None:
            return Declared(self._function(model, item.function))
        return (self._of(model, item.type) if item.type else None) or ANY

    def _function(self, model: Model, item: FunctionItem) -> types.Type:
        def of(reference: TypeRef | None) -> types.Type:
            return ((self._of(model, reference) if reference else None) or ANY).type

        return types.function_of(tuple(of(each.type) for each in item.parameters), of(item.output))

    def _tests(self, text: Text | None) -> UnaryTests | None:
        if text is None or not text.text.strip():
            return None
        try:
            return feel.read_tests(text.text)
        except InvalidExpression as error:
            self.unreadable.append((text, error))
            return None

    def _member_names(self, found: FoundItem, seen: set[tuple[str, str]]) -> Iterator[str]:
        key = (found.model.namespace, found.item.name)
        if key in seen:
            return
        seen.add(key)
        yield from self._inside(found.model, found.item, seen)

    def _inside(self, model: Model, item: Item, seen: set[tuple[str, str]]) -> Iterator[str]:
        if item.type is not None:
            base = self.library.item(model, item.type.name, _own(item.type.namespace))
            yield from self._member_names(base, seen) if base else ()
        for each in item.components:
            yield each.name
            yield from self._inside(model, each, seen)


def _narrowed(base: Declared, *tests: UnaryTests | None) -> Declared:
    """Return a type narrowed by tests, beside those that it has."""
    given = tuple(each for each in tests if each is not None)
    if not given:
        return base
    return replace(base, allowed=(*base.allowed, *given), is_constrained=True)


def _own(namespace: str | None) -> str | None:
    """Return a namespace that can hold item definitions: FEEL's cannot."""
    return None if namespace is None or FEEL in namespace else namespace


def _built_in(reference: TypeRef) -> types.Type | None:
    name = OTHER_NAMES.get(reference.name, reference.name)
    return types.NAMED.get(name)
