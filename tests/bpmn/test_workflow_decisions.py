"""Business rule tasks: which decision is asked, and where what it says is put."""

from dataclasses import replace

import pytest

from bpmn import deployment
from bpmn.workflow import Workflow
from tests.bpmn.running import NOW
from tests.bpmn.sketch import definitions, element, process, start, user

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table(key, *rules, policy="UNIQUE", outputs=("grade",)):
    """Draw a table over `amount`."""
    drawn = "".join(
        f"<rule id='r{number}'><inputEntry><text>{test}</text></inputEntry>"
        + "".join(f"<outputEntry><text>{each}</text></outputEntry>" for each in given)
        + "</rule>"
        for number, (test, *given) in enumerate(rules, 1)
    )
    named = "".join(f"<output name='{each}'/>" for each in outputs)
    return (
        f"<definitions xmlns='{DMN}' name='d' namespace='https://rutin.example/d'>"
        f"<decision id='{key}' name='Decide'><decisionTable hitPolicy='{policy}'>"
        f"<input><inputExpression><text>amount</text></inputExpression></input>{named}{drawn}"
        "</decisionTable></decision></definitions>"
    ).encode()


GRADED = table("grading", ("&lt; 100", '"low"'), ("&gt;= 100", '"high"'))


def asking(**said):
    said = {each.replace("__", ":"): text for each, text in said.items()}
    drawn = element("businessRuleTask", "d", **{k.replace(":", "__"): v for k, v in said.items()})
    return definitions(process("p", start(), drawn, user("x"), flows="s > d > x"))


def run(source, decisions, **variables):
    checked = deployment.check({"m.bpmn": source, "d.dmn": decisions})
    assert not checked.refused, [each.message for each in checked.findings]
    return Workflow.start(checked.processes["p"], variables, library=checked, now=NOW)


def failures(workflow):
    return [each.template.format_map(each.values) for each in workflow.happened().failures]


@pytest.mark.parametrize(("amount", "grade"), [(7, "low"), (100, "high")])
def test_what_a_decision_says_becomes_variables_by_the_names_of_its_outputs(amount, grade):
    workflow = run(asking(camunda__decisionRef="grading"), GRADED, amount=amount)

    assert workflow.variables == {"amount": amount, "grade": grade}


MANY = table("grading", ("&gt; 0", '"a"'), ("&gt; 10", '"b"'), policy="COLLECT")
PAIR = table(
    "grading",
    ("&gt; 0", '"a"', "1"),
    ("&gt; 10", '"b"', "2"),
    policy="RULE ORDER",
    outputs=("x", "y"),
)


@pytest.mark.parametrize(
    ("shape", "decisions", "amount", "value"),
    [
        (None, GRADED, 7, "low"),
        ("singleEntry", GRADED, 7, "low"),
        ("singleResult", GRADED, 7, {"grade": "low"}),
        ("collectEntries", MANY, 11, ["a", "b"]),
        ("resultList", MANY, 11, [{"grade": "a"}, {"grade": "b"}]),
        ("resultList", PAIR, 11, [{"x": "a", "y": 1}, {"x": "b", "y": 2}]),
        ("singleResult", PAIR, 5, {"x": "a", "y": 1}),
        ("singleEntry", MANY, -1, None),
        (None, MANY, 11, ["a", "b"]),
    ],
)
def test_a_variable_gets_the_shape_that_is_asked_for(shape, decisions, amount, value):
    said = {} if shape is None else {"camunda__mapDecisionResult": shape}
    source = asking(camunda__decisionRef="grading", camunda__resultVariable="found", **said)

    assert run(source, decisions, amount=amount).variables["found"] == value


def test_several_results_where_one_is_asked_for_are_an_incident():
    source = asking(
        camunda__decisionRef="grading",
        camunda__resultVariable="found",
        camunda__mapDecisionResult="singleEntry",
    )

    assert failures(run(source, MANY, amount=11)) == [
        "The decision 'Decide' gives 2 results, where one is asked for."
    ]


def test_rules_that_match_against_the_hit_policy_are_an_incident():
    both = table("grading", ("&gt; 0", '"a"'), ("&gt; 10", '"b"'))
    workflow = run(asking(camunda__decisionRef="grading"), both, amount=11)

    assert failures(workflow) == [
        "More rules of the decision 'Decide' match than its hit policy allows."
    ]
    assert workflow.variables == {"amount": 11}


def test_a_decision_that_is_not_installed_is_an_incident_that_can_be_retried():
    checked = deployment.check({"m.bpmn": asking(camunda__decisionRef="grading")})
    other = deployment.check({"d.dmn": GRADED})
    workflow = Workflow.start(checked.processes["p"], {"amount": 1}, library=checked, now=NOW)
    assert failures(workflow) == ["The decision 'grading' that is called here is not installed."]

    state, process_ = workflow.dump(), checked.processes["p"]
    library = replace(checked, decisions=other.decisions)
    workflow = Workflow.load(process_, state, library=library)
    [standing] = workflow.standing()
    workflow.retry(standing.token, now=NOW)
    assert workflow.variables["grade"] == "low"


def test_all_that_explains_a_decision_is_told():
    workflow = run(asking(camunda__decisionRef="grading"), GRADED, amount=100)

    [decided] = workflow.happened().decided
    assert (decided.element.id, decided.key, decided.value) == ("d", "grading", "high")
    assert (dict(decided.inputs), decided.rules) == ({"amount": 100}, (("grading", 2),))


def test_zeebe_and_spiffarena_name_the_decision_in_elements():
    zeebe = (
        "<extensionElements><zeebe:calledDecision decisionId='grading' resultVariable='found'/>"
        "</extensionElements>"
    )
    spiff = (
        "<extensionElements><spiffworkflow:calledDecisionId>grading</spiffworkflow:calledDecisionId>"
        "</extensionElements>"
    )

    found = [
        run(
            definitions(
                process("p", element("businessRuleTask", "d", each), user("x"), flows="d > x")
            ),
            GRADED,
            amount=1,
        ).variables
        for each in (zeebe, spiff)
    ]

    assert found == [{"amount": 1, "found": "low"}, {"amount": 1, "grade": "low"}]
