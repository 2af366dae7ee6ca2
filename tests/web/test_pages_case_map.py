"""The diagram of a case: how each step stands, tied to the list of steps both ways, without any script."""

from functools import partial

import pytest
from sqlalchemy import event

from bpmn.diagram import svg
from tests.bpmn.sketch import call, definitions, end, model, process, start, user, xor
from tests.factories.diagrams import OFFICER, computed
from web import diagrams as pictures
from web.pages.cases import histories, step_lists

LATE = model(
    "p",
    start(),
    user("first", name="Handlägg", rutin__dueDate="2020-01-01", **OFFICER),
    user("second", name="Kontrollera", **OFFICER),
    end(),
    flows="s > first > second > e",
)
ROUND = model(
    "p",
    start(),
    user("ask", name="Fråga", **OFFICER),
    xor("g", default="g--e"),
    end(),
    flows="s > ask > g; g > ask ? again == 1; g > e",
)
SVG = "//div[@data-map]//*[local-name()='{}']"
MOST_STATEMENTS = 36


@pytest.fixture
def case(owner, alice):
    owner.deploy(LATE)
    return alice.start()


def address(case):
    return f"/cases/{case['id']}"


def shapes(page):
    """Return the state of each step in the diagram."""
    found = page.all("//div[@data-map]//*[@data-step]")
    return {each.get("data-step"): each.get("class").split("bpmn-is-")[1] for each in found}


def badge(page, key):
    """Return the words of a badge, and what is written beside it."""
    found = page.all(f"//*[@data-step='{key}']//*[contains(@class, 'bpmn-badge ')]")
    [title] = found[0].xpath(".//*[local-name()='title']")
    return title.text, [each.text for each in found[0].xpath(".//*[local-name()='tspan']")]


def test_each_step_is_marked_with_how_it_stands(browsers, alice, case):
    before = browsers("alice").get(address(case))
    alice.complete(alice.tasks(case)["first"])

    after = browsers("alice").get(address(case))

    assert shapes(before) == {"s": "done", "first": "late"}
    assert badge(before, "first") == ("In progress and late", [])
    assert shapes(after) == {"s": "done", "first": "done", "second": "active"}
    assert before.texts("//ul[@class='legend']/li") == ["In progress and late", "Finished"]
    assert len(before.all("//ul[@class='legend']//*[local-name()='svg']")) == 2


def test_the_states_are_told_in_the_readers_language(browsers, case):
    page = browsers("alice", "sv").get(address(case))

    assert badge(page, "first")[0] == "Pågår och är sent"


def test_a_paused_case_and_a_cancelled_one_look_so(browsers, alice, case):
    alice.post(f"/process-instances/{case['id']}/suspension", json={"reason": "Väntar"})
    paused = browsers("alice").get(address(case))
    alice.post(f"/process-instances/{case['id']}/cancellation", json={"reason": "Slut"})

    cancelled = browsers("alice").get(address(case))

    assert shapes(paused)["first"] == "paused"
    assert shapes(cancelled)["first"] == "cancelled"


def test_an_error_leads_to_where_it_happened(browsers, owner, alice):
    owner.deploy(computed("x = 1 / n"))
    case = alice.start(n=0)
    alice.complete(alice.tasks(case)["a"])

    page = browsers("alice").get(address(case))

    [failed] = [key for key, state in shapes(page).items() if state == "incident"]
    assert page.link("Show where in the diagram") == f"#bpmn-element-{failed}"
    assert page.all(f"//*[@id='bpmn-element-{failed}']")


def test_a_step_that_was_done_several_times_says_how_often(browsers, owner, alice):
    owner.deploy(ROUND)
    case = alice.start()
    for again in (1, 1, 0):
        alice.complete(alice.tasks(case)["ask"], again=again)

    page = browsers("alice").get(address(case))

    assert badge(page, "ask") == ("Finished, 3 times", ["×3"])
    assert len(page.all("//li[@id='step-ask']")) == 1
    assert len(page.all("//ol[@class='track']/li")) == 8


def test_shapes_and_steps_lead_to_each_other(browsers, case):
    page = browsers("alice").get(address(case))

    there = page.all(SVG.format("a"))
    back = page.all("//a[@class='track-link']")
    assert [each.get("href") for each in there] == ["#step-s", "#step-first"]
    assert [each.get("href") for each in back] == ["#bpmn-element-s", "#bpmn-element-first"]
    for each in (*there, *back):
        assert len(page.all(f"//*[@id='{each.get('href')[1:]}']")) == 1
    assert there[1][0].text == "Handlägg: In progress and late"


def test_a_called_routine_of_the_same_ids_marks_nothing_here(browsers, owner, alice):
    """Its steps are in the list; the diagram is that of the case's own version."""
    inner = process("q", start("s2"), user("e2", **OFFICER), end("x"), flows="s2 > e2 > x")
    owner.deploy(
        definitions(process("p", start(), call("c", "q"), end(), flows="s > c > e"), inner)
    )

    page = browsers("alice").get(address(alice.start()))

    assert shapes(page) == {"s": "done", "c": "active"}
    assert len(page.all("//ol[@class='track']/li")) == 4


def test_a_picture_that_came_with_the_version_is_marked(browsers, owner, alice, case):
    given = svg.draw(LATE).encode()
    path = f"/process-definitions/{case['definition_id']}/picture"
    assert owner.put(path, body=given, content_type="image/svg+xml").status == 200

    page = browsers("alice").get(address(case))

    assert page.all("//div[@data-map]/*[contains(@class, 'bpmn-stored')]")
    assert shapes(page) == {"s": "done", "first": "late"}


def test_a_picture_is_not_drawn_anew_for_each_view(browsers, case, monkeypatch):
    browser = browsers("alice")
    browser.get(address(case))
    monkeypatch.setattr(pictures, "_made", None)

    assert shapes(browser.get(address(case))) == {"s": "done", "first": "late"}


def test_a_picture_that_is_too_large_is_looked_at_alone(browsers, case, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST", 100)

    page = browsers("alice").get(address(case))

    assert "too large to be shown on this page" in page.main
    assert page.all("//div[@data-map]") == []
    assert browsers("alice").client.get(page.link("Show the diagram alone")).status_code == 200


def test_of_many_steps_the_last_are_told(browsers, owner, alice, monkeypatch):
    monkeypatch.setattr(step_lists, "AT_ONCE", 3)
    owner.deploy(ROUND)
    case = alice.start()
    for _ in range(3):
        alice.complete(alice.tasks(case)["ask"], again=1)

    page = browsers("alice").get(address(case))
    whole = browsers("alice").get(f"{address(case)}?steps=all")

    assert len(page.all("//ol[@class='track']/li")) == 3
    assert page.link("Show 5 earlier steps") == f"{address(case)}?steps=all#steps"
    assert shapes(page)["s"] == "done"
    assert [each.get("href") for each in page.all(SVG.format("a"))] == ["#step-ask", "#step-g"]
    assert len(whole.all("//ol[@class='track']/li")) == 8


# ---------------------------------------------------------------- the history


def test_of_a_long_history_the_last_is_told(browsers, owner, alice, monkeypatch):
    monkeypatch.setattr(histories, "AT_ONCE", 3)
    owner.deploy(ROUND)
    case = alice.start()
    for _ in range(4):
        alice.complete(alice.tasks(case)["ask"], again=1)
    browser = browsers("alice")

    page = browser.get(address(case))
    earlier = browser.get(page.link("Show what came before"))

    told = "//ol[@class='history']/li//div/p"
    assert page.texts(told) == ["alice completed the task “Fråga”."] * 3
    assert earlier.texts(told) == [
        "alice started the case.",
        "alice completed the task “Fråga”.",
    ]
    assert earlier.link("Back to the latest") == f"{address(case)}#history"
    assert len(page.all("//details[@class='technical']//tbody/tr")) == 3
    assert page.link("Show the record from the beginning") == f"{address(case)}/record"


def test_the_whole_record_is_paged(browsers, owner, alice, case, monkeypatch):
    monkeypatch.setattr("web.pages.cases.views.RECORD_AT_ONCE", 2)
    events = alice.get(f"/process-instances/{case['id']}/events").json["items"]
    browser = browsers("alice")

    page = browser.get(f"{address(case)}/record")
    later = browser.get(page.link("Later events"))

    rows = [*page.texts("//tbody/tr/td[1]"), *later.texts("//tbody/tr/td[1]")]
    assert rows == [str(each["seq"]) for each in events]


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=9999999999999", "before=²"])
def test_a_place_in_the_record_that_is_none_is_the_end(browsers, case, query):
    page = browsers("alice").get(f"{address(case)}?{query}")

    assert "alice started the case." in page.main


def test_before_the_beginning_there_is_nothing(browsers, case):
    page = browsers("alice").get(f"{address(case)}?before=1")

    assert "There is nothing before that." in page.main


def test_a_task_that_was_done_late_says_by_how_much(browsers, alice, case):
    alice.complete(alice.tasks(case)["first"])

    page = browsers("alice").get(address(case))

    [late] = page.texts("//ol[@class='history']//*[@class='due due-late']")
    assert late.endswith("days late")


@pytest.mark.parametrize("more", ["", "/record"])
def test_who_has_no_part_in_a_case_does_not_see_it(browsers, case, more):
    assert browsers("charlie").get(f"{address(case)}{more}").status == 404


def _note(told, _connection, _cursor, statement, *_):
    told.append(statement)


def test_a_case_is_shown_with_few_statements_however_long_it_is(
    browsers, installation, owner, alice
):
    owner.deploy(ROUND)
    case = alice.start()
    counts = []
    browser = browsers("alice")
    for _ in range(2):
        for _ in range(3):
            alice.complete(alice.tasks(case)["ask"], again=1)
        browser.get(address(case))
        told: list[str] = []
        note = partial(_note, told)
        event.listen(installation.database.engine, "before_cursor_execute", note)
        browser.get(address(case))
        event.remove(installation.database.engine, "before_cursor_execute", note)
        counts.append(len(told))

    assert counts[0] == counts[1]
    assert counts[0] <= MOST_STATEMENTS
