"""A task goes from hand to hand, is planned otherwise, and the record can tell it all."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.clock import now
from engine.errors import Conflict, Invalid, NotAllowed
from engine.execution import assignment, user_tasks
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import begin, look
from engine.verification import checking
from tests.bpmn.sketch import end, model, start, user
from tests.engine import cases
from tests.engine.organisations import Organisation

TWO_STEPS = model(
    "p",
    start(),
    user("first", rutin__candidateGroups="officer"),
    user("second", rutin__candidateGroups="officer", rutin__notPerformerOf="first"),
    user("alone", rutin__assignee="alice"),
    end(),
    flows="s > first > second > alone > e",
)


@pytest.fixture
def case(installation, deploy, alice):
    deploy(TWO_STEPS)
    return cases.start(installation, alice, n=1)


@pytest.fixture
def task(installation, alice, case):
    return cases.open_tasks(installation, alice, case)["first"]


@pytest.fixture
def act(installation, case):
    """Do something as somebody; afterwards the record agrees with what is shown."""

    def act(who, verb, task, *values, **named):
        with begin(installation, who) as uow:
            done = verb(uow, task.id, *values, **named)
            uow.commit()
        with look(installation, who) as uow:
            assert checking.verify_instance(uow.session, case.id) is None
        return done

    return act


def test_a_delegated_task_comes_back_to_whoever_completes_it(
    installation, act, task, alice, charlie
):
    delegated = act(alice, assignment.delegate, task, "charlie")
    assert (delegated.assignee, delegated.owner) == ("charlie", "alice")
    for who in (alice, charlie):
        with pytest.raises((Conflict, NotAllowed)):
            cases.complete(installation, who, task)

    resolved = act(charlie, assignment.resolve, task)
    assert (resolved.assignee, resolved.owner) == ("alice", None)
    assert cases.complete(installation, alice, task).completed_by == alice.id


def test_a_task_is_delegated_once_and_to_somebody_else(act, task, alice, bob):
    with pytest.raises(Conflict, match="somebody else"):
        act(alice, assignment.delegate, task, "alice")
    act(alice, assignment.delegate, task, "bob")

    with pytest.raises(Conflict, match="goes back to alice first"):
        act(bob, assignment.delegate, task, "charlie")
    with pytest.raises(Conflict, match="goes back to alice first"):
        act(bob, assignment.release, task)


def test_only_whoever_has_it_gives_it_back(act, task, alice, bob):
    act(alice, assignment.assign, task, "alice")

    for verb, values in (
        (assignment.release, ()),
        (assignment.return_back, ("why",)),
        (assignment.delegate, ("charlie",)),
        (assignment.follow_up, (now(),)),
    ):
        with pytest.raises(NotAllowed):
            act(bob, verb, task, *values)


def test_a_task_is_returned_with_a_reason(act, task, alice, charlie):
    act(alice, assignment.assign, task, "alice")
    with pytest.raises(Invalid):
        act(alice, assignment.return_back, task, "  ")

    returned = act(alice, assignment.return_back, task, "Jag är jävig.")
    assert returned.assignee is None

    act(alice, assignment.delegate, task, "charlie")
    back = act(charlie, assignment.return_back, task, "Hinner inte.")
    assert (back.assignee, back.owner) == ("alice", None)


def test_a_task_for_one_alone_is_not_returned(installation, act, case, alice, bob):
    cases.complete(installation, alice, cases.open_tasks(installation, alice, case)["first"])
    cases.complete(installation, bob, cases.open_tasks(installation, alice, case)["second"])
    alone = cases.open_tasks(installation, alice, case)["alone"]

    with pytest.raises(Conflict, match="for this person alone"):
        act(alice, assignment.return_back, alone, "Jag är jävig.")


def test_nobody_gets_round_separation_by_delegating(installation, act, case, alice, bob):
    """Who did the first step neither delegates the second, nor is it delegated to them."""
    cases.complete(installation, alice, cases.open_tasks(installation, alice, case)["first"])
    second = cases.open_tasks(installation, alice, case)["second"]

    with pytest.raises(NotAllowed, match="earlier step"):
        act(alice, assignment.delegate, second, "charlie")
    with pytest.raises(NotAllowed, match="earlier step"):
        act(bob, assignment.delegate, second, "alice")


def test_whoever_looks_after_processes_plans_a_task(act, task, people, alice):
    due = now() + timedelta(days=3)
    planned = act(people["olle"], assignment.plan, task, due_at=due, priority=90)
    assert (planned.due_at, planned.priority) == (due, 90)

    again = act(people["olle"], assignment.plan, task, due_at=None)
    assert (again.due_at, again.priority) == (None, 90)
    with pytest.raises(NotAllowed):
        act(alice, assignment.plan, task, priority=1)
    with pytest.raises(Invalid, match="from 0 to 100"):
        act(people["olle"], assignment.plan, task, priority=101)


def test_whoever_has_a_task_notes_when_to_look_again(act, task, alice):
    act(alice, assignment.assign, task, "alice")
    at = now() + timedelta(days=1)

    assert act(alice, assignment.follow_up, task, at).follow_up_at == at
    assert act(alice, assignment.follow_up, task, None).follow_up_at is None


def test_a_form_does_not_say_in_which_unit_a_case_is(installation, deploy, alice):
    Organisation(installation).build()
    deploy(TWO_STEPS)
    case = cases.start(installation, alice, in_unit="skola")
    first = cases.open_tasks(installation, alice, case)["first"]

    with pytest.raises(Invalid, match="is the unit of the case"):
        cases.complete(installation, alice, first, unit="boende")
    assert cases.complete(installation, alice, first, unit="skola")


@pytest.mark.parametrize("holder", [None, "bob"])
def test_an_administrator_gets_no_task_by_delegating_it(
    installation, act, task, people, bob, holder
):
    """What is delegated comes back to whoever did it, who could then complete it."""
    admin = people["admin"]
    if holder:
        act(bob, assignment.assign, task, holder)

    with pytest.raises(NotAllowed):
        act(admin, assignment.delegate, task, "alice")
    with pytest.raises(NotAllowed):
        cases.complete(installation, admin, task)


def test_what_was_read_of_a_task_before_its_case_was_locked_does_not_count(
    installation, task, alice
):
    """As where a page is read first, and somebody takes the task while it waits for the lock."""
    with begin(installation, alice) as uow:
        read = tasks.get(uow.session, task.id)
        taken = update(UserTask).where(UserTask.id == task.id).values(assignee="bob")
        uow.session.execute(taken.execution_options(synchronize_session=False))
        assert read.assignee is None

        with pytest.raises(NotAllowed, match="bob has taken the task"):
            user_tasks.complete(uow, task.id, {})
