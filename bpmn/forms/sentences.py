"""
What a person reads when an answer is not accepted: what is wrong, and what to do.

One file, so that a translator sees all of it. A sentence never holds the label: the page shows it
above.
"""

from collections.abc import Mapping

from bpmn.forms.fields import FieldType

FILL_IN = "Fill this in."
NOT_TEXT = "Answer with text."
ONE_LINE = "Write this on one line."
TOO_SHORT = "Write at least {minimum} characters."
TOO_LONG = "Write at most {maximum} characters; there are {length} now."
UNKEEPABLE = "The text holds control characters that cannot be kept. Remove them."

WHOLE_NUMBER = "Give a whole number, such as 12."
NUMBER = "Give a number, such as 12 or 12.5."
AT_LEAST = "Give {minimum} or more."
AT_MOST = "Give {maximum} or less."
DECIMALS = "Give at most {maximum} decimals."

DATE = "Give a date as year-month-day, such as 2026-03-31."
MOMENT = "Give date and time as year-month-day hour:minute, such as 2026-03-31 14:30."
YEAR = "Give a year from {minimum} to {maximum}."
SKIPPED_TIME = "The clocks skip this time: they are put forward that night. Choose another."

YES_OR_NO = "Answer yes or no."
CHOOSE_ONE = "Choose one of the options."
CHOOSE = "Choose among the options."
CHOOSE_MORE = "Choose at least {minimum}."
CHOOSE_FEWER = "Choose at most {maximum}."

USERNAME = "Give a username, without spaces."
USERNAMES = "Give usernames."
NAME_MORE = "Name at least {minimum}."
NAME_FEWER = "Name at most {maximum}."
TWICE = "The same person is named more than once."

KEY = "Give a key, without spaces."
REFERENCES = "Give a list of short texts."
ATTACHMENTS = "Give attachments by their identities."
ATTACH = "Attach a file."
ATTACH_MORE = "Attach at least {minimum} files."
ATTACH_FEWER = "Attach at most {maximum} files."
NO_SUCH: Mapping[FieldType, str] = {
    FieldType.USER: "There is nobody with the username {name}.",
    FieldType.USERS: "There is nobody with the username {name}.",
    FieldType.ROLE: "There is no role {name}.",
    FieldType.UNIT: "There is no unit {name}.",
    FieldType.DOC: "There is no document {name}.",
    FieldType.PROC: "There is no process {name}.",
    FieldType.CLAUSES: "There is no requirement {name}.",
    FieldType.INST: "There is no case {name}.",
    FieldType.FILES: "There is no attachment {name}.",
}

ROWS = "Fill in the table."
MORE_ROWS = "Fill in at least {minimum} rows."
FEWER_ROWS = "Fill in at most {maximum} rows."

UNKNOWN = "The form has no field with this name."
MORE_UNKNOWN = "The form has no fields with {count} more of the names sent."
NOT_YOURS = "This is not yours to write. Leave it out."
SIGN = "Confirm your password to sign."
UNCALCULABLE = "This cannot be worked out from the answers. Tell the owner of the routine."
TOO_SLOW = "It takes too long to look whether the text is as it should be. Write a shorter one."
OWN = "{message}"
"""What the definition says itself, in each language."""
UNDECIDABLE = "It cannot be decided whether this question applies. Tell the owner of the routine."
