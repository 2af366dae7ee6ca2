"""
A text as words, numbers, strings and signs.

Names are not found here: which words and signs make one name depends on what is known where they stand
(§10.3.1.4), so that the parser puts them together.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum

from bpmn.feel.errors import InvalidExpression
from bpmn.feel.tree import Position

START = (
    r"?A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFEFE\uFF00-\uFFFD\U00010000-\U000EFFFF"
)
SPACE = r"\s\u0085\u00A0\u1680\u180E\u2000-\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF"
TOKEN = re.compile(
    rf"""
    (?P<blank>[{SPACE}]+|//[^\n\r]*|/\*.*?\*/)
  | (?P<word>(?![\u1680\u180E])[{START}](?:(?![\u1680\u180E])[{START}0-9\u00B7\u0300-\u036F\u203F-\u2040])*)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | "(?P<string>(?:[^"\\]|\\.)*)"
  | (?P<sign>\.\.|\*\*|[<>!]=|->|[()\[\]{{}},.:+\-*/<>=@'])
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\(?:(['\"\\nrt])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6}))")
PLAIN = {"n": "\n", "r": "\r", "t": "\t"}
LAST_CHARACTER = 0x10FFFF


class Kind(Enum):
    WORD = "word"
    NUMBER = "number"
    STRING = "string"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    """Of a string, what it says."""
    start: int
    end: int

    def is_sign(self, *signs: str) -> bool:
        return self.kind is Kind.SIGN and self.text in signs

    def is_word(self, *words: str) -> bool:
        return self.kind is Kind.WORD and self.text in words


class Source:
    """A text, to point into it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]

    def position(self, offset: int) -> Position:
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1)

    def refused(self, offset: int, template: str, **values: object) -> InvalidExpression:
        line, column = self.position(offset)
        return InvalidExpression(template, line=line, column=column, **values)


def tokens(source: Source) -> list[Token]:
    """Return the tokens of a text, and one for its end. Raises `InvalidExpression`."""
    found: list[Token] = []
    offset, text = 0, source.text
    while offset < len(text):
        match = TOKEN.match(text, offset)
        kind = match.lastgroup if match else None
        if match is None or (kind == "sign" and text.startswith("/*", offset)):
            raise _unreadable(source, offset)
        if kind == "string":
            said = _unescaped(source, match["string"], offset)
            found.append(Token(Kind.STRING, said, offset, match.end()))
        elif kind and kind != "blank":
            found.append(Token(Kind(kind), match[kind], offset, match.end()))
        offset = match.end()
    found.append(Token(Kind.END, "", offset, offset))
    return found


def _unreadable(source: Source, offset: int) -> InvalidExpression:
    if source.text[offset] == '"':
        return source.refused(offset, "The text that begins here does not end.")
    if source.text.startswith("/*", offset):
        return source.refused(offset, "The comment that begins here does not end.")
    return source.refused(
        offset, "The character '{character}' has no meaning here.", character=source.text[offset]
    )


def _unescaped(source: Source, text: str, offset: int) -> str:
    if "\\" not in text:
        return text

    def said(match: re.Match[str]) -> str:
        plain, short, long = match.groups()
        if plain:
            return PLAIN.get(plain, plain)
        number = int(short or long, 16)
        if number > LAST_CHARACTER:
            raise source.refused(
                offset, "There is no character with the number {number}.", number=match[0]
            )
        return chr(number)

    unescaped = ESCAPE.sub(said, text)
    try:
        # Two escapes may be the halves of one character.
        return unescaped.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError as error:
        raise source.refused(offset, "The text holds half a character.") from error
