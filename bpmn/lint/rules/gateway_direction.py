"""
What a gateway says of its direction fits its flows (BPMN 2.0 §8.3.9).

Every engine goes by the flows, and a gateway that neither splits nor joins is fine; but a reader of the XML, and
some tools, go by the word.
"""

from collections.abc import Iterator

from bpmn.description import Element, Process
from bpmn.findings import Finding, Severity
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        template = _contradiction(element)
        if template is not None:
            yield at(process, element, "gateway-direction", template, Severity.WARNING)


def _contradiction(gateway: Element) -> str | None:
    joins, splits = len(gateway.incoming) > 1, len(gateway.outgoing) > 1
    if gateway.direction == "Converging" and splits:
        return "'{element}' is said to be converging, but several flows leave it. It goes by its flows."
    if gateway.direction == "Diverging" and joins:
        return "'{element}' is said to be diverging, but several flows lead to it. It goes by its flows."
    if gateway.direction == "Mixed" and joins != splits:
        return "'{element}' is said to be mixed, but it only splits or only joins. It goes by its flows."
    return None
