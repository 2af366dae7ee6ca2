"""What one is told: by whom, of what, on which day, and what of it is not read yet."""

import re

import pytest

from engine.accounts import repository as accounts
from engine.execution import notifications
from engine.identity.actor import SYSTEM, Actor
from engine.uow import look
from tests.bpmn.sketch import end, model, start, user
from tests.factories.clocks import clock
from tests.factories.diagrams import two_steps
from tests.web.test_statements import told

__all__ = ["clock"]

NOBODY = "01990000-0000-7000-8000-000000000000"


@pytest.fixture
def case(owner, alice):
    owner.deploy(two_steps())
    return alice.post(
        "/process-instances", json={"definition_key": "p", "business_key": "KS 7"}
    ).json


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["first"]


def mention(caller, case, text="Hej @bob"):
    return caller.post(f"/process-instances/{case['id']}/comments", json={"text": text}).json


def rows(page):
    return page.all("//main//li[starts-with(@id, 'notification-')]")


def sentences(page):
    return page.texts("//main//li[starts-with(@id, 'notification-')]//a[@class='row-name']")


def states(page):
    return page.texts("//main//li[starts-with(@id, 'notification-')]//p[@class='row-when']")


def in_menu(page):
    """Return how many are unread, as the frame tells it."""
    return [each.split()[0] for each in page.texts("//strong[@class='unread']")]


def press(browser, page, number=0):
    """Press the button of a row."""
    form = rows(page)[number].xpath(".//form")[0]
    onward = form.xpath("./input[@name='next']")[0].get("value")
    return browser.post(form.get("action"), next=onward)


def test_who_has_been_told_nothing_learns_how_it_comes_about(browsers, case):
    page = browsers("bob").get("/notifications")

    assert page.heading == "Notifications"
    assert "There is nothing to tell you yet." in page.main
    assert "writes @bob in a comment" in page.main
    assert not page.all("//nav[@class='pages']")
    assert "Mark all as read" not in page.buttons()
    assert in_menu(page) == []


def test_what_others_do_is_told_in_sentences_that_lead_to_the_place(browsers, alice, bob, task):
    alice.assign(task, "bob")
    page = browsers("bob").get("/notifications")
    assert sentences(page) == ["alice gave you the task “Handlägg”."]
    assert page.link("alice gave you the task") == f"/tasks/{task['id']}"
    assert page.texts("//h2[@class='group']") == ["Today"]

    bob.post(f"/user-tasks/{task['id']}/delegation", json={"user": "alice"})
    alice.post(f"/user-tasks/{task['id']}/resolution")
    bob.post(f"/user-tasks/{task['id']}/delegation", json={"user": "alice"})
    alice.post(f"/user-tasks/{task['id']}/return", json={"reason": "Hinner inte"})

    assert sentences(browsers("bob").get("/notifications"))[:2] == [
        "alice returned the task “Handlägg” to you.",
        "alice has prepared the task “Handlägg” for you.",
    ]
    assert (
        sentences(browsers("alice").get("/notifications"))
        == ["bob asks you to prepare the task “Handlägg”."] * 2
    )


def test_who_started_a_case_is_told_when_others_end_it(browsers, admin, alice, bob, owner, case):
    alice.complete(alice.tasks(case)["first"])
    bob.complete(bob.tasks(case)["second"])
    other = alice.start("p")
    admin.post(f"/process-instances/{other['id']}/cancellation", json={"reason": "Dubblett"})

    page = browsers("alice").get("/notifications")

    cancelled, completed = sentences(page)
    assert cancelled.startswith("admin cancelled the case ")
    assert completed == "The case KS 7 is completed."
    assert page.link("KS 7 is completed") == f"/cases/{case['id']}"
    assert sentences(browsers("bob").get("/notifications")) == []


def test_mentions_lead_to_the_comments_where_they_stand(browsers, alice, case, task):
    of_case = mention(alice, case, "Om ärendet, @bob <b>")
    of_task = alice.post(
        f"/user-tasks/{task['id']}/comments", json={"text": "Om uppgiften, @bob"}
    ).json
    bob = browsers("bob")

    page = bob.get("/mentions")

    assert page.address == "/notifications"
    assert [row.xpath(".//a")[0].get("href") for row in rows(page)] == [
        f"/tasks/{task['id']}#comment-{of_task['id']}",
        f"/cases/{case['id']}#comment-{of_case['id']}",
    ]
    assert sentences(page) == ["alice mentioned you in KS 7."] * 2
    assert page.all("//main//p[@class='row-text text']")[1].text == "Om ärendet, @bob <b>"
    for row in rows(page):
        address, _, anchor = row.xpath(".//a")[0].get("href").partition("#")
        bob.get(address).one(f"//*[@id='{anchor}']")


def test_what_is_read_is_said_by_the_reader_in_words(browsers, alice, case, task):
    mention(alice, case, "Först @bob")
    alice.assign(task, "bob")
    bob = browsers("bob")
    page = bob.get("/notifications")
    assert states(page) == ["Not read", "Not read"]
    assert in_menu(page) == ["2"]
    assert "Mark as read: alice gave you" in rows(page)[0].xpath(".//button")[0].text_content()

    for number in (0, 1):
        page = press(bob, page, number)
        assert (page.status, page.address) == (200, "/notifications")
        assert "Noted as read." in page.texts("//*[@role='status']")[0]
        assert states(page)[number].startswith("Read on")

    assert in_menu(bob.get("/cases")) == []
    again = press(bob, page)
    assert states(again)[0] == "Not read"
    assert in_menu(again) == ["1"]


def test_what_is_not_read_is_shown_alone(browsers, alice, case):
    mention(alice, case, "Först @bob")
    mention(alice, case, "Sedan @bob")
    bob = browsers("bob")
    press(bob, bob.get("/notifications"))

    page = bob.get("/mentions?show=unread")
    assert states(page) == ["Not read"]
    done = press(bob, page)

    assert rows(done) == []
    assert "You have read all of them." in done.main
    assert len(rows(bob.get("/notifications"))) == 2
    assert in_menu(done) == []


def test_all_are_noted_as_read_but_for_what_came_meanwhile(browsers, alice, case, task):
    mention(alice, case)
    alice.assign(task, "bob")
    bob = browsers("bob")
    page = bob.get("/notifications")
    until = page.one("//input[@name='until']").get("value")
    mention(alice, case, "Just nu @bob")

    after = bob.post("/notifications/reading", until=until)

    assert "All of them are noted as read." in after.main
    assert [each.startswith("Read on") for each in states(after)] == [False, True, True]
    assert in_menu(after) == ["1"]
    assert bob.post("/notifications/reading", until="x").status == 200
    assert in_menu(bob.get("/notifications")) == ["1"]


def test_nobody_marks_the_notifications_of_others_as_read(browsers, alice, case):
    mention(alice, case)
    until = browsers("bob").get("/notifications").one("//input[@name='until']").get("value")

    for name in ("alice", "owner", "auditor", "admin", "charlie"):
        browsers(name).post("/notifications/reading", until="ffffffff-ffff-7fff-bfff-ffffffffffff")

    assert until
    assert states(browsers("bob").get("/notifications")) == ["Not read"]


def test_pages_follow_each_other_from_the_newest_whatever_their_kind(
    browsers, alice, bob, case, task
):
    alice.assign(task, "bob")
    for each in range(31):
        mention(alice, case, f"Nummer {each} @bob")
        if each % 3 == 0:
            bob.post(f"/user-tasks/{task['id']}/delegation", json={"user": "alice"})
            alice.post(f"/user-tasks/{task['id']}/resolution")
    reader = browsers("bob")

    first = reader.get("/notifications?show=unread")
    rest = reader.get(first.link("Older notifications"))

    shown = [row.text_content() for row in (*rows(first), *rows(rest))]
    numbers = [found[1] for row in shown if (found := re.search(r"Nummer (\d+)", row))]
    assert numbers == [str(each) for each in reversed(range(31))]
    assert (len(rows(first)), len(rows(rest))) == (30, 31 + 11 + 1 - 30)
    assert "prepared" in shown[0]
    assert "gave you" in shown[-1]
    assert rest.link("Back to the newest") == "/notifications?show=unread"
    assert "Older notifications" not in rest.main
    assert "Mark all as read" not in rest.buttons()
    assert len(rows(reader.get("/notifications?after=nonsense"))) == 30


def test_the_days_are_told_apart(browsers, clock, alice, case):
    mention(alice, case, "Förrgår @bob")
    clock.forward(days=1)
    mention(alice, case, "I går @bob")
    clock.forward(days=1)
    mention(alice, case, "I dag @bob")

    page = browsers("bob").get("/notifications")

    days = page.texts("//h2[@class='group']")
    assert days[:2] == ["Today", "Yesterday"]
    assert re.fullmatch(r"\d+ \w+ \d{4}", days[2])


def test_late_tasks_stand_above_until_they_are_done(browsers, clock, owner, alice):
    late = user("a", rutin__assignee="alice", rutin__dueDate="PT1H")
    owner.deploy({"q.bpmn": model("q", start(), late, end(), flows="s > a > e")})
    cases = [alice.start("q") for _ in range(7)]
    browser = browsers("alice")
    assert "late now" not in browser.get("/notifications").main
    clock.forward(minutes=90)

    page = browser.get("/notifications")

    assert len(page.all("//section[@aria-labelledby='late']//li")) == 5
    assert page.link("All your tasks that are late") == "/tasks?tab=mine&overdue=true"
    assert in_menu(page) == []
    for each in cases:
        alice.complete(alice.tasks(each)["a"])
    assert "late now" not in browser.get("/notifications").main
    assert "late now" not in browsers("charlie").get("/notifications").main


def test_the_count_is_bounded_and_takes_two_statements_at_most(
    browsers, installation, alice, case
):
    bob = browsers("bob")
    bob.get("/routines")  # what is read once, is read
    with told(installation) as before:
        bob.get("/routines")
    for _ in range(101):
        mention(alice, case)

    with told(installation) as after:
        page = bob.get("/routines")

    assert in_menu(page) == ["99+"]
    assert len(after) == len(before) + 1
    assert len([each for each in before if "FROM notification" in each]) == 1
    with look(installation, SYSTEM) as unit:
        account = accounts.named(unit.session, "bob")
    with look(installation, Actor("bob", account.id, is_admin=True)) as unit:
        assert (notifications.unread(unit), notifications.unread(unit, most=3)) == (100, 3)


def test_the_page_takes_as_many_statements_however_long_it_is(
    browsers, installation, alice, bob, case, task
):
    alice.assign(task, "bob")
    mention(alice, case)
    reader = browsers("bob")
    reader.get("/notifications")
    with told(installation) as before:
        reader.get("/notifications")
    for each in range(12):
        alice.assign(alice.tasks(alice.start("p"))["first"], "bob")
        mention(alice, case, f"{each} @bob")

    with told(installation) as after:
        page = reader.get("/notifications")

    assert len(rows(page)) == 26
    assert len(after) == len(before)


def test_the_unread_are_found_by_an_index(installation):
    with installation.database.reading() as session:
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT instance_id FROM notification "
            "WHERE account_id = 'x' AND read_at IS NULL ORDER BY id DESC LIMIT 100"
        )
        steps = " ".join(row[-1] for row in plan)

    assert "ix__notification__unread" in steps
    assert "TEMP B-TREE" not in steps


def test_nobody_learns_of_the_notifications_of_others(browsers, alice, bob, case, task):
    mention(alice, case)
    alice.assign(task, "bob")
    found = bob.get("/notifications").json["items"]
    assert len(found) == 2

    for name in ("alice", "owner", "auditor", "admin", "charlie"):
        browser = browsers(name)
        page = browser.get("/notifications")
        assert (page.status, rows(page), in_menu(page)) == (200, [], [])
        for each in (*(one["id"] for one in found), NOBODY):
            for action in ("reading", "reading/removal"):
                assert browser.post(f"/notifications/{each}/{action}").status == 404
    assert states(browsers("bob").get("/notifications")) == ["Not read"] * 2


def test_a_case_that_may_not_be_seen_any_more_is_neither_told_nor_counted(
    browsers, installation, owner, alice
):
    """Somebody who has the database takes charlie's task away."""
    owner.deploy(
        model("q", start(), user("a", rutin__candidateUsers="charlie"), end(), flows="s > a > e")
    )
    case = alice.start("q")
    mention(alice, case, "@charlie")
    browser = browsers("charlie")
    assert in_menu(browser.get("/tasks")) == ["1"]

    with installation.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM user_task_candidate")
        session.connection().exec_driver_sql("UPDATE user_task SET assignee = 'bob'")
        session.commit()

    assert rows(browser.get("/notifications")) == []
    assert in_menu(browser.get("/tasks")) == []


def test_a_case_that_became_secret_is_not_told_of(browsers, alice, bob, owner, case, task):
    alice.assign(task, "bob")
    [found] = bob.get("/notifications").json["items"]
    assert in_menu(browsers("bob").get("/tasks")) == ["1"]

    secret = {
        "confidentiality": "secret",
        "secrecy_ground": "OSL 26 kap. 1 §",
        "readers": ["alice"],
    }
    answer = alice.patch(f"/process-instances/{case['id']}/header", json=secret)
    assert answer.status == 200, answer.text

    page = browsers("bob").get("/notifications")
    assert (rows(page), in_menu(page)) == ([], [])
    assert "KS 7" not in page.source
    assert bob.get("/notifications").json["items"] == []
    assert bob.put(f"/notifications/{found['id']}/reading").status == 404


def test_an_error_is_told_without_the_count(browsers, alice, case):
    mention(alice, case)

    page = browsers("bob").get("/nothing")

    assert page.status == 404
    assert in_menu(page) == []


def test_the_page_is_there_in_swedish(browsers, alice, task):
    alice.assign(task, "bob")

    page = browsers("bob", "sv").get("/notifications")

    assert page.heading == "Aviseringar"
    assert sentences(page) == ["alice gav dig uppgiften ”Handlägg”."]


@pytest.mark.parametrize("address", ["/notifications", "/mentions"])
def test_nobody_who_has_not_signed_in_comes_here(client, address):
    assert "/sign-in" in client.get(address).headers["Location"]
