"""
The names that are known where the parser stands.

A name may hold spaces, signs and keywords (`days in weekend`, `profit/loss`), so that where it ends depends
on what is known: the longest known name wins (§10.3.1.4). Spaces between its parts do not matter.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bpmn.feel.errors import InvalidExpression
from bpmn.feel.lexer import Kind, Source, Token, tokens

Parts = tuple[str, ...]

STOPS = frozenset(
    {"and", "or", "in", "between", "instance", "then", "else", "return", "satisfies"}
)
"""Words that end a name that is not known."""


SIGNS = frozenset({".", "/", "-", "'", "+", "*", "**"})
"""Signs that a name may hold (§10.3.1.2, additional name symbols)."""


class Vocabulary:
    def __init__(self, known: "Vocabulary | None" = None) -> None:
        self.names: dict[str, dict[Parts, str]] = dict(known.names) if known else {}
        """By their first word."""

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            parts = parts_of(name)
            if parts:
                self.names[parts[0]] = {**self.names.get(parts[0], {}), parts: name}

    def with_all(self, other: "Vocabulary") -> "Vocabulary":
        both = Vocabulary(self)
        for first, names in other.names.items():
            both.names[first] = {**names, **both.names.get(first, {})}
        return both

    def longest(self, ahead: Sequence[Token], start: int) -> tuple[int, str] | None:
        """Return how many tokens the longest known name takes here, and the name."""
        candidates = self.names.get(ahead[start].text)
        if candidates is None or ahead[start].kind is not Kind.WORD:
            return None
        best: tuple[int, str] | None = None
        for parts, name in candidates.items():
            length = len(parts)
            if (best is None or length > best[0]) and _stands(parts, ahead, start):
                best = length, name
        return best


def parts_of(name: str) -> Parts:
    """Return the words and signs of a name; none for what cannot be one."""
    if name.isidentifier() and name.isascii():
        return (name,)
    try:
        found = tokens(Source(name))[:-1]
    except InvalidExpression:
        return ()
    if not found or found[0].kind is not Kind.WORD:
        return ()
    if any(each.kind is Kind.STRING for each in found):
        return ()
    return tuple(each.text for each in found)


def is_plain(name: str) -> bool:
    """Tell whether a name is words only, with a space between them."""
    parts = parts_of(name)
    return name == " ".join(parts) and not any(each in SIGNS for each in parts)


def _stands(parts: Parts, ahead: Sequence[Token], start: int) -> bool:
    if start + len(parts) >= len(ahead):
        return False
    return all(
        ahead[start + number].text == part and ahead[start + number].kind is not Kind.STRING
        for number, part in enumerate(parts)
    )


def written(ahead: Sequence[Token]) -> str:
    """Return the tokens as one name, with a single space wherever there was one."""
    name = ahead[0].text
    for before, token in pairwise(ahead):
        name += token.text if before.end == token.start else f" {token.text}"
    return name


def words(ahead: Sequence[Token], start: int) -> int:
    """Return how many tokens a name takes of which nothing is known: words, up to one that is a keyword."""
    length = 1
    while (
        ahead[start + length].kind in (Kind.WORD, Kind.NUMBER)
        and ahead[start + length].text not in STOPS
    ):
        length += 1
    return length
