"""Whoever deploys is told where a case would wait for what nothing delivers yet."""

import pytest

from bpmn import deployment
from engine.definitions import served
from tests.bpmn.sketch import MESSAGE, boundary, catch, element, end, model, timer, user


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        (element("serviceTask", "x"), "'x' waits for a program"),
        (element("businessRuleTask", "x"), "'x' waits for a program"),
        (element("sendTask", "x", camunda__topic="mail"), "'x' waits for a program"),
        (catch("x", MESSAGE), "'x' waits for a message"),
        (user("a") + boundary("x", "a", timer("P1D")), "'x' waits for a timer"),
    ],
)
def test_what_waits_for_something_from_outside_is_told(drawn, told):
    [finding] = served.warnings(deployment.check({"m.bpmn": model("p", drawn)}))

    assert finding.message.startswith(told)
    assert finding.element_id == "x"


@pytest.mark.parametrize(
    "drawn",
    [
        user("x"),
        end("x", MESSAGE),
        element("businessRuleTask", "x", camunda__decisionRef="grading"),
    ],
)
def test_what_is_done_within_the_case_is_not(drawn):
    assert list(served.warnings(deployment.check({"m.bpmn": model("p", drawn)}))) == []
