"""Names in the order of the Swedish alphabet, and words found however they are typed."""

from unicodedata import combining, normalize

LAST = str.maketrans("åäö", "{|}")
"""å, ä and ö come after z, in this order; their code points do not."""


def place(text: str) -> str:
    """Return what names are sorted by."""
    return normalize("NFC", text).casefold().translate(LAST)


def folded(text: str) -> str:
    """Return a text without capitals, accents, dots and rings: who cannot type ö writes o."""
    letters = normalize("NFKD", text.casefold())
    return "".join(each for each in letters if not combining(each))


def holds(text: str, wanted: str) -> bool:
    """Tell whether a text holds each of the words."""
    here = folded(text)
    return all(word in here for word in folded(wanted).split())
