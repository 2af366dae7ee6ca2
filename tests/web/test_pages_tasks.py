"""What there is to do, and doing it on a page."""

import pytest

from tests.bpmn.sketch import element, end, model, script, start, user
from tests.factories.browsers import problems
from tests.factories.diagrams import FORM, OFFICER, asking, two_steps


def field(name, kind, **more):
    return {"name": name, "type": kind, "label": {"sv": f"{name} sv", "en": f"The {name}"}, **more}


def option(value):
    return {"value": value, "label": {"sv": f"{value} sv", "en": value.title()}}


EVERYTHING = {
    "key": "answer",
    "title": {"sv": "Svar", "en": "The report"},
    "intro": {"sv": "Inledning", "en": "Write what you know."},
    "fields": [
        field("line", "text", required=True, help={"sv": "Hjälp", "en": "One line."}),
        field("lines", "note"),
        field("count", "int", minimum=1),
        field("cost", "dec"),
        field("day", "date"),
        field("moment", "dt"),
        field("choice", "enum", required=True, options=[option("low"), option("high")]),
        field("why", "text", required=True, condition='choice = "high"'),
        field("several", "multi", options=[option("a"), option("b")]),
        field("sure", "bool", required=True),
        field("ticked", "bool"),
        field("person", "user"),
        field("persons", "users"),
        field(
            "rows",
            "table",
            columns=[field("what", "text", required=True), field("done", "bool")],
        ),
    ],
}
ANSWERS = {
    "line": "Åäö <script>alert(1)</script>",
    "lines": "one\ntwo",
    "count": "12",
    "cost": "12 500,50",
    "day": "2026-03-31",
    "moment": "2026-03-31T14:30",
    "choice": "low",
    "several": "b",
    "sure": "false",
    "person": "bob",
    "persons": "alice, bob",
    "rows-0-what": "first",
    "rows-0-done": "on",
}


@pytest.fixture
def case(owner, alice):
    """A case with one task for officers, which has a form with every kind of question."""
    owner.deploy(asking(EVERYTHING))
    return alice.start()


@pytest.fixture
def address(alice, case):
    return f"/tasks/{alice.tasks(case)['a']['id']}"


# ---------------------------------------------------------------- the form


def test_every_kind_of_question_has_its_control(browsers, address):
    page = browsers("alice").get(address)

    kinds = {
        each["name"]: page.field(each["name"]).tag
        for each in EVERYTHING["fields"]
        if each["name"] != "why"
    }
    assert kinds == {
        **dict.fromkeys(kinds, "input"),
        "lines": "textarea",
        "rows": "fieldset",
    }
    for name, kind in {
        "day": "date",
        "moment": "datetime-local",
        "choice": "radio",
        "several": "checkbox",
        "sure": "radio",
        "ticked": "checkbox",
    }.items():
        assert page.field(name).get("type") == kind
    assert page.texts("//h2")[0] == "The report"
    assert "Write what you know." in page.main


def test_every_input_has_a_label_and_every_group_a_legend(browsers, address):
    page = browsers("alice").get(address)

    for each in page.all(
        "//form[@class='sheet']//*[self::input or self::select or self::textarea]"
    ):
        if each.get("type") != "hidden":
            assert page.one(f"//label[@for='{each.get('id')}']").text_content().strip()
    for each in page.all("//fieldset"):
        assert each.xpath("./legend")[0].text_content().strip()


def test_what_must_be_answered_is_said_in_words(browsers, address):
    page = browsers("alice").get(address)

    assert page.texts("//label[@for='f-line']") == ["The line required"]
    assert page.texts("//label[@for='f-lines']") == ["The lines"]


def test_the_form_speaks_the_language_of_the_reader(browsers, address):
    page = browsers("alice", "sv").get(address)

    assert page.texts("//label[@for='f-line']") == ["line sv obligatoriskt"]


def test_a_task_is_completed_with_its_answers(browsers, alice, case, address):
    page = browsers("alice").post(address, **ANSWERS)

    assert page.address == "/tasks"
    assert "“Handlägg” is done. The case is completed." in page.texts("//*[@role='status']")[0]
    kept = alice.instance(case)["variables"]
    assert kept["line"] == ANSWERS["line"]
    assert kept["cost"] == 12500.5
    assert kept["moment"] == "2026-03-31T12:30:00+00:00"
    assert kept["several"] == ["b"]
    assert kept["sure"] is False
    assert kept["ticked"] is False
    assert kept["persons"] == ["alice", "bob"]
    assert kept["rows"] == [{"what": "first", "done": True}]


def test_the_receipt_shows_what_was_answered_and_by_whom(browsers, address):
    alice = browsers("alice")
    alice.post(address, **ANSWERS)

    page = alice.get(address)

    assert "Done by alice" in page.main
    assert "12,500.50" in page.main
    assert "31 March 2026" in page.main
    assert page.all("//form[@class='sheet']") == []
    assert "<script>alert" not in page.source
    assert ANSWERS["line"] in page.main


def test_what_is_wrong_is_told_above_and_beside_and_nothing_typed_is_lost(browsers, address):
    sent = {**ANSWERS, "line": "", "count": "no", "day": "2026-03-31", "rows-1-done": "on"}

    page = browsers("alice").post(address, **sent)

    assert page.status == 422
    assert page.title.startswith("Error:")
    assert problems(page) == [
        "The line: Fill this in.",
        "The count: Give a whole number, such as 12.",
        "The rows, row 2, The what: Fill this in.",
    ]
    wrong = page.field("count")
    assert wrong.get("aria-invalid") == "true"
    assert wrong.get("aria-describedby") == "wrong-count"
    assert page.one("//*[@id='wrong-count']").text_content().strip().startswith("Give a whole")
    for name in ("lines", "count", "cost", "day", "moment", "person", "persons", "rows-0-what"):
        assert page.value(name) == sent[name]
    assert page.one("//input[@name='choice' and @checked]").get("value") == "low"
    assert page.one("//input[@name='several' and @checked]").get("value") == "b"
    assert page.one("//input[@name='sure' and @checked]").get("value") == "false"


def test_a_question_is_asked_when_an_answer_leads_to_it(browsers, alice, case, address):
    browser = browsers("alice")
    sent = {**ANSWERS, "choice": "high"}

    before = browser.get(address)
    further = browser.post(address, **sent)
    done = browser.post(address, ("_asked", "why"), **sent, why="Because.")

    assert before.all("//*[@id='f-why']") == []
    assert "Your answers lead to further questions." in further.main
    assert further.field("why").get("value") == ""
    assert further.value("lines") == ANSWERS["lines"]
    assert done.address == "/tasks"
    assert alice.instance(case)["variables"]["why"] == "Because."


def test_a_question_that_no_longer_applies_is_taken_away_and_told(browsers, address):
    browser = browsers("alice")

    answered = browser.post(address, ("_asked", "why"), **ANSWERS, why="Because.")
    empty = browser.post(address, ("_asked", "why"), **ANSWERS, why="")

    assert "Some questions no longer apply." in answered.main
    assert answered.all("//*[@id='f-why']") == []
    assert empty.address == "/tasks"


def test_the_questions_are_brought_up_to_date_on_demand(browsers, address):
    page = browsers("alice").post(address, ("_update", "1"), choice="high")

    assert page.status == 200
    assert page.field("why") is not None
    assert problems(page) == []


def test_rows_are_added_and_taken_away(browsers, address):
    browser = browsers("alice")
    rows = {"rows-0-what": "first", "rows-1-what": "second"}

    longer = browser.post(address, ("_add", "rows"), **rows)
    shorter = browser.post(address, ("_remove", "rows-0"), **rows)

    assert [longer.value(f"rows-{each}-what") for each in range(3)] == ["first", "second", ""]
    assert shorter.value("rows-0-what") == "second"
    assert shorter.all("//*[@id='f-rows-1-what']") == []


@pytest.mark.parametrize(
    "pair",
    [
        ("_remove", "rows-99"),
        ("_remove", "line-0"),
        ("_remove", "x"),
        ("_add", "line"),
        ("_add", "?"),
    ],
)
def test_a_button_that_the_page_does_not_have_does_no_harm(browsers, address, pair):
    page = browsers("alice").post(address, pair, **{"rows-0-what": "first", "line": "text"})

    assert page.status == 200
    assert page.value("rows-0-what") == "first"


def test_a_field_sent_twice_is_refused_and_not_a_fault(browsers, address):
    page = browsers("alice").post(address, ("sure", "true"), ("line", "again"), **ANSWERS)

    assert page.status == 422


def test_what_the_form_does_not_ask_is_refused(browsers, alice, case, address):
    page = browsers("alice").post(address, **ANSWERS, initiator="mallory")

    assert page.status == 422
    assert problems(page) == ["initiator: The form has no field with this name."]
    assert alice.instance(case)["variables"]["initiator"] == "alice"


def test_a_form_begins_with_what_the_case_knows(browsers, owner, alice):
    form = {**EVERYTHING, "fields": [field("n", "int"), field("person", "user", default="bob")]}
    owner.deploy(asking(form))

    page = browsers("alice").get(f"/tasks/{alice.tasks(alice.start(n=7))['a']['id']}")

    assert page.value("n") == "7"
    assert page.value("person") == "bob"


# ---------------------------------------------------------------- without a form, and by whom


@pytest.fixture
def plain(owner, alice):
    """A case with one task for officers, which has instructions and no form."""
    instructed = element("documentation", "d", "Call the applicant.\n\nThen write it down.")
    owner.deploy(
        model(
            "p", start(), user("a", instructed, name="Ring", **OFFICER), end(), flows="s > a > e"
        )
    )
    return alice.start()


def task_of(caller, case, element="a"):
    return f"/tasks/{caller.tasks(case)[element]['id']}"


def test_a_task_without_a_form_is_instructions_and_a_button(browsers, alice, plain):
    browser, address = browsers("alice"), task_of(alice, plain)

    page = browser.get(address)
    done = browser.post(address)

    assert page.texts("//*[@class='instruction']/p") == [
        "Call the applicant.",
        "Then write it down.",
    ]
    assert page.buttons() == ["Take the task", "Complete the task"]
    assert done.address == "/tasks"
    assert alice.instance(plain)["state"] == "completed"


def test_a_task_is_taken_and_given_back(browsers, alice, plain):
    browser, address = browsers("alice"), task_of(alice, plain)

    taken = browser.post(f"{address}/claim", next="/tasks")
    page = browser.get(address)
    back = browser.post(f"{address}/release", next="https://evil.example/")

    assert taken.address == "/tasks"
    assert "You have taken the task “Ring”." in taken.main
    assert "Assigned to you" in taken.main
    assert "Waits for you." in page.main
    assert page.buttons() == ["Give the task back", "Complete the task"]
    assert back.address == address
    assert "nobody has taken it yet" in back.main


def test_what_somebody_has_taken_is_left_to_her(browsers, alice, bob, plain):
    address = task_of(alice, plain)
    browsers("alice").post(f"{address}/claim")

    page = browsers("bob").get(address)
    inbox = browsers("bob").get("/tasks")

    assert "alice has the task." in page.main
    assert page.buttons() == []
    assert "Nothing to do right now." in inbox.main
    assert bob.tasks(plain)


def test_who_comes_too_late_is_told_so(browsers, alice, plain):
    bob, address = browsers("bob"), task_of(alice, plain)
    browsers("alice").post(f"{address}/claim")

    claimed = bob.post(f"{address}/claim")
    browsers("alice").post(address)
    completed = bob.post(address)

    assert claimed.status == completed.status == 409
    assert "alice has already taken the task." in claimed.main
    assert "The task is no longer open." in completed.main
    assert completed.link("See how the task stands") == address


def test_four_eyes_are_explained_before_and_kept_after(browsers, owner, alice, bob):
    owner.deploy(two_steps())
    case = alice.start()
    alice.complete(alice.tasks(case)["first"])
    address = task_of(alice, case, "second")

    page = browsers("alice").get(address)
    inbox = browsers("alice").get("/tasks")
    forced = browsers("alice").post(address)
    other = browsers("bob").get(address)

    assert "Four eyes" in page.main
    assert page.buttons() == []
    assert "somebody else must do this one" in inbox.main
    assert "Take the task" not in inbox.main
    assert forced.status == 403
    assert "Complete the task" in other.buttons()
    assert bob.tasks(case)


def test_who_only_watches_has_no_buttons(browsers, alice, plain):
    page = browsers("auditor").get(task_of(alice, plain))

    assert "You can see the task, but it is not for you to do." in page.main
    assert page.buttons() == []


def test_a_stranger_learns_of_nothing(browsers, alice, plain, address):
    charlie = browsers("charlie")

    for each in (task_of(alice, plain), address):
        assert charlie.get(each).status == 404
        assert charlie.post(each).status == 404
        assert charlie.post(f"{each}/claim").status == 404
        assert charlie.post(f"{each}/release").status == 404
    assert "Nothing to do right now." in charlie.get("/tasks").main


def test_a_task_that_was_withdrawn_says_so(browsers, alice, plain):
    address = task_of(alice, plain)
    alice.post(f"/process-instances/{plain['id']}/cancellation", json={"reason": "Twice."})

    page = browsers("alice").get(address)

    assert "The task was withdrawn" in page.main
    assert page.buttons() == []


# ---------------------------------------------------------------- the inbox


def test_the_inbox_is_grouped_by_urgency_and_says_why(browsers, owner, alice):
    owner.deploy(
        model(
            "p",
            start(),
            user("late", name="Sen", rutin__dueDate="2020-01-01", **OFFICER),
            user("far", name="Fjärran", rutin__dueDate="P90D", **OFFICER),
            user("never", name="Fristlös", rutin__assignee="alice"),
            end(),
            flows="s > late > e; s > far > e; s > never > e",
        )
    )
    alice.post("/process-instances", json={"definition_key": "p", "business_key": "KS 1"})

    page = browsers("alice").get("/tasks")

    assert page.texts("//main//h2") == ["Late 1", "Later 1", "Without a deadline 1"]
    rows = page.texts("//li[contains(@class, 'row')]")
    assert "Sen" in rows[0]
    assert "days late" in rows[0]
    assert all("KS 1 p" in each for each in rows)
    assert "For officer" in rows[0]
    assert "Assigned to you" in rows[2]
    assert "Take the task Sen" in rows[0]
    assert "Take the task" not in rows[2]


def test_an_answer_that_stops_the_case_is_told_on_the_receipt(browsers, owner, alice):
    failing = model(
        "p",
        start(),
        user("a", name="Fråga", rutin__formKey="answer", **OFFICER),
        script("c", "x = 1 / n"),
        end(),
        flows="s > a > c > e",
    )
    owner.deploy({"p.bpmn": failing, "answer.form.json": FORM})

    page = browsers("alice").post(task_of(alice, alice.start()), n="0")

    assert "The case is stopped by an error" in page.main
    assert (
        "number cannot be divided by zero" in browsers("alice").get(page.link("See the case")).main
    )
