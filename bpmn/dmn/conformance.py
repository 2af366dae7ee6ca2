"""A value as one of a type, or null with a warning, as the standard says (§10.3.2.9.4)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bpmn.dmn.run import Run
from bpmn.feel import borders, types
from bpmn.feel.budget import DEFAULT, Budget
from bpmn.feel.errors import NoValue
from bpmn.feel.types import Type

PLAIN: Mapping[type, str] = MappingProxyType({str: "string", bool: "boolean", int: "number"})
"""What is the same in Python, in FEEL and by its type."""


def checked(value: Any, declared: Type, run: Run, name: str) -> Any:
    """Return the value, changed where the standard says how; null where it is not of the type."""
    if value is None or declared is types.ANY:
        return value
    if PLAIN.get(type(value)) == declared.name and not declared.is_restricted:
        return value
    budget = run.setting.budget or Budget(DEFAULT)
    try:
        inner = borders.inward(value, budget)
    except NoValue as error:
        run.warn(error.template, **error.values)
        return None
    found = types.coerce(inner, declared)
    if found is None:
        run.warn("The value of '{name}' is not of the type {type}.", name=name, type=str(declared))
        return None
    if not types.admits(found, declared, run.setting):
        run.warn("The value of '{name}' is not among those that are allowed.", name=name)
        return None
    return value if found is inner else borders.outward(found, budget)
