"""
A subset of JUEL, the `${…}` of Camunda 7, Flowable and Activiti, written anew as an expression of ours.

Comparison, logic, arithmetic, properties, indices, `empty`, the conditional and the few methods that models use
on plain values. A call of a bean is refused: the bean is not here, and guessing what it does would be a silent
mis-read.
"""

import re
from collections.abc import Callable, Mapping

from bpmn.scripting.errors import InvalidExpression

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign>&&|\|\||==|!=|<=|>=|[-!<>?:+*/%().,\[\]]))"
)
WORDS = {
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
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"==", "!="}),
    frozenset({"<", ">", "<=", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)
METHODS: Mapping[str, tuple[int, Callable[..., str]]] = {
    "equals": (1, lambda of, other: f"({of} == {other})"),
    "contains": (1, lambda of, item: f"({item} in {of})"),
    "size": (0, lambda of: f"len({of})"),
    "length": (0, lambda of: f"len({of})"),
    "isEmpty": (0, lambda of: f"(len({of}) == 0)"),
    "toString": (0, lambda of: f"str({of})"),
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

DEEPEST = 60


def rewritten(text: str) -> str:
    """
    Return an expression of ours that means what the JUEL expression means.

    Raises `InvalidExpression` with the column.
    """
    parser = _Parser(text)
    expression = parser.conditional()
    if parser.kind:
        parser.refuse("Here the expression should end.")
    return expression


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self.kind = ""
        self.token = ""
        self._next()

    def refuse(self, template: str, **values: object) -> None:
        raise InvalidExpression(template, line=1, column=self._at + 1, **values)

    def conditional(self) -> str:
        self._depth += 1
        if self._depth > DEEPEST:
            self.refuse("The expression is nested too deeply.")
        condition = self._binary(0)
        if self._take("?"):
            yes = self.conditional()
            self._expect(":")
            condition = f"({yes} if {condition} else {self.conditional()})"
        self._depth -= 1
        return condition

    def _binary(self, level: int) -> str:
        if level == len(LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while self.kind and (sign := WORDS.get(self.token, self.token)) in LEVELS[level]:
            self._next()
            left = f"({left} {sign} {self._binary(level + 1)})"
        return left

    def _unary(self) -> str:
        sign = WORDS.get(self.token, self.token) if self.kind in {"sign", "name"} else ""
        if sign not in {"not", "-", "empty"}:
            return self._value()
        self._depth += 1
        if self._depth > DEEPEST:
            self.refuse("The expression is nested too deeply.")
        self._next()
        inside = self._unary()
        self._depth -= 1
        return f"({inside} in [None, '', [], {{}}])" if sign == "empty" else f"({sign} {inside})"

    def _value(self) -> str:
        value = self._primary()
        while True:
            if self._take("."):
                value = self._member(value)
            elif self._take("["):
                value = f"{value}[{self.conditional()}]"
                self._expect("]")
            else:
                return value

    def _member(self, value: str) -> str:
        name = self._name()
        if not self._take("("):
            return f"{value}.{name}"
        arguments = self._arguments()
        if value == "execution" and name == "getVariable" and len(arguments) == 1:
            return arguments[0].strip("'\"")
        if value == SOON and name in LATER and len(arguments) == 1 and arguments[0].isdigit():
            return repr(LATER[name].format(arguments[0]))
        if name == "toDate" and not arguments and value.startswith("'P"):
            return value
        count, write = METHODS.get(name, (-1, str))
        if len(arguments) != count:
            self.refuse(
                "'{name}(…)' is a call of a program, which is not done in an expression.",
                name=name,
            )
        return write(value, *arguments)

    def _primary(self) -> str:
        kind, token = self.kind, self.token
        if self._take("("):
            inside = self.conditional()
            self._expect(")")
            return f"({inside})"
        if kind not in {"text", "number", "name"}:
            self.refuse("Here a value is missing.")
        self._next()
        if token in CLOCK and self._take("("):
            self._expect(")")
            return SOON
        if kind == "name" and self.token == "(":  # noqa: S105
            self.refuse(
                "'{name}(…)' is a call of a program, which is not done in an expression.",
                name=token,
            )
        return token

    def _arguments(self) -> list[str]:
        arguments: list[str] = []
        while not self._take(")"):
            if arguments:
                self._expect(",")
            arguments.append(self.conditional())
        return arguments

    def _name(self) -> str:
        name = self.token
        if self.kind != "name":
            self.refuse("Here a name is missing.")
        self._next()
        return name

    def _take(self, sign: str) -> bool:
        if self.kind != "sign" or self.token != sign:
            return False
        self._next()
        return True

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            self.refuse("Here '{sign}' is missing.", sign=sign)

    def _next(self) -> None:
        rest = self._text[self._at :]
        if not rest.strip():
            self.kind = self.token = ""
            return
        found = TOKEN.match(self._text, self._at)
        if found is None:
            self.refuse("'{sign}' is not read in an expression.", sign=rest.strip()[:1])
            return
        self._at = found.end()
        self.kind = str(found.lastgroup)
        self.token = found.group(self.kind)
