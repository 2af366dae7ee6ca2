"""
How much one answer may hold, whatever the form says.

A form may narrow these, never widen them: what passes here is kept in the instance, copied into
the record and shown on pages, and a stranger can submit anything.
"""

from bpmn.forms.fields import FieldType

SOURCE = 256 * 1024
"""Bytes of a form definition."""
FIELDS = 200
"""Fields of a form, columns of its tables counted."""
OPTIONS = 200
SECTIONS = 50
RULES = 100
ARGUMENTS = 20
"""What a query is told."""
WORDS = 2_000
"""Characters of a label, a help text or an introduction."""

LENGTH = {FieldType.TEXT: 1_000, FieldType.NOTE: 20_000}
"""Characters of an answer."""
USERNAME = 150
REFERENCE = 150
"""Characters of a key or an identity."""
DESCRIPTION = 300
"""Characters of what leads to a document or a requirement."""
COUNT = {
    FieldType.MULTI: OPTIONS,
    FieldType.USERS: 100,
    FieldType.CLAUSES: 100,
    FieldType.FILES: 50,
    FieldType.TABLE: 200,
}
"""Items of a list."""
NUMBER = 10**15
"""Whole numbers up to here are exact in every JSON reader, also a browser's."""
DECIMALS = 10
YEARS = (1900, 2200)
"""Outside of these a year is a slip of the finger."""
UNKNOWN_NAMES = 20
"""Names that the form does not define and that are reported one by one."""
