"""A model of many thousands of elements is a mistake or an attack; it is refused before it costs anything."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding

MOST_ELEMENTS = 10_000
LONGEST_KEY = 200


def check(process: Process) -> Iterator[Finding]:
    if len(process.id) > LONGEST_KEY:
        yield Finding(
            process.resource,
            "too-large",
            "The id of a process has at most {limit} characters.",
            element_id=process.id[:LONGEST_KEY],
            line=process.line,
            values={"limit": LONGEST_KEY},
        )
    count = len(process.elements) + len(process.flows)
    if count > 2 * MOST_ELEMENTS:
        yield Finding(
            process.resource,
            "too-large",
            "The process has {count} elements and flows; at most {limit} can be executed.",
            element_id=process.id,
            line=process.line,
            values={"count": count, "limit": 2 * MOST_ELEMENTS},
        )
