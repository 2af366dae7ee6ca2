"""
What a form has to be told by those who keep the registers: a port.

The floor above knows accounts, units, attachments and passwords; here is said what is asked of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bpmn.forms.fields import FieldType

REFERENCES = frozenset(
    {
        FieldType.USER,
        FieldType.USERS,
        FieldType.ROLE,
        FieldType.UNIT,
        FieldType.DOC,
        FieldType.PROC,
        FieldType.CLAUSES,
        FieldType.INST,
        FieldType.FILES,
    }
)
"""The types whose answers name something that is kept elsewhere."""


@dataclass(frozen=True, slots=True)
class Signature:
    """That a person has confirmed just now who she is."""

    by: str
    """Her username."""
    at: datetime
    """Aware."""


class Registers(Protocol):
    def unknown(self, kind: FieldType, references: Collection[str]) -> Collection[str]:
        """Return those of the references that lead to nothing, or to nothing the person may name."""

    def query(self, name: str, arguments: Mapping[str, Any]) -> Any:
        """Return the answer to a query of the prefill, None where there is none."""

    def signature(self, meaning: str) -> Signature | None:
        """Return who signs, if she has confirmed her password just now and may sign with this meaning."""


class NoRegisters:
    """Knows nothing: every reference of the right shape is taken, and nobody can sign."""

    def unknown(self, kind: FieldType, references: Collection[str]) -> Collection[str]:  # noqa: ARG002
        return ()

    def query(self, name: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ARG002
        return None

    def signature(self, meaning: str) -> Signature | None:  # noqa: ARG002
        return None


NO_REGISTERS = NoRegisters()
