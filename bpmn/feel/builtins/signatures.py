"""
How a function of the library says what it takes: `"string: string, start position: number, length?: number"`.

`?` after a name: it may be left out. A type `any` takes everything, null too; after other types `or null` says
that null is taken. `...` at the end: the last parameter takes all further arguments.
"""

from collections.abc import Callable
from typing import Any

from bpmn.feel.functions import Parameter, Signature
from bpmn.feel.invocation import Function
from bpmn.feel.types import NAMED

OR_NULL = " or null"


def builtin(name: str, *ways: tuple[str, Callable[..., Any]]) -> Function:
    """Return a function of the library; each way to call it is the parameters and what does it."""
    return Function(name, tuple(signature(written, does) for written, does in ways))


def signature(written: str, does: Callable[..., Any]) -> Signature:
    rest = written.endswith("...")
    parameters = (_parameter(each) for each in written.removesuffix("...").split(",") if each)
    return Signature(tuple(parameters), does, rest)


def _parameter(written: str) -> Parameter:
    name, _, kind = (each.strip() for each in written.partition(":"))
    plain = kind.removesuffix(OR_NULL)
    return Parameter(
        name.removesuffix("?"),
        None if plain in ("any", "some") else NAMED[plain],
        optional=name.endswith("?"),
        nullable=plain == "any" or kind.endswith(OR_NULL),
    )
