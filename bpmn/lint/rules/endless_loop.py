"""An activity that is repeated says how long (BPMN 2.0 §10.3.7)."""

from collections.abc import Iterator

from bpmn.description import Process, StandardLoop
from bpmn.findings import Finding
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        loop = element.loop
        if isinstance(loop, StandardLoop) and not loop.condition and not loop.maximum:
            yield at(
                process,
                element,
                "endless-loop",
                "'{element}' is repeated, but neither a condition nor a number says how long.",
            )
