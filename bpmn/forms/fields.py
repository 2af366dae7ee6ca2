"""
What a form is: questions in an order, as frozen values.

The page, the check on the server and the read-only view are made from these and from nothing else,
so that they cannot disagree about which questions there are, which must be answered and when a
question is asked at all.
"""

from dataclasses import dataclass
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
    TABLE = "table"
    """Rows with the same columns."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in each language of the organisation."""

    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in this language ("sv", "en-GB"), else in Swedish."""
        return self.en if language.partition("-")[0] == "en" else self.sv


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Text


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
    condition: Expression | None = None
    """The question is asked only when this holds."""
    condition_text: str | None = None
    columns: tuple["Field", ...] = ()
    minimum: int | Decimal | None = None
    """Of a number its value, of a text its characters, of a list its items."""
    maximum: int | Decimal | None = None
    default: Any = None
    """What the page fills in before the first answer, written as it would be submitted."""


@dataclass(frozen=True, slots=True)
class Form:
    key: str
    title: Text
    intro: Text | None
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)
