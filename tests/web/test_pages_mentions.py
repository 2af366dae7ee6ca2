"""Where one is mentioned, and what of it is not read yet."""

import re

import pytest

from engine.accounts import repository as accounts
from engine.execution import comments
from engine.identity.actor import SYSTEM, Actor
from engine.uow import look
from tests.bpmn.sketch import end, model, start, user
from tests.factories.diagrams import two_steps
from tests.web.test_statements import told

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
    return page.all("//main//li[contains(@class, 'row')]")


def states(page):
    return page.texts("//main//p[@class='row-when']")


def in_menu(page):
    return page.texts("//nav[@class='nav']//a[@href='/mentions']")


def press(browser, page, number=0):
    """Press the button of a row."""
    form = rows(page)[number].xpath(".//form")[0]
    onward = form.xpath("./input[@name='next']")[0].get("value")
    return browser.post(form.get("action"), next=onward)


def test_who_is_mentioned_nowhere_is_told_how_it_comes_about(browsers, case):
    page = browsers("bob").get("/mentions")

    assert page.heading == "My mentions"
    assert "Nobody has mentioned you yet." in page.main
    assert "writes @bob in a comment" in page.main
    assert not page.all("//nav[@class='pages']")
    assert in_menu(page) == ["Mentions"]


def test_mentions_lead_to_the_comments_where_they_stand(browsers, alice, case, task):
    of_case = mention(alice, case, "Om ärendet, @bob <b>")
    of_task = alice.post(
        f"/user-tasks/{task['id']}/comments", json={"text": "Om uppgiften, @bob"}
    ).json
    bob = browsers("bob")

    page = bob.get("/mentions")

    assert [row.xpath(".//a")[0].get("href") for row in rows(page)] == [
        f"/tasks/{task['id']}#comment-{of_task['id']}",
        f"/cases/{case['id']}#comment-{of_case['id']}",
    ]
    assert page.texts("//main//a[@class='row-name']") == ["alice in KS 7"] * 2
    assert page.all("//main//p[@class='row-text text']")[1].text == "Om ärendet, @bob <b>"
    for row in rows(page):
        address, _, anchor = row.xpath(".//a")[0].get("href").partition("#")
        bob.get(address).one(f"//*[@id='{anchor}']")


def test_what_is_read_is_said_by_the_reader_in_words(browsers, alice, case):
    mention(alice, case, "Först @bob")
    mention(alice, case, "Sedan @bob")
    bob = browsers("bob")
    page = bob.get("/mentions")
    assert states(page) == ["Not read", "Not read"]
    assert in_menu(page) == ["Mentions 2 not read"]
    assert rows(page)[0].xpath(".//button")[0].text_content().startswith("Mark as read what alice")

    read = press(bob, page)

    assert (read.status, read.address) == (200, "/mentions")
    assert "Noted as read." in read.texts("//*[@role='status']")[0]
    assert states(read)[0].startswith("Read on")
    assert states(read)[1] == "Not read"
    assert in_menu(bob.get("/cases")) == ["Mentions 1 not read"]
    again = press(bob, read)
    assert states(again) == ["Not read", "Not read"]
    assert in_menu(again) == ["Mentions 2 not read"]


def test_what_is_not_read_is_shown_alone(browsers, alice, case):
    mention(alice, case, "Först @bob")
    mention(alice, case, "Sedan @bob")
    bob = browsers("bob")
    press(bob, bob.get("/mentions"))

    page = bob.get("/mentions?show=unread")
    assert states(page) == ["Not read"]
    done = press(bob, page)

    assert rows(done) == []
    assert "You have read all of them." in done.main
    assert len(rows(bob.get("/mentions"))) == 2
    assert in_menu(done) == ["Mentions"]


def test_pages_of_mentions_follow_each_other_from_the_newest(browsers, alice, case):
    for each in range(32):
        mention(alice, case, f"Nummer {each} @bob")
    bob = browsers("bob")

    first = bob.get("/mentions?show=unread")
    rest = bob.get(first.link("Older mentions"))

    shown = [
        re.search(r"Nummer (\d+)", row.text_content())[1] for row in (*rows(first), *rows(rest))
    ]
    assert shown == [str(each) for each in reversed(range(32))]
    assert rest.link("Back to the newest") == "/mentions?show=unread"
    assert "Older mentions" not in rest.main
    assert in_menu(first) == ["Mentions 32 not read"]
    assert len(rows(bob.get("/mentions?after=nonsense"))) == 30


def test_the_count_is_bounded_and_takes_one_statement(browsers, installation, alice, case):
    bob = browsers("bob")
    bob.get("/account")  # what is read once, is read
    with told(installation) as before:
        bob.get("/account")
    for _ in range(101):
        mention(alice, case)

    with told(installation) as after:
        page = bob.get("/account")

    assert in_menu(page) == ["Mentions 99+ not read"]
    assert len(after) == len(before)
    assert len([each for each in after if "FROM mention" in each]) == 1
    with look(installation, SYSTEM) as unit:
        account = accounts.named(unit.session, "bob")
    with look(installation, Actor("bob", account.id, is_admin=True)) as unit:
        assert (comments.unread(unit), comments.unread(unit, most=3)) == (100, 3)


def test_nobody_learns_of_the_mentions_of_others(browsers, alice, bob, case):
    mention(alice, case)
    [found] = bob.get("/mentions").json["items"]

    for name in ("alice", "owner", "auditor", "admin", "charlie"):
        browser = browsers(name)
        page = browser.get("/mentions")
        assert (page.status, rows(page), in_menu(page)) == (200, [], ["Mentions"])
        for action in ("reading", "reading/removal"):
            assert browser.post(f"/mentions/{found['id']}/{action}").status == 404
            assert browser.post(f"/mentions/{NOBODY}/{action}").status == 404
    assert states(browsers("bob").get("/mentions")) == ["Not read"]


def test_a_case_that_may_not_be_seen_any_more_is_not_counted(browsers, installation, owner, alice):
    """Somebody who has the database takes charlie's task away."""
    owner.deploy(
        model("q", start(), user("a", rutin__candidateUsers="charlie"), end(), flows="s > a > e")
    )
    mention(alice, alice.start("q"), "@charlie")
    assert in_menu(browsers("charlie").get("/tasks")) == ["Mentions 1 not read"]

    with installation.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM user_task_candidate")
        session.connection().exec_driver_sql("UPDATE user_task SET assignee = 'bob'")
        session.commit()

    assert rows(browsers("charlie").get("/mentions")) == []
    assert in_menu(browsers("charlie").get("/tasks")) == ["Mentions"]


def test_an_error_is_told_without_the_count(browsers, alice, case):
    mention(alice, case)

    page = browsers("bob").get("/nothing")

    assert page.status == 404
    assert in_menu(page) == ["Mentions"]


def test_nobody_who_has_not_signed_in_comes_here(client):
    assert "/sign-in" in client.get("/mentions").headers["Location"]
