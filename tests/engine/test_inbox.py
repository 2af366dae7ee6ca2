"""What there is to do for somebody, in pages: the same as the rules say, only faster."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from engine.identity.actor import Actor
from engine.identity.holdings import Proxy
from engine.inbox import lists, repository
from engine.inbox.asking import SORTS, Asked, Filters, Sort, Tab
from engine.tasks.models import UserTask
from tests.engine import inboxes
from tests.engine.inboxes import NOON

ALICE = Actor(
    "alice", uuid4(), frozenset({"mas", "unit_manager@hemtjanst", "unit_manager@boende"})
)
BOBS = frozenset({"officer", "unit_manager@skola", "mas"})
SUBSTITUTES = {
    "for everything": Proxy(uuid4(), "bob", BOBS, None, is_personal=True),
    "for a routine": Proxy(uuid4(), "bob", BOBS, frozenset({"leave"}), is_personal=True),
    "for a role": Proxy(uuid4(), "bob", frozenset({"officer", "mas"}), None, is_personal=False),
}
OPEN = (Tab.OPEN, Tab.MINE, Tab.GROUPS, Tab.BEHALF)


@pytest.fixture
def session(installation, people):  # the people first: one writes at a time
    with installation.database.writing() as session:
        yield session


def asked(tab=Tab.OPEN, sort=Sort.DUE, limit=50, after=None, **filters):
    return Asked(tab, sort, Filters(**filters), after, limit)


def found(session, actor, *args, **more):
    items, _ = repository.page(session, actor, asked(*args, **more), NOON)
    return [each.task.id for each in items]


def walked(session, actor, question):
    """Go through all pages of a list."""
    seen, after = [], None
    while True:
        items, after = repository.page(session, actor, replace(question, after=after), NOON)
        seen += [(each.task or each.case).id for each in items]
        if after is None:
            return seen


def statements(session):
    counted = []
    event.listen(
        session.connection(), "before_cursor_execute", lambda *args: counted.append(args[2])
    )
    return counted


@pytest.mark.parametrize("sort", SORTS[Tab.OPEN])
@pytest.mark.parametrize("tab", [Tab.OPEN, Tab.MINE, Tab.GROUPS])
def test_a_tab_holds_what_the_rules_give_in_the_order_asked_for(session, tab, sort):
    inboxes.fill(session)

    seen = walked(session, ALICE, asked(tab, sort, limit=7))

    assert seen == inboxes.in_order(inboxes.expected(session, ALICE, tab), sort)
    assert seen


@pytest.mark.parametrize("proxy", SUBSTITUTES.values(), ids=SUBSTITUTES)
def test_what_may_be_done_for_others_is_a_tab_of_its_own(session, proxy):
    inboxes.fill(session)
    alice = replace(ALICE, proxies=(proxy,))

    seen = walked(session, alice, asked(Tab.BEHALF, limit=7))

    assert seen == inboxes.in_order(inboxes.expected(session, alice, Tab.BEHALF), "due")
    assert seen


def test_those_who_hold_hundreds_of_roles_see_a_task_once(session):
    its = inboxes.case(session, inboxes.definition(session, "p"))
    units = [f"mas@unit{number}" for number in range(300)]
    shared = inboxes.task(session, its, groups=units, due_at=NOON)
    others = [
        inboxes.task(session, its, groups=[unit], due_at=NOON + timedelta(hours=hour))
        for hour, unit in enumerate(units[:9], 1)
    ]
    actor = Actor("alice", uuid4(), frozenset(units))

    assert walked(session, actor, asked(limit=3)) == [shared, *others]


FILTERS = {
    "process": ({"process": "leave"}, lambda task: task.process == "leave"),
    "unit": ({"unit": "boende"}, lambda task: task.case.unit == "boende"),
    "role": (
        {"role": "unit_manager"},
        lambda task: any(
            each.startswith("unit_manager@") and (task.assignee or each in task.held)
            for each in task.candidate_groups
        ),
    ),
    "due before": ({"due_before": NOON}, lambda task: task.due_at and task.due_at < NOON),
    "due after": ({"due_after": NOON}, lambda task: task.due_at and task.due_at >= NOON),
    "overdue": ({"overdue": True}, lambda task: task.due_at and task.due_at < NOON),
    "without due": ({"without_due": True}, lambda task: task.due_at is None),
    "priority": ({"priority": 50}, lambda task: task.priority and task.priority >= 50),
    "business key": ({"business_key": "2026-003"}, lambda task: task.key == "2026-003"),
    "prefix": (
        {"business_key_prefix": "2026-0"},
        lambda task: task.key and task.key.startswith("2026-0"),
    ),
}


@pytest.mark.parametrize("few", [0, 500], ids=["at each task", "cases first"])
@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("tab", OPEN)
def test_filters_narrow_a_tab(session, monkeypatch, tab, name, few):
    monkeypatch.setattr("engine.inbox.cases.FEW", few)
    inboxes.fill(session, count=80)
    filters, holds = FILTERS[name]
    alice = replace(ALICE, proxies=(SUBSTITUTES["for everything"],))

    seen = walked(session, alice, asked(tab, limit=7, **filters))

    wanted = inboxes.expected(session, alice, tab)
    for each in wanted:
        each.held = BOBS if tab is Tab.BEHALF else ALICE.groups
        each.case = session.get(inboxes.ProcessInstance, each.instance_id)
        each.key, each.process = each.case.business_key, inboxes.key_of(session, each)
    wanted = [each for each in wanted if holds(each)]
    assert seen == inboxes.in_order(wanted, "due")


def test_a_page_goes_on_where_the_last_ended_whatever_came_meanwhile(session):
    its = inboxes.case(session, inboxes.definition(session, "p"))
    first, second, third = (
        inboxes.task(session, its, groups=["mas"], due_at=NOON + timedelta(hours=hour))
        for hour in (1, 2, 3)
    )
    items, after = repository.page(session, ALICE, asked(limit=2), NOON)
    inboxes.task(session, its, groups=["mas"], due_at=NOON)  # belongs before what was shown
    session.get(UserTask, second).assignee = "bob"  # the page ended with it
    session.flush()

    assert [each.task.id for each in items] == [first, second]
    assert found(session, ALICE, after=after) == [third]


def test_the_index_follows_whatever_becomes_of_tasks(session):
    inboxes.fill(session, count=40)
    its = inboxes.case(session, inboxes.definition(session, "p"), unit="boende")
    task = session.get(UserTask, inboxes.task(session, its, groups=["mas"], users=["bob"]))

    def same():
        session.flush()
        kept, now = (
            set(session.execute(text(f"SELECT * FROM {table}")).all())
            for table in ("inbox_entry", "inbox_now")
        )
        assert kept == now
        named = "SELECT place FROM inbox_entry JOIN user_task ON id = task_id WHERE element_id = 'here'"
        return set(session.scalars(text(named)))

    task.element_id = "here"
    assert same() == {"group:mas", "user:bob"}
    task.assignee = "bob"
    assert same() == {"held:bob"}
    task.due_at, task.priority, its.unit = NOON, 5, "hemtjanst"
    assert same() == {"held:bob"}
    task.assignee = None
    assert same() == {"group:mas", "user:bob"}
    session.execute(text("DELETE FROM user_task_candidate WHERE kind = 'group'"))
    assert same() == {"user:bob"}
    session.execute(text("DELETE FROM user_task_candidate"))
    assert same() == {"anybody"}
    task.state = "completed"
    assert same() == set()
    task.state = "created"
    assert same() == {"anybody"}


def test_what_goes_on_says_whom_it_waits_for(session, people):
    alice = people["alice"]
    routine = inboxes.definition(session, "leave")
    older, newer, ended, _bobs = (
        inboxes.case(session, routine, started_by=people[name].id)
        for name in ("alice", "alice", "alice", "bob")
    )
    ended.ended_at = NOON
    inboxes.task(session, older, "Approve", groups=["mas"], due_at=NOON)
    for number in range(repository.MOST_WAITS + 2):
        inboxes.task(session, newer, str(number), assignee="bob")

    items, _ = repository.page(session, alice, asked(Tab.STARTED, Sort.NEWEST), NOON)

    assert [each.case.id for each in items] == [newer.id, older.id]
    assert [each.name for each in items[0].waits] == ["0", "1", "2", "3", "4"]
    assert items[0].more_waits == 2
    assert items[1].waits[0].candidate_groups == ["mas"]
    question = asked(Tab.STARTED, Sort.CREATED, limit=1)
    assert walked(session, alice, question) == [older.id, newer.id]
    assert walked(session, alice, asked(Tab.STARTED, due_before=NOON + timedelta(1))) == [older.id]
    assert walked(session, alice, asked(Tab.STARTED, process="other")) == []


def test_what_was_done_is_told_newest_first(session, people):
    its = inboxes.case(session, inboxes.definition(session, "p"))
    done = [
        inboxes.task(
            session,
            its,
            str(hour),
            state="completed",
            ended_at=NOON + timedelta(hours=hour),
            completed_by=people[name].id,
        )
        for hour, name in enumerate(["alice", "bob", "alice", "alice"])
    ]

    seen = walked(session, people["alice"], asked(Tab.DONE, Sort.ENDED, limit=2))

    assert seen == [done[3], done[2], done[0]]


def test_the_system_has_begun_and_done_nothing(session):
    inboxes.task(
        session, inboxes.case(session, inboxes.definition(session, "p")), state="completed"
    )
    system = Actor("system", is_admin=True)

    assert walked(session, system, asked(Tab.DONE, Sort.ENDED)) == []
    assert walked(session, system, asked(Tab.STARTED, Sort.NEWEST)) == []
    assert repository.counts(session, system, NOON)[Tab.DONE].number == 0


def test_tabs_are_counted_up_to_a_limit(session, monkeypatch):
    inboxes.fill(session)
    alice = replace(ALICE, proxies=(SUBSTITUTES["for everything"],))

    counted = repository.counts(session, alice, NOON)

    for tab in OPEN:
        assert counted[tab].number == len(inboxes.expected(session, alice, tab))
        assert not counted[tab].is_more
    monkeypatch.setattr(repository, "MOST_COUNTED", 3)
    assert repository.counts(session, alice, NOON)[Tab.OPEN] == repository.Count(3, is_more=True)


@pytest.mark.parametrize("tab", Tab)
def test_a_page_and_the_counts_take_a_bounded_number_of_statements(session, people, tab):
    inboxes.fill(session)
    alice = replace(people["alice"], proxies=tuple(SUBSTITUTES.values()), groups=ALICE.groups)
    session.flush()
    session.expire_all()
    counted = statements(session)

    repository.page(session, alice, asked(tab, SORTS[tab][0]), NOON)
    assert 0 < len(counted) <= 3
    repository.counts(session, alice, NOON)
    assert len(counted) <= 4


def test_a_task_waits_under_names_that_people_cannot_forge():
    assert lists.held("alice") not in lists.offered(Actor("x", None, frozenset({"held:alice"})))
