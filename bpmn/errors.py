"""
What a diagram, a script or a step can get wrong, as sentences that a door can translate.

The sentence and its values travel apart: `template` is the key of the translation, `values` fill it.
"""


class BpmnError(Exception):
    """A diagram, or a step asked of it, that BPMN or this product does not allow."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format_map(self.values) if self.values else self.template


class InvalidXml(BpmnError):
    """The document is not well-formed, too large, of another kind, or uses an entity or a document type."""

    def __init__(self, template: str, *, line: int | None = None, **values: object) -> None:
        super().__init__(template, **values)
        self.line = line


class NoSuchWait(BpmnError):
    """The workflow does not wait there, or no longer."""


class StateUnreadable(BpmnError):
    """The saved state was written by a version that this one cannot read, or is damaged."""
