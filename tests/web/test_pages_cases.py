"""Cases: the list, one case with its history and its proof, and what can be done about it."""

import re

import pytest
from sqlalchemy import text

from tests.bpmn.sketch import call, definitions, element, end, model, process, start, user
from tests.factories.browsers import path, problems
from tests.factories.diagrams import FORM, OFFICER, computed, one_task, two_steps
from web.pages.cases import views

REASON = "Registered twice."


@pytest.fixture
def case(owner, alice):
    owner.deploy(two_steps())
    return alice.start()


def address(case):
    return f"/cases/{case['id']}"


# ---------------------------------------------------------------- one case


def test_a_case_says_how_it_stands_and_whom_it_waits_for(browsers, case):
    page = browsers("alice").get(address(case))

    assert page.heading == "p"
    assert page.texts("//*[contains(@class, 'state-active')]") == ["In progress"]
    assert "Waits for officer: Handlägg" in page.main
    assert page.link("Handlägg").startswith("/tasks/")


def test_steps_stand_in_order_with_who_did_them(browsers, alice, bob, case):
    alice.complete(alice.tasks(case)["first"])
    bob.complete(bob.tasks(case)["second"])

    page = browsers("alice").get(address(case))

    steps = page.texts("//ol[@class='track']/li")
    assert [re.split(r" – | \d+ | alice| bob", step)[0] for step in steps] == [
        "Finished Start",
        "Finished Handlägg",
        "Finished Kontrollera",
        "Finished End",
    ]
    assert "alice" in steps[1]
    assert "bob" in steps[2]
    assert "Ended on" in page.main


def test_the_history_is_told_in_sentences_and_nothing_is_left_out(browsers, alice, bob, case):
    alice.assign(alice.tasks(case)["first"], "alice")
    alice.complete(alice.tasks(case)["first"])
    alice.assign(alice.tasks(case)["second"], "bob")

    page = browsers("alice").get(address(case))

    events = alice.get(f"/process-instances/{case['id']}/events").json["items"]
    assert page.texts("//ol[@class='history']/li//div/p") == [
        "alice started the case.",
        "alice took the task “Handlägg”.",
        "alice completed the task “Handlägg”.",
        "alice gave the task “Kontrollera” to bob.",
    ]
    assert len(page.all("//details[@class='technical']//tbody/tr")) == len(events)
    assert bob.tasks(case)


def test_what_is_known_stands_under_the_labels_of_the_forms(browsers, owner, alice):
    form = FORM.replace(b'"Number"', b'"How many <b>"')
    owner.deploy({"p.bpmn": one_task(rutin__formKey="answer"), "answer.form.json": form})
    case = alice.start(note={"a": [1, True], "b": None}, html="<script>x</script>")
    alice.complete(alice.tasks(case)["a"], n=1234)

    page = browsers("alice").get(address(case))

    assert "How many <b> 1,234" in page.texts("//aside//dl[@class='answers']/div")
    assert "Started by alice" in page.texts("//aside//details//dl/div")
    assert page.texts("//aside//details//dl[@class='pairs']/div") == ["a 1 Yes", "b –"]
    assert "<script>x" not in page.source


def test_the_history_is_verified_when_it_is_asked_for(browsers, case):
    browser = browsers("auditor")
    at = browser.get(address(case)).link("Check that nothing was changed")

    page = browser.get(at)

    assert page.one("//*[@id='proof']").text_content() == "The history is unchanged"
    assert f"rutin audit verify {case['id']}" in page.main


def test_a_history_that_was_changed_is_told_with_the_first_break(
    browsers, alice, installation, case
):
    alice.complete(alice.tasks(case)["first"])
    with installation.database.engine.begin() as connection:
        connection.execute(
            text("update user_task set state = 'cancelled' where element_id = 'first'")
        )

    page = browsers("alice", "sv").get(f"{address(case)}/proof")

    assert page.one("//*[@id='proof']").text_content() == "Historiken stämmer inte"
    assert "Uppgiften 'Handlägg' har ett annat läge än historiken säger." in page.main


def test_a_case_that_called_another_routine_shows_its_steps(browsers, owner, alice):
    owner.deploy(
        definitions(
            process("p", start(), call("c", "q"), end(), flows="s > c > e"),
            process(
                "q",
                start("qs"),
                user("inner", name="Inre", **OFFICER),
                end("qe"),
                flows="qs > inner > qe",
            ),
        )
    )
    case = alice.start()

    page = browsers("alice").get(address(case))
    task = browsers("alice").get(page.link("Inre"))

    assert "Waits for officer: Inre" in page.main
    assert task.heading == "Inre"


def test_a_case_that_waits_for_no_person_says_where(browsers, owner, alice):
    timer = "<timerEventDefinition><timeDuration>P14D</timeDuration></timerEventDefinition>"
    waiting = element("intermediateCatchEvent", "t", timer, name="Överklagandetid")
    owner.deploy(model("p", start(), waiting, end(), flows="s > t > e"))

    page = browsers("alice").get(address(alice.start()))

    assert "Waits at “Överklagandetid” by itself" in page.main


# ---------------------------------------------------------------- what can be done about it


@pytest.mark.parametrize("name", ["alice", "owner", "admin"])
def test_a_case_is_cancelled_with_a_reason(browsers, name, alice, case):
    browser = browsers(name)

    asked = browser.get(path(browser.get(address(case)).link("Cancel the case")))
    page = browser.post(f"{address(case)}/cancellation", reason=REASON)

    assert asked.heading == "Cancel the case"
    assert page.address == address(case)
    assert "The case is cancelled." in page.main
    assert page.texts("//blockquote") == [REASON]
    assert alice.instance(case)["state"] == "cancelled"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_without_a_reason_nothing_is_cancelled(browsers, alice, case, reason):
    page = browsers("alice").post(f"{address(case)}/cancellation", reason=reason)

    assert page.status == 422
    assert problems(page) == ["Say why, in at most 2000 characters."]
    assert page.value("reason") == reason
    assert alice.instance(case)["state"] == "active"


@pytest.mark.parametrize("name", ["bob", "auditor"])
def test_who_may_not_cancel_is_not_offered_to(browsers, name, alice, case):
    browser = browsers(name)

    page = browser.get(address(case))
    asked = browser.get(f"{address(case)}/cancellation")
    forced = browser.post(f"{address(case)}/cancellation", reason=REASON)

    assert "Cancel the case" not in page.main
    assert asked.all("//main//textarea") == []
    assert forced.status == 403
    assert alice.instance(case)["state"] == "active"


def test_what_has_ended_is_not_cancelled(browsers, alice, bob, case):
    alice.complete(alice.tasks(case)["first"])
    bob.complete(bob.tasks(case)["second"])

    asked = browsers("alice").get(f"{address(case)}/cancellation")
    forced = browsers("alice").post(f"{address(case)}/cancellation", reason=REASON)

    assert "This case cannot be cancelled" in asked.main
    assert forced.status == 409
    assert forced.heading == "It is too late for that"


@pytest.fixture
def stopped(owner, alice):
    owner.deploy(computed("x = 1 / n"))
    case = alice.start(n=0)
    alice.complete(alice.tasks(case)["a"])
    return case


def test_an_error_is_told_where_it_happened(browsers, stopped):
    page = browsers("alice").get(address(stopped))

    assert page.texts("//*[contains(@class, 'state-incident')]") == ["Stopped by an error"]
    assert "“Automatic step” could not be done" in page.main
    assert "A number cannot be divided by zero." in page.main
    assert page.buttons() == []


def test_a_failed_step_is_tried_again_by_who_may(browsers, stopped):
    owner = browsers("owner")
    action = owner.get(address(stopped)).one("//section[@class='stopped']//form").get("action")

    again = owner.post(action)
    too_late = owner.post(action)
    forced = browsers("alice").post(action)

    assert "The step was tried again. The case is still stopped by an error." in again.main
    assert "owner had the step tried again." in again.main
    assert too_late.status == 409
    assert forced.status == 403


def test_an_error_that_went_away_with_its_case_is_no_milestone(browsers, stopped):
    page = browsers("alice").post(f"{address(stopped)}/cancellation", reason=REASON)

    assert page.texts("//ol[@class='history']/li//div/p")[-1] == "alice cancelled the case."
    assert "The error does not matter any more." in page.main


# ---------------------------------------------------------------- the list, and who sees


def listed(page):
    return [
        path(each.get("href")) for each in page.all("//li[@class='row']//a[@class='row-name']")
    ]


def test_cases_are_listed_with_how_they_stand(browsers, case):
    page = browsers("alice").get("/cases")

    assert listed(page) == [address(case)]
    assert "Waits for officer: Handlägg" in page.main
    assert "Started by alice" in page.main


def test_the_list_is_narrowed_by_the_address(browsers, owner, alice, case):
    owner.deploy(one_task("q"))
    body = {"definition_key": "q", "business_key": "KS 2026/1"}
    other = alice.post("/process-instances", json=body).json
    alice.post(f"/process-instances/{case['id']}/cancellation", json={"reason": REASON})
    browser = browsers("alice")

    assert listed(browser.get("/cases?state=cancelled")) == [address(case)]
    assert listed(browser.get("/cases?routine=q")) == [address(other)]
    assert listed(browser.get("/cases?key=KS+2026/1")) == [address(other)]
    narrowed = browser.get("/cases?key=KS+2026/1&state=active")
    assert narrowed.one("//input[@id='key']").get("value") == "KS 2026/1"
    assert narrowed.one("//select[@id='state']/option[@selected]").get("value") == "active"
    assert "No case matches that." in browser.get("/cases?state=suspended").main
    assert listed(browser.get("/cases?state=strange&after=strange")) == [
        address(other),
        address(case),
    ]


def test_older_cases_stand_on_the_next_page(browsers, alice, case, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 2)
    later = [alice.start() for _ in range(2)]
    browser = browsers("alice")

    first = browser.get("/cases?routine=p")
    second = browser.get(first.link("Older cases"))

    assert listed(first) == [address(each) for each in reversed(later)]
    assert listed(second) == [address(case)]
    assert listed(browser.get(second.link("Back to the newest"))) == listed(first)


def test_an_empty_list_says_what_a_case_is(browsers):
    assert (
        "A case comes about when somebody starts a routine."
        in browsers("alice").get("/cases").main
    )


@pytest.mark.usefixtures("alice")
def test_a_stranger_sees_no_case(browsers, case, stopped):
    charlie = browsers("charlie")

    assert listed(charlie.get("/cases")) == []
    for each in (case, stopped):
        assert charlie.get(address(each)).status == 404
        assert charlie.get(f"{address(each)}/cancellation").status == 404
        assert charlie.post(f"{address(each)}/cancellation", reason=REASON).status == 404
