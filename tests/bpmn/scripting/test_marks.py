"""How models mark expressions, and the subset of JUEL that is read."""

import pytest

from bpmn.scripting import expressions, marks
from bpmn.scripting.errors import InvalidExpression


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("${amount > 100}", "(amount > 100)"),
        (" ${ a } ", "a"),
        ("#{a}", "a"),
        ("a", None),
        ("a = 1", None),
        ("", None),
    ],
)
def test_an_expression_is_known_by_its_mark(text, expression):
    assert marks.expression_in(text) == expression


def test_a_condition_needs_no_mark():
    assert marks.unmarked(" a > 1 ") == "a > 1"
    assert marks.unmarked("${a > 1}") == "(a > 1)"


@pytest.mark.parametrize(
    ("text", "names", "value"),
    [
        ("${!a}", {"a": False}, True),
        ("${not a}", {"a": True}, False),
        ("${a && b || c}", {"a": False, "b": True, "c": True}, True),
        ("${a and (b or c)}", {"a": True, "b": False, "c": True}, True),
        ("${a == 'x'}", {"a": "x"}, True),
        ("${a eq 'x'}", {"a": "y"}, False),
        ("${a ne 1 and a ge 2}", {"a": 2}, True),
        ("${a lt 3}", {"a": 2}, True),
        ("${a div 2 mod 2}", {"a": 6}, 1),
        ("${-a * 2 + 1}", {"a": 3}, -5),
        ("${empty a}", {"a": ""}, True),
        ("${empty a}", {"a": [1]}, False),
        ("${!empty a}", {"a": [1]}, True),
        ("${a > 1 ? 'many' : 'one'}", {"a": 2}, "many"),
        ("${a.b.c}", {"a": {"b": {"c": 7}}}, 7),
        ("${a['b']}", {"a": {"b": 7}}, 7),
        ("${a[1]}", {"a": [1, 2]}, 2),
        ("${a.equals('x')}", {"a": "x"}, True),
        ("${!a.equals('x')}", {"a": "x"}, False),
        ("${a.contains(2)}", {"a": [1, 2]}, True),
        ("${a.size() == 2}", {"a": [1, 2]}, True),
        ("${a.isEmpty()}", {"a": []}, True),
        ("${execution.getVariable('a')}", {"a": 3}, 3),
        ("Order ${a} of ${b}", {"a": 1, "b": "x"}, "Order 1 of x"),
        ("Order ${a}: ${b}", {"a": None, "b": True}, "Order : true"),
        ("${a == 'true'}", {"a": True}, True),
        ("${a != 'true'}", {"a": False}, True),
        ("${a == 5}", {"a": "5"}, True),
        ("${'5.0' eq a}", {"a": 5}, True),
        ("${a == ''}", {"a": None}, False),
        ("${a % 3}", {"a": -7}, -1),
        ("${a mod 3}", {"a": 7}, 1),
        ("${dateTime().plusDays(3).toDate()}", {}, "P3D"),
        ("${now()}", {}, "PT0S"),
        ("${true}", {}, True),
        ("${null == a}", {"a": None}, True),
    ],
)
def test_a_subset_of_juel_means_what_it_means_there(text, names, value):
    expression = marks.expression_in(text)

    assert expression is not None
    assert expressions.read(expression).evaluate(names) == value


@pytest.mark.parametrize(
    "text",
    [
        "${bean.call()}",
        "${call()}",
        "${a.b.toDate(x)}",
        "${}",
        "${a b}",
        "${a ===  b}",
        "${a ? b}",
        "${a[}",
        "${" + "(" * 500 + "a" + ")" * 500 + "}",
        "${" + "!" * 500 + "a}",
        "${a @ b}",
    ],
)
def test_the_rest_of_juel_is_refused(text):
    with pytest.raises(InvalidExpression):
        marks.expression_in(text)
