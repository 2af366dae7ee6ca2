"""
A subset of FEEL (DMN 1.3 §10.3), the `=…` of Camunda 8 and of ours, written anew as an expression of ours.

Comparison, logic, arithmetic, paths, lists, contexts, `if`, `for`, `some`, `every`, ranges and the functions that
models use. What is not in it is refused: a filter that we took for a position would be a silent mis-read.
"""

import re
from collections.abc import Callable, Mapping

from bpmn.scripting.rewriting import Parser

FUNCTIONS: Mapping[str, tuple[int, Callable[..., str]]] = {
    "abs": (1, lambda number: f"abs({number})"),
    "all": (1, lambda items: f"all({items})"),
    "any": (1, lambda items: f"any({items})"),
    "append": (2, lambda items, item: f"({items} + [{item}])"),
    "concatenate": (2, lambda first, second: f"({first} + {second})"),
    "contains": (2, lambda text, part: f"({part} in {text})"),
    "count": (1, lambda items: f"len({items})"),
    "date": (1, lambda text: f"date({text})"),
    "date and time": (1, lambda text: f"datetime({text})"),
    "duration": (1, lambda text: text),
    "ends with": (2, lambda text, end: f"{text}.endswith({end})"),
    "list contains": (2, lambda items, item: f"({item} in {items})"),
    "lower case": (1, lambda text: f"{text}.lower()"),
    "max": (1, lambda items: f"max({items})"),
    "min": (1, lambda items: f"min({items})"),
    "modulo": (2, lambda number, by: f"({number} % {by})"),
    "not": (1, lambda condition: f"({condition} == False)"),
    "starts with": (2, lambda text, start: f"{text}.startswith({start})"),
    "string": (1, lambda value: f"shown({value})"),
    "string length": (1, lambda text: f"len({text})"),
    "sum": (1, lambda numbers: f"sum({numbers})"),
    "upper case": (1, lambda text: f"{text}.upper()"),
}
"""By name: the number of arguments, and how we write the call."""

CALLED = "|".join(sorted((name for name in FUNCTIONS if " " in name), key=len, reverse=True))
TOKEN = re.compile(
    r"(?P<text>\"(?:[^\"\\]|\\.)*\")|(?P<number>\d+(?:\.(?!\.)\d+)?|\.\d+)"
    rf"|(?P<name>(?:{CALLED})(?=\s*\()|[^\W\d]\w*)"
    r"|(?P<sign>\.\.|\*\*|!=|<=|>=|[-<>=:+*/().,\[\]{}])"
)
LEVELS: tuple[frozenset[str], ...] = (frozenset({"or"}), frozenset({"and"}))
COMPARED = {"=": "==", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
CALCULATED: tuple[frozenset[str], ...] = (
    frozenset({"+", "-"}),
    frozenset({"*", "/"}),
    frozenset({"**"}),
)
RESERVED = frozenset({"and", "else", "in", "or", "return", "satisfies", "then"})

FROM_NOW = re.compile(r'\s*now\(\s*\)\s*\+\s*duration\(\s*"([^"]*)"\s*\)\s*')
"""A time from now on, which we write as a duration."""


def rewritten(text: str) -> str:
    """
    Return an expression of ours that means what the FEEL expression means.

    Raises `InvalidExpression` with the column.
    """
    later = FROM_NOW.fullmatch(text)
    return repr(later.group(1)) if later else _Feel(text).rewritten()


class _Feel(Parser):
    TOKEN = TOKEN
    WORDS: Mapping[str, str] = {}
    LEVELS = LEVELS

    def expression(self) -> str:
        self.deeper()
        match self.token if self.kind == "name" else "":
            case "if":
                found = self._if()
            case "for":
                found = self._each("return", "[{result} for {name} in {items}]")
            case "some":
                found = self._each("satisfies", "any([{result} for {name} in {items}])")
            case "every":
                found = self._each("satisfies", "all([{result} for {name} in {items}])")
            case _:
                found = self.binary()
        self.shallower()
        return found

    def unary(self) -> str:
        """Read one side of `and` and `or`: a comparison."""
        left = self._calculation()
        sign = self.token if self.kind == "sign" else ""
        if sign in COMPARED:
            self._next()
            return f"({left} {COMPARED[sign]} {self._calculation()})"
        if self.take("between"):
            low = self._calculation()
            self.expect("and")
            return f"({low} <= {left} and {left} <= {self._calculation()})"
        if self.take("in"):
            return self._within(left)
        return left

    def _if(self) -> str:
        self._next()
        condition = self.expression()
        self.expect("then")
        yes = self.expression()
        self.expect("else")
        return f"({yes} if {condition} == True else {self.expression()})"

    def _each(self, word: str, written: str) -> str:
        self._next()
        name = self.name()
        self.expect("in")
        items = self.expression()
        if self.take(".."):
            items = f"range({items}, {self.expression()} + 1)"
        self.expect(word)
        return written.format(name=name, items=items, result=self.expression())

    def _within(self, value: str) -> str:
        """Read what follows `in`: a comparison, a range or a list."""
        sign = self.token if self.kind == "sign" else ""
        if sign in COMPARED:
            self._next()
            return f"({value} {COMPARED[sign]} {self._calculation()})"
        if sign not in {"[", "]", "("}:
            return f"({value} in {self._calculation()})"
        self._next()
        first = self.expression()
        if not self.take(".."):
            end = "]" if sign == "[" else ")"
            items = [first, *self.items(end)] if self.take(",") else [first]
            if len(items) == 1:
                self.expect(end)
            return f"({value} in [{', '.join(items)}])"
        last = self.expression()
        below = "<=" if sign == "[" else "<"
        above = "<=" if self.token == "]" else "<"  # noqa: S105  a sign
        if self.token not in {"]", ")", "["}:
            self.refuse("Here '{sign}' is missing.", sign="]")
        self._next()
        return f"({first} {below} {value} and {value} {above} {last})"

    def _calculation(self, level: int = 0) -> str:
        if level == len(CALCULATED):
            return self._value()
        left = self._calculation(level + 1)
        while self.kind == "sign" and self.token in CALCULATED[level]:
            sign = self.token
            self._next()
            left = f"({left} {sign} {self._calculation(level + 1)})"
        return left

    def _value(self) -> str:
        if self.take("-"):
            self.deeper()
            inside = self._value()
            self.shallower()
            return f"(-{inside})"
        value = self._primary()
        while True:
            if self.take("."):
                value = f"{value}.{self.name()}"
            elif self.take("["):
                value = f"{value}[{self._position()}]"
                self.expect("]")
            else:
                return value

    def _position(self) -> int:
        """Read a position in a list: FEEL counts from 1, and from -1 backwards."""
        sign = -1 if self.take("-") else 1
        number = self.token
        if self.kind != "number" or not number.isdigit() or not int(number):
            self.refuse("In brackets after a list, only the number of an item is read: items[1].")
        self._next()
        return int(number) - 1 if sign == 1 else -int(number)

    def _primary(self) -> str:
        kind, token = self.kind, self.token
        if self.take("("):
            inside = self.expression()
            self.expect(")")
            return f"({inside})"
        if self.take("["):
            return f"[{', '.join(self.items(']'))}]"
        if self.take("{"):
            return self._context()
        if kind not in {"text", "number", "name"} or token in RESERVED:
            self.refuse("Here a value is missing.")
        self._next()
        if kind == "name" and self.take("("):
            return self._call(token)
        return f"0{token}" if token.startswith(".") else token

    def _context(self) -> str:
        entries: list[str] = []
        while not self.take("}"):
            if entries:
                self.expect(",")
            key = self.token if self.kind == "text" else repr(self.token)
            if self.kind not in {"text", "name"}:
                self.refuse("Here a name is missing.")
            self._next()
            self.expect(":")
            entries.append(f"{key}: {self.expression()}")
        return f"{{{', '.join(entries)}}}"

    def _call(self, name: str) -> str:
        if name not in FUNCTIONS:
            self.refuse_call(name)
        count, write = FUNCTIONS[name]
        arguments = self.items(")")
        if name in {"max", "min", "sum"} and len(arguments) > 1:
            arguments = [f"[{', '.join(arguments)}]"]
        if len(arguments) != count:
            self.refuse("{name}() takes {count} values.", name=name, count=count)
        return write(*arguments)
