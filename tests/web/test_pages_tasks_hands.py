"""What else one can do with a task than complete it: each on a page of its own, for those who may."""

import pytest

from tests.bpmn.sketch import end, model, start, user
from tests.factories.browsers import problems
from tests.factories.diagrams import OFFICER, one_task, two_steps

HANDS = ("handover", "delegation", "return", "follow-up", "plan")


@pytest.fixture
def case(owner, alice):
    owner.deploy(one_task())
    return alice.start()


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["a"]


@pytest.fixture
def address(task):
    return f"/tasks/{task['id']}"


def now(caller, task):
    return caller.get(f"/user-tasks/{task['id']}").json


def offered(page):
    """Return where the links lead that hand a task on or plan it."""
    links = page.all("//details[@class='work-hands']//a")
    return [each.get("href").rpartition("/")[2] for each in links]


def test_what_is_not_permitted_is_not_offered(browsers, alice, address):
    untaken = offered(browsers("alice").get(address))
    browsers("alice").post(f"{address}/claim")

    assert untaken == ["handover", "delegation"]
    assert offered(browsers("alice").get(address)) == [
        *("handover", "delegation", "return", "follow-up")
    ]
    assert offered(browsers("bob").get(address)) == []
    assert offered(browsers("owner").get(address)) == ["plan"]
    assert offered(browsers("auditor").get(address)) == []


@pytest.mark.parametrize("who", ["alice", "admin"])
def test_every_offer_leads_to_a_page_that_says_what_will_happen(browsers, address, who):
    browsers("alice").post(f"{address}/claim")

    for hand in offered(browsers(who).get(address)):
        page = browsers(who).get(f"{address}/{hand}")
        assert page.status == 200
        assert page.all("//main//form//button")
        assert page.link("Back to the task") == address
        for each in page.all("//form[@class='sheet']//*[self::select or self::textarea]"):
            assert page.one(f"//label[@for='{each.get('id')}']").text_content().strip()


def test_a_task_is_handed_over_to_one_of_those_it_is_for(browsers, alice, bob, task, address):
    form = browsers("alice").get(f"{address}/handover")
    done = browsers("alice").post(f"{address}/handover", person="bob")

    assert [each.get("value") for each in form.all("//select/option")] == ["", "bob"]
    assert done.address == "/tasks"
    assert "“Handlägg” waits for bob now." in done.main
    assert now(bob, task)["assignee"] == "bob"
    assert "alice gave you the task." in browsers("bob").get(address).main


def test_a_task_is_prepared_by_somebody_else_and_comes_back(browsers, alice, task, address):
    done = browsers("alice").post(f"{address}/delegation", person="charlie")
    page = browsers("charlie").get(address)
    waiting = browsers("alice").get(address)
    given = browsers("charlie").post(f"{address}/resolution")
    back = browsers("alice").get(address)

    assert "charlie prepares “Handlägg”, and then it comes back to you." in done.main
    assert "alice asked you to prepare the task, and gets it back." in page.main
    assert page.buttons() == ["Give it back, prepared"]
    assert offered(page) == ["return", "follow-up"]
    assert "You asked charlie to prepare the task." in waiting.main
    assert "“Handlägg” is prepared, and waits for alice." in given.main
    assert "charlie has prepared the task for you." in back.main
    assert "Complete the task" in back.buttons()
    assert now(alice, task)["owner"] is None


def test_a_task_is_returned_with_a_reason_that_the_others_read(browsers, bob, task, address):
    browsers("alice").post(f"{address}/claim")

    done = browsers("alice").post(f"{address}/return", reason="I know <the> applicant.")
    page = browsers("bob").get(address)

    assert "You have returned “Handlägg”. It waits for officer." in done.main
    assert "alice returned the task." in page.main
    assert page.texts("//div[@class='work-asked']/blockquote") == ["I know <the> applicant."]
    assert now(bob, task)["assignee"] is None


def test_what_was_returned_says_why_also_when_somebody_takes_it(browsers, address):
    browsers("alice").post(f"{address}/claim")
    browsers("alice").post(f"{address}/return", reason="Too much to do.")
    browsers("bob").post(f"{address}/claim")

    assert "Too much to do." in browsers("bob").get(address).main
    browsers("bob").post(f"{address}/release")
    page = browsers("alice").get(address)
    assert page.all("//div[@class='work-asked']") == []
    assert "Too much to do." in page.texts("//details[@class='work-history']")[0]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_a_return_without_a_reason_is_asked_for_again(browsers, alice, task, address, reason):
    browsers("alice").post(f"{address}/claim")

    page = browsers("alice").post(f"{address}/return", reason=reason)

    assert page.status == 422
    assert page.title.startswith("Error:")
    assert problems(page) == ["Say why, in at most 2000 characters."]
    assert page.value("reason").strip() == reason.strip()
    assert now(alice, task)["assignee"] == "alice"


@pytest.mark.parametrize(
    ("person", "status", "sentence"),
    [
        ("", 422, "Choose a person."),
        ("nobody", 404, "There is no account 'nobody'."),
        ("charlie", 403, "charlie is not one of those the task is for."),
        ("x\0y", 404, "There is no account"),
    ],
)
def test_a_person_who_cannot_have_it_is_refused_where_they_were_chosen(
    browsers, alice, task, address, person, status, sentence
):
    page = browsers("alice").post(f"{address}/handover", person=person)

    assert page.status == status
    assert sentence in problems(page)[0]
    assert page.field("person").tag == "select"
    assert now(alice, task)["assignee"] is None


def test_who_was_too_slow_is_told_so(browsers, address):
    alice = browsers("alice")
    alice.get(f"{address}/handover")
    browsers("bob").post(f"{address}/claim")

    page = alice.post(f"{address}/handover", person="bob")
    closed = alice.get(f"{address}/return")

    assert page.status == 200  # bob has it, which is what was asked for
    assert closed.status == 403


def test_a_task_that_is_over_is_not_handed_on(browsers, alice, task, address):
    alice.complete(task)

    for hand in HANDS:
        who = "owner" if hand == "plan" else "alice"
        assert browsers(who).get(f"{address}/{hand}").status == 409
        page = browsers(who).post(f"{address}/{hand}", person="bob", reason="x", day="")
        assert page.status == 409
        assert "The task is no longer open." in page.main


def test_a_stranger_learns_of_nothing(browsers, address):
    charlie = browsers("charlie")

    for hand in (*HANDS, "resolution"):
        if hand != "resolution":
            assert charlie.get(f"{address}/{hand}").status == 404
        assert charlie.post(f"{address}/{hand}", person="charlie").status == 404


def test_who_looks_and_who_is_not_asked_may_not_hand_on(browsers, address):
    for who in ("auditor", "owner"):
        assert browsers(who).get(f"{address}/handover").status == 403
        assert browsers(who).post(f"{address}/handover", person="bob").status == 403
        assert browsers(who).post(f"{address}/delegation", person="bob").status == 403
    assert browsers("alice").get(f"{address}/plan").status == 403
    assert browsers("alice").post(f"{address}/plan", priority="75").status == 403


def test_a_follow_up_day_is_noted_and_taken_away(browsers, alice, task, address):
    browser = browsers("alice")
    browser.post(f"{address}/claim")

    noted = browser.post(f"{address}/follow-up", day="2031-03-31")
    form = browser.get(f"{address}/follow-up")
    kept = now(alice, task)["follow_up_at"]
    gone = browser.post(f"{address}/follow-up", day="")

    assert "To be followed up on 31 March 2031" in noted.main
    assert form.value("day") == "2031-03-31"
    assert kept.startswith("2031-03-30T22:00")  # midnight here
    assert "To be followed up" not in gone.main
    assert "alice took the follow-up day away." in gone.main


def test_a_deadline_and_a_priority_are_planned(browsers, owner, task, address):
    browser = browsers("owner")

    page = browser.post(f"{address}/plan", due_at="2031-03-31T16:30", priority="75")
    form = browser.get(f"{address}/plan")

    planned = now(owner, task)
    assert planned["due_at"].startswith("2031-03-31T14:30")
    assert planned["priority"] == 75
    assert "by 31 March 2031" in page.main
    assert "High priority." in page.main
    assert "owner set the deadline to 31 March 2031, 16:30." in page.main
    assert "owner set the priority: high priority." in page.main
    assert form.value("due_at") == "2031-03-31T16:30"
    assert form.one("//option[@selected]").get("value") == "75"


def test_a_deadline_that_nobody_touched_stays_to_the_second(browsers, owner, task, address):
    due = {"due_at": "2031-03-31T14:30:59+00:00"}
    owner.patch(f"/user-tasks/{task['id']}/plan", json=due)
    before = now(owner, task)["due_at"]
    shown = browsers("owner").get(f"{address}/plan").value("due_at")

    page = browsers("owner").post(f"{address}/plan", due_at=shown, priority="25")

    assert now(owner, task)["due_at"] == before
    assert "Low priority." in page.main
    assert page.main.count("owner set the deadline") == 1


@pytest.mark.parametrize(
    ("hand", "who", "typed"),
    [
        ("follow-up", "alice", {"day": "tomorrow"}),
        ("follow-up", "alice", {"day": "0001-01-01"}),
        ("follow-up", "alice", {"day": "2026-02-30"}),
        ("plan", "owner", {"due_at": "soon"}),
        ("plan", "owner", {"due_at": "9999-12-31T23:59"}),
        ("plan", "owner", {"due_at": "2031-03-31T16:30+05:00"}),
        ("plan", "owner", {"priority": "101"}),
        ("plan", "owner", {"priority": "-1"}),
        ("plan", "owner", {"priority": "9" * 5000}),
    ],
)
def test_what_is_no_day_and_no_priority_is_told_there(browsers, address, hand, who, typed):
    browsers("alice").post(f"{address}/claim")

    page = browsers(who).post(f"{address}/{hand}", **typed)

    assert page.status == 422
    assert len(problems(page)) == 1


def test_four_eyes_hold_when_a_task_is_handed_on(browsers, owner, alice):
    owner.deploy(two_steps())
    case = alice.start()
    alice.complete(alice.tasks(case)["first"])
    address = f"/tasks/{alice.tasks(case)['second']['id']}"

    page = browsers("alice").get(address)
    form = browsers("bob").get(f"{address}/handover")
    forced = browsers("bob").post(f"{address}/handover", person="alice")
    prepared = browsers("bob").post(f"{address}/delegation", person="alice")

    assert "Whoever has done an earlier step of the case may not do this one." in page.main
    assert "Whoever has done “Handlägg” may not do this step." in page.main
    assert offered(page) == ["handover"]
    assert "There is nobody else whom it can be given to." in form.main
    assert forced.status == prepared.status == 403


def test_secrecy_decides_whom_one_can_choose(browsers, owner, alice):
    owner.deploy(model("p", start(), user("a", **OFFICER), end(), flows="s > a > e"))
    secret = {"confidentiality": "secret", "secrecy_ground": "OSL 26 kap. 1 §"}
    body = {"definition_key": "p", "header": {**secret, "readers": ["alice", "charlie"]}}
    case = alice.post("/process-instances", json=body)
    assert case.status == 201, case.text
    address = f"/tasks/{alice.tasks(case.json)['a']['id']}"

    prepared = browsers("alice").get(f"{address}/delegation")

    assert [each.get("value") for each in prepared.all("//select/option")] == ["", "charlie"]
    for hand in HANDS:
        assert browsers("bob").get(f"{address}/{hand}").status == 404
    assert browsers("owner").get(f"{address}/plan").status == 404
