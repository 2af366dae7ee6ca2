"""Sessions: how they end, who ends them, and when their person was last there for certain."""

import json
from uuid import UUID

import pytest
from sqlalchemy import func, select

from engine.accounts import repository, sessions
from engine.accounts.models import SignIn
from engine.audit import checking
from engine.audit.models import AuditEvent
from engine.audit.repository import head_of, named_chain
from engine.errors import NotAllowed, NotFound
from engine.identity.actor import SYSTEM, Actor
from engine.organisation import callers
from engine.uow import begin, look
from tests.factories.clocks import clock

__all__ = ["clock"]

NOBODY = UUID("01990000-0000-7000-8000-000000000000")


@pytest.fixture
def enter(installation, people):
    """Sign somebody in; gives the cookie."""

    def enter(name, agent="Firefox, Windows"):
        with begin(installation, SYSTEM) as uow:
            cookie = sessions.sign_in(uow, repository.named(uow.session, name), agent=agent)
            uow.commit()
        return cookie

    return enter


@pytest.fixture
def comes(installation):
    """Come with a cookie, as a request does; gives who acts, and notes it where that is due."""

    def comes(cookie):
        with look(installation, SYSTEM) as uow:
            found = callers.by_cookie(installation, cookie, uow.now)
        if found is None:
            return None
        if found.is_worth_noting:
            with begin(installation, SYSTEM) as uow:
                sessions.seen(uow, found.way_in)
                uow.commit()
        return found.actor

    return comes


def own(installation, actor):
    with look(installation, actor) as uow:
        return sessions.own(uow)


def revoke(installation, actor, session_id):
    with begin(installation, actor) as uow:
        sessions.revoke(uow, session_id)
        uow.commit()


def recorded(installation):
    """Return what the record says of sessions, and check that it holds."""
    with begin(installation, SYSTEM) as uow:
        chain = named_chain(uow.session, "sign_ins")
        assert checking.first_break(uow.session, chain.id, head_of(chain)) is None
        events = uow.session.scalars(
            select(AuditEvent).where(AuditEvent.chain == chain.id).order_by(AuditEvent.seq)
        )
        return [each for each in events if each.type.startswith("session.")]


def test_a_session_ends_when_it_is_not_used(clock, enter, comes):
    cookie = enter("alice")
    for _ in range(5):
        clock.forward(minutes=119)
        assert comes(cookie)

    clock.forward(minutes=120)

    assert comes(cookie) is None


def test_a_session_ends_at_the_latest_after_some_hours(clock, enter, comes):
    cookie = enter("alice")
    for _ in range(12 * 60 - 1):
        clock.forward(minutes=1)
        assert comes(cookie)

    clock.forward(minutes=1)

    assert comes(cookie) is None


def test_that_it_was_used_is_written_every_five_minutes_at_most(
    clock, enter, comes, installation, alice
):
    cookie = enter("alice")
    written = []
    for _ in range(12):
        clock.forward(minutes=1)
        comes(cookie)
        written.append(own(installation, alice)[0].seen_at)

    assert len(set(written)) == 3  # of the beginning, after five, and after ten
    assert clock.at - written[-1] < sessions.SEEN_EVERY


def test_sessions_that_are_over_are_cleared_away(clock, enter, installation):
    for _ in range(3):
        enter("alice")
    clock.forward(hours=2)
    enter("bob")

    with look(installation, SYSTEM) as uow:
        assert uow.session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_a_person_sees_where_they_are_signed_in_and_nobody_else_does(
    clock, enter, comes, installation, people
):
    first = comes(enter("alice", "Safari, iPhone"))
    clock.forward(minutes=1)
    enter("alice")

    seen = own(installation, first)

    assert [each.agent for each in seen] == ["Firefox, Windows", "Safari, iPhone"]
    assert seen[1].id == first.session
    for name in ("bob", "charlie", "admin"):
        assert own(installation, people[name]) == []


def test_a_session_is_ended_from_another_one(enter, comes, installation):
    here, there = enter("alice"), enter("alice")
    actor, other = comes(here), comes(there)

    revoke(installation, actor, other.session)

    assert comes(there) is None
    assert comes(here) == actor
    with pytest.raises(NotFound):
        revoke(installation, actor, other.session)


def test_nobody_ends_the_session_of_another(enter, comes, installation, people):
    cookie = enter("alice")
    alice = comes(cookie)

    for name in ("bob", "admin", "charlie"):
        with pytest.raises(NotFound):
            revoke(installation, people[name], alice.session)
        with pytest.raises(NotFound):
            revoke(installation, people[name], NOBODY)

    assert comes(cookie)


def test_all_others_are_ended_and_those_of_others_stay(enter, comes, installation):
    cookies = [enter("alice") for _ in range(3)]
    bobs = enter("bob")
    alice = comes(cookies[0])

    with begin(installation, alice) as uow:
        ended = sessions.revoke_others(uow)
        uow.commit()

    assert len(ended) == 2
    assert [comes(each) is not None for each in (*cookies, bobs)] == [True, False, False, True]


def test_signing_out_ends_one_session(enter, comes, installation):
    here, there = enter("alice"), enter("alice")

    with begin(installation, comes(here)) as uow:
        sessions.sign_out(uow)
        uow.commit()

    assert comes(here) is None
    assert comes(there)


def test_who_signed_in_and_out_and_where_is_in_the_record(enter, comes, installation, alice):
    here, there = comes(enter("alice")), comes(enter("alice"))
    revoke(installation, here, there.session)
    with begin(installation, here) as uow:
        sessions.sign_out(uow)
        uow.commit()

    events = recorded(installation)

    assert [(each.type, each.facts["session"]) for each in events] == [
        ("session.opened", str(here.session)),
        ("session.opened", str(there.session)),
        ("session.revoked", str(there.session)),
        ("session.closed", str(here.session)),
    ]
    assert {each.facts["account"] for each in events} == {str(alice.id)}
    assert events[2].actor == f"person:{alice.id}"


def test_no_secret_is_in_the_record_or_the_rows(enter, installation):
    cookie = enter("alice")

    with installation.database.reading() as session:
        everything = json.dumps(
            [
                str(session.connection().exec_driver_sql(f"SELECT * FROM {table}").all())
                for table in ("audit_event", "audit_payload", "sign_in")
            ]
        )
    assert cookie not in everything
    with installation.database.reading() as session:
        digest = session.scalar(select(SignIn.digest))
    assert everything.count(digest) == 1  # in its own row, and nowhere in the record


# ---------------------------------------------------------------- confirming


def confirm(installation, actor):
    with begin(installation, actor) as uow:
        sessions.confirm(uow)
        uow.commit()


def is_confirmed(installation, actor, seconds):
    with look(installation, actor) as uow:
        return sessions.confirmed_within(uow, seconds)


def test_a_session_is_confirmed_for_some_time(clock, enter, comes, installation):
    here, there = comes(enter("alice")), comes(enter("alice"))
    assert not is_confirmed(installation, here, 3600)  # signing in is not enough

    confirm(installation, here)

    assert is_confirmed(installation, here, 60)
    assert not is_confirmed(installation, there, 60)
    clock.forward(seconds=60)
    assert is_confirmed(installation, here, 60)
    clock.forward(seconds=1)
    assert not is_confirmed(installation, here, 60)
    assert is_confirmed(installation, here, 61)


def test_without_a_session_nothing_is_confirmed(installation, alice, people):
    with_a_token = Actor("alice", alice.id, scopes=frozenset({"session:confirm"}))
    for actor in (alice, with_a_token, people["charlie"], SYSTEM):
        with pytest.raises(NotAllowed):
            confirm(installation, actor)
        assert not is_confirmed(installation, actor, 3600)
