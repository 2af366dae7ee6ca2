"""Whatever is written and whatever it is given, nothing but a value or one of our errors comes out, and soon."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bpmn import feel
from bpmn.feel.builtins import LIBRARY
from tests.bpmn.feel.evaluating import setting

SECONDS = 3.0
"""For each seed."""
SLOW = 1.0
LIMITS = feel.Limits(steps=20_000, items=2_000, characters=20_000, seconds=0.05)
ATOMS = [
    *("1", "0", "-1", "2.5", "1e6000", "1e-6000", "9999999999999999999999999999999999", "null"),
    *("true", "false", '"a"', '""', '"i"', '"(a|b)*"', '"[1..2]"', '"2024-01-01"', '"P1D"', "[]"),
    *("{}", "[1, 2, 3]", "{a: 1, b: [1, {a: 2}]}", "[1..10]", "(< 5)", "(= 5)", "?", "item"),
    *('@"2024-01-31"', '@"10:00:00Z"', '@"2024-01-01T00:00:00@Europe/Paris"', '@"P1Y2M"'),
    *('@"-PT1H"', '@"999999999-12-31"', '@"-999999999-01-01T00:00:00Z"', "count", "sort", "f"),
    *(
        "function(x) x",
        "function(x, y) x < y",
        "x",
        "l",
        "c",
        "d",
        "m",
        "t",
        "s",
        "nan",
        "partial",
    ),
]
VARIABLES = {
    "x": 5,
    "l": [1, 2.5, "a", None, {"a": 1}],
    "c": {"a": {"b": 1}},
    "d": date(2024, 1, 31),
    "m": datetime(2024, 3, 31, 2, 30, tzinfo=ZoneInfo("Europe/Stockholm")),
    "t": clock(1, 2, 3, tzinfo=UTC),
    "s": timedelta(days=1),
    "nan": Decimal("NaN"),
    "f": feel.function("f", {"a": None}, lambda a, _: a),
}
SIGNS = [
    "+",
    "-",
    "*",
    "/",
    "**",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "and",
    "or",
    "in",
    "in (<",
    "..",
]
PROPERTIES = ["a", "b", "year", "start", "time offset", "timezone", "hours", "second", "__class__"]
TYPES = ["number", "list<number>", "context<a: number>", "function<number> -> Any", "range<Any>"]
NOISE = [
    *"()[]{}\"'@.,:+-*/<>=! \n\\?åäö0",
    " and ",
    " or ",
    " in ",
    "//",
    "/*",
    "\\u12",
    "\U0001f40e",
]
FORMS = [
    "({0} {sign} {1})",
    "(if {0} then {1} else {2})",
    "(for x in {0} return {1})",
    "(for x in {0}..{1}, y in x return {2})",
    "(some x in {0}, y in {1} satisfies {2})",
    "(every x in {0} satisfies {1})",
    "{0}[{1}]",
    "({0}).{property}",
    "[{0}, {1}]",
    "{{a: {0}, b: {1}}}",
    "({0} between {1} and {2})",
    "({0} instance of {type})",
    "(function(x, y: number) {0})({1}, {2})",
    "{{g: function(n) if n > 3 then {0} else g(n + 1), r: g(0)}}.r",
    "-{0}",
    "[{0}..{1}]",
    "{call}",
]


class Writer:
    """Writes expressions of all forms, mostly well."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311

    def text(self):
        written = self.expression(self.random.randrange(5))
        if self.random.random() < 0.2:
            cut = self.random.randrange(len(written) + 1)
            rest = written[cut + self.random.randrange(4) :]
            written = written[:cut] + self.random.choice(NOISE) + rest
        return written

    def expression(self, depth):
        if depth <= 0:
            return self.random.choice(ATOMS)
        parts = [self.expression(depth - 1 - self.random.randrange(2)) for _ in range(3)]
        return self.random.choice(FORMS).format(
            *parts,
            sign=self.random.choice(SIGNS),
            property=self.random.choice(PROPERTIES),
            type=self.random.choice(TYPES),
            call=self.call(depth),
        )

    def call(self, depth):
        name = self.random.choice(list(LIBRARY))
        parameters = [
            each.name for each in self.random.choice(LIBRARY[name].signatures).parameters
        ]
        arguments = [self.expression(depth - 1) for _ in parameters]
        if self.random.random() < 0.2:
            arguments = [
                f"{parameter}: {argument}"
                for parameter, argument in zip(parameters, arguments, strict=True)
            ]
        elif self.random.random() < 0.2:
            arguments.append(self.expression(0))
        return f"{name}({', '.join(arguments)})"


def _evaluate(writer, text, there):
    """Evaluate a text one way or another; return the error that came of it."""
    try:
        if writer.random.random() < 0.2:
            tests = feel.read_tests(text, VARIABLES, limits=LIMITS)
            tests.holds(writer.random.choice(list(VARIABLES.values())), VARIABLES, there)
        else:
            feel.read(text, VARIABLES, limits=LIMITS).evaluate(VARIABLES, there)
    except (feel.InvalidExpression, feel.ExpressionFailed) as error:
        return error
    return None


@pytest.mark.parametrize("seed", range(3))
def test_nothing_else_comes_out(seed):
    writer, end, evaluated = Writer(seed), time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        text, there = writer.text(), setting(strict=writer.random.random() < 0.1)
        started = time.process_time()

        error = _evaluate(writer, text, there)

        evaluated += error is None
        assert error is None or (str(error) and error.line and error.column), text
        assert all(str(each) for each in there.warnings)
        assert there.budget is None
        assert time.process_time() - started < SLOW, text
    assert evaluated > 100
