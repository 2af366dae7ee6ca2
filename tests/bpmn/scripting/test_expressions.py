from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bpmn.feel import Limits
from bpmn.scripting.errors import BudgetExceeded, ExpressionFailed, InvalidExpression
from tests.bpmn.scripting import evaluating

NAMES = {
    "amount": 150,
    "kind": "x",
    "price": Decimal("0.1"),
    "nothing": None,
    "rows": [{"n": 1, "paid": True}, {"n": 2, "paid": False}],
    "person": {"name": "Åsa", "address": {"city": "Umeå"}},
    "day": date(2026, 5, 1),
    "moment": datetime(2026, 5, 1, 12, tzinfo=UTC),
    "naive": datetime(2026, 5, 1, 12),  # noqa: DTZ001
    "length": timedelta(days=1),
    "ålder": 40,
    "len": "a variable",
    "data": b"abc",
}


def value(text, names=NAMES):
    return evaluating.expression(text).evaluate(names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", 1),
        ("1.5", Decimal("1.5")),
        ("0x10 + 1_000", 1_016),
        ("'a' \"b\"", "ab"),
        ("True", True),
        ("[true, false, null]", [True, False, None]),
        ("[1, 'a', None]", [1, "a", None]),
        ("(1, 2)", [1, 2]),
        ("(1,)", [1]),
        ("()", []),
        ("{'a': {'b': 1}}", {"a": {"b": 1}}),
        ("{kind: 1, kind + 'y': 2}", {"x": 1, "xy": 2}),
        ("amount > 100 and kind == 'x'", True),
        ("amount > 100\n  and kind == 'x'  # both\n", True),
        ("not amount > 100 or kind == 'y'", False),
        ("100 < amount <= 150 != 3", True),
        ("100 < amount < 150 < unknown", False),
        ("nothing or 'none'", "none"),
        ("amount and kind", "x"),
        ("nothing and unknown", None),
        ("nothing is None and amount is not None", True),
        ("nothing is null", True),
        ("'a' if amount > 100 else unknown", "a"),
        ("1 + 2 * 3 - 4 / 2", 5),
        ("7 // 2 + 7 % 2", 4),
        ("-7 // 2", -4),
        ("2 ** 3 ** 2 - -1", 513),
        ("+amount", 150),
        ("'a' + 'b' * 2", "abb"),
        ("[1] + [2] * 2", [1, 2, 2]),
        ("kind in ['x', 'y']", True),
        ("kind not in ['x', 'y']", False),
        ("'m' in 'Umeå'", True),
        ("'name' in person", True),
        ("[1] in [[1], [2]]", True),
        ("person.address.city", "Umeå"),
        ("person['address']['city'][-1]", "å"),
        ("rows[0].n + rows[-1].n", 3),
        ("'abcdef'[1:-1:2]", "bd"),
        ("[1, 2, 3][1:]", [2, 3]),
        ("[1, 2, 3][::-1]", [3, 2, 1]),
        ("[row.n * 2 for row in rows]", [2, 4]),
        ("[row.n for row in rows if row.paid if row.n]", [1]),
        ("[[x + y for y in [1, 2]] for x in [10, 20]]", [[11, 12], [21, 22]]),
        ("[[x for x in [x, x]] + [x] for x in [1, 2]]", [[1, 1, 1], [2, 2, 2]]),
        ("[key + str(n) for key, n in {'a': 1}.items()]", ["a1"]),
        ("[_ for _ in person]", ["name", "address"]),
        ("[amount for amount in [1]] + [amount]", [1, 150]),
        ("len(rows) + len('abc') + len(person)", 7),
        ("len", "a variable"),
        ("len(len)", 10),
        ("min([3, 1, 2]) + max(3, 1, 2) + sum([1, 2, 3])", 10),
        ("max(['a', 'b'])", "b"),
        ("min(day, date('2026-04-30'))", date(2026, 4, 30)),
        ("sum([])", 0),
        ("abs(-3) + round(2.5) + round(3.14159, 2)", Decimal("8.14")),
        ("abs(date('2026-01-01') - date('2026-01-02')) == length", True),
        ("int('12') + int(3.9) + int(True) + int(price)", 16),
        ("float('1.5') + float(1)", Decimal("2.5")),
        ("str(1) + str(1.5) + str(None) + str(True) + str(day) + str(price)",
         "11.5NoneTrue2026-05-010.1"),
        ("bool([]) or bool('a')", True),
        ("sorted(['b', 'a'])", ["a", "b"]),
        ("sorted([2, 1.5, price])", [Decimal("0.1"), 1.5, 2]),
        ("sorted([])", []),
        ("any([0, 1]) and not all([0, 1])", True),
        ("range(3) + range(1, 3) + range(5, 1, -2)", [0, 1, 2, 1, 2, 5, 3]),
        ("range(5, 5)", []),
        ("date('2026-05-01') == day", True),
        ("day < moment", True),
        ("date(day) == date(moment) == day", True),
        ("datetime('2026-05-01T12:00:00+00:00') == moment == datetime(moment)", True),
        ("day + length > day - length", True),
        ("moment - moment == length - length", True),
        ("length * 2 / length", 2),
        ("-length < length", True),
        ("day == moment", False),
        ("moment == naive", False),
        ("price == 0.1 and 0.1 == price", True),
        ("price + 0.2", Decimal("0.3")),
        ("price * 3 > 0.29", True),
        ("round(price * 25, 1)", Decimal("2.5")),
        ("sum([price, 1, 0.5])", Decimal("1.6")),
        ("' Abc '.strip().lower() + 'abc'.upper()", "abcABC"),
        ("'xxaxx'.strip('x')", "a"),
        ("'abc'.startswith('a') and 'abc'.endswith('c')", True),
        ("'a,b'.split(',') + 'a b'.split()", ["a", "b", "a", "b"]),
        ("', '.join(['a', 'b'])", "a, b"),
        ("'aXbX'.replace('X', '--')", "a--b--"),
        ("person.get('name')", "Åsa"),
        ("person.get('missing')", None),
        ("person.get('missing', [])", []),
        ("person.keys()", ["name", "address"]),
        ("{'a': 1}.values()", [1]),
        ("{'a': 1}.items()", [["a", 1]]),
        ("f'{person.name}: {amount + 1} kr{nothing}'", "Åsa: 151 krNone"),
        ("f'{{}}'", "{}"),
        ("f''", ""),
        ("ålder", 40),
        ("a\u030alder", 40),  # the same letter in two characters
        ("{'a': 1, 'b': [2]} == {'b': [2], 'a': 1}", True),
        ("{'a': 1} == {'b': 1}", False),
        ("{'a': 1} != {'a': 2}", True),
        ("[1, 2] == [1]", False),
        ("[1] == ['1'] or 1 == '1' or [] == {}", False),
        ("1 == 1.0 == True", True),
    ],
)  # fmt: skip
def test_an_expression_has_the_value_that_python_gives_it(text, expected):
    result = value(text)

    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("unknown > 1", "There is no variable 'unknown'."),
        ("sum", "There is no variable 'sum'."),
        ("1 < 'a'", "'<' does not work between values of the types number and string."),
        ("nothing >= 1", "'>=' does not work between values of the types null and number."),
        ("rows < 1", "'<' does not work between values of the types list and number."),
        (
            "naive - moment",
            "A time with a zone and one without have no difference.",
        ),
        ("1 + 'a'", "'+' does not work between values of the types number and string."),
        ("1 in 2", "'in' does not work between values of the types number and number."),
        ("-'a'", "'-' does not work on a value of type string."),
        ("1 / 0", "A number cannot be divided by zero."),
        ("price / 0", "A number cannot be divided by zero."),
        ("person.age", "The context has no entry 'age'."),
        ("person['age']", "The context has no entry 'age'."),
        ("person[kind]", "There is no entry under this name."),
        ("nothing.age", "A value of type null has no property 'age'."),
        ("rows.length", "The context has no entry 'length'."),
        ("rows[2]", "There are 2 items; that one does not exist."),
        ("amount[0]", "A value of type number has no entries."),
        ("rows['a']", "The context has no entry 'a'."),
        ("rows['a':]", "The bounds around ':' are whole numbers, and the step is not zero."),
        ("person[0:1]", "Only lists and texts can be cut with ':', not a value of type context."),
        (
            "amount.upper()",
            "The parameter 'text' of the function 'upper' is of type string, not number.",
        ),
        ("','.join([1])", "join() takes a list of texts."),
        ("','.join('ab')", "join() takes a list of texts."),
        ("'a'.split('')", "split() needs a text to split at."),
        ("{}.get(1)", "The parameter 'name' of the function 'get' is of type string, not number."),
        ("len(1)", "A value of type number has no length."),
        ("sum(1)", "A list is expected here, not a value of type number."),
        ("max([])", "An empty list has no smallest and no largest value."),
        ("max([None])", "Values of the types null and null have no order."),
        ("max([1, 'a'])", "Values of the types string and number have no order."),
        ("sorted([1, 'a'])", "Values of the types string and number have no order."),
        ("int('a')", "The text is not a number."),
        ("int(None)", "The function 'int' has no value where its parameter 'value' is null."),
        ("float('a')", "The text is not a number."),
        ("float([])", "A value of type list is not read as a number."),
        (
            "round('a')",
            "The parameter 'number' of the function 'round' is of type number, not string.",
        ),
        (
            "round(1.5, 'a')",
            "The parameter 'places' of the function 'round' is of type number, not string.",
        ),
        ("abs('a')", "A value of type string is not a number."),
        ("str(data)", "A value is of a kind that expressions do not know."),
        ("date('1 May')", "The text is not a date, such as 2024-02-29."),
        ("date('2026-W01-1')", "The text is not a date, such as 2024-02-29."),
        ("date(1)", "A value of type number does not become one of type date."),
        ("datetime('noon')", "The text is not a date and time, such as 2024-02-29T08:30:00."),
        ("day + length * 10000000", "The value of the expression cannot be kept in a variable."),
        ("length / 0", "A number cannot be divided by zero."),
        (
            "range('a')",
            "The parameter 'start' of the function 'range' is of type number, not string.",
        ),
        ("range(1, 2, 0)", "range() takes whole numbers, and a step that is not zero."),
        ("[a for a, b in [[1]]]", "A list of 2 items is expected, one for each name."),
        ("kind % 1", "The parameter 'left' of the function '%' is of type number, not string."),
    ],
)
def test_what_has_no_value_says_why(text, sentence):
    with pytest.raises(ExpressionFailed) as failure:
        value(text)

    assert str(failure.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a && b", "Conditions are joined with 'and', not with '&&'."),
        ("a || b", "Conditions are joined with 'or', not with '||'."),
        ("a & b", "There is no '&'; conditions are joined with 'and'."),
        ("!a", "The opposite is written 'not', not '!'."),
        ("a === b", "Values are compared with '==' and '!='."),
        ("a <> b", "Values differ with '!=', not with '<>'."),
        ("a = 1", "Two values are compared with '==', not with '='."),
        ("a eq 'b'", "Values are compared with ==, !=, <, >, <= and >=, not with words."),
        ("a ? b : c", "A choice is written 'a if condition else b'."),
        ("", "The expression is empty."),
        ("# a comment", "The expression is empty."),
        ("a, b", "A list is written in brackets: [a, b]."),
        ("a) + (b", "The brackets do not belong together."),
        ("print(1)", "There is no function 'print'; there are"),
        ("a.format(1)", "There is no method 'format'; there are"),
        ("error('A', 'b')", "error() stands on a line of its own in a script."),
        ("a.append(1)", "append() stands on a line of its own in a script, after a variable."),
        ("len()", "len() takes 1 to 1 values."),
        ("round(1, 2, 3)", "round() takes 1 to 2 values."),
        ("sorted(a, reverse=True)", "sorted() takes its values without names."),
        ("a is 1", "'is' asks for None only; other values are compared with '=='."),
        ("a._b", "The name '_b' begins with an underscore."),
        ("ａ", "The name 'a' is written with unusual characters."),
    ],
)
def test_what_cannot_be_read_says_what_to_do_instead(text, sentence):
    with pytest.raises(InvalidExpression) as refusal:
        evaluating.expression(text)

    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("1 + lambda: 2", 1, 5),
        ("'åäö' + _x", 1, 9),
        ("1 +\n  _x", 2, 3),
        ("  _x", 1, 3),
        ("1 +\r\n  _x", 2, 3),
        ("a +\n\n'\\d'", 3, 2),
        ("a +", 1, 1),
        ("a +\n  $", 2, 3),
    ],
)
def test_a_refusal_points_at_its_place(text, line, column):
    with pytest.raises(InvalidExpression) as refusal:
        evaluating.expression(text)

    assert (refusal.value.line, refusal.value.column) == (line, column)


def test_a_failure_knows_its_line():
    with pytest.raises(ExpressionFailed) as failure:
        value("amount > 1 and (\n  kind == 'x'\n  and [\n    unknown])")

    assert failure.value.line == 4


def test_the_names_are_those_that_come_from_outside():
    text = "a + b.c['d'] + len([e + f for e in g if e]) + max(true, null) + e"

    assert evaluating.expression(text).names == {"a", "b", "f", "g", "e"}
    assert evaluating.expression("[x for x in [1]]").names == frozenset()


def test_a_result_shares_nothing_with_its_input():
    names = {"a": {"b": [1]}}

    result = value("[a, a.b, a]", names)
    result[0]["b"].append(2)
    result[1].append(3)

    assert names == {"a": {"b": [1]}}
    assert result == [{"b": [1, 2]}, [1, 3], {"b": [1]}]


def test_an_expression_can_be_evaluated_again_and_again():
    expression = evaluating.expression("[x + n for x in [1, 2]]")

    assert expression.evaluate({"n": 1}) == [2, 3]
    assert expression.evaluate({"n": 2}) == [3, 4]


def test_expressions_are_values():
    assert evaluating.expression("a + 1") == evaluating.expression("a + 1")
    assert evaluating.expression("a + 1") != evaluating.expression("a + 2")
    assert len({evaluating.expression("a"), evaluating.expression("a")}) == 1
    assert "closure" not in repr(evaluating.expression("a"))


@pytest.mark.parametrize(
    ("limits", "text", "control"),
    [
        (Limits(steps=12), "[x for x in [1, 2, 3]]", "1 + 1"),
        (Limits(items=2), "[1, 2] + [3]", "[1] + [2]"),
        (Limits(characters=3), "'ab' + 'cd'", "'ab' + 'c'"),
        (Limits(characters=3), "f'{12}{34}'", "f'{12}{3}'"),
        (Limits(nesting=4), "[[1]] + [n]", "[[1]] + [1]"),
    ],
)
def test_a_limit_is_kept(limits, text, control):
    names = {"n": [[[[[]]]]]}

    with pytest.raises(BudgetExceeded):
        evaluating.expression(text, limits).evaluate(names)

    evaluating.expression(control, limits).evaluate(names)


@pytest.mark.parametrize(
    ("limits", "text", "control"),
    [
        (Limits(text=5), "1 +  1", "1 + 1"),
        (Limits(), "[" * 61 + "]" * 61, "[" * 55 + "]" * 55),
        (Limits(), "9" * 35, "9" * 34),
    ],
)
def test_a_limit_of_the_text_is_kept_when_it_is_read(limits, text, control):
    with pytest.raises(InvalidExpression):
        evaluating.expression(text, limits)

    evaluating.expression(control, limits)


def test_odd_numbers_from_outside_are_no_results():
    for number in (
        float("inf"),
        float("nan"),
        Decimal("Infinity"),
        Decimal("NaN"),
        Decimal("sNaN"),
    ):
        with pytest.raises(ExpressionFailed):
            value("n + 1", {"n": number})
        with pytest.raises(ExpressionFailed):
            value("int(n)", {"n": number})
        with pytest.raises(ExpressionFailed):
            value("n == 1", {"n": number})


def test_a_number_too_large_from_outside_stops_nothing():
    names = {"n": 10**100_000, "d": Decimal("1" * 1_000_000), "e": Decimal("1e999999")}

    for text in (
        "n + 1",
        "n * n",
        "str(n)",
        "-n",
        "str(d)",
        "int(e)",
        "round(e)",
        "[d] == [d + 1]",
    ):
        with pytest.raises(ExpressionFailed):
            value("[" + text + " for i in range(1000)]", names)
