"""
A submission is checked against its form, and nothing else decides what enters the process.

Only the names of the form's fields come out, so no submission can set what the routine itself
keeps (a counter, an outcome of an earlier step). All of them come out: a question that is no
longer asked, or was left open, is None (a list: empty), so that an answer of an earlier round
cannot survive in the instance unseen. What is read-only keeps its value, what is calculated or
signed is written by the server, and neither is accepted from anybody.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.forms import sentences
from bpmn.forms.answers import kinds
from bpmn.forms.fields import Form
from bpmn.forms.registers import NO_REGISTERS, Registers
from bpmn.forms.walk import FieldError, Named, Walk
from bpmn.scripting.seen import Seen

__all__ = ["Checked", "FieldError", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """Values, or errors: never both."""

    values: dict[str, Any]
    errors: tuple[FieldError, ...]


def check(
    form: Form,
    submitted: Mapping[str, Any],
    known: Seen,
    registers: Registers = NO_REGISTERS,
) -> Checked:
    """
    Read the answers to a form, as they are given in the zone and at the time of what is seen.

    Expressions see the answers, and of the process variables `known` those with other names.
    """
    sheet = kinds.sheet(form.fields, known.zone)
    walk = Walk(sheet, sheet.read(submitted), known, registers)
    walk.through(form.fields, form.rules)
    walk.foreign(sheet.foreign(submitted))
    errors = (*walk.errors, *_leading_nowhere(walk.references, registers))
    return Checked({} if errors else walk.values, errors)


def _leading_nowhere(references: Iterable[Named], registers: Registers) -> Iterator[FieldError]:
    """Ask each register once for all that was named."""
    references = list(references)
    for kind in dict.fromkeys(each.kind for each in references):
        named = [each for each in references if each.kind is kind]
        unknown = set(registers.unknown(kind, {each.reference for each in named}))
        for each in named:
            if each.reference in unknown:
                yield FieldError(each.name, sentences.NO_SUCH[kind], {"name": each.reference})
