"""What the rules say of a model. The schema says some of it in other words; it is asked elsewhere."""

from bpmn import deployment
from bpmn.findings import Finding


def findings(source: bytes) -> list[Finding]:
    checked = deployment.check({"m.bpmn": source})
    return [each for each in checked.findings if each.rule != "schema"]
