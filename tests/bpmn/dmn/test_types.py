"""Item definitions: a value is of its type and among the allowed ones, or it is null and somebody is told."""

import pytest

from bpmn import dmn
from bpmn.dmn import BudgetExceeded
from tests.bpmn.dmn.models import decide, decision, input_data, literal, read

ITEMS = """
<itemDefinition name="tColour"><typeRef>string</typeRef>
  <allowedValues><text>"red", "blue"</text></allowedValues></itemDefinition>
<itemDefinition name="tColours" isCollection="true"><typeRef>tColour</typeRef></itemDefinition>
<itemDefinition name="tShort" isCollection="true"><typeRef>number</typeRef>
  <allowedValues><text>[1..9]</text></allowedValues>
  <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tCar">
  <itemComponent name="main colour"><typeRef>tColour</typeRef></itemComponent>
  <itemComponent name="wheels"><typeRef>number</typeRef></itemComponent>
</itemDefinition>
<itemDefinition name="tDark"><typeRef>tColour</typeRef>
  <allowedValues><text>"blue", "black"</text></allowedValues></itemDefinition>
<itemDefinition name="tTree"><itemComponent name="children" isCollection="true"><typeRef>tTree</typeRef>
  </itemComponent></itemDefinition>
<itemDefinition name="tPalettes" isCollection="true"><typeRef>list&lt;tColour&gt;</typeRef></itemDefinition>
<itemDefinition name="tDigit"><typeRef>number</typeRef>
  <allowedValues><text>[0..9]</text></allowedValues></itemDefinition>
<itemDefinition name="tSome"><typeRef>Any</typeRef>
  <allowedValues><text>1, "one"</text></allowedValues></itemDefinition>
<itemDefinition name="tTest"><functionItem outputTypeRef="boolean"><parameters name="n" typeRef="number"/>
  </functionItem></itemDefinition>
"""


def through(type_, given):
    """Return what becomes of a value that is input data of a type."""
    decisions = read(ITEMS, input_data("x", type_), decision("Asked", literal("x"), data=["x"]))
    assert decisions.findings == ()
    outcome = decide(decisions, "Asked", {"x": given})
    assert (outcome.value is None) is bool(outcome.warnings)
    return outcome.value


@pytest.mark.parametrize(
    ("type_", "given"),
    [
        ("tColour", "red"),
        ("tColours", ["red", "blue", "red"]),
        ("tColours", []),
        ("tShort", [1, 9]),
        ("tCar", {"main colour": "red", "wheels": 4}),
        ("tCar", {"main colour": None, "wheels": 4, "more": 1}),
        ("tDark", "blue"),
        ("tTree", {"children": [{"children": []}]}),
        ("Any", [1, "a"]),
        ("number", 1),
        ("feel:string", "a"),
        ("integer", 3),
        ("boolean", True),
        ("list<tColour>", ["red", "blue"]),
        ("context<c: tColour>", {"c": "blue"}),
        ("tSome", 1),
        ("tPalettes", [["red"], []]),
    ],
)
def test_a_value_of_the_type_stays_as_it_is(type_, given):
    assert through(type_, given) == given


@pytest.mark.parametrize(
    ("type_", "given"),
    [
        ("tColour", "green"),
        ("tColour", 1),
        ("tColours", ["red", "green"]),
        ("tShort", [1, 10]),
        ("tShort", [1, 2, 3]),
        ("tCar", {"main colour": "green", "wheels": 4}),
        ("tCar", {"main colour": "red"}),
        ("tDark", "red"),
        ("tDark", "black"),
        ("tTree", {"children": 5}),
        ("number", "1"),
        ("number", True),
        ("boolean", 1),
        ("list<number>", ["red", "blue"]),
        ("tPalettes", [["red", 1], []]),
        ("tPalettes", [["red", "green"], []]),
        ("list<tColour>", ["red", "green"]),
        ("context<c: tColour>", {"c": "green"}),
        ("tSome", "none"),
    ],
)
def test_any_other_value_is_null_with_a_warning(type_, given):
    assert through(type_, given) is None


def test_a_list_of_one_is_its_item():
    assert through("tColour", ["red"]) == "red"


def test_the_result_of_a_decision_is_of_its_type():
    decisions = read(ITEMS, decision("Asked", literal('"green"'), type_="tColour"))

    outcome = decide(decisions, "Asked")

    assert outcome.value is None
    assert [each.message for each in outcome.warnings] == [
        "The value of 'Asked' is not among those that are allowed."
    ]


def test_expressions_know_the_types_and_components_of_the_file():
    decisions = read(
        ITEMS,
        input_data("car", "tCar"),
        decision("Kind", literal("car instance of tCar"), data=["car"]),
        decision("Colour", literal("car.main colour"), data=["car"]),
        decision("Function", literal("function(n: number) n > 1"), type_="tTest"),
    )
    given = {"car": {"main colour": "red", "wheels": 4}}

    assert decide(decisions, "Kind", given).value is True
    assert decide(decisions, "Colour", given).value == "red"
    assert decide(decisions, "Function").value is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"green" instance of tColour', True),
        ("1 instance of tColour", False),
        ('["red", "green"] instance of tColours', True),
        ('["red", "green"] instance of list<tColour>', True),
        ("[1, 2, 3] instance of tShort", True),
        ("[1, true] instance of tShort", False),
        ('{main colour: "green", wheels: 4} instance of tCar', True),
        ("{main colour: 1, wheels: 4} instance of tCar", False),
        ("null instance of tColour", False),
        ("(function(c: tColour) true) instance of function<tDark> -> Any", True),
    ],
)
def test_a_value_is_an_instance_of_its_type_whichever_values_are_allowed(text, expected):
    """So the Technology Compatibility Kit has it (0070, number_013 and string_013)."""
    decisions = read(ITEMS, decision("Asked", literal(text)))

    assert decide(decisions, "Asked").value is expected


@pytest.mark.parametrize(
    ("type_", "taken", "refused"),
    [
        ("tColour", '"red"', '"green"'),
        ("tDark", '"blue"', '"black"'),
        ("tColours", '["red", "blue"]', '["red", "green"]'),
        ("list<tColour>", '["red", "blue"]', '["red", "green"]'),
        ("tShort", "[1, 9]", "[1, 10]"),
        ("tShort", "[1, 9]", "[1, 2, 3]"),
        ("tShort", "[1, 9]", "10"),
        ("range<tDigit>", "[1..9]", "[1..10]"),
        ("range<tDigit>", "(< 9)", "(> 10)"),
        ("tCar", "{main colour: null, wheels: 4}", '{main colour: "green", wheels: 4}'),
        ("context<c: list<tColour>>", '{c: ["red"]}', '{c: ["red", "green"]}'),
    ],
)
def test_a_parameter_takes_the_allowed_values_of_its_type(type_, taken, refused):
    decisions = read(
        ITEMS,
        decision("Taken", literal(f"(function(x: {type_}) true)({taken})")),
        decision("Named", literal(f"{{f: function(x: {type_}) true, r: f(x: {taken})}}.r")),
        decision("Refused", literal(f"(function(x: {type_}) true)({refused})")),
    )

    outcome = decide(decisions, "Refused")

    assert decisions.findings == ()
    assert decide(decisions, "Taken").value is True
    assert decide(decisions, "Named").value is True
    assert outcome.value is None
    assert [each.message for each in outcome.warnings] == [
        "The parameter 'x' of the function 'function' has a value that is not allowed."
    ]


def test_a_boxed_function_takes_what_a_written_one_does():
    paint = (
        '<functionDefinition><formalParameter name="x" typeRef="tColour"/>{}</functionDefinition>'
    )
    function = (
        f"<contextEntry><variable name='paint'/>{paint.format(literal('true'))}</contextEntry>"
    )
    decisions = read(
        ITEMS,
        *(
            decision(
                name,
                f"<context>{function}<contextEntry>{literal(text)}</contextEntry></context>",
            )
            for name, text in (("Taken", 'paint("red")'), ("Refused", 'paint("green")'))
        ),
    )

    assert decide(decisions, "Taken").value is True
    assert decide(decisions, "Refused").value is None


def test_allowed_values_are_asked_within_the_budget_of_the_decision():
    slow = (
        '<itemDefinition name="tSlow"><typeRef>number</typeRef><allowedValues>'
        "<text>every n in 1..100000 satisfies n &lt; ?</text></allowedValues></itemDefinition>"
    )
    decisions = read(
        slow, decision("Asked", literal("for n in 1..1000 return (function(x: tSlow) x)(100001)"))
    )

    with pytest.raises(BudgetExceeded):
        decide(decisions, "Asked")


def test_a_type_that_is_not_in_the_file_is_found_and_is_any():
    decisions = read(decision("Asked", literal("1"), type_="tNowhere"))

    assert [each.rule for each in dmn.check(decisions)] == ["decision-type"]
    assert decide(decisions, "Asked").value == 1


def test_allowed_values_that_cannot_be_read_are_found():
    item = (
        '<itemDefinition name="tBad"><typeRef>number</typeRef>'
        "<allowedValues><text>[1..</text></allowedValues></itemDefinition>"
    )

    assert [each.rule for each in dmn.check(read(item, decision("Asked", literal("1"))))] == [
        "decision-text"
    ]
