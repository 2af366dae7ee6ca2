"""What a decision uses it also requires, so that its graph shows on what it depends."""

from collections.abc import Iterator

from bpmn.dmn.checks.pointing import at
from bpmn.dmn.decisions import Decisions
from bpmn.findings import Finding, Severity


def check(decisions: Decisions) -> Iterator[Finding]:
    model = decisions.model
    for element in model.elements:
        for name in sorted(decisions.graph.ready[model.namespace, element.id].free):
            yield at(
                model,
                element,
                "decision-input",
                "'{element}' uses '{name}', which it does not require; it is taken from the variables of"
                " whoever asks.",
                Severity.WARNING,
                name=name,
            )
