"""The tokens of a text, one after another, and the names that are known where the reader stands."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bpmn.feel import vocabulary
from bpmn.feel.budget import Limits
from bpmn.feel.errors import InvalidExpression
from bpmn.feel.lexer import Kind, Source, Token, tokens
from bpmn.feel.tree import Position
from bpmn.feel.vocabulary import SIGNS, Vocabulary


class Stream:
    def __init__(self, text: str, known: Vocabulary, limits: Limits) -> None:
        self.source = Source(text[: limits.text])
        if len(text) > limits.text:
            raise self.source.refused(
                0, "The text is longer than {limit} characters.", limit=limits.text
            )
        self.limits = limits
        self.index = 0
        self._tokens = tokens(self.source)
        self._known = known
        self._depth = 0

    @property
    def token(self) -> Token:
        return self._tokens[self.index]

    @property
    def at(self) -> Position:
        return self.source.position(self.token.start)

    def ahead(self, number: int = 1) -> Token:
        """Return a token further on, or the end."""
        return self._tokens[min(self.index + number, len(self._tokens) - 1)]

    def take(self) -> Token:
        token = self.token
        if token.kind is not Kind.END:
            self.index += 1
        return token

    def skip_sign(self, *signs: str) -> bool:
        """Go on if one of the signs stands here."""
        if self.token.is_sign(*signs):
            self.index += 1
            return True
        return False

    def skip_word(self, word: str) -> bool:
        if self.token.is_word(word):
            self.index += 1
            return True
        return False

    def expect_sign(self, *signs: str, instead: str = "") -> Token:
        """Take one of the signs; `instead` could also have stood there."""
        if not self.token.is_sign(*signs):
            raise self.unexpected(instead or signs[0])
        return self.take()

    def expect_word(self, word: str) -> None:
        if not self.skip_word(word):
            raise self.unexpected(word)

    def refused(self, template: str, **values: object) -> InvalidExpression:
        return self.source.refused(self.token.start, template, **values)

    def unexpected(self, expected: str) -> InvalidExpression:
        if self.token.kind is Kind.END:
            return self.refused(
                "The expression ends where '{expected}' is missing.", expected=expected
            )
        return self.refused(
            "Here stands '{found}' where '{expected}' was expected.",
            found=self.token.text[:40],
            expected=expected,
        )

    def unexpected_end(self) -> InvalidExpression:
        return self.refused(
            "The expression is complete before '{found}'.", found=self.token.text[:40]
        )

    def closes_last(self) -> bool:
        """Tell whether the parenthesis that opens after this token closes with the text."""
        depth = 0
        for number, token in enumerate(self._tokens[self.index :], self.index):
            depth += token.is_sign("(") - token.is_sign(")")
            if token.is_sign(")") and depth == 0:
                return number == len(self._tokens) - 2
        return False

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Go one level deeper."""
        self._depth += 1
        if self._depth > self.limits.nesting:
            raise self.refused(
                "Expressions are nested more than {limit} deep.", limit=self.limits.nesting
            )
        yield
        self._depth -= 1

    @contextmanager
    def knowing(self, names: Iterable[str]) -> Iterator[None]:
        """Know more names for a while."""
        before = self._known
        self._known = Vocabulary(before)
        self._known.add(names)
        yield
        self._known = before

    @contextmanager
    def knowing_all(self, known: Vocabulary) -> Iterator[None]:
        """Know the names of another vocabulary for a while, besides."""
        before = self._known
        self._known = before.with_all(known)
        yield
        self._known = before

    def learn(self, name: str) -> None:
        """Know a name from here on, to the end of what `knowing` began."""
        self._known.add([name])

    def known_name(self) -> tuple[int, str] | None:
        """Return how many tokens the longest known name takes here, and the name."""
        return self._known.longest(self._tokens, self.index)

    def name(self, known: Vocabulary | None = None) -> str:
        """Take a name: the longest that is known, or as many words as stand here."""
        if self.token.kind is not Kind.WORD:
            raise self.unexpected_name()
        known = self._known if known is None else known
        length, name = known.longest(self._tokens, self.index) or (0, "")
        unknown = vocabulary.words(self._tokens, self.index)
        if unknown > length:
            length = unknown
            name = vocabulary.written(self._tokens[self.index : self.index + unknown])
        self.index += length
        return name

    def name_before(self, *ends: str) -> str:
        """Take a new name, which may hold anything up to a sign or a word that ends it."""
        length = self.length_before(*ends)
        if length == 0:
            raise self._no_name_before(ends[-1])
        name = vocabulary.written(self._tokens[self.index : self.index + length])
        self.index += length
        return name

    def length_before(self, *ends: str) -> int:
        """Return how many tokens a new name takes before one of the ends; 0 where none stands here."""
        index = self._end_of_name(*ends)
        return index - self.index if self._tokens[index].text in ends else 0

    def _end_of_name(self, *ends: str) -> int:
        if self.token.kind is not Kind.WORD:
            return self.index
        index = self.index + 1
        while self._tokens[index].text not in ends and (
            self._tokens[index].kind in (Kind.WORD, Kind.NUMBER)
            or self._tokens[index].is_sign(*SIGNS)
        ):
            index += 1
        return index

    def _no_name_before(self, end: str) -> InvalidExpression:
        if self.token.kind is not Kind.WORD:
            return self.unexpected_name()
        self.index = self._end_of_name(end)
        return self.unexpected(end)

    def unexpected_name(self) -> InvalidExpression:
        if self.token.kind is Kind.END:
            return self.refused("The expression ends where a name is missing.")
        return self.refused("Here stands '{found}' instead of a name.", found=self.token.text[:40])
