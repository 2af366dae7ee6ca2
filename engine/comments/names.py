"""The names in a text: `@anna.berg` is one, the end of `info@example.se` is none."""

import re
from unicodedata import normalize

NAME = re.compile(
    r"(?<![\w@.])@([a-z0-9åäöéü](?:[a-z0-9åäöéü._@-]{0,98}[a-z0-9åäöéü])?)(?!\w)", re.IGNORECASE
)


def named_in(text: str) -> list[str]:
    """Return what could be names of accounts, each once, in the order of the text."""
    found = NAME.findall(normalize("NFC", text))
    return list(dict.fromkeys(each.lower() for each in found))
