"""What strangers try: each is refused before the work is done."""

import threading
import time

import pytest

from bpmn import feel
from tests.bpmn.feel.evaluating import setting, value

PATIENCE = 30.0
"""Seconds of the processor: what has no end takes longer, and a machine that is slow or shared does not."""

DOUBLED = ", ".join(f"b{n}: [b{n - 1}, b{n - 1}]" for n in range(1, 60))
"""Small in memory, endless when it is written down."""


@pytest.fixture(autouse=True)
def _in_time():
    started = time.process_time()
    yield
    assert time.process_time() - started < PATIENCE


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..10 ** 30 return i",
        "for i in 1..1000, j in 1..1000, k in 1..1000 return 1",
        "some i in 1..90000, j in 1..90000 satisfies false",
        "count(for i in 1..300 return for j in 1..300 return for k in 1..300 return 1)",
        'for d in @"0001-01-01"..@"9999-01-01" return d',
        "{f: function(n) f(n + 1), r: f(0)}.r",
        "{f: function(n) [f(n + 1), f(n + 1)], r: f(0)}.r",
        "{f: function(n) if n = 0 then 0 else f(n - 1) + f(n - 1), r: f(40)}.r",
        "{f: function(n) sort([n, n + 1], function(a, b) f(a)), r: f(0)}.r",
        f"{{b0: [1, 1], {DOUBLED}}}",
        f"{{b0: [1, 1], {DOUBLED}, r: b59 = b59}}.r",
        f"string({{b0: [1, 1], {DOUBLED}}})",
        f"flatten({{b0: [1, 1], {DOUBLED}}}.b59)",
        f"count(distinct values([1, {{b0: [1, 1], {DOUBLED}}}.b59, {{b0: [1, 1], {DOUBLED}}}.b59]))",
        '{a: "xxxxxxxxxx", '
        + ", ".join(f"a{n}: a{n - 1 if n else ''} + a{n - 1 if n else ''}" for n in range(40))
        + "}",
        'string join(for i in 1..90000 return "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")',
        'replace(string join(for i in 1..90000 return "x"), "x", "yyyyyyyyyyyyyyyyyyyyyyyyyy")',
        "distinct values(for i in 1..50000 return {a: i})",
        "concatenate(for i in 1..90000 return i, for i in 1..90000 return i)",
    ],
)
def test_an_evaluation_has_a_budget(text):
    with pytest.raises(feel.BudgetExceeded) as caught:
        feel.read(text).evaluate({}, setting())

    assert caught.value.line == 1


@pytest.mark.parametrize(
    "text",
    [
        "(" * 30_000,
        "[" * 30_000,
        "{a: " * 20_000,
        "-" * 50_000 + "1",
        "f(" * 20_000,
        "f" + "()" * 20_000,
        "a" + ".a" * 20_000,
        "a" + "[1]" * 20_000,
        "1" + " < 1" * 20_000,
        "x in " * 20_000,
        "if " * 20_000,
        "x instance of " + "list<" * 10_000,
        "/*" * 50_000,
        '"' * 50_001,
        "9" * 90_000,
        "1e" + "9" * 5_000,
        "x" * 200_000,
    ],
)
def test_a_text_that_is_too_much_is_refused(text):
    with pytest.raises(feel.InvalidExpression):
        feel.read(text)


def test_long_is_not_deep():
    assert value("1" + " + 1" * 20_000) == 20_001
    assert value("true" + " and true" * 10_000) is True


@pytest.mark.parametrize(
    "text", ["9 ** (9 ** 9)", "9" + " ** 9" * 500, "1e6000 * 1e6000", "exp(1e30)"]
)
def test_numbers_do_not_grow_without_end(text):
    assert feel.read(text).evaluate({}, setting()) is None


def test_limits_are_what_is_asked_for():
    limits = feel.Limits(steps=50, items=5, characters=5, nesting=5, depth=2, text=60)

    assert feel.read("for i in 1..5 return i", limits=limits).evaluate({}, setting()) == [
        1,
        2,
        3,
        4,
        5,
    ]
    for text in ("for i in 1..6 return i", '"abc" + "def"', "[[1], [[[[[2]]]]]]", "1" * 61):
        with pytest.raises((feel.BudgetExceeded, feel.InvalidExpression)):
            feel.read(text, limits=limits).evaluate({}, setting())


def test_warnings_are_not_kept_without_end():
    there = setting()

    feel.read("for i in 1..1000 return i / 0").evaluate({}, there)

    assert len(there.warnings) == feel.DEFAULT.warnings


def test_one_expression_is_evaluated_by_many_threads():
    expression = feel.read("sum(for i in 1..100 return i * n) + m[1]", ["n", "m"])
    found = []

    def evaluate(number):
        for _ in range(20):
            there = setting()
            found.append(expression.evaluate({"n": number, "m": [number]}, there) - 5051 * number)

    threads = [threading.Thread(target=evaluate, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert found == [0] * 160
