"""What is told of decisions before they are deployed."""

import pytest

from bpmn import deployment, dmn
from bpmn.findings import Severity
from tests.bpmn.dmn.models import (
    decision,
    file,
    input_data,
    literal,
    output,
    read,
    service,
    table,
)

NAMES = ("a", "b", "c")


def found(logic, *names):
    """Return the rules that speak of a table, with what they say of the place."""
    decisions = read(
        *(input_data(each) for each in names), decision("Asked", logic, data=list(names))
    )
    return [(each.rule, each.values.get("place")) for each in dmn.check(decisions)]


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        (["< 5 => 1", "> 5 => 2"], "a: 5"),
        (["< 5 => 1", "[5..8] => 2", "> 9 => 3"], "a: (8..9)"),
        (["[0..10] => 1"], "a: < 0"),
        (["< 5 => 1", ">= 5 => 2"], None),
        (["not(5) => 1", "5 => 2"], None),
        (["< 5 => 1", "- => 2"], None),
        (["? > 1 => 1"], None),
    ],
)
def test_a_gap_between_numbers_is_found(rules, place):
    gaps = [
        where for rule, where in found(table(["a"], rules, policy="FIRST"), "a") if "gap" in rule
    ]

    assert gaps == ([place] if place else [])


def test_a_gap_between_several_inputs_is_found():
    inputs = [("a", "number"), ("b", "boolean"), ("c", "string", '"x", "y"')]
    rules = ["< 5; true; - => 1", '< 5; false; "x" => 2', ">= 5; -; - => 3"]

    assert found(table(inputs, rules), *NAMES) == [("decision-gap", 'a: < 5, b: false, c: "y"')]


def test_input_values_are_the_bounds_of_what_must_be_covered():
    covered = table([("a", "number", "[1..5]")], ["[1..3] => 1", "(3..5] => 2"])

    assert found(covered, "a") == []


def test_a_default_or_a_table_that_collects_leaves_no_gap():
    defaulted = table(["a"], ["< 5 => 1"], outputs=[output(default="0")])

    assert found(defaulted, "a") == []
    assert found(table(["a"], ["< 5 => 1"], policy="COLLECT"), "a") == []


@pytest.mark.parametrize(
    ("policy", "rules", "places"),
    [
        ("UNIQUE", ["<= 5 => 1", ">= 5 => 2"], ["a: 5"]),
        ("UNIQUE", ["< 5 => 1", "- => 2"], ["a: < 5"]),
        ("UNIQUE", ["< 5 => 1", ">= 5 => 2"], []),
        ("ANY", ["<= 5 => 1", ">= 5 => 1"], []),
        ("ANY", ["<= 5 => 1", ">= 5 => 2"], ["a: 5"]),
        ("FIRST", ["<= 5 => 1", ">= 5 => 2"], []),
    ],
)
def test_rules_that_meet_are_found(policy, rules, places):
    said = found(table([("a", "number")], rules, policy=policy), "a")

    assert [place for rule, place in said if rule == "decision-overlap"] == places


def test_a_rule_that_the_ones_before_it_leave_nothing_is_found():
    rules = ["< 5; - => 1", '>= 5; "x" => 2', '>= 7; "x" => 3', "- ; - => 4", "- ; - => 5"]
    logic = table([("a", "number"), ("b", "string")], rules, policy="FIRST")

    assert [
        each.values["row"]
        for each in dmn.check(
            read(input_data("a"), input_data("b"), decision("Asked", logic, data=["a", "b"]))
        )
    ] == [3, 5]


def test_a_rule_for_whatever_is_left_can_match_null():
    rules = ["< 5 => 1", ">= 5 => 2", "- => 3"]

    assert found(table([("a", "number")], rules, policy="FIRST"), "a") == []


def test_a_cell_that_must_be_evaluated_masks_nothing():
    rules = ["? > 1 => 1", "2 => 2", "- => 3"]

    assert found(table([("a", "number")], rules, policy="FIRST"), "a") == []


def test_a_table_of_many_inputs_is_looked_into_without_end():
    """The search for a gap gives up; it does not take the server with it."""
    names = [f"n{number}" for number in range(20)]
    rules = ["; ".join(f"not({at + n})" for n in range(20)) + " => 1" for at in range(60)]

    found(table(names, rules, policy="FIRST"), *names)


@pytest.mark.parametrize(
    "logic",
    [
        table(["a"], ["1 => 1"], policy="LAST"),
        table(["a"], ["1; 2 => 1"]),
        table(["a"], ["1 => 1; 2"]),
        table(["a"], ["1 => 1; 2"], outputs=["<output/>", "<output/>"]),
        table(["a"], ["1 => "], outputs=[]),
        table(
            ["a"],
            ["1 => 1; 2"],
            policy="COLLECT",
            attributes='aggregation="SUM"',
            outputs=[output("x"), output("y")],
        ),
    ],
)
def test_a_table_that_is_not_whole_is_refused(logic):
    decisions = read(input_data("a"), decision("Asked", logic, data=["a"]))

    said = list(dmn.check(decisions))

    assert {(each.rule, each.severity) for each in said} == {("decision-table", Severity.ERROR)}


def test_an_order_of_outputs_needs_output_values():
    logic = table(["a"], ["- => 1"], policy="PRIORITY")

    [said] = dmn.check(read(input_data("a"), decision("Asked", logic, data=["a"])))

    assert (said.rule, said.severity) == ("decision-table", Severity.WARNING)


def test_a_requirement_of_something_else_is_refused():
    decisions = read(
        input_data("a"),
        decision("B", literal("1"), requires=["nowhere"], knows=["a"]),
        service("S", ["a"]),
    )

    assert [(each.rule, each.element_id) for each in dmn.check(decisions)] == [
        ("decision-reference", "b"),
        ("decision-reference", "b"),
        ("decision-reference", "s"),
    ]


def test_findings_point_at_the_file_the_element_and_the_line():
    source = file("", "", decision("Asked", literal("1 +")))

    checked = deployment.check({"levels.dmn": source})

    [said] = checked.findings
    assert (said.resource, said.rule, said.element_id, said.line) == (
        "levels.dmn",
        "decision-text",
        "asked",
        3,
    )
    assert checked.refused


def test_decisions_that_are_deployed_together_may_import_each_other():
    first = file(
        '<import name="b" namespace="second" importType="DMN"/>',
        decision("A", literal("b.B + 1"), requires=["second#b"]),
        namespace="first",
    )
    second = file(decision("B", literal("1")), namespace="second")

    checked = deployment.check({"a.dmn": first, "b.dmn": second})

    assert checked.findings == ()
    assert [each.key for each in checked.definitions] == ["a", "b"]
