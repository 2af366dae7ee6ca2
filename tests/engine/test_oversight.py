"""How routines stand, for those who answer for them: late tasks and stopped cases, and never a secret one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.cases import routines
from engine.definitions import repository as definitions
from engine.errors import NotAllowed
from engine.inbox import oversight, spans
from engine.inbox.models import NEVER
from engine.inbox.repository import Count
from engine.uow import look
from tests.engine import inboxes
from tests.engine.inboxes import NOON

HOUR = timedelta(hours=1)


@pytest.fixture
def stock(installation, people):
    """Two routines in three units: late and not, for several at once, secret, stopped."""
    with installation.database.writing() as session:
        leave, deviation = (inboxes.definition(session, key) for key in ("leave", "deviation"))
        for unit in ("norr", "norr", "soder", None):
            case = inboxes.case(session, leave, unit=unit)
            inboxes.task(session, case, groups=("mas", "officer"), due_at=NOON - HOUR)
            inboxes.task(session, case, groups=("mas",), due_at=NOON + timedelta(days=50_000))
        hidden = inboxes.case(session, leave, unit="norr")
        inboxes.task(session, hidden, due_at=NOON - HOUR)
        hidden.confidentiality = "secret"
        stopped = inboxes.case(session, deviation, unit="soder")
        stopped.state = "incident"
        also_hidden = inboxes.case(session, deviation, unit="soder")
        also_hidden.state, also_hidden.confidentiality = "incident", "secret"
        session.commit()


def standings(installation, actor):
    with look(installation, actor) as uow:
        return {
            each.key: (each.late.number, each.stopped.number) for each in oversight.standings(uow)
        }


def leading(actor, *units):
    return replace(actor, groups=frozenset(f"unit_manager@{each}" for each in units))


@pytest.mark.usefixtures("stock")
def test_whoever_answers_for_all_is_told_of_each_routine(installation, people):
    told = standings(installation, people["olle"])

    assert told == {"leave": (4, 0), "deviation": (0, 1)}


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (["norr"], {"leave": (2, 0)}),
        (["soder"], {"leave": (1, 0), "deviation": (0, 1)}),
        (["norr", "soder"], {"leave": (3, 0), "deviation": (0, 1)}),
        (["vaster"], {}),
    ],
)
def test_whoever_leads_units_is_told_of_these(installation, alice, units, expected):
    assert standings(installation, leading(alice, *units)) == expected


@pytest.mark.usefixtures("stock")
def test_others_are_told_nothing(installation, charlie):
    with look(installation, charlie) as uow:
        for ask in (oversight.late_tasks, oversight.stopped_cases):
            with pytest.raises(NotAllowed):
                ask(uow, "leave", limit=10)
        with pytest.raises(NotAllowed):
            oversight.standings(uow)


@pytest.mark.usefixtures("stock")
def test_a_list_names_each_task_once_and_says_what_is_beyond(installation, people):
    with look(installation, people["olle"]) as uow:
        whole = oversight.late_tasks(uow, "leave", limit=10)
        part = oversight.late_tasks(uow, "leave", limit=3)
        cases = oversight.stopped_cases(uow, "deviation", limit=10)

    assert (len(whole.items), whole.hidden, whole.is_more) == (4, 0, False)
    assert len({each.task.id for each in whole.items}) == 4
    assert (len(part.items), part.is_more) == (3, True)
    assert [each.process_key for each, _ in cases.cases] == ["deviation"]


@pytest.mark.usefixtures("stock")
def test_what_a_leader_may_not_see_is_counted_and_not_named(installation, charlie):
    with look(installation, leading(charlie, "norr")) as uow:
        late = oversight.late_tasks(uow, "leave", limit=10)

    assert (list(late.items), late.hidden) == ([], 2)


@pytest.mark.usefixtures("stock")
def test_a_count_says_where_it_stopped(installation, people, alice, monkeypatch):
    monkeypatch.setattr(oversight, "MOST_COUNTED", 3)
    monkeypatch.setattr(oversight, "LOOKED_AT", 1)
    with look(installation, people["olle"]) as uow:
        [leave, _] = oversight.standings(uow)
    with look(installation, leading(alice, "norr")) as uow:
        [cut] = oversight.standings(uow)

    assert leave.late == Count(3, is_more=True)
    assert cut.late.is_more


def test_what_one_has_stands_by_when_it_is_due(installation, alice):
    spanned = [(NOON - HOUR, NOON), (NOON, NOON + HOUR), (NOON + HOUR, NEVER)]
    with installation.database.writing() as session:
        case = inboxes.case(session, inboxes.definition(session, "leave"))
        for minutes in (-30, 0, 10, 20, 59):
            due = NOON + timedelta(minutes=minutes)
            inboxes.task(session, case, assignee="alice", due_at=due, users=("bob",))
        inboxes.task(session, case, assignee="bob", due_at=NOON)
        session.commit()

    with look(installation, alice) as uow:
        late, soon, later = spans.held(uow, spanned, first=2)

    assert (len(late.items), late.count.number) == (1, 1)
    assert (len(soon.items), soon.count.number) == (2, 4)
    assert [each.task.due_at for each in soon.items] == [NOON, NOON + timedelta(minutes=10)]
    assert (list(later.items), later.count.number) == ([], 0)


@pytest.mark.usefixtures("stock")
def test_figures_of_a_routine_leave_secret_cases_out(installation, alice):
    with look(installation, alice) as uow:
        [leave] = [definitions.latest(uow.session, "leave")]
        told = routines.figures(uow, "leave", [leave])
        listed = routines.open_cases(uow, ["leave", "deviation"])

    assert (told.open.number, told.late.number, told.ended.number) == (4, 4, 0)
    assert (told.lead_time, told.measured) == (None, 0)
    assert {key: each.number for key, each in listed.items()} == {"leave": 4, "deviation": 1}
