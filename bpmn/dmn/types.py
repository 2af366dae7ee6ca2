"""
Item definitions as types (§7.3.2): what a value must be, and which values are allowed.

Each becomes a type of FEEL, so that the same is asked of a value wherever the type is named: at input data and
results, in the head of a table, and in an expression.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bpmn import feel
from bpmn.dmn.boxes import Text, TypeRef
from bpmn.dmn.description import FunctionItem, Item, Model
from bpmn.dmn.library import FoundItem, Library
from bpmn.feel import UnaryTests, types
from bpmn.feel.errors import InvalidExpression
from bpmn.feel.type_reading import parse_type
from bpmn.feel.types import Type

OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {"integer": "number", "long": "number", "double": "number", "float": "number"}
)
"""Names that tools write for FEEL's one type of numbers."""
FEEL = "FEEL"
"""Stands in the namespace of the language, in every version."""


@dataclass(slots=True)
class Types:
    """The types that a file can name."""

    library: Library
    model: Model
    unreadable: list[tuple[Text, InvalidExpression]] = field(default_factory=list)
    """Allowed values that are no unary tests."""
    _resolved: dict[tuple[str, str], Type] = field(default_factory=dict)
    _named: Mapping[str, Type] | None = None
    _open: set[tuple[str, str]] = field(default_factory=set)

    def declared(self, reference: TypeRef | None) -> Type | None:
        """Return what a reference means; None where it means nothing."""
        if reference is None:
            return types.ANY
        return self._of(self.model, reference)

    def named(self) -> Mapping[str, Type]:
        """Return the type of each item definition, by the name that expressions use."""
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

    def _all(self) -> dict[str, Type]:
        found = {item.name: self._item(self.model, item) for item in self.model.items}
        for each in self.model.imports:
            inner = self.library.imported(each)
            prefix = f"{each.name}." if each.name else ""
            for item in inner.items if inner else ():
                if inner is not None:
                    found.setdefault(f"{prefix}{item.name}", self._item(inner, item))
        return found

    def _of(self, model: Model, reference: TypeRef) -> Type | None:
        built_in = _built_in(reference)
        if built_in is not None:
            return built_in
        found = self.library.item(model, reference.name, _own(reference.namespace))
        if found is not None:
            return self._item(found.model, found.item)
        return self._written(model, reference.name) if "<" in reference.name else None

    def _written(self, model: Model, name: str) -> Type | None:
        """Return a type that is written out, such as `list<number>`."""
        known = {each.name: self._item(model, each) for each in model.items if each.name in name}
        try:
            return parse_type(name, known)
        except InvalidExpression:
            return None

    def _item(self, model: Model, item: Item) -> Type:
        key = (model.namespace, item.name)
        if key in self._resolved:
            return self._resolved[key]
        if key in self._open:  # a type that holds itself is not looked into a second time
            return types.ANY
        self._open.add(key)
        self._resolved[key] = made = self._made(model, item)
        self._open.discard(key)
        return made

    def _made(self, model: Model, item: Item) -> Type:
        one = self._one(model, item)
        whole = self._tests(item.constraint)
        if not item.is_collection:
            return _narrowed(one, self._tests(item.allowed), whole)
        items = _narrowed(one, self._tests(item.allowed))
        return _narrowed(types.list_of(items), whole)

    def _one(self, model: Model, item: Item) -> Type:
        """Return what the value is, or of a collection each item."""
        if item.components:
            return types.context_of(
                {each.name: self._made(model, each) for each in item.components}
            )
        if item.function is not None:
            return self._function(model, item.function)
        return (self._of(model, item.type) if item.type else None) or types.ANY

    def _function(self, model: Model, item: FunctionItem) -> Type:
        def of(reference: TypeRef | None) -> Type:
            return (self._of(model, reference) if reference else None) or types.ANY

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


def returned(declared: Type) -> Type:
    """Return what a function of a type returns; before DMN 1.3 its type was that of the result."""
    return declared.result if isinstance(declared, types.FunctionType) else declared


def _narrowed(base: Type, *tests: UnaryTests | None) -> Type:
    """Return a type narrowed by tests, beside those that it has."""
    given = tuple(each for each in tests if each is not None)
    return types.restricted(base, *given) if given else base


def _own(namespace: str | None) -> str | None:
    """Return a namespace that can hold item definitions: FEEL's cannot."""
    return None if namespace is None or FEEL in namespace else namespace


def _built_in(reference: TypeRef) -> Type | None:
    name = OTHER_NAMES.get(reference.name, reference.name)
    return types.NAMED.get(name)
