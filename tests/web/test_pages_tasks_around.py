"""Where a task came from, as its page says: its step in the routine, what others answered, what happened to it."""

import json
from itertools import pairwise

import pytest

from tests.bpmn.sketch import end, model, script, start, sub, user, xor
from tests.factories.diagrams import OFFICER, one_task
from tests.web.test_pages_tasks import field, option
from tests.web.test_statements import told
from web.pages.tasks import neighbourhoods

MOST_STATEMENTS = 36


def form(key, *fields):
    return json.dumps({"key": key, "title": {"sv": key, "en": key}, "fields": fields}).encode()


FORMS = {
    "draft.form.json": form("draft", field("text", "text")),
    "review.form.json": form("review", field("verdict", "enum", options=[option("good")])),
}
ROUTINE = model(
    "p",
    start(),
    user("write", name="Skriv", rutin__formKey="draft", **OFFICER),
    script("count", "rounds = 1"),
    xor("again"),
    user("review", name="Granska", rutin__formKey="review", **OFFICER),
    xor("good", default="good--approve"),
    user("approve", name="Fastställ", **OFFICER),
    user("archive", name="Arkivera", **OFFICER),
    end(),
    flows="s > write > count > again > review > good > approve > archive > e;"
    " good > write ? rounds > 5",
)


@pytest.fixture
def case(owner, alice):
    deployed = owner.deploy({"p.bpmn": ROUTINE, **FORMS})
    assert deployed.status == 201, deployed.text
    return alice.start()


@pytest.fixture
def review(alice, case):
    """The address of the second step, the first one done by alice."""
    alice.complete(alice.tasks(case)["write"], text="Our routine.")
    return f"/tasks/{alice.tasks(case)['review']['id']}"


def around(page):
    return page.texts("//section[@class='work-around']/p")[0]


def drawn(page):
    return {
        each.get("data-element-id"): set(each.get("class").split())
        for each in page.all("//*[local-name()='svg']//*[@data-element-id]")
        if "--" not in each.get("data-element-id")
    }


def test_the_sentence_says_what_was_before_and_what_comes(browsers, review):
    page = browsers("bob").get(review)

    assert around(page).startswith("Before: Skriv (alice, ")
    assert around(page).endswith("After: Fastställ or Skriv.")


def test_the_first_and_the_last_step_say_so(browsers, alice, owner):
    owner.deploy(one_task())

    page = browsers("alice").get(f"/tasks/{alice.tasks(alice.start())['a']['id']}")

    assert around(page) == "The routine begins with this step. The routine ends after this step."


def test_a_step_in_a_part_of_the_routine_looks_out_of_it(browsers, alice, owner):
    part = sub("part", start("s1"), user("a", **OFFICER), end("e1"), flows="s1 > a > e1")
    last = user("b", name="Sist", **OFFICER)
    first = user("c", name="Först", **OFFICER)
    owner.deploy(model("p", start(), first, part, last, end(), flows="s > c > part > b > e"))
    case = alice.start()
    alice.complete(alice.tasks(case)["c"])

    page = browsers("alice").get(f"/tasks/{alice.tasks(case)['a']['id']}")

    assert around(page).startswith("Before: Först (alice, ")
    assert around(page).endswith("After: Sist.")


def test_the_picture_is_cut_to_the_step_and_marked(browsers, review):
    page = browsers("bob").get(review)

    shown = drawn(page)
    assert "is-here" in shown["review"]
    assert "is-done" in shown["count"]
    assert "archive" not in shown
    assert {"again", "good", "approve"} <= shown.keys()
    assert page.texts("//ul[@class='work-marks']/li") == ["this step", "done"]
    assert page.one("//div[@class='picture']").get("tabindex") == "0"


def test_a_picture_that_would_take_too_long_is_left_out_and_the_sentence_stays(
    browsers, review, monkeypatch
):
    monkeypatch.setattr(neighbourhoods, "LARGEST_FILE", 10)

    page = browsers("bob").get(review)

    assert drawn(page) == {}
    assert around(page).startswith("Before: Skriv (alice, ")


def test_earlier_answers_stand_under_their_step_with_who_and_when(browsers, review):
    page = browsers("bob").get(review)

    [earlier] = page.texts("//section[@class='work-earlier']")
    assert earlier.startswith("Skriv alice, ")
    assert "The text Our routine." in earlier
    assert "rounds 1" in page.texts("//aside/details")[0]


def test_the_history_of_a_task_is_told_in_sentences(browsers, alice, bob, review):
    browsers("bob").post(f"{review}/claim")
    browsers("bob").post(f"{review}/release")
    browsers("alice").post(f"{review}/delegation", person="charlie")

    page = browsers("alice").get(review)

    assert page.texts("//ol[@class='history']/li/div") == [
        "The task was created.",
        "bob took the task.",
        "bob gave the task back.",
        "alice asked charlie to prepare the task.",
    ]


def test_the_page_speaks_swedish(browsers, review):
    page = browsers("bob", "sv").get(review)

    assert around(page).startswith("Före: Skriv (alice, ")
    assert around(page).endswith("Sedan: Fastställ eller Skriv.")
    assert "I ärendet p , som alice startade" in page.main


def test_no_id_stands_twice_and_none_is_that_of_the_list(browsers, review):
    page = browsers("bob").get(review)
    listed = browsers("bob").get("/tasks")

    ids = [each.get("id") for each in page.all("//main//*[@id]")]
    assert len(ids) == len(set(ids))
    assert not set(ids) & {each.get("id") for each in listed.all("//main//*[@id]")}


def test_headings_come_in_order_and_the_page_needs_no_script(browsers, review):
    page = browsers("bob").get(review)

    levels = [int(each.tag[1]) for each in page.all("//main//*[self::h1 or self::h2 or self::h3]")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.all("//main//script") == []
    assert page.all("//main//*[@style]") == []


def test_the_page_takes_a_bounded_number_of_statements(
    installation, browsers, alice, case, review
):
    browser = browsers("bob")

    def go_on(number):
        alice.post(f"/process-instances/{case['id']}/comments", json={"text": f"N {number}"})
        browser.post(f"{review}/claim")
        browser.post(f"{review}/release")

    go_on(0)
    browser.get(review)
    with told(installation) as few:
        browser.get(review)
    for number in range(1, 6):
        go_on(number)

    with told(installation) as many:
        browser.get(review)

    assert len(many) == len(few)
    assert len(few) <= MOST_STATEMENTS, "\n".join(few)
