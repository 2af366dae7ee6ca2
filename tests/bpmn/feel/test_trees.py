"""Other syntaxes make a tree of their own, and get what FEEL has."""

import pytest

from bpmn import feel
from bpmn.feel import tree
from bpmn.feel.expressions import of_tree
from tests.bpmn.feel.evaluating import setting

AMOUNT = tree.Name("amount", at=tree.Position(1, 3))


def test_a_tree_made_by_hand_is_evaluated():
    whole = tree.Junction(
        True,
        (
            tree.Comparison(">", AMOUNT, tree.Literal(1000)),
            tree.In(AMOUNT, (tree.Unary("<", tree.Literal(0)),)),
        ),
    )

    expression = of_tree(whole, "${amount > 1000 || amount < 0}")

    assert expression.text == "${amount > 1000 || amount < 0}"
    assert expression.names == {"amount"}
    assert expression.evaluate({"amount": -1}, setting()) is True
    assert expression.evaluate({"amount": 1}, setting()) is False


def test_it_points_into_the_text_that_it_was_made_of():
    there = setting()

    of_tree(tree.Negation(AMOUNT), "${-amount}").evaluate({}, there)

    assert (there.warnings[0].line, there.warnings[0].column) == (1, 3)


def test_a_tree_is_not_endlessly_deep():
    node = tree.Literal(1)
    for _ in range(5000):
        node = tree.Negation(node)

    with pytest.raises(feel.InvalidExpression):
        of_tree(node, "")


def test_the_same_texts_make_the_same_tree():
    first, second = feel.read("a + 1 > b"), feel.read("a + 1 > b")

    assert first == second
    assert first != feel.read("a + 1 >= b")
