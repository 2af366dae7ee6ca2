"""How models mark expressions, and the subset of JUEL that is read."""

from datetime import datetime

import pytest

from bpmn.scripting import marks
from bpmn.scripting.errors import InvalidExpression
from tests.bpmn.scripting import evaluating
from tests.bpmn.scripting.evaluating import ZONE


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("${amount > 100}", True),
        (" ${ a } ", True),
        ("#{a}", True),
        ("Order ${a}", True),
        ("a", False),
        ("a = 1", False),
        ("", False),
    ],
)
def test_an_expression_is_known_by_its_mark(text, is_one):
    assert (marks.read(text, evaluating.DEFAULT) is not None) is is_one
    assert marks.is_marked(text) is is_one


def test_a_condition_needs_no_mark():
    assert evaluating.expression(" a > 1 ").evaluate({"a": 2}) is True
    assert evaluating.expression("${a > 1}").evaluate({"a": 2}) is True


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("${a + }", 1, 7),
        ("  Order ${a} of ${b b}", 1, 21),
        ("${a\n + @}", 2, 4),
        ("=a +", 1, 5),
        ("\n = a b c ]", 2, 10),
    ],
)
def test_a_refusal_points_into_the_text(text, line, column):
    with pytest.raises(InvalidExpression) as refusal:
        evaluating.expression(text)

    assert (refusal.value.line, refusal.value.column) == (line, column)


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
        (
            "${dateTime().plusDays(3).plusMonths(1).toDate()}",
            {},
            datetime(2026, 6, 4, 10, tzinfo=ZONE),
        ),
        ("${dateTime().plusDays(n).toDate()}", {"n": 2}, datetime(2026, 5, 3, 10, tzinfo=ZONE)),
        ("${now()}", {}, evaluating.NOW),
        ("${a._id}", {"a": {"_id": 1}}, 1),
        ("${a || b}", {"a": None, "b": "true"}, True),
        ("${!a}", {"a": "false"}, True),
        ("${a ? 1 : 2}", {"a": "no"}, 2),
        ("${'it\\'s ' + a}", {"a": "so"}, "it's so"),
        ("${a + 1 - 2 * 3 / 2}", {"a": 5}, 3),
        ("${a[0].b['c']}", {"a": [{"b": {"c": 1}}]}, 1),
        ("${true}", {}, True),
        ("${null == a}", {"a": None}, True),
    ],
)
def test_a_subset_of_juel_means_what_it_means_there(text, names, value):
    assert evaluating.expression(text).evaluate(names) == value


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
        "${_reserved}",
    ],
)
def test_the_rest_of_juel_is_refused(text):
    with pytest.raises(InvalidExpression):
        evaluating.expression(text)
