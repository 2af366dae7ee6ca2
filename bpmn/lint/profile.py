"""Which rules speak, and in which order."""

from collections.abc import Callable, Iterable, Iterator

from bpmn.description import Process
from bpmn.findings import Finding
from bpmn.lint.rules import (
    assignment,
    beginning,
    conditions,
    events,
    expression_language,
    flow_ends,
    foreign,
    no_called_process,
    no_instances,
    not_supported,
    script,
    too_large,
    unreachable,
)

Rule = Callable[[Process], Iterable[Finding]]

EXECUTION: tuple[Rule, ...] = (
    too_large.check,
    not_supported.check,
    flow_ends.check,
    beginning.check,
    conditions.check,
    no_called_process.check,
    script.check,
    expression_language.check,
    events.check,
    no_instances.check,
    foreign.check,
    unreachable.check,
    assignment.check,
)


def check(process: Process) -> Iterator[Finding]:
    """Say what keeps a process from being executed, and what its owner should know."""
    for rule in EXECUTION:
        yield from rule(process)
