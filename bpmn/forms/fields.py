"""
What a form is: questions in an order, as frozen values.

The page, the check on the server and the read-only view are made from these and from nothing else,
so that they cannot disagree about which questions there are, which must be answered and when a
question is asked at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bpmn.feel import Expression


class FieldType(StrEnum):
    TEXT = "text"
    """One line."""
    NOTE = "note"
    """Several lines."""
    INT = "int"
    DEC = "dec"
    BOOL = "bool"
    """Required: a question that is answered yes or no. Otherwise: a box that is ticked or not."""
    DATE = "date"
    DT = "dt"
    """A date and a time of day."""
    ENUM = "enum"
    """One of the options."""
    MULTI = "multi"
    """Any of the options."""
    USER = "user"
    """A username."""
    USERS = "users"
    """Distinct usernames, in the order given."""
    ROLE = "role"
    """The key of a role."""
    UNIT = "unit"
    """The key of a unit of the organisation."""
    DOC = "doc"
    """A document, by a short text that leads to it."""
    PROC = "proc"
    """The key of a process."""
    CLAUSES = "clauses"
    """Requirements of standards and laws, by short texts, in the order given."""
    INST = "inst"
    """Another case, by its identity."""
    FILES = "files"
    """Attachments, by their identities."""
    TABLE = "table"
    """Rows with the same columns."""
    SIGN = "sign"
    """Who signed, when and with which meaning: written by the server, never by a person."""
    CALC = "calc"
    """Worked out from the other answers: never accepted from anybody."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in each language of the organisation."""

    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in this language ("sv", "en-GB"), else in Swedish."""
        return self.en if language.partition("-")[0] == "en" else self.sv

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a text must be like, from its first character to its last."""

    text: str
    """A pattern as FEEL's `matches` has it."""
    message: Text
    """What to say of a text that is not like that."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question to a register, by the name it is known under here."""

    name: str
    arguments: Mapping[str, Expression] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """What several answers must be like together."""

    holds: Expression
    message: Text
    """What to say when it does not hold."""
    field: str
    """The name of the question, or the column, that the message stands at."""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    """The name of the process variable that holds the answer."""
    type: FieldType
    label: Text
    help: Text | None = None
    required: bool = False
    """Must be answered, whenever the question is asked."""
    options: tuple[Option, ...] = ()
    visible_if: tuple[Expression, ...] = ()
    """The question is asked only when all of these hold: that of its section, and its own."""
    required_if: Expression | None = None
    """The question must be answered when this holds."""
    readonly_if: Expression | None = None
    """When this holds, the value stays as it is, and is shown."""
    columns: tuple["Field", ...] = ()
    rules: tuple[Rule, ...] = ()
    """Of a table: what the cells of each row must be like together."""
    minimum: int | Decimal | None = None
    """Of a number its value, of a text its characters, of a list its items."""
    maximum: int | Decimal | None = None
    pattern: Pattern | None = None
    default: Any = None
    """What the page fills in before the first answer: as it would be submitted, or an expression."""
    prefill: Expression | Query | None = None
    """What the page fills in from what is known elsewhere; it goes before the default."""
    value: Expression | None = None
    """Of a calculation."""
    meaning: str | None = None
    """Of a signature: `approved`."""

    @property
    def may_be_required(self) -> bool:
        return self.required or self.required_if is not None

    @property
    def is_written_here(self) -> bool:
        """The server writes the value, and nobody else does."""
        return self.type in {FieldType.CALC, FieldType.SIGN}


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand together under a heading."""

    title: Text | None
    """None for those that stand before the first heading."""
    intro: Text | None
    names: tuple[str, ...]
    visible_if: Expression | None = None


@dataclass(frozen=True, slots=True)
class Form:
    key: str
    title: Text
    intro: Text | None
    fields: tuple[Field, ...]
    """All questions, section after section."""
    sections: tuple[Section, ...] = ()
    """Empty where there are no headings."""
    rules: tuple[Rule, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)
