"""Which rules speak, and in which order."""

from collections.abc import Callable, Iterable, Iterator

from bpmn.description import Process
from bpmn.findings import Finding
from bpmn.lint.rules import (
    assignment,
    beginning,
    calls,
    conditions,
    events,
    flow_ends,
    foreign,
    languages,
    loops,
    scripts,
    size,
    supported,
    unreachable,
)

Rule = Callable[[Process], Iterable[Finding]]

EXECUTION: tuple[Rule, ...] = (
    size.check,
    supported.check,
    flow_ends.check,
    beginning.check,
    conditions.check,
    calls.check,
    scripts.check,
    languages.check,
    events.check,
    loops.check,
    foreign.check,
    unreachable.check,
    assignment.check,
)


def check(process: Process) -> Iterator[Finding]:
    """Say what keeps a process from being executed, and what its owner should know."""
    for rule in EXECUTION:
        yield from rule(process)
