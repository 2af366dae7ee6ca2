"""The requirements graph: what a decision sees, services, knowledge, imports, and circles."""

import pytest

from bpmn import dmn
from tests.bpmn.dmn.models import (
    decide,
    decision,
    file,
    input_data,
    knowledge,
    literal,
    read,
    service,
    setting,
)


def test_a_decision_sees_what_it_requires_whatever_the_order_in_the_file():
    decisions = read(
        decision("Total", literal("Net sum * 2"), requires=["Net sum"]),
        decision("Net sum", literal("price + 1"), data=["price"]),
        input_data("price", "number"),
    )

    outcome = decide(decisions, "Total", {"price": 4})

    assert outcome.value == 10
    assert outcome.decisions == {"net-sum": 5, "total": 10}
    assert outcome.inputs == {"price": 4}


def test_a_decision_does_not_see_what_it_does_not_require():
    decisions = read(decision("Asked", literal("price")), input_data("price"))

    assert decide(decisions, "Asked", {"price": 4}).value is None


def test_a_name_that_is_declared_nowhere_is_the_caller_s_variable():
    decisions = read(decision("Asked", literal("price * 2")))

    outcome = decide(decisions, "Asked", {"price": 4, "other": 5})

    assert (outcome.value, outcome.inputs) == (8, {"price": 4})
    assert [each.rule for each in dmn.check(decisions)] == ["decision-input"]


def test_a_decision_is_made_once_however_often_it_is_required():
    decisions = read(
        decision("A", literal("1")),
        decision("B", literal("A"), requires=["A"]),
        decision("C", literal("A + B"), requires=["A", "B"]),
    )

    assert list(decide(decisions, "C").decisions) == ["a", "b", "c"]


def test_knowledge_is_a_function_with_types():
    decisions = read(
        knowledge("add one", literal("n + step()"), {"n": "number"}, ["step"]),
        knowledge("step", literal("1"), {}),
        decision("Right", literal("add one(2)"), knows=["add one"]),
        decision("Named", literal("add one(n: 2)"), knows=["add one"]),
        decision("Wrong", literal('add one("x")'), knows=["add one"]),
        decision("Unknown", literal("step()"), knows=["add one"]),
    )

    assert decide(decisions, "Right").value == 3
    assert decide(decisions, "Named").value == 3
    assert decide(decisions, "Wrong").value is None
    assert decide(decisions, "Unknown").value is None


def test_knowledge_can_be_asked_by_itself():
    decisions = read(knowledge("add", literal("a + b"), {"a": "number", "b": "number"}))

    assert decide(decisions, "add", {"a": 1, "b": 2}).value == 3


def test_knowledge_does_not_see_the_variables_of_who_calls_it():
    decisions = read(
        input_data("x"),
        knowledge("f", literal("x"), {}),
        decision("Asked", literal("f()"), data=["x"], knows=["f"]),
    )

    assert decide(decisions, "Asked", {"x": 1}).value is None


SERVED = (
    input_data("x", "number"),
    decision("Given", literal('"never asked"'), type_="string"),
    decision("Out", literal("Given + string(x)"), requires=["Given"], data=["x"]),
    decision("Other", literal("x"), data=["x"]),
    service("S", ["Out"], decisions=["Given"], data=["x"]),
    service("Both", ["Out", "Other"], decisions=["Given"], data=["x"]),
)


def test_a_service_is_asked_with_its_inputs_and_knows_nothing_else():
    decisions = read(*SERVED)

    assert decide(decisions, "S", {"Given": "a", "x": 1}).value == "a1"
    assert decide(decisions, "S", {"x": 1}).value is None
    assert decide(decisions, "Both", {"Given": "a", "x": 1}).value == {"Out": "a1", "Other": 1}


def test_a_service_is_a_function_whose_first_parameters_are_the_input_data():
    decisions = read(
        *SERVED,
        decision("Asked", literal('[S(1, "a"), S(Given: "b", x: 2), S("a", 1)]'), knows=["S"]),
    )

    assert decide(decisions, "Asked").value == ["a1", "b2", None]


def test_decisions_that_require_each_other_are_null_and_found():
    decisions = read(
        decision("A", literal("B"), requires=["B"]), decision("B", literal("A"), requires=["A"])
    )

    outcome = decide(decisions, "A")

    assert outcome.value is None
    assert "requires itself" in outcome.warnings[0].message
    assert [(each.rule, each.element_id) for each in dmn.check(decisions)] == [
        ("decision-cycle", "a"),
        ("decision-cycle", "b"),
    ]


def test_what_is_not_there_cannot_be_asked():
    with pytest.raises(dmn.UnknownDecision):
        decide(read(decision("A", literal("1"))), "B")


def test_knowledge_and_services_that_call_each_other_without_end_are_stopped():
    decisions = read(
        knowledge("f", literal("g(n)"), {"n": None}, ["g"]),
        knowledge("g", literal("f(n)"), {"n": None}, ["f"]),
        decision("Asked", literal("f(1)"), knows=["f"]),
        decision("Out", literal("S()"), knows=["S"]),
        service("S", ["Out"]),
    )

    for each in ("Asked", "Out", "S"):
        with pytest.raises(dmn.BudgetExceeded):
            decide(decisions, each)


def test_expressions_within_each_other_are_read_and_decided():
    logic = "<list>" * 60 + literal("1") + "</list>" * 60

    found = decide(read(decision("Asked", logic)), "Asked").value

    for _ in range(60):
        [found] = found
    assert found == 1


PEOPLE = file(
    '<itemDefinition name="tPerson"><itemComponent name="full name"><typeRef>string</typeRef>'
    "</itemComponent></itemDefinition>",
    input_data("person", "tPerson"),
    knowledge("say hello", literal('"Hello " + whom.full name'), {"whom": "tPerson"}),
    decision("Greeting", literal("say hello(person)"), data=["person"], knows=["say hello"]),
    namespace="people",
)


def importing(*parts: str, name: str = "staff", namespace: str = "example") -> bytes:
    link = f'<import name="{name}" namespace="people" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    return file(link, *parts, namespace=namespace)


def asked(source: bytes, key: str, variables, **others: bytes):
    decisions = dmn.read(
        source, "main.dmn", {f"{name}.dmn": each for name, each in others.items()}
    )
    assert [each.message for each in decisions.findings] == []
    return decisions.evaluate(key, variables, setting()).value


def test_what_is_imported_has_the_name_of_the_import_before_it():
    source = importing(
        input_data("me", "staff.tPerson"),
        decision("Asked", literal("staff.say hello(me)"), data=["me"], knows=["people#say-hello"]),
    )

    assert asked(source, "asked", {"me": {"full name": "Ada"}}, people=PEOPLE) == "Hello Ada"
    assert asked(source, "asked", {"me": {"name": "Ada"}}, people=PEOPLE) is None


def test_an_imported_decision_takes_its_input_from_the_context_of_the_import():
    source = importing(decision("Asked", literal("staff.Greeting"), requires=["people#greeting"]))
    ada = {"person": {"full name": "Ada"}}

    assert asked(source, "asked", {"staff": ada}, people=PEOPLE) == "Hello Ada"
    assert asked(source, "asked", ada, people=PEOPLE) == "Hello Ada"
    assert asked(source, "asked", {"{people}person": ada["person"]}, people=PEOPLE) == "Hello Ada"


def test_a_decision_of_an_imported_file_can_be_asked():
    decisions = dmn.read(importing(), "main.dmn", {"people.dmn": PEOPLE})
    key = decisions.key("Greeting", "people")

    outcome = decisions.evaluate(key, {"staff": {"person": {"full name": "Ada"}}}, setting())

    assert (key, outcome.value) == ("people#greeting", "Hello Ada")
    assert outcome.inputs == {"staff.person": {"full name": "Ada"}}


def test_a_file_that_is_imported_twice_is_asked_twice():
    def middle(namespace):
        return importing(
            decision("Said", literal('"- " + staff.Greeting'), requires=["people#greeting"]),
            namespace=namespace,
        )

    source = file(
        '<import name="one" namespace="first" importType="DMN"/>'
        '<import name="two" namespace="second" importType="DMN"/>',
        decision("Asked", literal("[one.Said, two.Said]"), requires=["first#said", "second#said"]),
    )
    given = {
        "one": {"staff": {"person": {"full name": "Ada"}}},
        "two": {"staff": {"person": {"full name": "Bo"}}},
    }

    found = asked(source, "asked", given, people=PEOPLE, one=middle("first"), two=middle("second"))

    assert found == ["- Hello Ada", "- Hello Bo"]


def test_files_that_import_each_other_are_read():
    first = file(
        '<import name="b" namespace="second" importType="DMN"/>',
        decision("A", literal("b.B + 1"), requires=["second#b"]),
        namespace="first",
    )
    second = file(
        '<import name="a" namespace="first" importType="DMN"/>',
        decision("B", literal("1")),
        namespace="second",
    )

    assert asked(first, "a", {}, second=second) == 2


def test_many_files_that_all_import_each_other_are_read():
    names = [f"n{number}" for number in range(40)]
    files = {
        f"{name}.dmn": file(
            *(f'<import name="{each}" namespace="{each}" importType="DMN"/>' for each in names),
            decision("D", literal("1"), requires=["nowhere#d"]),
            namespace=name,
        )
        for name in names
    }

    decisions = dmn.read(files.pop("n0.dmn"), "n0.dmn", files)

    assert [each.rule for each in dmn.check(decisions)] == ["decision-reference"]


def test_decisions_of_two_files_that_require_each_other_are_stopped():
    def one(own, other):
        link = f'<import name="{other}" namespace="{other}" importType="DMN"/>'
        return file(
            link,
            decision("D", literal(f"{other}.D"), requires=[f"{other}#d"]),
            decision("E", literal(f"{other}.D"), requires=[f"{other}#d"]),
            namespace=own,
        )

    decisions = dmn.read(one("a", "b"), "a.dmn", {"b.dmn": one("b", "a")})

    assert decide(decisions, "D").value is None
    assert [each.rule for each in dmn.check(decisions)] == ["decision-cycle"]


def test_an_import_that_is_not_there_is_found():
    decisions = dmn.read(importing(decision("A", literal("1"))), "main.dmn")

    assert [each.rule for each in dmn.check(decisions)] == ["decision-import"]
