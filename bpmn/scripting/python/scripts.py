"""
Script tasks: assignments, conditions and loops over the variables of a process.

A script changes nothing by itself. It says which variables have which new values, and whoever ran it decides what
becomes of them; so a script that fails half way has done nothing.
"""

from dataclasses import dataclass, field
from typing import Any

from bpmn import feel
from bpmn.feel import Limits, borders, evaluation
from bpmn.feel.run import Scope
from bpmn.scripting.kept import kept
from bpmn.scripting.python import statements, syntax
from bpmn.scripting.python.expressions import READERS
from bpmn.scripting.python.reading import Reading
from bpmn.scripting.python.statements import Execute
from bpmn.scripting.seen import Seen


@dataclass(frozen=True, slots=True)
class Script:
    text: str
    limits: Limits
    _execute: Execute = field(compare=False, repr=False)

    def run(self, names: Seen) -> dict[str, Any]:
        """
        Return the variables that were assigned, with their new values.

        These share no list or dict with `names`, which stay as they are. Raises `ExpressionFailed`, and
        `BpmnErrorThrown` where the script says `error("CODE", "message")`.
        """
        assigned: dict[str, Any] = {}
        setting = feel.Setting(names.now, names.zone, strict=True)
        with evaluation.going_on(setting, self.limits) as run:
            self._execute(Scope(run, assigned, Scope(run, names)), assigned)
            return {
                name: kept(borders.outward(value, run.budget)) for name, value in assigned.items()
            }


def read(text: str, limits: Limits) -> Script:
    """Read a script; raises `InvalidExpression` for what is not one, or not allowed."""
    nodes, source = syntax.script(text, limits)
    reading = Reading(source, limits, READERS)
    return Script(text, limits, statements.block(reading, nodes))
