"""Conditions can be read before anybody depends on them."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.errors import BpmnError
from bpmn.findings import Finding
from bpmn.scripting import expressions, marks


def check(process: Process) -> Iterator[Finding]:
    for flow in process.flows.values():
        if not flow.condition:
            continue
        try:
            expressions.read(marks.unmarked(flow.condition))
        except BpmnError as error:
            yield Finding(
                process.resource,
                "condition",
                error.template,
                element_id=flow.id,
                line=flow.line,
                values=error.values,
            )
