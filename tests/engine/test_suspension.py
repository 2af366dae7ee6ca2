"""A paused case is seen, and nothing of it moves until somebody lets it go on."""

import pytest
from sqlalchemy import text

from engine.audit import repository as record
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.execution import assignment, comments, drafts
from engine.incidents import repository as incidents
from engine.instances import repository as instances
from engine.uow import begin, look
from engine.verification import checking
from tests.bpmn.sketch import end, model, script, start, user
from tests.engine import cases

PATIENT = "Vi väntar på svar från regionen."
MODEL = model(
    "p",
    start(),
    user("ask", rutin__candidateGroups="officer"),
    user("check", rutin__candidateGroups="officer"),
    end(),
    flows="s > ask > check > e",
)
FAILS = model("p", start(), script("divide", "share = 10 / n"), end(), flows="s > divide > e")


@pytest.fixture
def case(installation, deploy, alice):
    deploy(MODEL)
    return cases.start(installation, alice)


def state(installation, actor, case):
    with look(installation, actor) as uow:
        return instances.get(uow.session, case.id).state


def broken(installation, actor, case):
    with look(installation, actor) as uow:
        return checking.verify_instance(uow.session, case.id)


def test_a_case_is_paused_with_a_reason_and_goes_on(installation, alice, case):
    cases.suspend(installation, alice, case, f" {PATIENT} ")
    assert state(installation, alice, case) == "suspended"

    cases.resume(installation, alice, case, "Svaret kom.")

    assert state(installation, alice, case) == "active"
    with look(installation, alice) as uow:
        told = [(e.type, e.facts) for e in record.events(uow.session, case.id)][-2:]
        payloads = record.payloads(uow.session, case.id, first=1, last=99)
        said = [json.value for seq in sorted(payloads)[-2:] for json in payloads[seq]]
    assert told == [("process_instance.suspended", {}), ("process_instance.resumed", {})]
    assert PATIENT in said[0]
    assert "Svaret kom." in said[1]


def test_while_it_is_paused_its_tasks_are_seen_and_not_done(installation, alice, bob, case):
    task = cases.open_tasks(installation, alice, case)["ask"]
    cases.suspend(installation, alice, case)

    for act in (
        lambda: cases.complete(installation, bob, task),
        lambda: cases.assign(installation, bob, task, bob),
        lambda: cases.release(installation, alice, task),
    ):
        with pytest.raises(Conflict, match="paused"):
            act()

    [seen] = cases.open_tasks(installation, bob, case).values()
    assert (seen.state, seen.assignee) == ("created", None)
    cases.resume(installation, alice, case)
    cases.complete(installation, bob, seen)
    assert set(cases.open_tasks(installation, bob, case)) == {"check"}


def test_while_it_is_paused_people_may_write_and_plan(installation, people, alice, bob, case):
    task = cases.open_tasks(installation, alice, case)["ask"]
    cases.suspend(installation, alice, case)

    with begin(installation, bob) as uow:
        comments.write_on_case(uow, case.id, "Jag ringer dem.")
        drafts.keep(uow, task.id, {"n": 1})
        uow.commit()
    with begin(installation, people["olle"]) as uow:
        assignment.plan(uow, task.id, priority=7)
        uow.commit()

    assert broken(installation, alice, case) is None
    cases.resume(installation, alice, case)
    cases.complete(installation, bob, task)
    assert broken(installation, alice, case) is None


def test_no_failed_step_is_tried_again_and_the_error_is_there_afterwards(
    installation, deploy, people, alice
):
    deploy(FAILS)
    case = cases.start(installation, alice, n=0)
    cases.suspend(installation, alice, case)
    with look(installation, alice) as uow:
        [incident] = incidents.open_of(uow.session, case.id)
    assert state(installation, alice, case) == "suspended"

    with pytest.raises(Conflict, match="paused"):
        cases.retry(installation, people["olle"], incident.id)

    cases.resume(installation, alice, case)
    assert state(installation, alice, case) == "incident"
    assert broken(installation, alice, case) is None


def test_a_paused_case_can_be_cancelled(installation, alice, case):
    cases.suspend(installation, alice, case)

    cases.cancel(installation, alice, case, "Dubblett")

    assert state(installation, alice, case) == "cancelled"
    assert cases.open_tasks(installation, alice, case) == {}
    assert broken(installation, alice, case) is None


def test_the_second_time_is_refused(installation, alice, case):
    with pytest.raises(Conflict, match="not paused"):
        cases.resume(installation, alice, case)
    cases.suspend(installation, alice, case)

    with pytest.raises(Conflict, match="already"):
        cases.suspend(installation, alice, case)


def test_what_has_ended_is_neither_paused_nor_resumed(installation, alice, case):
    cases.cancel(installation, alice, case, "Dubblett")

    for act in (cases.suspend, cases.resume):
        with pytest.raises(Conflict):
            act(installation, alice, case)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2_001])
def test_without_a_reason_nothing_is_paused(installation, alice, case, reason):
    with pytest.raises(Invalid):
        cases.suspend(installation, alice, case, reason)

    assert state(installation, alice, case) == "active"


def test_a_pause_that_the_record_does_not_tell_of_is_found(installation, alice, case):
    for told, shown in (("active", "suspended"), ("suspended", "active")):
        with installation.database.engine.begin() as connection:
            connection.execute(text(f"update process_instance set state = '{shown}'"))
        assert broken(installation, alice, case).template.startswith("The case is shown as")
        with installation.database.engine.begin() as connection:
            connection.execute(text(f"update process_instance set state = '{told}'"))
        if told == "active":
            cases.suspend(installation, alice, case)

    assert broken(installation, alice, case) is None


def test_who_may_cancel_a_case_may_pause_it(installation, people, alice, bob, charlie, case):
    for name in ("alice", "olle", "admin"):
        cases.suspend(installation, people[name], case)
        cases.resume(installation, people[name], case)

    cases.complete(installation, bob, cases.open_tasks(installation, bob, case)["ask"])
    for act in (cases.suspend, cases.resume):
        with pytest.raises(NotAllowed):
            act(installation, bob, case)
        with pytest.raises(NotFound):
            act(installation, charlie, case)
