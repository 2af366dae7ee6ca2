"""
The middle of the parser: an expression is what a token begins, and the operators that follow it (Pratt).

What each token means stands in tables, which `parser` puts together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from bpmn.feel.lexer import Kind, Token
from bpmn.feel.stream import Stream
from bpmn.feel.tree import Node, RangeOf
from bpmn.feel.types import Type
from bpmn.feel.vocabulary import Vocabulary


class Strength(IntEnum):
    """How strongly an operator holds what stands beside it (§10.3.1.2, the order of the grammar's rules)."""

    NONE = 0
    OR = 1
    AND = 2
    COMPARISON = 3
    SUM = 4
    PRODUCT = 5
    POWER = 6
    NEGATION = 7
    INSTANCE = 8
    POSTFIX = 9


Prefix = Callable[["Reader", Token], Node]
"""Reads what begins with a token, which is taken."""
Infix = Callable[["Reader", Node, Token], Node]
"""Reads what follows an operand and a token, which is taken."""


@dataclass(frozen=True, slots=True)
class Handlers:
    kinds: Mapping[Kind, Prefix]
    signs: Mapping[str, Prefix]
    words: Mapping[str, Prefix]
    infix_signs: Mapping[str, tuple[Strength, Infix]]
    infix_words: Mapping[str, tuple[Strength, Infix]]
    name: Callable[["Reader"], Node]


class Reader:
    def __init__(
        self, stream: Stream, handlers: Handlers, types: Mapping[str, Type], paths: Vocabulary
    ) -> None:
        self.stream = stream
        self.types = types
        self.paths = paths
        """Names that may follow a point, and stand in a filter: also those of the entries that were met."""
        self.ends_range = False
        """The end of a range is read, which may be followed by `[`."""
        self._handlers = handlers

    def expression(self, strength: Strength = Strength.NONE) -> Node:
        """Read an expression, up to an operator that is not stronger."""
        with self.stream.inside():
            return self.following(self._begun(), strength)

    def following(self, left: Node, strength: Strength) -> Node:
        """Read the operators after an operand, as long as they are stronger."""
        while True:
            infix = self._infix(self.stream.token)
            if infix is None or infix[0] <= strength:
                return left
            left = infix[1](self, left, self.stream.take())

    def begins_expression(self, token: Token) -> bool:
        if token.kind is Kind.WORD:
            return token.text not in self._handlers.infix_words and token.text not in ENDING
        return token.kind in self._handlers.kinds or (
            token.kind is Kind.SIGN and token.text in self._handlers.signs
        )

    def nested(self) -> Node:
        """Read an expression within signs or words of its own."""
        before, self.ends_range = self.ends_range, False
        node = self.expression()
        self.ends_range = before
        return node

    def ranged(self, start: Node, opening: Token, *, start_included: bool) -> Node:
        """Read the end of a range, from its two points on."""
        self.stream.expect_sign("..")
        before, self.ends_range = self.ends_range, True
        end = self.expression(Strength.COMPARISON)
        self.ends_range = before
        end_included = self.stream.expect_sign("]", ")", "[").text == "]"
        at = self.stream.source.position(opening.start)
        return RangeOf(start, end, start_included, end_included, at=at)

    def _begun(self) -> Node:
        token = self.stream.token
        if token.kind is Kind.WORD:
            known = self.stream.known_name()
            prefix = self._handlers.words.get(token.text)
            if prefix is None or (known is not None and known[0] > 1):
                return self._named(token)
        elif token.kind is Kind.SIGN:
            prefix = self._handlers.signs.get(token.text)
        else:
            prefix = self._handlers.kinds.get(token.kind)
        if prefix is None:
            raise self._missing(token)
        return prefix(self, self.stream.take())

    def _named(self, token: Token) -> Node:
        if self.stream.known_name() is None and (
            token.text in self._handlers.infix_words or token.text in ENDING
        ):
            raise self._missing(token)
        return self._handlers.name(self)

    def _missing(self, token: Token) -> Exception:
        if token.kind is Kind.END:
            return self.stream.refused("The expression ends where a value is missing.")
        if token.is_sign("'"):
            return self.stream.refused('A text stands in double quotes: "…".')
        return self.stream.refused(
            "Here stands '{found}' where a value was expected.", found=token.text[:40]
        )

    def _infix(self, token: Token) -> tuple[Strength, Infix] | None:
        if token.kind is Kind.WORD:
            return self._handlers.infix_words.get(token.text)
        if token.kind is not Kind.SIGN:
            return None
        if token.text == "[" and self.ends_range and self._closes():
            return None
        return self._handlers.infix_signs.get(token.text)

    def _closes(self) -> bool:
        """Tell whether a bracket ends a range: nothing follows that a filter could hold."""
        following = self.stream.ahead()
        return following.is_sign("]") or not self.begins_expression(following)


ENDING = frozenset({"then", "else", "return", "satisfies"})
"""Words that end an expression."""
