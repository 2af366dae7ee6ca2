"""Functions: of the language, of Python, as values."""

import pytest

from bpmn import feel
from bpmn.feel.type_reading import parse_type
from tests.bpmn.feel.evaluating import setting, value, warned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(function(a, b) a - b)(3, 1)", 2),
        ("(function(a, b) a - b)(b: 3, a: 1)", -2),
        ("(function() 1)()", 1),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(20)}.r", 2432902008176640000),
        ("{add: function(a) function(b) a + b, r: add(1)(2)}.r", 3),
        ("{f: function(g, x) g(g(x)), r: f(function(n) n * 2, 3)}.r", 12),
        ("(for i in 1..3 return function(x) x * i)[2](5)", 10),
        ("{f: abs, r: f(-1)}.r", 1),
        ("sort([3, 1, 2], function(a, b) a > b)", [3, 2, 1]),
        ("(function(a: number) a)([1])", 1),
        ("(function(a: list<number>) a)(1)", [1]),
        ('(function(a: date and time) a.hour)(@"2024-01-01")', 0),
        ('substring(start position: 2, string: "abc")', "bc"),
        ("count([1, 2]) + count", 12),
        ("sum([1]) + sum", 6),
    ],
)
def test_calls(text, expected):
    assert value(text, {"count": 10, "sum": 5}) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("f(1)", "There is no function 'f'."),
        ("1(1)", "A value of type number is called as if it were a function."),
        ("abs()", "The function 'abs' does not take 0 arguments."),
        ("abs(1, 2)", "The function 'abs' does not take 2 arguments."),
        ("abs(m: 1)", "The function 'abs' does not take the parameters m."),
        ("floor(n: 1, n: 2)", "The function 'floor' does not take the parameters n, n."),
        (
            "upper case(null)",
            "The function 'upper case' has no value where its parameter 'string' is null.",
        ),
        (
            "upper case(1)",
            "The parameter 'string' of the function 'upper case' is of type string, not number.",
        ),
        (
            "{one more: function(n) n + 1, r: one more()}.r",
            "The function 'one more' does not take 0 arguments.",
        ),
        (
            '(function(a: number) a)("a")',
            "The parameter 'a' of the function 'function' is of type number, not string.",
        ),
        (
            '(function(a) external {java: {class: "a"}})(1)',
            "A function that is written in another language is not called.",
        ),
    ],
)
def test_a_call_that_cannot_be_done_is_null_and_said(text, sentence):
    assert warned(text) == (None, [sentence])


def test_a_function_of_python():
    twice = feel.function(
        "twice", {"x": parse_type("number")}, lambda x, _: x * 2, result=parse_type("number")
    )

    assert value("twice(2) + twice(x: 3)", {"twice": twice}) == 10
    assert warned('twice("a")', {"twice": twice})[0] is None


def test_what_a_function_of_python_returns_conforms_to_its_type():
    listed = feel.function("f", {}, lambda _: [7], result=parse_type("number"))
    wrong = feel.function("f", {}, lambda _: "a", result=parse_type("number"))

    assert value("f()", {"f": listed}) == 7
    assert warned("f()", {"f": wrong}) == (
        None,
        ["The function returns no value of type number."],
    )


def test_a_function_of_python_is_told_the_setting():
    there = setting()
    year = feel.function("year", {}, lambda given: given.now.year)

    assert feel.read("year()").evaluate({"year": year}, there) == 2024


def test_a_function_can_be_called_from_python():
    add = value("function(a, b) a + b + c", {"c": 100})

    assert [each.name for each in add.parameters] == ["a", "b"]
    assert add.call([1, 2.5], setting()) == pytest.approx(103.5)
    with pytest.raises(feel.ExpressionFailed):
        add.call([1], setting())


def test_a_function_warns_where_it_is_called():
    made, called = setting(), setting()
    ask = feel.read("function() for i in [1] return unknown + strange").evaluate(
        {"strange": object()}, made
    )

    assert ask.call([], called) == [None]
    assert made.warnings == []
    assert len(called.warnings) == 3


def test_evaluations_within_one_share_its_budget():
    limits = feel.Limits(steps=1000)
    inner = feel.read("count(for i in 1..400 return i)", limits=limits)
    once = feel.function("once", {}, lambda given: inner.evaluate({}, given))
    there = setting()

    assert feel.read("once()", limits=limits).evaluate({"once": once}, there) == 400
    with pytest.raises(feel.BudgetExceeded):
        feel.read("once() + once() + once()", limits=limits).evaluate({"once": once}, there)
    assert feel.read("once()", limits=limits).evaluate({"once": once}, there) == 400
