"""The page on what is executed says what came of playing the scenarios, and nothing else."""

from dataclasses import replace

import pytest

from tests.conformance import support
from tests.conformance.scenario import Row, scenario, then
from tests.conformance.stage import SCENARIOS

ANOTHER = "Something else happens."


@pytest.fixture(scope="module")
def outcomes():
    return support.played()


@pytest.fixture(scope="module")
def page():
    return support.PAGE.read_text(encoding="utf-8")


def of(diagram):
    return next(each for each in SCENARIOS if each.diagram == diagram)


def otherwise(scenario):
    """Expect of a model what it does not do."""
    return replace(scenario, steps=(then(waiting=["nobody"]),), refused_at=None)


def place(name):
    return f"<!-- made by `make support`: {name} -->\n<!-- end -->\n"


def told(*scenarios):
    """Return the line of the page that scenarios of one activity are the evidence for."""
    page = place("summary") + place("activities")
    lines = support.written(page, support.played(scenarios)).splitlines()

    [_, line] = [each for each in lines if each.startswith("| ")]
    return line


def test_the_page_is_as_the_scenarios_go(page, outcomes):
    made = support.written(page, outcomes)

    old = page.splitlines()
    assert [each for each in made.splitlines() if each not in old] == [], "`make support`"
    assert made == page


def test_a_scenario_that_goes_otherwise_changes_the_page(page, outcomes):
    scenario = of("activities/user-task")
    number = SCENARIOS.index(scenario)

    changed = [*outcomes]
    changed[number : number + 1] = support.played([otherwise(scenario)])

    assert support.written(page, changed) != page


def test_what_goes_as_it_says_works():
    assert "[works](../../tests/diagrams/activities/user-task.bpmn)" in told(
        of("activities/user-task")
    )


def test_what_is_refused_leads_to_the_page_of_the_rule():
    line = told(of("activities/implicit-throw-event"))

    assert "[refused](../../tests/diagrams/activities/implicit-throw-event.bpmn)" in line
    assert "by [not-supported](lint/not-supported.md)" in line


def test_a_model_that_is_no_longer_refused_does_not_stay_refused_on_the_page():
    line = told(replace(of("activities/user-task"), steps=(), refused_at="handlagg"))

    assert "refused" not in line
    assert "otherwise than expected" in line


def test_what_goes_otherwise_is_not_said_to_work():
    line = told(otherwise(of("activities/user-task")))

    assert "works" not in line
    assert "otherwise than expected" in line


def test_a_warning_is_told():
    assert "with a warning by [script](lint/script.md)" in told(
        of("activities/script-task-without-script")
    )


def test_whatever_breaks_is_an_outcome():
    unplayable = scenario("activities/there-is-no-such-file", Row("activities", "task", "x"))

    [outcome] = support.played([unplayable])

    assert outcome.verdict is support.Verdict.UNEXPECTED
    assert "FileNotFoundError" in outcome.detail


def test_one_line_has_every_verdict_of_its_scenarios_once():
    right = of("activities/user-task")

    line = told(right, right, otherwise(right))

    assert line.count("works") == 1
    assert line.count("otherwise than expected") == 1


@pytest.mark.parametrize("page", ["", place("weather")])
def test_a_table_without_a_place_is_noticed_and_a_place_without_a_table(page, outcomes):
    with pytest.raises(ValueError, match="places"):
        support.written(page, outcomes)
