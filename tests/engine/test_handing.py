"""A page offers what the verbs accept: no more, and no less."""

import pytest

from engine.errors import Conflict, NotAllowed, NotFound
from engine.execution import assignment, handing, header, user_tasks
from engine.execution import instances as suspended
from engine.execution.handing import May
from engine.identity.actor import SYSTEM
from engine.instances import repository as instances
from engine.tasks import repository as tasks
from engine.uow import begin, look
from tests.bpmn.sketch import end, model, start, user
from tests.engine import cases
from tests.engine.organisations import EVERYTHING, Organisation

OFFICER = {"rutin__candidateGroups": "officer"}
STEPS = model(
    "p",
    start(),
    user("first", **OFFICER),
    user("second", **OFFICER, rutin__notPerformerOf="first"),
    user("alone", rutin__assignee="alice"),
    user("open"),
    user("nobodys", rutin__candidateUsers="=[]"),
    end(),
    flows="s > first > second > e; s > alone > e; s > open > e; s > nobodys > e",
)
WHO = ("alice", "bob", "charlie", "olle", "admin", "siv", "tage")
"""siv stands in for alice, and tage for bob."""
VERBS = {
    "complete": lambda uow, task: user_tasks.complete(uow, task.id, {}),
    "claim": lambda uow, task: assignment.assign(uow, task.id, uow.actor.name),
    "release": lambda uow, task: assignment.release(uow, task.id),
    "assign": lambda uow, task: assignment.assign(uow, task.id, other(uow, task)),
    "delegate": lambda uow, task: assignment.delegate(uow, task.id, other(uow, task)),
    "resolve": lambda uow, task: assignment.resolve(uow, task.id),
    "return_back": lambda uow, task: assignment.return_back(uow, task.id, "Jag är jävig."),
    "follow_up": lambda uow, task: assignment.follow_up(uow, task.id, None),
    "plan": lambda uow, task: assignment.plan(uow, task.id, priority=70),
}
IDLE = {
    "claim": lambda task, who: task.assignee == who,
    "release": lambda task, _: not task.assignee,
}
"""What a verb lets pass because there is nothing to do is not offered."""


def other(uow, task):
    """Somebody else to whom the task can be given, whoever gives it; else a stranger, who is refused."""
    with look(uow.installation, SYSTEM) as unit:
        instance = instances.get(unit.session, task.instance_id)
        found = handing.recipients(unit, tasks.get(unit.session, task.id), instance)
    names = [each.name for each in found.people if each.name != uow.actor.name]
    return names[0] if names else "charlie"


@pytest.fixture
def everybody(installation, people):
    organisation = Organisation(installation)
    for name in ("siv", "tage"):
        organisation.person(name)
    organisation.substitute("alice", "siv", EVERYTHING)
    organisation.substitute("bob", "tage", EVERYTHING)
    return {name: organisation.actor(name) for name in WHO}


@pytest.fixture
def case(installation, deploy, alice):
    deploy(STEPS)
    return cases.start(installation, alice)


@pytest.fixture
def task(installation, everybody, case, request):
    """A task in one of its states: which element, and what was done to it before."""
    element, *acts = request.param.split()
    found = cases.open_tasks(installation, everybody["alice"], case)
    if element == "second":
        cases.complete(installation, everybody["alice"], found["first"])
        found = cases.open_tasks(installation, everybody["alice"], case)
    for act in acts:
        who, verb, *whom = act.split(":")
        with begin(installation, everybody[who]) as uow:
            if verb == "suspend":
                suspended.suspend(uow, case.id, reason="Vi väntar på ett besked.")
                uow.commit()
                continue
            getattr(assignment, verb)(uow, found[element].id, *whom)
            uow.commit()
    return cases.open_tasks(installation, everybody["alice"], case)[element]


STATES = [
    "first",
    "first alice:assign:alice",
    "first siv:assign:siv",
    "first alice:assign:alice alice:delegate:charlie",
    "first alice:delegate:bob",
    "second",
    "second bob:assign:bob",
    "alone",
    "alone alice:delegate:charlie",
    "open",
    "open charlie:assign:charlie",
    "nobodys",
    "first alice:assign:alice olle:suspend",
]


@pytest.mark.parametrize("task", STATES, indirect=True)
def test_what_may_be_done_is_what_the_verbs_accept(installation, everybody, task):
    for who, actor in everybody.items():
        told = offered(installation, actor, task)
        for name, verb in VERBS.items():
            done = accepted(installation, actor, task, verb)
            if name in IDLE and IDLE[name](task, who):
                done = False
            if name == "assign" and other_is_none(installation, actor, task):
                continue  # offered, and the page says that there is nobody
            assert getattr(told, name) is done, (who, name)


def offered(installation, actor, task):
    with look(installation, actor) as uow:
        instance = instances.get(uow.session, task.instance_id)
        try:
            return handing.may(uow, tasks.get(uow.session, task.id), instance)
        except NotFound:
            return May()


def accepted(installation, actor, task, verb):
    """Try it, and undo it."""
    with begin(installation, actor) as uow:
        try:
            verb(uow, task)
        except (Conflict, NotAllowed, NotFound):
            return False
        return True


def other_is_none(installation, actor, task):
    with begin(installation, actor) as uow:
        return other(uow, task) == "charlie" and bool(task.candidates)


@pytest.mark.parametrize("task", STATES, indirect=True)
def test_whoever_is_offered_gets_the_task(installation, everybody, task):
    for actor in everybody.values():
        may = offered(installation, actor, task)
        with look(installation, actor) as uow:
            instance = instances.get(uow.session, task.instance_id)
            shown = tasks.get(uow.session, task.id)
            given = handing.recipients(uow, shown, instance).people if may.assign else ()
            prepared = handing.preparers(uow, shown, instance).people if may.delegate else ()
        for person in given:
            assert accepted(
                installation,
                actor,
                task,
                lambda uow, task, to=person.name: assignment.assign(uow, task.id, to),
            ), (actor.name, person.name)
        for person in prepared:
            assert accepted(
                installation,
                actor,
                task,
                lambda uow, task, to=person.name: assignment.delegate(uow, task.id, to),
            ), (actor.name, person.name)


@pytest.mark.parametrize("task", ["second"], indirect=True)
def test_the_rule_that_keeps_somebody_away_is_told(installation, everybody, task):
    may = offered(installation, everybody["alice"], task)

    assert may.is_barred
    assert may.hindrance.template.startswith("Whoever has done an earlier step")
    assert offered(installation, everybody["bob"], task).hindrance is None


@pytest.mark.parametrize("task", ["first"], indirect=True)
def test_a_secret_case_is_handed_to_those_who_see_it_alone(installation, everybody, case, task):
    secret = {"confidentiality": "secret", "secrecy_ground": "OSL 26:1"}
    with begin(installation, everybody["alice"]) as uow:
        header.change(uow, case.id, {**secret, "readers": ["alice", "charlie"]})
        uow.commit()

    with look(installation, everybody["alice"]) as uow:
        instance = instances.get(uow.session, case.id)
        shown = tasks.get(uow.session, task.id)
        assert names(handing.recipients(uow, shown, instance)) == []
        assert names(handing.preparers(uow, shown, instance)) == ["charlie"]
    assert offered(installation, everybody["bob"], task) == May()


@pytest.mark.parametrize("task", ["open"], indirect=True)
def test_more_people_than_can_be_chosen_among_are_told(
    installation, everybody, case, task, monkeypatch
):
    monkeypatch.setattr(handing, "MOST", 3)

    with look(installation, everybody["alice"]) as uow:
        instance = instances.get(uow.session, case.id)
        found = handing.recipients(uow, tasks.get(uow.session, task.id), instance)

    assert found.are_all is False
    assert len(found.people) <= 3


def names(found):
    return [each.name for each in found.people]
