"""Functions as values, and how arguments find their parameters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bpmn.feel.errors import NoValue

if TYPE_CHECKING:
    from bpmn.feel.types import Type


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: "Type | None" = None
    """None is any."""
    optional: bool = False
    nullable: bool = True
    """Null is passed on; where it is not, the call is null."""


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """One way to call a function."""

    parameters: tuple[Parameter, ...]
    invoke: Callable[..., Any]
    """Does it, for a `Run` and the values of the parameters in their order; None where one was left out."""
    rest: bool = False
    """The last parameter takes all further arguments, as a list."""

    def takes(self, count: int) -> bool:
        fewest = sum(not each.optional for each in self.parameters)
        return fewest <= count and (self.rest or count <= len(self.parameters))

    def takes_names(self, names: Sequence[str]) -> bool:
        known = {each.name for each in self.parameters}
        return (
            known.issuperset(names)
            and len(set(names)) == len(names)
            and all(each.optional or each.name in names for each in self.parameters)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Invocable:
    """A function; two are the same only if they are one."""

    name: str
    signatures: tuple[Signature, ...]
    """A function of the library may be called in several ways; others have one."""
    result: "Type | None" = None
    """None is any."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.signatures[0].parameters

    def taking(self, count: int, names: Sequence[str] | None = None) -> Signature:
        """Return how it is called with so many arguments, or these names; raises `NoValue`."""
        if names is not None:
            return self._taking_names(tuple(names))
        for signature in self.signatures:
            if signature.takes(count):
                return signature
        raise NoValue(
            "The function '{name}' does not take {count} arguments.", name=self.name, count=count
        )

    def _taking_names(self, names: tuple[str, ...]) -> Signature:
        """Of two ways with the same names, `point, range` and `range, point`, their order decides."""
        ways = [each for each in self.signatures if each.takes_names(names)]
        for signature in ways:
            if tuple(each.name for each in signature.parameters) == names:
                return signature
        if ways:
            return ways[0]
        raise NoValue(
            "The function '{name}' does not take the parameters {names}.",
            name=self.name,
            names=", ".join(names),
        )
