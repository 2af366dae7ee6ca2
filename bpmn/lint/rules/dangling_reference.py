"""
What an element refers to is in the file (BPMN 2.0 §8.2.2).

Where the execution needs it, its absence is an error. Where it only documents (an operation, a data store), or
the rest of the model says enough (a lane that names an element that is gone), it is a warning; so it is where the
reference itself can be meant, as other engines take it: as the code of an error, or the name of a signal.
"""

from collections.abc import Iterator, Mapping

from bpmn.description import Process
from bpmn.findings import Finding, Severity

NEEDED: Mapping[str, str] = {
    "escalationRef": "'{element}' refers to the escalation '{reference}', which is not in the file.",
    "eventDefinitionRef": "'{element}' refers to the event definition '{reference}', which is not in the file.",
    "messageRef": "'{element}' refers to the message '{reference}', which is not in the file.",
    "noneBehaviorEventRef": "'{element}' throws the event '{reference}', which is not in the file.",
    "oneBehaviorEventRef": "'{element}' throws the event '{reference}', which is not in the file.",
}
SHOWN: Mapping[str, str] = {
    "errorRef": "'{element}' refers to an error that is not in the file; '{reference}' is taken as its code.",
    "signalRef": "'{element}' refers to a signal that is not in the file; '{reference}' is taken as its name.",
    "dataObjectRef": "'{element}' shows the data object '{reference}', which is not in the file.",
    "dataStoreRef": "'{element}' shows the data store '{reference}', which is not in the file.",
    "flowNodeRef": "The lane '{element}' holds '{reference}', which is no element of the file.",
    "operationRef": "'{element}' refers to the operation '{reference}', which is not in the file.",
}


def check(process: Process) -> Iterator[Finding]:
    for each in process.astray:
        template = NEEDED.get(each.name) or SHOWN.get(each.name)
        if template is None:
            continue  # the ends of data associations have a rule of their own
        yield Finding(
            process.resource,
            "dangling-reference",
            template,
            Severity.ERROR if each.name in NEEDED else Severity.WARNING,
            each.element_id,
            each.line,
            {"element": each.label, "reference": each.identity},
        )
