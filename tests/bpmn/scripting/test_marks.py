import pytest

from bpmn.scripting import marks


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("= amount > 100", "amount > 100"),
        (" =a", "a"),
        ("${amount > 100}", "amount > 100"),
        (" ${ a } ", "a"),
        ("a", None),
        ("a = 1", None),
        ("${a} and ${b", None),
        ("", None),
    ],
)
def test_an_expression_is_known_by_its_mark(text, expression):
    assert marks.expression_in(text) == expression


def test_a_condition_needs_no_mark():
    assert marks.unmarked(" a > 1 ") == "a > 1"
    assert marks.unmarked("${a > 1}") == "a > 1"
