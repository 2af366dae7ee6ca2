"""
A subset of JUEL, the `${…}` of Camunda 7, Flowable and Activiti, written anew as an expression of ours.

Comparison, logic, arithmetic, properties, indices, `empty`, the conditional and the few methods that models use
on plain values. A call of a bean is refused: the bean is not here, and guessing what it does would be a silent
mis-read.
"""

import re
from collections.abc import Callable, Mapping

from bpmn.scripting.tokens import Tokens

TOKEN = re.compile(
    r"(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign>&&|\|\||==|!=|<=|>=|[-!<>?:+*/%().,\[\]])"
)
WORDS: Mapping[str, str] = {
    "&&": "and",
    "||": "or",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
    "div": "/",
    "mod": "%",
    "!": "not",
}
"""How our expressions write an operator."""
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"==", "!="}),
    frozenset({"<", ">", "<=", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)
"""Our operators, those that bind least first."""
WRITTEN: Mapping[str, str] = {
    "==": "same({}, {})",
    "!=": "(not same({}, {}))",
    "%": "remainder({}, {})",
}
"""Operators that mean something else than ours of that name."""
METHODS: Mapping[str, tuple[int, Callable[..., str]]] = {
    "equals": (1, lambda of, other: f"({of} == {other})"),
    "contains": (1, lambda of, item: f"({item} in {of})"),
    "size": (0, lambda of: f"len({of})"),
    "length": (0, lambda of: f"len({of})"),
    "isEmpty": (0, lambda of: f"(len({of}) == 0)"),
    "toString": (0, lambda of: f"shown({of})"),
    "toUpperCase": (0, lambda of: f"{of}.upper()"),
    "toLowerCase": (0, lambda of: f"{of}.lower()"),
    "startsWith": (1, lambda of, start: f"{of}.startswith({start})"),
    "endsWith": (1, lambda of, end: f"{of}.endswith({end})"),
    "get": (1, lambda of, key: f"{of}[{key}]"),
}
"""What may be called on a value: the number of arguments, and how we write it."""

SOON = "'PT0S'"
CLOCK = frozenset({"now", "dateTime"})
LATER = {
    "plusYears": "P{}Y",
    "plusMonths": "P{}M",
    "plusWeeks": "P{}W",
    "plusDays": "P{}D",
    "plusHours": "PT{}H",
    "plusMinutes": "PT{}M",
    "plusSeconds": "PT{}S",
}
"""Camunda's `dateTime().plusDays(3).toDate()`: a time from now on, which we write as a duration."""


def rewritten(text: str) -> str:
    """
    Return an expression of ours that means what the JUEL expression means.

    Raises `InvalidExpression` with the column.
    """
    return _Juel(text, TOKEN).rewritten()


class _Juel(Tokens):
    def rewritten(self) -> str:
        """Read the whole text."""
        expression = self.expression()
        if self.kind:
            self.refuse("Here the expression should end.")
        return expression

    def binary(self, level: int = 0) -> str:
        if level == len(LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.kind and (sign := WORDS.get(self.token, self.token)) in LEVELS[level]:
            self.go_on()
            left = WRITTEN.get(sign, f"({{}} {sign} {{}})").format(left, self.binary(level + 1))
        return left

    def expression(self) -> str:
        self.deeper()
        condition = self.binary()
        if self.take("?"):
            yes = self.expression()
            self.expect(":")
            condition = f"({yes} if {condition} else {self.expression()})"
        self.shallower()
        return condition

    def unary(self) -> str:
        sign = WORDS.get(self.token, self.token) if self.kind in {"sign", "name"} else ""
        if sign not in {"not", "-", "empty"}:
            return self._value()
        self.deeper()
        self.go_on()
        inside = self.unary()
        self.shallower()
        return f"({inside} in [None, '', [], {{}}])" if sign == "empty" else f"({sign} {inside})"

    def _value(self) -> str:
        value = self._primary()
        while True:
            if self.take("."):
                value = self._member(value)
            elif self.take("["):
                value = f"{value}[{self.expression()}]"
                self.expect("]")
            else:
                return value

    def _member(self, value: str) -> str:
        name = self.name()
        if not self.take("("):
            return f"{value}.{name}"
        arguments = self.items(")")
        if value == "execution" and name == "getVariable" and len(arguments) == 1:
            return arguments[0].strip("'\"")
        if value == SOON and name in LATER and len(arguments) == 1 and arguments[0].isdigit():
            return repr(LATER[name].format(arguments[0]))
        if name == "toDate" and not arguments and value.startswith("'P"):
            return value
        count, write = METHODS.get(name, (-1, str))
        if len(arguments) != count:
            self.refuse_call(name)
        return write(value, *arguments)

    def items(self, end: str) -> list[str]:
        """Read expressions with commas between them, up to a sign."""
        found: list[str] = []
        while not self.take(end):
            if found:
                self.expect(",")
            found.append(self.expression())
        return found

    def _primary(self) -> str:
        kind, token = self.kind, self.token
        if self.take("("):
            inside = self.expression()
            self.expect(")")
            return f"({inside})"
        if kind not in {"text", "number", "name"}:
            self.refuse("Here a value is missing.")
        self.go_on()
        if token in CLOCK and self.take("("):
            self.expect(")")
            return SOON
        if kind == "name" and self.token == "(":  # noqa: S105
            self.refuse_call(token)
        return token
