"""
Patterns of XPath, written anew for the engine that runs them (XML Schema, appendix F; XQuery Functions §5.6.1).

What XPath does not have is refused, even where the engine has it: patterns mean the same in every
implementation of FEEL, or nothing.
"""

import re

from bpmn.feel.errors import NoValue

NAME_START = r":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
NAME_START += r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD"
NAME = NAME_START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"

CLASSES = {
    "d": r"[\p{Nd}]",
    "D": r"[^\p{Nd}]",
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "w": r"[^\p{P}\p{Z}\p{C}]",
    "W": r"[\p{P}\p{Z}\p{C}]",
    "i": f"[{NAME_START}]",
    "I": f"[^{NAME_START}]",
    "c": f"[{NAME}]",
    "C": f"[^{NAME}]",
}
LITERAL = frozenset("\\|.-^?*+{}()[]$nrt")
"""What may be escaped."""
CATEGORY = re.compile(r"[pP]\{(Is)?([A-Za-z0-9\-]+)\}")
QUANTITY = re.compile(r"[?*+]|\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}")
IN_CLASS = frozenset("&|~-")
"""Signs that mean an operation of sets where the engine finds them twice."""


def group_and_rest(digits: str, count: int) -> tuple[int, str]:
    """Return the group that digits name, and those of them that follow it: at most as many as there are groups."""
    length = len(digits)
    while length > 1 and (length > 4 or int(digits[:length]) > count):
        length -= 1
    return int(digits[:length]), digits[length:]


def translated(pattern: str, flags: str) -> str:
    """Write a pattern anew; raises `NoValue` for what is none."""
    return _Translation(pattern, flags).whole()


class _Translation:
    def __init__(self, pattern: str, flags: str) -> None:
        self._pattern = pattern
        self._place = 0
        self._spaced = "x" in flags
        self._dot = "." if "s" in flags else r"[^\n\r]"
        self._end = "$" if "m" in flags else r"\Z"
        self._opened = 0
        self._groups: list[bool] = []
        """Those that are open, and whether they count."""

    def whole(self) -> str:
        parts: list[str] = []
        repeatable = False
        while self._place < len(self._pattern):
            if self._spaced and self._pattern[self._place] in " \t\n\r":
                self._place += 1
                continue
            quantity = QUANTITY.match(self._pattern, self._place)
            if quantity is None:
                part, repeatable = self._atom(self._pattern[self._place])
                parts.append(part)
            elif repeatable:
                parts.append(self._quantity(quantity))
                repeatable = False
            else:
                raise NoValue("In the pattern there is nothing that '{sign}' could repeat.", sign=quantity[0])
        if self._groups:
            raise NoValue("In the pattern a parenthesis is not closed.")
        return "".join(parts)

    def _quantity(self, match: re.Match[str]) -> str:
        self._place = match.end()
        lowest, _, highest = match.groups()
        if lowest and highest and int(lowest) > int(highest):
            raise NoValue("The pattern repeats something at least {low} and at most {high} times.", low=lowest, high=highest)
        return match[0] + ("?" if self._skip("?") else "")

    def _atom(self, sign: str) -> tuple[str, bool]:
        """Return what a sign becomes, and whether it can be repeated."""
        self._place += 1
        match sign:
            case "\\":
                return self._escape(), True
            case "[":
                return self._class(), True
            case "(" | ")":
                return self._group(sign), sign == ")"
            case ".":
                return self._dot, True
            case "^" | "|":
                return sign, False
            case "$":
                return self._end, False
            case "]" | "{" | "}":
                raise NoValue("In the pattern '{sign}' is written '\\{sign}'.", sign=sign)
        return re.escape(sign), True

    def _group(self, sign: str) -> str:
        if sign == "(":
            plain = self._skip("?:")
            if not plain and self._skip("?"):
                raise NoValue("A pattern has no other groups than '(…)' and '(?:…)'.")
            self._groups.append(not plain)
            self._opened += not plain
            return "(?:" if plain else "("
        if not self._groups:
            raise NoValue("In the pattern a parenthesis is closed that was not opened.")
        self._groups.pop()
        return ")"

    def _escape(self) -> str:
        sign = self._pattern[self._place : self._place + 1]
        if sign.isdigit() and sign.isascii() and sign != "0":
            return self._reference()
        return self._escaped(sign)

    def _escaped(self, sign: str) -> str:
        if sign in CLASSES:
            self._place += 1
            return CLASSES[sign]
        if sign and sign in LITERAL:
            self._place += 1
            return "\\" + sign
        category = CATEGORY.match(self._pattern, self._place)
        if category is None:
            raise NoValue("A pattern has no '\\{sign}'.", sign=sign)
        self._place = category.end()
        return f"\\{sign}{{{'In' if category[1] else ''}{category[2]}}}"

    def _reference(self) -> str:
        digits = re.compile("[0-9]+").match(self._pattern, self._place)
        number, rest = group_and_rest(digits[0] if digits else "", self._opened)
        if number > self._opened - sum(self._groups):
            raise NoValue("In the pattern there is no group {number} before this place.", number=number)
        self._place += len(digits[0]) - len(rest) if digits else 0
        return f"(?:\\{number})"

    def _class(self) -> str:
        """Read `[…]`; `-[…]` at its end takes characters away."""
        parts = ["[^" if self._skip("^") else "["]
        while not self._skip("]") or len(parts) == 1:
            sign = self._pattern[self._place : self._place + 1]
            if not sign or (sign == "]" and len(parts) == 1):
                raise NoValue("In the pattern a bracket is not closed.")
            if self._skip("-["):
                if len(parts) == 1:
                    raise NoValue("In the pattern nothing stands before '-['.")
                parts.append(f"--{self._class()}]")
                if not self._skip("]"):
                    raise NoValue("In the pattern a bracket is not closed.")
                return "".join(parts)
            parts.append(self._in_class(sign))
        return "".join([*parts, "]"])

    def _in_class(self, sign: str) -> str:
        self._place += 1
        if sign == "\\":
            return self._escaped(self._pattern[self._place : self._place + 1])
        if sign == "[":
            raise NoValue("In the pattern '{sign}' is written '\\{sign}'.", sign=sign)
        is_range = sign == "-" and self._pattern[self._place - 2] not in "[^" and not self._ahead("]")
        return sign if is_range or sign not in IN_CLASS else f"\\{sign}"

    def _skip(self, signs: str) -> bool:
        if self._ahead(signs):
            self._place += len(signs)
            return True
        return False

    def _ahead(self, signs: str) -> bool:
        return self._pattern.startswith(signs, self._place)
