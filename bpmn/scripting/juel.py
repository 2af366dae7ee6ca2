"""
A subset of JUEL, the `${…}` of Camunda 7, Flowable and Activiti, read into FEEL's tree.

Comparison, logic, arithmetic, properties, indices, `empty`, the conditional and the few methods that models use
on plain values. A call of a bean is refused: the bean is not here, and guessing what it does would be a silent
mis-read.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from bpmn.feel import numbers, tree
from bpmn.feel.errors import NoValue
from bpmn.feel.tree import Node, Position
from bpmn.scripting import trees
from bpmn.scripting.functions import OF_JUEL
from bpmn.scripting.tokens import Tokens

TOKEN = re.compile(
    r"(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign>&&|\|\||==|!=|<=|>=|[-!<>?:+*/%().,\[\]])"
)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
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
"""Two ways to write an operator."""
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"==", "!="}),
    frozenset({"<", ">", "<=", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)
"""Operators, those that bind least first."""
CALLED: Mapping[str, str] = {"==": "~=", "!=": "!~", "%": "remainder of"}
"""Operators that are not FEEL's, by the functions for them."""
UNARY: Mapping[str, str] = {"not": "is denied", "empty": "is empty"}
CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}

CLOCK = frozenset({"now", "dateTime"})
LATER = {
    "plusYears": "P1Y",
    "plusMonths": "P1M",
    "plusWeeks": "P7D",
    "plusDays": "P1D",
    "plusHours": "PT1H",
    "plusMinutes": "PT1M",
    "plusSeconds": "PT1S",
}
"""Camunda's `dateTime().plusDays(3).toDate()`: a time from now on."""


def read(text: str, start: int = 0, end: int | None = None) -> Node:
    """Return the tree of a JUEL expression, which is a part of a text. Raises `InvalidExpression`."""
    return _Juel(text, TOKEN, start, end).whole()


class _Juel(Tokens):
    def whole(self) -> Node:
        """Read the whole text."""
        expression = self.expression()
        if self.kind:
            self.refuse("Here the expression should end.")
        return expression

    def expression(self) -> Node:
        self.deeper()
        condition = self.binary()
        at = self.at
        if self.take("?"):
            yes = self.expression()
            self.expect(":")
            otherwise = self.expression()
            condition = tree.If(trees.truth(condition, "is believed"), yes, otherwise, at=at)
        self.shallower()
        return condition

    def binary(self, level: int = 0) -> Node:
        """Read operators of one level as one row, so that a long sum is not a deep one."""
        if level == len(LEVELS):
            return self.unary()
        at, first = self.at, self.binary(level + 1)
        row: list[tuple[str, Node]] = []
        while self.kind and (sign := WORDS.get(self.token, self.token)) in LEVELS[level]:
            self.go_on()
            row.append((sign, self.binary(level + 1)))
        if not row:
            return first
        if row[0][0] in {"and", "or"}:
            operands = (first, *(operand for _, operand in row))
            believed = tuple(trees.truth(each, "is believed") for each in operands)
            return tree.Junction(row[0][0] == "or", believed, at=at)
        if all(sign in {"+", "-", "*", "/"} for sign, _ in row):
            return tree.Arithmetic(first, tuple(row), at=at)
        for sign, operand in row:
            first = self._applied(sign, first, operand)
        return first

    def unary(self) -> Node:
        at = self.at
        sign = WORDS.get(self.token, self.token) if self.kind in {"sign", "name"} else ""
        if sign not in {"not", "-", "empty"}:
            return self._value()
        self.deeper()
        self.go_on()
        inside = self.unary()
        self.shallower()
        if sign == "-":
            return tree.Negation(inside, at=at)
        return trees.called(UNARY[sign], inside, at=at)

    def items(self, end: str) -> list[Node]:
        """Read expressions with commas between them, up to a sign."""
        found: list[Node] = []
        while not self.take(end):
            if found:
                self.expect(",")
            found.append(self.expression())
        return found

    def _applied(self, sign: str, left: Node, right: Node) -> Node:
        if sign in CALLED:
            return trees.called(CALLED[sign], left, right, at=left.at)
        if sign in LEVELS[3]:
            return tree.Comparison(sign, left, right, at=left.at)
        return tree.Arithmetic(left, ((sign, right),), at=left.at)

    def _value(self) -> Node:
        value = self._primary()
        while True:
            at = self.at
            if self.take("."):
                value = self._member(value)
            elif self.take("["):
                key = self.expression()
                self.expect("]")
                value = trees.entry(value, key, at=at)
            else:
                return value

    def _member(self, value: Node) -> Node:
        at, name = self.at, self.name()
        if not self.take("("):
            return tree.Path(value, name, at=at)
        arguments = self.items(")")
        if value == tree.Name("execution") and name == "getVariable":
            return self._variable(arguments)
        if _is_moment(value) and name in LATER and len(arguments) == 1:
            step = tree.Arithmetic(
                tree.Temporal(LATER[name], at=at), (("*", arguments[0]),), at=at
            )
            return tree.Arithmetic(value, (("+", step),), at=at)
        if _is_moment(value) and name == "toDate" and not arguments:
            return value
        if name not in OF_JUEL or not OF_JUEL[name].signatures[0].takes(1 + len(arguments)):
            self.refuse_call(name)
        return trees.called(f"${{.{name}()}}", value, *arguments, at=at)

    def _variable(self, arguments: list[Node]) -> Node:
        """Read `execution.getVariable("name")`."""
        name = arguments[0] if len(arguments) == 1 else None
        if not isinstance(name, tree.Literal) or type(name.value) is not str:
            self.refuse_call("getVariable")
        return tree.Name(name.value, at=name.at)

    def _primary(self) -> Node:
        kind, token, at = self.kind, self.token, self.at
        if self.take("("):
            inside = self.expression()
            self.expect(")")
            return inside
        if kind not in {"text", "number", "name"}:
            self.refuse("Here a value is missing.")
        if token.startswith("_"):
            self.refuse("The name '{name}' begins with an underscore.", name=token)
        self.go_on()
        if kind == "text":
            return tree.Literal(ESCAPED.sub(r"\1", token[1:-1]), at=at)
        return (
            tree.Literal(self._number(token), at=at)
            if kind == "number"
            else self._named(token, at)
        )

    def _named(self, token: str, at: Position) -> Node:
        """Read what a name says that was just taken."""
        if token in CLOCK and self.take("("):
            self.expect(")")
            return trees.called("now()", at=at)
        if self.token == "(":  # noqa: S105
            self.refuse_call(token)
        if token in CONSTANTS:
            return tree.Literal(CONSTANTS[token], at=at)
        return tree.Name(token, at=at)

    def _number(self, written: str) -> numbers.Number:
        try:
            return numbers.whole(numbers.rounded(Decimal(written)))
        except NoValue:
            self.refuse("The number is too large.")


def _is_moment(value: Node) -> bool:
    """Tell whether a value is `now()`, or a time after it."""
    while isinstance(value, tree.Arithmetic):
        value = value.first
    return value == trees.called("now()")
