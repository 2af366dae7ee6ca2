"""The tokens of an expression in another language, one after the other."""

import re
from typing import NoReturn

from bpmn.feel.tree import Position
from bpmn.scripting.errors import InvalidExpression

DEEPEST = 60


class Tokens:
    """
    Goes through a text token by token; the groups of the pattern name the kinds.

    Every method raises `InvalidExpression` with the column.
    """

    def __init__(
        self, text: str, pattern: re.Pattern[str], start: int = 0, end: int | None = None
    ) -> None:
        self._text = text if end is None else text[:end]
        self._pattern = pattern
        self._at = start
        self._began = start
        self._depth = 0
        self.kind = ""
        """Empty at the end of the text."""
        self.token = ""
        self.go_on()

    @property
    def at(self) -> Position:
        """Where the token begins."""
        line = self._text.count("\n", 0, self._began) + 1
        return Position(line, self._began - self._text.rfind("\n", 0, self._began))

    def name(self) -> str:
        name = self.token
        if self.kind != "name":
            self.refuse("Here a name is missing.")
        self.go_on()
        return name

    def take(self, token: str) -> bool:
        """Go past a sign or a word, where it is the next one."""
        if self.token != token or self.kind not in {"sign", "name"}:
            return False
        self.go_on()
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
        raise InvalidExpression(template, line=self.at.line, column=self.at.column, **values)

    def refuse_call(self, name: str) -> NoReturn:
        self.refuse(
            "'{name}(…)' is a call of a program, which is not done in an expression.", name=name
        )

    def go_on(self) -> None:
        rest = self._text[self._at :]
        self._began = self._at + len(rest) - len(rest.lstrip())
        if not rest.strip():
            self.kind = self.token = ""
            return
        found = self._pattern.match(self._text, self._began)
        if found is None:
            self.refuse("'{sign}' is not read in an expression.", sign=rest.strip()[:1])
        self._at = found.end()
        self.kind = str(found.lastgroup)
        self.token = found.group(self.kind)
