"""Which checks speak, and in which order."""

from collections.abc import Iterator

from bpmn.dmn.checks import coverage, names, references, structure
from bpmn.dmn.decisions import Decisions
from bpmn.findings import Finding, refuses


def check(decisions: Decisions) -> Iterator[Finding]:
    """Say what keeps the decisions of a file from being made, and what their owner should know."""
    model = decisions.model
    found = [
        *decisions.findings,
        *references.check(decisions.graph.library),
        *structure.check(model),
        *names.check(decisions),
    ]
    yield from found
    if not refuses(found):
        yield from coverage.check(model)
