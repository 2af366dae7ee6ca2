"""Boxed expressions other than tables, each with the value that the standard gives it."""

import pytest

from bpmn import dmn
from tests.bpmn.dmn.models import (
    decide,
    decision,
    file,
    input_data,
    literal,
    read,
    setting,
    table,
    value,
)


def entry(name: str | None, logic: str, type_: str = "") -> str:
    typed = f' typeRef="{type_}"' if type_ else ""
    named = f'<variable name="{name}"{typed}/>' if name else ""
    return f"<contextEntry>{named}{logic}</contextEntry>"


def context(*entries: str) -> str:
    return f"<context>{''.join(entries)}</context>"


def test_a_literal_expression_sees_names_with_spaces_and_signs():
    given = {"net-price": 80, "tax rate": 25}

    assert value(literal("net-price * (100 + tax rate) / 100"), given) == 100


def test_an_entry_of_a_context_sees_those_before_it():
    logic = context(entry("a", literal("1")), entry("b c", literal("a + 1")))

    assert value(logic) == {"a": 1, "b c": 2}


def test_the_entry_without_a_name_is_the_result():
    logic = context(entry("a b", literal("1")), entry(None, literal("a b + 41")))

    assert value(logic) == 42


def test_an_entry_is_of_its_type_or_null():
    assert value(context(entry("a", literal('"x"'), "number"))) == {"a": None}


def test_a_relation_is_a_list_of_contexts():
    columns = '<column name="name"/><column name="age" typeRef="number"/>'
    rows = "".join(
        f"<row>{literal(name)}{literal(age)}</row>"
        for name, age in (('"Ada"', "36"), ('"Bo"', '"x"'))
    )

    assert value(f"<relation>{columns}{rows}</relation>") == [
        {"name": "Ada", "age": 36},
        {"name": "Bo", "age": None},
    ]


def test_a_list_holds_the_values_of_its_expressions():
    assert value(f"<list>{literal('1 + 1')}<list>{literal('x')}</list></list>", {"x": 3}) == [
        2,
        [3],
    ]


@pytest.mark.parametrize(("condition", "expected"), [("true", 1), ("false", 2), ("null", 2)])
def test_a_conditional_chooses(condition, expected):
    logic = (
        f"<conditional><if>{literal(condition)}</if><then>{literal('1')}</then>"
        f"<else>{literal('2')}</else></conditional>"
    )

    assert value(logic) == expected


@pytest.mark.parametrize(
    ("source", "match", "expected"),
    [
        ("[1, 2, 3]", "item > 1", [2, 3]),
        ('[{unit: "a", n: 1}, {unit: "b", n: 2}]', 'unit = "b"', [{"unit": "b", "n": 2}]),
        ("[{item: 1, n: 2}, {item: 2, n: 3}]", "item = 2", [{"item": 2, "n": 3}]),
        ("[1, 2, 3]", "-1", 3),
        ("[1, 2, 3]", "4", None),
        ("5", "item = 5", [5]),
        ("null", "true", None),
        ("[1, 2]", '"no condition"', None),
        ("[]", "true", []),
    ],
)
def test_a_filter_keeps_what_matches(source, match, expected):
    logic = f"<filter><in>{literal(source)}</in><match>{literal(match)}</match></filter>"

    assert value(logic) == expected


def iterator(kind: str, source: str, body: str) -> str:
    inner = "return" if kind == "for" else "satisfies"
    return (
        f'<{kind} iteratorVariable="each one"><in>{literal(source)}</in>'
        f"<{inner}>{literal(body)}</{inner}></{kind}>"
    )


@pytest.mark.parametrize(
    ("kind", "source", "body", "expected"),
    [
        ("for", "[1, 2, 3]", "each one * 2", [2, 4, 6]),
        ("for", "[1..3]", "each one", [1, 2, 3]),
        ("for", "[1, 1, 1]", "count(partial) + 1", [1, 2, 3]),
        ("for", "7", "each one", [7]),
        ("for", "null", "each one", None),
        ("some", "[1, 2]", "each one > 1", True),
        ("some", "[1, 2]", "each one > 2", False),
        ("some", "[]", "true", False),
        ("some", "[1, null]", "each one > 1", None),
        ("every", "[1, 2]", "each one > 0", True),
        ("every", "[1, 2]", "each one > 1", False),
        ("every", "[]", "false", True),
        ("every", "[1]", '"no boolean"', None),
    ],
)
def test_an_iterator_goes_through_a_list(kind, source, body, expected):
    assert value(iterator(kind, source, body)) == expected


FUNCTION = (
    '<functionDefinition><formalParameter name="first part" typeRef="number"/>'
    f'<formalParameter name="b"/>{literal("first part + b + n")}</functionDefinition>'
)


def test_a_boxed_function_remembers_where_it_was_defined():
    logic = context(
        entry("n", literal("100")), entry("f", FUNCTION), entry(None, literal("f(1, 2)"))
    )

    assert value(logic) == 103


def test_an_argument_of_another_type_makes_the_call_null():
    logic = context(
        entry("n", literal("1")), entry("f", FUNCTION), entry(None, literal('f("x", 2)'))
    )

    assert value(logic) is None


def invocation(*bindings: tuple[str, str]) -> str:
    bound = "".join(
        f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in bindings
    )
    return f"<invocation>{literal('f')}{bound}</invocation>"


@pytest.mark.parametrize(
    ("bindings", "expected"),
    [
        ([("b", "2"), ("first part", "1")], 103),
        ([("c", "2"), ("first part", "1")], None),
        ([("b", "2"), ("first part", '"x"')], None),
    ],
)
def test_an_invocation_binds_by_name(bindings, expected):
    logic = context(
        entry("n", literal("100")), entry("f", FUNCTION), entry(None, invocation(*bindings))
    )

    assert value(logic) == expected


def test_what_is_no_function_cannot_be_invoked():
    assert value(context(entry("f", literal("1")), entry(None, invocation(("b", "1"))))) is None


def test_a_function_may_call_itself_but_not_without_end():
    body = literal("if n <= 1 then 1 else n * factorial(n - 1)")
    function = f'<functionDefinition><formalParameter name="n"/>{body}</functionDefinition>'
    logic = context(entry("factorial", function), entry(None, literal("factorial(5)")))

    assert value(logic) == 120

    endless = function.replace("if n &lt;= 1 then 1 else ", "")
    decisions = read(
        decision(
            "Asked", context(entry("factorial", endless), entry(None, literal("factorial(5)")))
        )
    )
    with pytest.raises(dmn.BudgetExceeded):
        decide(decisions, "Asked")


def test_a_loop_is_paid_for():
    loop = iterator("for", "[1..100000]", "each one")
    nested = (
        f'<for iteratorVariable="x"><in>{literal("[1..100000]")}</in><return>{loop}</return></for>'
    )

    with pytest.raises(dmn.BudgetExceeded):
        decide(read(decision("Asked", nested)), "Asked")


def test_a_function_in_another_language_is_refused_and_null():
    function = f'<functionDefinition kind="Java">{literal("1")}</functionDefinition>'
    decisions = read(decision("Asked", context(entry("f", function), entry(None, literal("f()")))))

    assert [each.rule for each in decisions.findings] == ["decision-language"]
    assert decide(decisions, "Asked").value is None


def test_an_expression_that_cannot_be_read_is_a_finding_at_its_place_and_null():
    logic = table(["x"], ["1 => 1", "2 +* => 2"])
    decisions = read(input_data("x"), decision("Asked", logic, data=["x"]))

    [found] = decisions.findings
    assert (found.rule, found.element_id) == ("decision-text", "asked")
    assert found.values["row"] == 2
    assert found.values["column"] == "x"
    assert found.message.startswith("Rule 2, column 'x' of 'Asked' cannot be read, '2 +*': ")
    assert decide(decisions, "Asked", {"x": 1}).value == 1


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_every_version_is_read(namespace):
    source = file(decision("Asked", literal("1 + 1", "feel:number")), version=namespace)

    outcome = dmn.read(source, "x.dmn").evaluate("asked", {}, setting())

    assert outcome.value == 2
