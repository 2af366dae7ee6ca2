import copy

import pytest

from bpmn.feel import Limits
from bpmn.scripting.errors import (
    BpmnErrorThrown,
    BudgetExceeded,
    ExpressionFailed,
    InvalidExpression,
)
from tests.bpmn.scripting import evaluating


def run(text, **names):
    return evaluating.script(text).run(names)


def test_only_what_was_assigned_is_returned():
    result = run("b = a + 1\nc = b * 2", a=1)

    assert result == {"b": 2, "c": 4}


def test_an_empty_script_does_nothing():
    assert run("") == {}
    assert run("\n  # only a comment\n") == {}
    assert run("pass") == {}


def test_a_script_may_be_indented_as_its_diagram_is():
    assert run("\n      x = 1\n      if x:\n          y = 2\n    ") == {"x": 1, "y": 2}


def test_several_variables_take_the_same_value():
    assert run("a = b = [1]\nb.append(2)") == {"a": [1], "b": [1, 2]}


def test_a_list_is_unpacked_by_its_length():
    assert run("a, (b, c) = [1, [2, 3]]") == {"a": 1, "b": 2, "c": 3}
    assert run("a, b = b, a", a=1, b=2) == {"a": 2, "b": 1}
    with pytest.raises(ExpressionFailed, match="A list of 2 items is expected"):
        run("a, b = [1, 2, 3]")


def test_entries_are_assigned_inside_one_another():
    names = {"person": {"children": [{"name": "Alva"}]}}

    result = run("person.children[0]['age'] = 3\nperson['name'] = 'Åsa'", **names)

    assert result == {"person": {"children": [{"name": "Alva", "age": 3}], "name": "Åsa"}}
    assert names == {"person": {"children": [{"name": "Alva"}]}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x += 1", 11),
        ("x -= 1", 9),
        ("x *= 2", 20),
        ("x /= 4", 2.5),
        ("x //= 4", 2),
        ("x %= 4", 2),
        ("x **= 2", 100),
    ],
)
def test_a_variable_is_changed_in_place(text, expected):
    assert run(text, x=10) == {"x": expected}


def test_an_entry_is_changed_in_place():
    counts = {"a": [1, 2]}

    assert run("counts.a[-1] += 5\ncounts['b'] = 1", counts=counts) == {
        "counts": {"a": [1, 7], "b": 1}
    }
    assert counts == {"a": [1, 2]}


def test_lists_grow_without_their_input():
    rows = [1]

    assert run("rows.append(2)\nrows.extend([3])\nrows += [4]", rows=rows) == {
        "rows": [1, 2, 3, 4]
    }
    assert rows == [1]


@pytest.mark.parametrize("grade", [(1, "low"), (5, "middle"), (9, "high")])
def test_one_way_is_taken(grade):
    amount, expected = grade

    result = run(
        "if amount < 3:\n    x = 'low'\nelif amount < 7:\n    x = 'middle'\nelse:\n    x = 'high'",
        amount=amount,
    )

    assert result == {"x": expected}


def test_many_cases_are_not_deep():
    text = "if n == 0:\n    x = 0\n" + "".join(
        f"elif n == {case}:\n    x = {case}\n" for case in range(1, 200)
    )

    assert run(text, n=150) == {"x": 150}


def test_a_loop_goes_over_a_list_a_dict_and_a_range():
    text = (
        "total = 0\n"
        "for row in rows:\n    total += row\n"
        "for key in person:\n    total += person[key]\n"
        "for key, n in person.items():\n    total += n\n"
        "for i in range(3):\n    total += i"
    )

    assert run(text, rows=[1, 2], person={"a": 10}) == {"total": 26}


def test_a_loop_is_left_and_goes_on():
    text = (
        "seen = []\n"
        "for a in range(5):\n"
        "    for b in range(5):\n"
        "        if b == 1:\n            continue\n"
        "        if b == 3:\n            break\n"
        "        seen.append(a * 10 + b)\n"
        "    if a == 1:\n        break"
    )

    assert run(text) == {"seen": [0, 2, 10, 12]}


def test_the_variable_of_a_loop_ends_with_the_loop():
    assert run("for x in [1, 2]:\n    y = x\nz = x", x="before") == {"y": 2, "z": "before"}
    assert run("x = 0\nfor x in [1, 2]:\n    y = x\nx += 5") == {"x": 5, "y": 2}


def test_the_variable_of_a_loop_cannot_be_changed_in_vain():
    for change in ("row.n = 1", "row = 1", "row += 1", "row.append(1)", "a, row = [1, 2]"):
        with pytest.raises(InvalidExpression, match="'row' belongs to the loop"):
            evaluating.script(f"for row in rows:\n    {change}")


def test_a_loop_goes_over_the_list_it_began_with():
    assert run("for x in rows:\n    rows.append(x)", rows=[1, 2]) == {"rows": [1, 2, 1, 2]}


def test_a_variable_named_like_a_function_hides_nothing():
    assert run("len = len(rows)\nx = [len, len(rows)]", rows=[1, 2, 3]) == {"len": 3, "x": [3, 3]}


def test_a_call_stands_on_a_line_of_its_own():
    assert run("len(rows)", rows=[]) == {}
    with pytest.raises(ExpressionFailed):
        run("len(rows)", rows=1)


def test_an_error_is_thrown_with_code_and_text():
    with pytest.raises(BpmnErrorThrown) as thrown:
        run("if amount > 100:\n    error('TOO_' + 'MUCH', f'{amount} kr')", amount=101)

    assert thrown.value.code == "TOO_MUCH"
    assert thrown.value.text == "101 kr"
    assert str(thrown.value) == "The script threw the error 'TOO_MUCH': 101 kr"


def test_an_error_needs_no_text_but_a_code():
    with pytest.raises(BpmnErrorThrown) as thrown:
        run("error('{X}')")
    assert (thrown.value.code, thrown.value.text) == ("{X}", "")

    for text in ("error('')", "error(1)", "error('A', 1)"):
        with pytest.raises(ExpressionFailed, match="takes a code and a message"):
            run(text)


def test_a_failure_knows_its_line():
    for text, line in (
        ("x = 1\ny = 2\nz = unknown", 3),
        ("x = 1\nfor i in [1]:\n    if i:\n        x = 1 / 0", 4),
        ("x = [\n  1,\n  unknown]", 3),
        ("if 0:\n    pass\nelif unknown:\n    pass", 3),
        ("\n\n    x = unknown", 3),
    ):
        with pytest.raises(ExpressionFailed) as failure:
            run(text)
        assert failure.value.line == line


def test_a_refusal_points_at_its_place():
    for text, line, column in (
        ("x = 1\nimport os", 2, 1),
        ("    x = 1\n    y = _z", 2, 9),
        ("x = 1\r\ny = lambda: 1", 2, 5),
        ("for x in rows:\n    x = 1", 2, 5),
        ("if 1:\n  x = 1\nelif 2:\n  break", 4, 3),
        ("x = 1\ny = $", 2, 5),
    ):
        with pytest.raises(InvalidExpression) as refusal:
            evaluating.script(text)
        assert (refusal.value.line, refusal.value.column) == (line, column), text


@pytest.mark.parametrize(
    "text",
    [
        "b = a",
        "b = a.list",
        "b = [a, a]",
        "b = {'x': a}",
        "b = a\nb.list[0] = 9",
        "a.new = 1",
        "a.list[0] = 9",
        "b = a.list\nb.append(9)",
        "b = a.list\nb += [9]",
        "b = a.list[:]",
        "b = a.items()",
        "b = a.values()",
        "b = [x for x in [a]]",
        "b = []\nfor x in [a]:\n    b.append(x)",
        "b = sorted(a.list)",
        "b = a.get('list')",
        "b = a or 1",
        "b = a if 1 else 2",
        "c, b = [1, a]",
    ],
)
def test_neither_input_nor_result_sees_what_happens_to_the_other(text):
    names = {"a": {"list": [1, 2], "dict": {"x": []}}}
    before = copy.deepcopy(names)

    result = evaluating.script(text).run(names)
    assert names == before
    _spoil(result)

    assert names == before


def test_the_variables_of_a_result_share_nothing():
    result = run("a = [[1]]\nb = a\nc = {'a': a, 'b': a}")
    result["a"][0].append(2)
    result["c"]["a"].append(3)

    assert result["b"] == [[1]]
    assert result["c"]["b"] == [[1]]


def test_a_failing_script_has_done_nothing():
    names = {"rows": [1]}

    with pytest.raises(ExpressionFailed):
        evaluating.script("rows.append(2)\nx = unknown").run(names)

    assert names == {"rows": [1]}


def test_a_script_runs_again_from_the_beginning():
    script = evaluating.script("x = x + 1")

    assert script.run({"x": 1}) == {"x": 2}
    assert script.run({"x": 1}) == {"x": 2}


def test_steps_are_counted_where_they_are_made():
    many_ways = "for i in range(1000):\n    if i < 0:\n        x = " + "+".join("1" * 500)

    assert run(many_ways) == {}
    with pytest.raises(BudgetExceeded):
        run(many_ways.replace("<", ">="))


def test_the_result_is_limited_as_a_whole():
    limits = Limits(steps=60)

    assert evaluating.script("a = [1] * 4\nb = [1] * 4", limits).run({})
    with pytest.raises(BudgetExceeded):
        evaluating.script("a = [1] * 30\nb = [1] * 30", limits).run({})


def test_scripts_are_values():
    assert evaluating.script("x = 1") == evaluating.script("x = 1")
    assert evaluating.script("x = 1") != evaluating.script("x = 2")


def _spoil(value):
    if isinstance(value, list):
        for item in value:
            _spoil(item)
        value.append("spoilt")
    elif isinstance(value, dict):
        for item in value.values():
            _spoil(item)
        value["spoilt"] = True
