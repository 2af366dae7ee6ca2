"""
How much room a text takes, and where its lines break.

The browser draws the letters and we cannot ask it, so their widths are estimated, for the plain sans-serif fonts
that the stylesheet names. A little too wide is right: a line that breaks early is still read.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, east_asian_width

LEADING = 1.2
"""From one line to the next, in sizes of the letters."""

WIDTHS = {
    **dict.fromkeys("ijl'|", 0.23),
    **dict.fromkeys(" .,:;!ftI/\\[]", 0.29),
    **dict.fromkeys('()-r"`*{}', 0.36),
    **dict.fromkeys("ckszvxyJ", 0.51),
    **dict.fromkeys("wCDHNRUÅÄ", 0.73),
    **dict.fromkeys("GOQÖ", 0.79),
    **dict.fromkeys("mM%W@", 0.92),
}
CAPITAL = 0.68
USUAL = 0.57
WIDE = 1.0


def width(text: str, size: float) -> float:
    return sum(map(_letter, text)) * size


def lines(text: str, room: float, size: float) -> list[str]:
    """Break a text into lines that fit the room; a word that is too long for a line is broken as well."""
    return [line for given in text.splitlines() for line in _broken(given.rstrip(), room, size)]


def fitted(
    text: str, room: tuple[float, float], sizes: tuple[float, ...]
) -> tuple[float, list[str]]:
    """Return the largest size in which a text fits, and its lines; in the last size it may be cut."""
    for size in sizes:
        found = lines(text, room[0], size)
        if len(found) * size * LEADING <= room[1] and _unbroken(text, room[0], size):
            return size, found
    size = sizes[-1]
    found = lines(text, room[0], size)
    return size, cut(found, max(1, int(room[1] / (size * LEADING))))


def cut(given: list[str], most: int) -> list[str]:
    """Keep so many lines; three dots say that there was more."""
    if len(given) <= most:
        return given
    return [*given[: most - 1], f"{given[most - 1][:-1].rstrip()}…"]


def clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _broken(text: str, room: float, size: float) -> Iterator[str]:
    line, taken = "", 0.0
    for part in _parts(text, room, size):
        wide = width(part, size)
        if line and taken + wide > room and not part.isspace():
            yield line.rstrip()
            line, taken = "", 0.0
        line, taken = line + part, taken + wide
    yield line.rstrip()


def _parts(text: str, room: float, size: float) -> Iterator[str]:
    """Give words, the spaces between them, and pieces of words that are wider than a line."""
    for word in re.findall(r"\s+|[^\s-]+-*|-+", text):
        piece, taken = "", 0.0
        for letter in word:
            wide = _letter(letter) * size
            if piece and taken + wide > room:
                yield piece
                piece, taken = "", 0.0
            piece, taken = piece + letter, taken + wide
        yield piece


def _unbroken(text: str, room: float, size: float) -> bool:
    return all(width(word, size) <= room for word in re.findall(r"[^\s-]+-*", text))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    if letter in WIDTHS:
        return WIDTHS[letter]
    if category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if east_asian_width(letter) in {"W", "F"}:
        return WIDE
    return CAPITAL if letter.isupper() else USUAL
