"""The text of a model before anything is parsed: short enough, and what it looks like."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bpmn.feel import Limits
from bpmn.feel.tree import Position
from bpmn.scripting.errors import InvalidExpression

BETWEEN_NAMES = re.compile(r"[\x00-/:-@\[-^`{-\x7f\s]+")
TURNS_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
ESCAPE = re.compile(r"""\\(?:[\\'"nrtxuU\n]|(?P<other>.?))""", re.DOTALL)

MARKS = 10
LONGEST = 20_000
"""Characters: with these, Python's parser needs less than a megabyte of its stack, whatever they nest."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text, and where its parts are."""

    lines: tuple[str, ...]
    words: frozenset[str]
    """All that may be a name, as it is written."""
    margin: int = 0
    """Characters that were taken from the beginning of every line."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def refusal(
        self, line: int, column: int, template: str, **values: object
    ) -> InvalidExpression:
        line = min(max(line, 1), len(self.lines))
        column = min(max(column, 1), len(self.lines[line - 1]) + 1) + self.margin
        return InvalidExpression(template, line=line, column=column, **values)

    def refused(self, node: ast.AST, template: str, **values: object) -> InvalidExpression:
        """Return the refusal of a part of the tree."""
        place = self.place(node)
        return InvalidExpression(template, line=place.line, column=place.column, **values)

    def place(self, node: ast.AST) -> Position:
        """Return where a part of the tree begins, which itself counts columns in bytes of UTF-8."""
        line = min(max(getattr(node, "lineno", 1), 1), len(self.lines))
        before = self.lines[line - 1].encode()[: getattr(node, "col_offset", 0)]
        return Position(line, len(before.decode(errors="replace")) + 1 + self.margin)


def read(text: str, limits: Limits) -> Source:
    """Return a text that may be parsed; raises `InvalidExpression`."""
    longest = min(limits.text, LONGEST)
    if len(text) > longest:
        raise InvalidExpression(
            "The text is longer than {limit} characters.", line=1, column=1, limit=longest
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() and any(_piles(text)):
        raise InvalidExpression(
            "A letter carries more than {limit} marks.", line=1, column=1, limit=MARKS
        )
    words = frozenset(BETWEEN_NAMES.split(unicodedata.normalize("NFC", text)))
    source = Source(tuple(text.split("\n")), words)
    _check_escapes(text, source)
    turn = TURNS_DIRECTION.search(text)
    if turn:
        raise source.refusal(
            *_place(text, turn.start()),
            "An invisible character here changes the order in which people read.",
        )
    return source


def _check_escapes(text: str, source: Source) -> None:
    """Refuse what Python only warns of, each version in another way."""
    for escape in ESCAPE.finditer(text):
        if escape["other"] is not None:
            raise source.refusal(
                *_place(text, escape.start()),
                r"A backslash in a text is written twice ('\\'), or before n, r or t.",
            )


def _piles(text: str) -> Iterator[bool]:
    """Find marks piled on one letter; Python takes seconds to bring a thousand into their order."""
    for marked, run in groupby(text, key=lambda letter: unicodedata.combining(letter) > 0):
        yield marked and sum(1 for _ in run) > MARKS


def _place(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - before.rfind("\n")
