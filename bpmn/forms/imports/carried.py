"""
A form of another product, while it is carried over into a definition of ours.

What only looks differently afterwards is told and left behind. What asks for something that we
cannot ask must not be left behind: names that a form does not define are refused, so a case would
wait for an answer that nobody can give. Then there is no form, and the task takes any answers.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from bpmn.findings import Finding, Severity
from bpmn.forms import definition
from bpmn.forms.answers.texts import printable
from bpmn.forms.field_reading import NAME
from bpmn.forms.fields import Form

LONGEST = 1_900
"""Characters of a label or a help text that are kept."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(slots=True)
class Carried:
    """What becomes of one form."""

    resource: str
    element_id: str | None = None
    line: int | None = None
    findings: list[Finding] = field(default_factory=list)
    is_whole: bool = True
    """Everything that is asked can be asked by us."""

    def leave(self, template: str, **values: object) -> None:
        """Say what is left behind."""
        shown = {key: printable(str(value)) for key, value in values.items()}
        self.findings.append(
            Finding(
                self.resource,
                "form-import",
                template,
                Severity.WARNING,
                self.element_id,
                self.line,
                shown,
            )
        )

    def give_up(self, template: str, **values: object) -> None:
        """Say what is asked and cannot be asked by us."""
        self.is_whole = False
        self.leave(template, **values)

    def name(self, given: object, *, is_asked: bool = True) -> str | None:
        """Return the name of a question, None where it cannot be one of ours."""
        if isinstance(given, str) and NAME.fullmatch(given):
            return given
        said = "'{name}' cannot be the name of a question here (a letter a-z, then letters, digits, _)."
        (self.give_up if is_asked else self.leave)(said, name=given)
        return None

    def words(self, given: object, otherwise: str) -> dict[str, str]:
        """Return words in each language, as they are: such a form has one language."""
        text = given.strip() if isinstance(given, str) else ""
        if text.startswith("=") or "{{" in text:
            self.leave(
                "The words '{text}' are worked out; they are shown as they stand.", text=text
            )
        kept = UNPRINTABLE.sub(" ", text)[:LONGEST] or otherwise
        return {"sv": kept, "en": kept}

    def form(self, key: str, title: str, content: Mapping[str, Any]) -> Form | None:
        """Read what was carried over; what is still wrong with it is told, and there is no form."""
        whole = {"key": "imported", "title": self.words(title, key), **content}
        form = None
        if self.is_whole:
            source = json.dumps(whole, default=_number).encode()
            form, found = definition.read(source, "")
            for each in found:
                self.give_up("The form cannot be carried over: {reason}", reason=each.message)
        if form is None:
            self.leave("The form is not used, and the task takes any answers.")
            return None
        return replace(form, key=key)


def both(conditions: Sequence[str]) -> dict[str, str]:
    """Return the key under which all of these conditions are asked."""
    if len(conditions) == 1:
        return {"visibleIf": conditions[0]}
    return {"visibleIf": " and ".join(f"({each})" for each in conditions)} if conditions else {}


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError
