"""
Where an exclusive gateway decides, each way has a condition or is the default (BPMN 2.0 §10.6.2).

One way without a condition, where none is the default, can only be meant as the default; so other engines take it.
"""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding, Severity
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    for gateway in process.elements.values():
        if gateway.type != "exclusiveGateway" or len(gateway.outgoing) < 2:
            continue
        flows = [process.flows[each] for each in gateway.outgoing if each != gateway.default]
        unsaid = [each for each in flows if not each.condition]
        if len(unsaid) == 1 and gateway.default is None:
            yield at(
                process,
                unsaid[0],
                "missing-condition",
                "The flow '{element}' after '{gateway}' has no condition; it is taken as the default flow.",
                Severity.WARNING,
                gateway=gateway.label,
            )
            continue
        for flow in unsaid:
            yield at(
                process,
                flow,
                "missing-condition",
                "The flow '{element}' after '{gateway}' needs a condition, or must be the default flow.",
                gateway=gateway.label,
            )
