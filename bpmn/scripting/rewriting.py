"""
What the readers of foreign expressions share: signs one after the other, and levels of operators.

A subclass says what stands for a value, and writes it anew as an expression of ours.
"""

import re
from collections.abc import Mapping
from typing import NoReturn

from bpmn.scripting.errors import InvalidExpression

DEEPEST = 60


class Parser:
    """
    Goes through a text token by token; the groups of `TOKEN` name the kinds.

    Every method raises `InvalidExpression` with the column.
    """

    TOKEN: re.Pattern[str]
    WORDS: Mapping[str, str]
    """How our expressions write an operator that the language writes differently."""
    LEVELS: tuple[frozenset[str], ...]
    """Our operators, those that bind least first."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._began = 0
        self._depth = 0
        self.kind = ""
        """Empty at the end of the text."""
        self.token = ""
        self._next()

    def rewritten(self) -> str:
        """Read the whole text."""
        expression = self.expression()
        if self.kind:
            self.refuse("Here the expression should end.")
        return expression

    def expression(self) -> str:
        raise NotImplementedError

    def unary(self) -> str:
        """Read what stands between two operators."""
        raise NotImplementedError

    def binary(self, level: int = 0) -> str:
        if level == len(self.LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.kind and (sign := self.WORDS.get(self.token, self.token)) in self.LEVELS[level]:
            self._next()
            left = self.joined(left, sign, self.binary(level + 1))
        return left

    def joined(self, left: str, sign: str, right: str) -> str:
        """Write two values with an operator of ours between them."""
        return f"({left} {sign} {right})"

    def items(self, end: str) -> list[str]:
        """Read expressions with commas between them, up to a sign."""
        found: list[str] = []
        while not self.take(end):
            if found:
                self.expect(",")
            found.append(self.expression())
        return found

    def name(self) -> str:
        name = self.token
        if self.kind != "name":
            self.refuse("Here a name is missing.")
        self._next()
        return name

    def take(self, token: str) -> bool:
        """Go past a sign or a word, where it is the next one."""
        if self.token != token or self.kind not in {"sign", "name"}:
            return False
        self._next()
        return True

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            self.refuse("Here '{sign}' is missing.", sign=sign)

    def deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            self.refuse("The expression is nested too deeply.")

    def shallower(self) -> None:
        self._depth -= 1

    def refuse(self, template: str, **values: object) -> NoReturn:
        raise InvalidExpression(template, line=1, column=self._began + 1, **values)

    def refuse_call(self, name: str) -> NoReturn:
        self.refuse(
            "'{name}(…)' is a call of a program, which is not done in an expression.", name=name
        )

    def _next(self) -> None:
        rest = self._text[self._at :]
        self._began = self._at + len(rest) - len(rest.lstrip())
        if not rest.strip():
            self.kind = self.token = ""
            return
        found = self.TOKEN.match(self._text, self._began)
        if found is None:
            self.refuse("'{sign}' is not read in an expression.", sign=rest.strip()[:1])
        self._at = found.end()
        self.kind = str(found.lastgroup)
        self.token = found.group(self.kind)
