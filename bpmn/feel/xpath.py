"""
Patterns of XPath, written anew for the engine that runs them (XML Schema, appendix F; XQuery Functions §5.6.1).

What XPath does not have is refused, even where the engine has it: patterns mean the same in every
implementation of FEEL, or nothing.
"""

import re

from bpmn.feel.errors import NoValue

NAME_START = (
    r":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
)
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
LARGEST = 20_000
"""Places of a pattern that repeats itself in full: the engine takes room for each."""
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
    return _Translation(_unspaced(pattern) if "x" in flags else pattern, flags).whole()


def _unspaced(pattern: str) -> str:
    """Leave out blanks, but not within brackets."""
    depth, escaped, kept = 0, False, []
    for sign in pattern:
        if depth == 0 and sign in " \t\n\r":
            continue
        kept.append(sign)
        if not escaped and sign in "[]":
            depth = max(0, depth + (1 if sign == "[" else -1))
        escaped = sign == "\\" and not escaped
    return "".join(kept)


class _Translation:
    def __init__(self, pattern: str, flags: str) -> None:
        self._pattern = pattern
        self._place = 0
        self._dot = "." if "s" in flags else r"[^\n\r]"
        self._end = "$" if "m" in flags else r"\Z"
        self._opened = 0
        self._groups: list[bool] = []
        """Those that are open, and whether they count."""
        self._sizes = [0]
        """What the engine makes of each open group: a repetition is as long as it may repeat."""
        self._last = 0
        """The size of what could be repeated."""

    def whole(self) -> str:
        parts: list[str] = []
        repeatable = False
        while self._place < len(self._pattern):
            quantity = QUANTITY.match(self._pattern, self._place)
            if quantity is None:
                part, repeatable = self._atom(self._pattern[self._place])
                parts.append(part)
            elif repeatable:
                parts.append(self._quantity(quantity))
                repeatable = False
            else:
                raise NoValue(
                    "In the pattern there is nothing that '{sign}' could repeat.", sign=quantity[0]
                )
        if self._groups:
            raise NoValue("In the pattern a parenthesis is not closed.")
        return "".join(parts)

    def _quantity(self, match: re.Match[str]) -> str:
        self._place = match.end()
        lowest, _, highest = match.groups()
        self._grow(self._last * max(int(lowest or 1), int(highest or 1)))
        if lowest and highest and int(lowest) > int(highest):
            raise NoValue(
                "The pattern repeats something at least {low} and at most {high} times.",
                low=lowest,
                high=highest,
            )
        return match[0] + ("?" if self._skip("?") else "")

    def _atom(self, sign: str) -> tuple[str, bool]:
        """Return what a sign becomes, and whether it can be repeated."""
        self._place += 1
        self._last = 1
        if sign not in "()":
            self._grow(1)
        if sign in "()":
            return self._group(sign), sign == ")"
        if sign in "^|$":
            return self._end if sign == "$" else sign, False
        if sign in "]{}":
            raise NoValue("In the pattern '{sign}' is written '\\{sign}'.", sign=sign)
        return self._character(sign), True

    def _character(self, sign: str) -> str:
        if sign == "\\":
            return self._escape()
        if sign == "[":
            return self._class()
        return self._dot if sign == "." else re.escape(sign)

    def _group(self, sign: str) -> str:
        if sign == "(":
            plain = self._skip("?:")
            if not plain and self._skip("?"):
                raise NoValue("A pattern has no other groups than '(…)' and '(?:…)'.")
            self._groups.append(not plain)
            self._opened += not plain
            self._sizes.append(0)
            return "(?:" if plain else "("
        if not self._groups:
            raise NoValue("In the pattern a parenthesis is closed that was not opened.")
        self._groups.pop()
        self._last = self._sizes.pop()
        self._grow(self._last)
        return ")"

    def _grow(self, size: int) -> None:
        self._sizes[-1] += size
        if self._sizes[-1] > LARGEST:
            raise NoValue("The pattern repeats too much.")

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
            raise NoValue(
                "In the pattern there is no group {number} before this place.", number=number
            )
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
        is_range = (
            sign == "-" and self._pattern[self._place - 2] not in "[^" and not self._ahead("]")
        )
        return sign if is_range or sign not in IN_CLASS else f"\\{sign}"

    def _skip(self, signs: str) -> bool:
        if self._ahead(signs):
            self._place += len(signs)
            return True
        return False

    def _ahead(self, signs: str) -> bool:
        return self._pattern.startswith(signs, self._place)
