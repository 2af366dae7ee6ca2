"""Whoever's account is closed holds no role, gets no task and stands in for nobody; what was, was."""

from datetime import timedelta

import pytest

from engine.accounts import administration, repository
from engine.clock import now
from engine.errors import Conflict, NotAllowed, NotFound
from engine.execution import assignment
from engine.identity.actor import SYSTEM
from engine.organisation import holders, holdings
from engine.tasks import repository as tasks
from engine.uow import look
from engine.verification import checking
from tests.bpmn.sketch import end, model, start, user
from tests.engine import cases
from tests.engine.organisations import ASKED, Organisation

A_DAY = timedelta(days=1)
ONE_STEP = model(
    "p",
    start(),
    user("first", rutin__candidateGroups="mas"),
    end(),
    flows="s > first > e",
)


@pytest.fixture
def organisation(installation):
    """Anna answers for hemtjanst and bo for what is above it; eva works there and david waits."""
    organisation = Organisation(installation)
    organisation.build()
    for name in ("anna", "bo", "david", "eva"):
        organisation.person(name)
    organisation.person("root", is_admin=True)
    for role in ("mas", "unit_manager"):
        organisation.appoint(role, "anna", "hemtjanst")
        organisation.appoint(role, "bo", "vof")
    organisation.place("eva", "hemtjanst")
    return organisation


@pytest.fixture
def close(organisation):
    def close(name):
        with organisation.change() as uow:
            return administration.close(uow, repository.named(uow.session, name).id, "Has left.")

    return close


@pytest.fixture
def reopen(organisation):
    def reopen(name):
        with organisation.change() as uow:
            return administration.reopen(uow, repository.named(uow.session, name).id)

    return reopen


@pytest.fixture
def begun(organisation, installation, deploy):
    def begun(source=ONE_STEP, by="eva"):
        deploy(source)
        case = cases.start(installation, organisation.actor(by), in_unit="hemtjanst")
        return case, cases.open_tasks(installation, SYSTEM, case)

    return begun


def today(organisation):
    return now().astimezone(organisation.installation.settings.zone).date()


def asked(organisation, on):
    with organisation.look() as session:
        every = holders.holders_of_every_role(session, "hemtjanst", on)
        return (
            [each.name for each in holders.holders(session, "mas", "hemtjanst", on)],
            [each.account.name for each in every["mas"]],
            [
                each.name
                for each in holders.manager_of(session, repository.named(session, "eva").id, on)
            ],
        )


def test_whoever_is_above_answers_from_the_day_on_which_an_account_is_closed(
    organisation, close, reopen
):
    day = today(organisation)
    close("anna")

    for on in (day, day + A_DAY):
        assert asked(organisation, on) == (["bo"], ["bo"], ["bo"])
    assert asked(organisation, day - A_DAY) == (["anna"], ["anna"], ["anna"])

    reopen("anna")
    assert asked(organisation, day) == (["anna"], ["anna"], ["anna"])


def test_what_is_worked_out_for_everybody_follows_at_once(organisation, close, reopen):
    organisation.person("frida", groups=["mas"])
    held = organisation.actor("frida").groups
    assert "mas@skola" in held

    close("anna")
    close("frida")

    assert organisation.actor("anna").groups == organisation.actor("frida").groups == frozenset()
    assert organisation.actor("frida").offices == frozenset()
    assert "mas@hemtjanst" in organisation.actor("bo").groups
    reopen("frida")
    assert organisation.actor("frida").groups == held


def test_who_is_asked_for_everybody_is_who_is_asked_for_one(organisation, close):
    close("anna")
    day = today(organisation)

    with organisation.look() as session:
        known = holdings.held(organisation.installation, session, now())
        for unit in ("kommun", "vof", "hemtjanst", "boende"):
            one = {each.id for each in holders.holders(session, "mas", unit, day)}
            assert one == {who for who, held in known.groups.items() if f"mas@{unit}" in held}


def test_a_model_is_told_who_is_left(organisation, installation, begun, close):
    close("anna")
    case, found = begun(ASKED)

    assert found["first"].candidate_users == ["bo"]
    cases.complete(installation, organisation.actor("bo"), found["first"])
    found = cases.open_tasks(installation, SYSTEM, case)
    assert found["second"].assignee == "bo"


def test_an_open_task_of_a_role_goes_to_who_is_left(organisation, installation, begun, close):
    _, found = begun()
    bo = organisation.actor("bo")
    with pytest.raises(NotFound):
        cases.complete(installation, bo, found["first"])

    close("anna")

    assert cases.complete(installation, organisation.actor("bo"), found["first"])


@pytest.mark.parametrize("verb", [assignment.assign, assignment.delegate])
def test_nothing_is_given_to_a_closed_account(organisation, begun, close, verb):
    _, found = begun()
    organisation.appoint("mas", "david", "hemtjanst")
    close("david")
    for by in ("anna", "root"):
        with (
            organisation.change(organisation.actor(by)) as uow,
            pytest.raises(Conflict, match="'david' is closed"),
        ):
            verb(uow, found["first"].id, "david")


def test_what_a_closed_account_has_stays_until_an_administrator_gives_it_on(
    organisation, installation, begun, close
):
    case, found = begun()
    anna = organisation.actor("anna")
    cases.assign(installation, anna, found["first"], anna)

    close("anna")

    [task] = cases.open_tasks(installation, SYSTEM, case).values()
    assert (task.assignee, count(organisation, "anna")) == ("anna", 1)
    bo = organisation.actor("bo")
    with pytest.raises(Conflict, match="already taken"):
        cases.assign(installation, bo, task, bo)
    cases.assign(installation, organisation.actor("root"), task, bo)
    assert (count(organisation, "anna"), count(organisation, "bo")) == (0, 1)
    cases.complete(installation, organisation.actor("bo"), task)
    assert count(organisation, "bo") == 0
    with look(installation, SYSTEM) as uow:
        assert checking.verify_instance(uow.session, case.id) is None


def test_what_a_closed_account_delegated_comes_back_and_is_given_on(
    organisation, installation, begun, close
):
    _, found = begun()
    with organisation.change(organisation.actor("anna")) as uow:
        assignment.delegate(uow, found["first"].id, "david")
    close("anna")
    assert count(organisation, "anna") == 1

    with organisation.change(organisation.actor("david")) as uow:
        assert assignment.resolve(uow, found["first"].id).assignee == "anna"
    bo = organisation.actor("bo")

    assert cases.assign(installation, organisation.actor("root"), found["first"], bo)


def count(organisation, name):
    with organisation.look() as session:
        return tasks.count_open_with(session, name)


@pytest.mark.parametrize("who", ["anna", "david"])
def test_nobody_stands_in_for_a_closed_account_nor_by_one(
    organisation, installation, begun, close, who
):
    _, found = begun()
    anna = organisation.actor("anna")
    cases.assign(installation, anna, found["first"], anna)
    organisation.substitute("anna", "david")
    assert [each.name for each in organisation.actor("david").proxies] == ["anna"]

    close(who)

    assert organisation.actor("david").proxies == ()
    with pytest.raises((NotFound, NotAllowed)):
        cases.complete(installation, organisation.actor("david"), found["first"])


@pytest.mark.parametrize("who", ["anna", "david"])
def test_no_substitute_is_named_for_a_closed_account_nor_is_one(organisation, close, who):
    close(who)

    with pytest.raises(Conflict, match=f"'{who}' is closed"):
        organisation.substitute("anna", "david")
