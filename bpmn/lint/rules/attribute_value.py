"""An attribute that decides what is executed has one of the values that BPMN 2.0 gives it (§8 to §10, tables)."""

from collections.abc import Iterator

from bpmn.description import Attribute, Process
from bpmn.findings import Finding


def check(process: Process) -> Iterator[Finding]:
    for each in process.unknown_values:
        yield Finding(
            process.resource,
            "attribute-value",
            _template(each),
            element_id=each.element_id,
            line=each.line,
            values={
                "element": each.label,
                "attribute": each.name,
                "value": each.value,
                "known": ", ".join(each.known),
            },
        )


def _template(attribute: Attribute) -> str:
    if attribute.known:
        return "'{attribute}' of '{element}' is '{value}'; it can only be one of: {known}."
    return "'{attribute}' of '{element}' is '{value}'; it must be a whole number from 1 to 99999."
