"""The inbox as a page: tabs and filters stand in the address, and it works without a script."""

import pytest

from tests.factories import diagrams
from tests.web.test_api_absences import SINCE

TABS = ["To do", "Mine", "For my groups", "Started by me", "Done by me"]


@pytest.fixture
def cases(owner, alice):
    owner.deploy(diagrams.one_task(name="Handlägg", rutin__dueDate="2027-03-01"))
    for number in range(3):
        body = {"definition_key": "p", "business_key": f"KS {number}"}
        assert alice.post("/process-instances", json=body).status == 201


def tabs(page):
    return page.texts("//ul[@class='tabs']//a")


def rows(page):
    return page.texts("//li[@class='row']")


def test_every_tab_says_how_much_is_in_it(browsers, cases):
    page = browsers("alice").get("/tasks")

    counts = [3, 0, 3, 3, 0]
    assert tabs(page) == [f"{name} {count}" for name, count in zip(TABS, counts, strict=True)]
    assert page.heading == "To do"
    assert len(rows(page)) == 3


def test_a_tab_is_an_address_and_keeps_the_filters(browsers, cases):
    alice = browsers("alice")
    narrowed = alice.get("/tasks?business_key_prefix=KS+1")
    started = alice.get(narrowed.link("Started by me"))

    assert len(rows(narrowed)) == 1
    assert started.heading == "Started by me"
    [row] = rows(started)
    assert "KS 1 p" in row
    assert "Waits for officer" in row
    assert len(rows(alice.get(started.link("Show all")))) == 3


def test_pages_are_links(browsers, cases, monkeypatch):
    monkeypatch.setattr("web.pages.tasks.inboxes.AT_ONCE", 2)
    alice = browsers("alice")

    first = alice.get("/tasks?sort=created")
    second = alice.get(first.link("The next page"))

    assert ["KS" in each for each in rows(first) + rows(second)] == [True] * 3
    assert len({*rows(first), *rows(second)}) == 3
    assert "sort=created" in second.link("Back to the beginning")


def test_a_filter_that_matches_nothing_says_so(browsers, cases):
    page = browsers("alice").get("/tasks?overdue=true")

    assert "Nothing here matches that." in page.main
    assert page.link("Show all") == "/tasks?tab=open"


@pytest.mark.parametrize(
    "query",
    [
        "tab=other",
        "sort=other",
        "tab=done&sort=due",
        "cursor=x",
        "priority=high",
        "variable=x",
        "x=y",
    ],
)
def test_an_address_that_asks_for_nonsense_is_read_as_far_as_it_goes(browsers, cases, query):
    assert browsers("alice").get(f"/tasks?{query}").status == 200


def test_a_substitute_has_a_tab_and_is_told_for_whom(browsers, alice, cases):
    assert alice.post("/substitutions", json={"substitute": "charlie", **SINCE}).status == 201

    page = browsers("charlie").get("/tasks?tab=behalf")

    assert "On behalf of others 3" in tabs(page)
    assert "On behalf of alice" in rows(page)[0]
    assert "Take the task" in rows(page)[0]


def test_a_view_is_saved_from_the_page_and_found_again(browsers, cases):
    alice = browsers("alice")
    saved = alice.post("/tasks/views?tab=groups&business_key_prefix=KS+2&cursor=x", name="Tvåan")

    assert (saved.status, len(rows(saved))) == (200, 1)
    again = alice.get(alice.get("/tasks").link("Tvåan"))
    assert again.heading == "For my groups"
    assert len(rows(again)) == 1
    assert alice.post("/tasks/views?tab=groups", name="Tvåan").status == 409
    assert "Tvåan" not in browsers("bob").get("/tasks").main


def test_what_was_done_says_when(browsers, alice, cases):
    alice.complete(next(iter(alice.get("/user-tasks").json["items"])))

    [row] = rows(browsers("alice").get("/tasks?tab=done"))

    assert "Done on" in row
    assert "Take the task" not in row


def test_a_case_says_who_did_a_step_for_whom(browsers, alice, charlie, cases):
    alice.post("/substitutions", json={"substitute": "charlie", **SINCE})
    task = charlie.get("/inbox", tab="behalf").json["items"][0]["task"]

    assert charlie.complete(task).status == 200

    case = f"/process-instances/{task['instance_id']}/elements"
    [step] = [each for each in alice.get(case).json["items"] if each["performer"]]
    assert (step["performer"], step["on_behalf_of"]) == ("charlie", "alice")
    page = browsers("alice").get(f"/cases/{task['instance_id']}")
    assert "charlie on behalf of alice" in page.main
