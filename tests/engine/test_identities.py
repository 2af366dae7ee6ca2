"""Whom a provider vouches for: which account it is, in which groups and unit, also when many come at once."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine.accounts import commands as accounts
from engine.accounts import identities, repository, sessions
from engine.accounts.identities import Arrival
from engine.accounts.models import Identity, SignIn
from engine.clock import now
from engine.errors import Conflict, NotAllowed, SignInRefused
from engine.identity.actor import SYSTEM
from engine.organisation import arrivals
from engine.organisation.models import Belonging
from engine.organisation.periods import Period
from engine.settings import GroupTable, LinkBy
from engine.uow import begin, look
from tests.engine.organisations import Organisation
from tests.factories.records import events

ISSUER = "https://login.example"
ANNA = Arrival(ISSUER, "anna-1", name="anna", display_name="Anna Ek")
TABLE = GroupTable((("g-1", "officer"), ("g-2", "auditor")))


@pytest.fixture(autouse=True)
def settings(installation):
    installation.settings = replace(
        installation.settings, openid_issuer=ISSUER, openid_create=True, openid_groups=TABLE
    )


@pytest.fixture
def arrive(installation):
    def arrive(arrival=ANNA, **other):
        with begin(installation, SYSTEM) as uow:
            found = identities.arrive(uow, replace(arrival, **other))
            sessions.sign_in(uow, found.account, origin=found.origin)
            groups = sorted(each.group for each in found.account.memberships)
            uow.commit()
            return found.account.id, groups

    return arrive


def at_once(*acts):
    """Do things at the same moment; returns what came of each."""
    ready = threading.Barrier(len(acts))
    told = [None] * len(acts)

    def run(place, act):
        ready.wait()
        try:
            told[place] = act()
        except (Conflict, SignInRefused) as error:
            told[place] = type(error)

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return told


def test_who_comes_twice_at_once_is_one_person(installation, arrive):
    told = at_once(*[arrive] * 6)

    assert len({account for account, _ in told}) == 1
    with look(installation, SYSTEM) as uow:
        assert len(uow.session.scalars(select(Identity)).all()) == 1
        assert len(uow.session.scalars(select(SignIn)).all()) == 6


def test_one_account_is_found_by_one_of_two_that_have_its_name(installation, arrive):
    installation.settings = replace(
        installation.settings, openid_create=False, openid_link=LinkBy.NAME
    )
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, "anna", password=None)
        uow.commit()

    told = at_once(*(lambda each=each: arrive(subject=each)[1] for each in ("1", "2", "3")))

    assert sorted(map(str, told)) == sorted(map(str, [[], SignInRefused, SignInRefused]))


def test_a_logout_token_is_taken_once_by_whom_it_comes_to(installation):
    def take():
        with begin(installation, SYSTEM) as uow:
            identities.take_logout(uow, ISSUER, "j", until=uow.now + timedelta(minutes=5))
            uow.commit()
        return "taken"

    told = at_once(*[take] * 6)

    assert sorted(map(str, told)) == sorted(map(str, ["taken", *[Conflict] * 5]))


def test_a_logout_token_that_would_be_too_old_is_forgotten(installation):
    with begin(installation, SYSTEM) as uow:
        identities.take_logout(uow, ISSUER, "j", until=uow.now)
        uow.commit()

    with begin(installation, SYSTEM) as uow:
        identities.take_logout(uow, ISSUER, "j", until=uow.now)


def test_the_same_of_two_issuers_are_two_people(arrive):
    anna, _ = arrive()

    other, _ = arrive(issuer="https://other.example", name="another")

    assert anna != other


def test_groups_that_the_provider_decides_about_follow_it(installation, arrive):
    account, first = arrive(groups=frozenset({"officer", "auditor"}))
    with begin(installation, SYSTEM) as uow:
        row = repository.hold(uow.session, account)
        row.memberships = [*row.memberships, accounts.Membership(group="local")]
        uow.commit()

    _, then = arrive(groups=frozenset())

    assert (first, then) == (["auditor", "officer"], ["local"])
    changed = [each for each in events(installation, "accounts") if each.type == "account.changed"]
    assert [(each.facts["added"], each.facts["removed"]) for each in changed] == [
        (["auditor", "officer"], []),
        ([], ["auditor", "officer"]),
    ]


def test_a_group_that_no_setting_names_is_not_given(arrive):
    assert arrive(groups=frozenset({"process_owner"}))[1] == []


def test_what_connects_them_is_in_the_record_without_the_name(installation, arrive):
    arrive()

    [event] = [e for e in events(installation, "accounts") if e.type == "identity.connected"]
    assert set(event.facts) == {"account", "identity", "issuer"}
    assert list(event.commitments) == ["subject"]


def test_a_session_that_a_password_opened_is_not_the_providers(installation, arrive):
    account, _ = arrive()
    with begin(installation, SYSTEM) as uow:
        sessions.sign_in(uow, repository.get(uow.session, account))
        uow.commit()

    with begin(installation, SYSTEM) as uow:
        ended = sessions.end_of_provider(uow, ISSUER, subject="anna-1", provider_session=None)
        uow.commit()

    assert len(ended) == 1
    with look(installation, SYSTEM) as uow:
        [left] = uow.session.scalars(select(SignIn))
        assert left.identity_id is None


def test_another_issuers_sessions_go_on(installation, arrive):
    arrive(provider_session="s")

    with begin(installation, SYSTEM) as uow:
        for subject, sid in (("anna-1", None), (None, "s")):
            assert not sessions.end_of_provider(
                uow, "https://other.example", subject=subject, provider_session=sid
            )


def test_nobody_ends_what_connects_somebody_else(installation, people, arrive):
    account, _ = arrive()
    with look(installation, SYSTEM) as uow:
        admin = repository.actor(repository.named(uow.session, "admin"))

    with begin(installation, admin) as uow, pytest.raises(NotAllowed):
        identities.remove(uow, account, ISSUER)


# ------------------------------------------------------------------------------ units


@pytest.fixture
def organisation(installation):
    found = Organisation(installation)
    found.build()
    return found


def place(installation, account, unit):
    with begin(installation, SYSTEM) as uow:
        arrivals.place(uow, account, unit)
        uow.commit()
    with look(installation, SYSTEM) as uow:
        return [
            (each.valid_from, each.valid_to) for each in uow.session.scalars(select(Belonging))
        ]


def test_a_person_is_placed_in_a_unit_that_is_there(installation, organisation, arrive):
    account, _ = arrive()
    today = now().astimezone(installation.settings.zone).date()

    first = place(installation, account, "hemtjanst")

    assert first == [(today, None)]
    assert place(installation, account, "hemtjanst") == first
    assert len(events(installation, "organisation")) > 0


@pytest.mark.parametrize("unit", ["nowhere", "", "a\0b", "Hemtjanst"])
def test_a_unit_that_is_not_there_is_none(installation, organisation, arrive, unit):
    account, _ = arrive()

    assert place(installation, account, unit) == []


def test_what_is_planned_stands(installation, organisation, arrive):
    account, _ = arrive()
    later = Period(date(2998, 1, 1))
    with organisation.change() as uow:
        arrivals.belongings.create(uow, "anna", "vof", later)

    assert place(installation, account, "vof") == [(later.first, None)]


def test_a_unit_that_has_ended_takes_nobody(installation, organisation, arrive):
    account, _ = arrive()
    organisation.end("skola", now().date() - timedelta(days=2))

    assert place(installation, account, "skola") == []
