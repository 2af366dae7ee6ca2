"""More tasks than somebody waits for: done in the background, followed on a page, taken up again after a stop."""

import time
from uuid import UUID

import pytest

from engine.accounts import repository
from engine.batches import commands
from engine.clock import now
from engine.errors import NotFound
from engine.identity.actor import Actor
from engine.uow import begin, look
from tests.factories import diagrams
from web.pages.tasks import bulk

PATIENCE = 20.0


@pytest.fixture
def tasks(owner, alice, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    owner.deploy(diagrams.one_task())
    return [alice.tasks(alice.start())["a"]["id"] for _ in range(4)]


def mark(browser, act, tasks):
    return browser.post("/tasks/bulk", *[("task", each) for each in tasks], act=act)


def settled(browser, address):
    """Look at the page until all is done."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page = browser.get(address)
        if not page.all("//progress[@class='progress']"):
            return page
        time.sleep(0.05)
    raise AssertionError(page.main)


def actor(installation, name):
    with look(installation, Actor(name)) as unit:
        return Actor(name, repository.named(unit.session, name).id)


def test_many_are_done_in_the_background_and_followed(browsers, alice, tasks):
    browser = browsers("alice")
    page = mark(browser, "claim", tasks)

    assert page.address.startswith("/tasks/batches/")
    assert page.heading == "Take 4 tasks"
    done = settled(browser, page.address)
    assert "4 tasks are yours now." in done.main
    assert {alice.get(f"/user-tasks/{each}").json["assignee"] for each in tasks} == {"alice"}


def test_what_was_refused_is_told_of_and_stays_marked(browsers, alice, bob, tasks):
    bob.put(f"/user-tasks/{tasks[0]}/assignee", json={"user": "bob"})
    browser = browsers("alice")

    done = settled(browser, mark(browser, "claim", tasks).address)

    assert "1 task was left as it was" in done.main
    assert [each.get("value") for each in done.all("//input[@name='task']")] == [tasks[0]]


def test_few_are_done_at_once(browsers, tasks):
    assert mark(browsers("alice"), "claim", tasks[:2]).address == "/tasks"


def test_a_batch_is_its_owners_alone(browsers, tasks):
    address = mark(browsers("alice"), "claim", tasks).address

    for name in ("bob", "admin"):
        assert browsers(name).get(address).status == 404
        assert browsers(name).get(f"{address}/progress").status == 404
    settled(browsers("alice"), address)


def test_one_that_stands_still_is_taken_up_where_it_stopped(browsers, installation, alice, tasks):
    who = actor(installation, "alice")
    with begin(installation, who) as unit:
        batch = commands.create(
            unit, "claim", [UUID(each) for each in tasks], {"user": "", "origin": "/tasks"}
        )
        batch.done, batch.seen_at = 1, now() - 2 * commands.SILENT
        unit.commit()
        address = f"/tasks/batches/{batch.id}"
    browser = browsers("alice")
    assert "1 of 4 tasks" in browser.get("/tasks").main

    page = browser.get(address)
    assert "1 of 4 are dealt with." in page.main
    assert page.buttons() == ["Go on with the rest"]
    browser.post(f"{address}/continuation")
    settled(browser, address)

    assignees = [alice.get(f"/user-tasks/{each}").json["assignee"] for each in tasks]
    assert assignees == [None, "alice", "alice", "alice"]
    assert browser.post(f"{address}/continuation").status == 409
    assert "tasks that you marked" not in browser.get("/tasks").main


def test_without_a_script_the_page_asks_for_itself(browsers, installation):
    who = actor(installation, "alice")
    with begin(installation, who) as unit:
        batch = commands.create(unit, "claim", [UUID(int=1)], {"user": "", "origin": "/tasks"})
        unit.commit()
        address = f"/tasks/batches/{batch.id}"

    page = browsers("alice").get(address)

    assert page.all("//head//meta[@http-equiv='refresh']")
    assert page.one("//*[@id='batch']").get("hx-get") == f"{address}/progress"


def test_old_batches_go(installation, people):
    who = actor(installation, "alice")
    with begin(installation, who) as unit:
        old = commands.create(unit, "claim", [], {})
        old.created_at = now() - 2 * commands.KEPT
        unit.commit()
        gone = old.id
    with begin(installation, who) as unit:
        commands.create(unit, "claim", [], {})
        unit.commit()
    with (
        look(installation, who) as unit,
        pytest.raises(NotFound),
    ):
        commands.get(unit, gone)
