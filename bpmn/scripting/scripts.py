"""
Script tasks: assignments, conditions and loops over the variables of a process.

A script changes nothing by itself. It says which variables have which new values, and whoever ran it
decides what becomes of them; so a script that fails half way has done nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bpmn.scripting import expressions, statements, syntax
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.limits import DEFAULT, Limits
from bpmn.scripting.reading import Reading
from bpmn.scripting.results import Copier
from bpmn.scripting.run import Run
from bpmn.scripting.statements import Execute


class Variables(dict[str, Any]):
    """What a script has assigned, in front of what it was given."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__()
        self._given = given

    def __missing__(self, name: str) -> Any:
        return self._given[name]


@dataclass(frozen=True, slots=True)
class Script:
    text: str
    limits: Limits
    _execute: Execute = field(compare=False, repr=False)

    def run(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return the variables that were assigned, with their new values.

        These share no list or dict with `names`, which stay as they are. Raises `ExpressionFailed`, and
        `BpmnErrorThrown` where the script says `error("CODE", "message")`.
        """
        variables = Variables(names)
        try:
            self._execute(Run(variables, self.limits, variables))
            copier = Copier(self.limits)
            return {name: copier.copy(value) for name, value in variables.items()}
        except ExpressionFailed as error:
            error.line = error.line or 1
            raise
        except (RecursionError, MemoryError) as error:
            raise expressions.too_much() from error


def read(text: str, limits: Limits = DEFAULT) -> Script:
    """Read a script; raises `InvalidExpression` for what is not one, or not allowed."""
    nodes, source = syntax.script(text, limits)
    reading = Reading(source, limits, expressions.HANDLERS)
    return Script(text, limits, statements.block(reading, nodes))
