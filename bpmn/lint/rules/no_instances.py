"""A multi-instance activity says how often, or over what, it is repeated (BPMN 2.0 §10.3.7)."""

from collections.abc import Iterator

from bpmn.description import MultiInstance, Process
from bpmn.findings import Finding


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        loop = element.loop
        if isinstance(loop, MultiInstance) and not (loop.cardinality or loop.collection):
            yield Finding(
                process.resource,
                "no-instances",
                "'{element}' is to be done several times, but neither a number nor a collection is given.",
                element_id=element.id,
                line=element.line,
                values={"element": element.label},
            )
