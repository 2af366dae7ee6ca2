"""The same act on all tasks that are marked: each by itself, and each is told of."""

from uuid import uuid4

import pytest

from tests.bpmn.sketch import end, model, start, user
from tests.factories import diagrams
from tests.factories.browsers import problems

HERE = "/tasks/bulk"
LIST = "/tasks?tab=groups"


@pytest.fixture
def tasks(owner, alice):
    """Tasks of three cases, of which the last asks something that must be answered."""
    asks = diagrams.OFFICER | {"rutin__formKey": "answer"}
    owner.deploy(diagrams.one_task(name="Ring"))
    other = model("q", start(), user("a", name="Svara", **asks), end(), flows="s > a > e")
    owner.deploy({"q.bpmn": other, "answer.form.json": diagrams.FORM})
    keys = [("p", "KS 0"), ("p", "KS 1"), ("q", "KS 2")]
    bodies = [{"definition_key": key, "business_key": name} for key, name in keys]
    cases = [alice.post("/process-instances", json=each).json for each in bodies]
    return [alice.tasks(each)["a"]["id"] for each in cases]


def act(browser, name, tasks, *more):
    pairs = [("task", each) for each in tasks]
    return browser.post(f"{HERE}?from={LIST}", ("act", name), *pairs, *more)


def state(caller, task):
    answer = caller.get(f"/user-tasks/{task}").json
    return answer["state"], answer["assignee"]


def marked(page):
    return [each.get("value") for each in page.all("//input[@name='task' and @checked]")]


def test_every_task_can_be_marked_and_says_what_it_is(browsers, tasks):
    page = browsers("alice").get("/tasks")

    boxes = page.all("//input[@name='task' and @type='checkbox']")
    assert {each.get("value") for each in boxes} == {*tasks}
    assert {each.get("form") for each in boxes} == {page.one("//form[@id='bulk']").get("id")}
    assert "Mark Ring in KS 0" in page.texts("//label[input/@name='task']")
    assert marked(page) == []


def test_all_are_marked_without_a_script(browsers, tasks):
    alice = browsers("alice")

    page = alice.get(alice.get(LIST).link("Mark all that are shown"))

    assert {*marked(page)} == {*tasks}
    assert marked(alice.get(page.link("Mark none"))) == []


def test_all_that_are_marked_are_taken(browsers, alice, tasks):
    page = act(browsers("alice"), "claim", tasks[:2])

    assert (page.address, page.heading) == ("/tasks", "For my groups")
    assert "2 tasks are yours now." in page.main
    assert [state(alice, each) for each in tasks] == [
        ("created", "alice"),
        ("created", "alice"),
        ("created", None),
    ]


def test_all_that_are_marked_are_given_back(browsers, alice, tasks):
    browser = browsers("alice")
    act(browser, "claim", tasks)

    page = act(browser, "release", tasks[:1])

    assert "1 task is given back." in page.main
    assert state(alice, tasks[0]) == ("created", None)


def test_what_is_refused_stays_marked_and_says_why(browsers, alice, tasks):
    act(browsers("bob"), "claim", tasks[:1])

    page = act(browsers("alice"), "claim", tasks)

    assert page.status == 200
    assert page.heading == "1 task was left as it was"
    assert "2 tasks are yours now." in page.main
    assert marked(page) == tasks[:1]
    assert "bob has already taken the task." in page.texts("//li[@class='row']")[0]
    assert page.link("Back to the list") == LIST
    assert state(alice, tasks[0]) == ("created", "bob")


def test_completing_is_asked_about_first(browsers, alice, tasks):
    browser = browsers("alice")

    question = act(browser, "complete", tasks)

    assert question.heading == "Complete 3 tasks"
    assert "cannot be taken back" in question.main
    assert {*marked(question)} == {*tasks}
    assert {state(alice, each)[0] for each in tasks} == {"created"}


def test_only_what_asks_nothing_is_completed(browsers, alice, tasks):
    page = act(browsers("alice"), "complete", tasks, ("sure", "1"))

    assert "2 tasks are done." in page.main
    assert marked(page) == tasks[2:]
    assert "It has questions that must be answered" in page.main
    assert [state(alice, each)[0] for each in tasks] == ["completed", "completed", "created"]


def test_tasks_are_given_to_somebody(browsers, alice, tasks):
    browser = browsers("alice")
    question = act(browser, "assign", tasks[:2])
    assert question.one("//label[@for='f-user']") is not None
    assert "bob" in [each.get("value") for each in question.all("//datalist/option")]

    page = act(browser, "assign", tasks[:2], ("user", "bob"), ("sure", "1"))

    assert "bob has got 2 tasks." in page.main
    assert [state(alice, each)[1] for each in tasks] == ["bob", "bob", None]


def test_they_are_given_to_nobody_who_is_not_there(browsers, alice, tasks):
    page = act(browsers("alice"), "assign", tasks, ("user", "mallory"), ("sure", "1"))

    assert page.status == 422
    assert problems(page) == ["Choose somebody who has an account here."]
    assert {*marked(page)} == {*tasks}
    assert {state(alice, each)[1] for each in tasks} == {None}


def test_who_may_not_have_it_does_not_get_it(browsers, alice, tasks):
    page = act(browsers("alice"), "assign", tasks[:1], ("user", "charlie"), ("sure", "1"))

    assert "Nothing was done." in page.main
    assert "charlie is not one of those the task is for." in page.main
    assert state(alice, tasks[0]) == ("created", None)


def test_nothing_marked_is_told(browsers, tasks):
    page = act(browsers("alice"), "claim", ["x"])

    assert (page.address, page.heading) == ("/tasks", "For my groups")
    assert "Mark at least one task first." in page.main


@pytest.mark.parametrize("name", ["", "destroy"])
def test_an_act_that_there_is_not_is_refused(browsers, tasks, name):
    assert act(browsers("alice"), name, tasks).status == 422


def test_there_is_a_most(browsers, tasks):
    page = act(browsers("alice"), "claim", [str(uuid4()) for _ in range(101)])

    assert page.status == 422
    assert "Mark at most 100 tasks at a time." in page.main


def test_a_list_of_what_is_done_has_nothing_to_mark(browsers, alice, tasks):
    alice.post(f"/user-tasks/{tasks[0]}/completion", json={})

    page = browsers("alice").get("/tasks?tab=done")

    assert page.all("//input[@name='task']") == []
    assert page.all("//form[@id='bulk']") == []


def test_a_stranger_learns_of_nothing(browsers, alice, tasks):
    charlie = browsers("charlie")

    taken = act(charlie, "claim", tasks)
    question = act(charlie, "complete", tasks)

    for page in (taken, question):
        assert "Ring" not in page.main
        assert "KS 0" not in page.main
    assert "Nothing was done." in taken.main
    assert {state(alice, each)[1] for each in tasks} == {None}
