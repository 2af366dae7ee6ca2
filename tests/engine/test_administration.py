"""Accounts are changed, closed and opened again, and whoever has left holds nothing any more."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.accounts import administration, repository, sessions, tokens
from engine.accounts import commands as accounts
from engine.accounts.models import Account
from engine.clock import now
from engine.errors import Conflict, Invalid, NotAllowed, NotFound, NotSignedIn
from engine.identity.actor import SYSTEM
from engine.identity.permissions import SCOPES
from engine.organisation import callers
from engine.uow import begin, look
from engine.verification import checking
from tests.factories.records import events


@pytest.fixture
def admin(people):
    return people["admin"]


@pytest.fixture
def second(installation, people):
    """Another administrator."""
    with begin(installation, SYSTEM) as uow:
        account = accounts.create_account(uow, "second", password=None, is_admin=True)
        uow.commit()
        return repository.actor(account)


@pytest.fixture
def act(installation):
    """Do one thing in a transaction of its own."""

    def act(verb, by, *of, **more):
        with begin(installation, by) as uow:
            found = verb(uow, *of, **more)
            uow.commit()
        return found

    return act


@pytest.fixture
def change(act):
    return lambda by, who, **more: act(administration.change, by, who.id, **more)


@pytest.fixture
def close(act):
    return lambda by, who, reason="Has left.": act(administration.close, by, who.id, reason)


@pytest.fixture
def reopen(act):
    return lambda by, who: act(administration.reopen, by, who.id)


def told(installation, kind):
    return [each for each in events(installation, "accounts") if each.type == kind]


def token(uow, account_id):
    end = now() + timedelta(days=1)
    return tokens.create(uow, account_id, name="x", scopes=SCOPES, expires_at=end)


def account(installation, actor):
    with look(installation, SYSTEM) as uow:
        return repository.get(uow.session, actor.id)


# ---------------------------------------------------------------- changing


def test_what_is_granted_and_what_is_revoked_is_in_the_record(installation, change, admin, alice):
    found = change(admin, alice, groups=["auditor", " auditor "], is_admin=True)

    assert [each.group for each in found.memberships] == ["auditor"]
    assert found.is_admin
    [event] = told(installation, "account.changed")
    assert event.actor == admin.reference
    assert event.facts == {
        "account": str(alice.id),
        "added": ["auditor"],
        "removed": ["officer"],
        "admin": True,
    }


def test_what_is_not_named_stays_and_what_stays_is_no_event(installation, change, admin, alice):
    change(admin, alice)
    change(admin, alice, groups=["officer"], is_admin=False, display_name="alice")

    assert told(installation, "account.changed") == []

    change(admin, alice, display_name=" Alice Ek ")
    [event] = told(installation, "account.changed")
    assert event.facts == {"account": str(alice.id), "added": [], "removed": []}
    assert set(event.commitments) == {"display_name"}
    assert account(installation, alice).display_name == "Alice Ek"


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": " "},
        {"display_name": "x" * 201},
        {"groups": [""]},
        {"groups": ["officer", "x" * 101]},
        {"groups": ["nul\0"]},
        {"groups": [str(each) for each in range(101)]},
    ],
)
def test_what_cannot_be_kept_changes_nothing(installation, change, admin, alice, wrong):
    with pytest.raises(Invalid):
        change(admin, alice, **{"is_admin": True, "groups": [], **wrong})

    assert not account(installation, alice).is_admin
    assert told(installation, "account.changed") == []


def test_only_administrators_do_any_of_it(change, close, reopen, alice, charlie):
    for verb in (change, close, reopen):
        with pytest.raises(NotAllowed):
            verb(charlie, alice)
    with pytest.raises(NotAllowed):
        change(charlie, charlie, is_admin=True)


def test_the_last_administrator_stays_one(change, close, reopen, admin, second):
    close(second, admin)
    for by in (second, SYSTEM):
        with pytest.raises(Conflict, match="last administrator"):
            change(by, second, is_admin=False)
    with pytest.raises(Conflict, match="last administrator"):
        close(SYSTEM, second)

    change(second, admin, is_admin=False)  # a closed one is not counted

    assert not reopen(second, admin).is_admin


def test_one_takes_away_ones_own_rights_while_there_is_another(change, admin, second):
    assert not change(admin, admin, is_admin=False).is_admin


def test_whoever_lost_the_rights_meanwhile_does_nothing_with_them(
    change, close, reopen, admin, second, alice
):
    change(second, admin, is_admin=False)
    for verb in (change, close):
        with pytest.raises(NotAllowed):
            verb(admin, alice)

    change(second, admin, is_admin=True)
    close(second, admin)
    with pytest.raises(NotAllowed):
        close(admin, alice)
    with pytest.raises(NotAllowed):
        reopen(admin, admin)


@pytest.mark.parametrize("verb", ["change", "close"])
def test_of_two_who_take_away_one_anothers_rights_at_once_one_stays(
    installation, change, close, admin, second, verb
):
    ready, outcomes = threading.Barrier(2), []

    def take(by, who):
        ready.wait()
        try:
            if verb == "change":
                change(by, who, is_admin=False)
            else:
                close(by, who)
            outcomes.append("done")
        except (Conflict, NotAllowed) as error:
            outcomes.append(type(error))

    for _ in range(5):
        outcomes.clear()
        acts = [
            threading.Thread(target=take, args=each) for each in ((admin, second), (second, admin))
        ]
        for each in acts:
            each.start()
        for each in acts:
            each.join()

        assert sorted(map(str, outcomes)) == sorted(["done", str(NotAllowed)])
        left = [each for each in (admin, second) if may_administer(installation, each)]
        assert len(left) == 1
        with installation.database.writing() as session:
            session.execute(
                update(Account)
                .where(Account.id.in_([admin.id, second.id]))
                .values(is_admin=True, is_active=True)
            )
            session.commit()


def may_administer(installation, actor):
    found = account(installation, actor)
    return found.is_admin and found.is_active


# ---------------------------------------------------------------- closing


def test_a_closed_account_opens_nothing_and_its_sessions_and_tokens_are_over(
    installation, act, close, admin, alice
):
    at = now()
    cookie = act(lambda uow: sessions.sign_in(uow, account(installation, alice)), SYSTEM)
    made = act(token, alice, alice.id)
    hers = account(installation, alice)

    found = close(admin, alice)

    assert (found.is_active, found.closed_at >= at) == (False, True)
    assert callers.by_cookie(installation, cookie, now()) is None
    assert callers.by_token(installation, made.secret, now()) is None
    with pytest.raises(NotSignedIn):
        act(lambda uow: sessions.sign_in(uow, hers), SYSTEM)
    with pytest.raises(Conflict, match="closed"):
        act(token, alice, alice.id)
    [event] = told(installation, "account.closed")
    assert set(event.facts) == {"account", "sessions", "tokens"}
    assert len(event.facts["sessions"]) == 1
    assert event.facts["tokens"] == [str(made.token.id)]
    assert set(event.commitments) == {"reason"}


def test_an_account_that_is_opened_again_is_what_it_was_without_what_ended(
    installation, act, close, reopen, admin, alice
):
    cookie = act(lambda uow: sessions.sign_in(uow, account(installation, alice)), SYSTEM)
    made = act(token, alice, alice.id)
    close(admin, alice)

    found = reopen(admin, alice)

    assert (found.is_active, found.closed_at, found.closed_on) == (True, None, None)
    assert [each.group for each in found.memberships] == ["officer"]
    assert callers.by_cookie(installation, cookie, now()) is None
    assert callers.by_token(installation, made.secret, now()) is None
    assert [each.facts for each in told(installation, "account.reopened")] == [
        {"account": str(alice.id)}
    ]


def test_nobody_closes_themselves_nor_twice_nor_without_a_reason(
    close, reopen, admin, second, alice
):
    with pytest.raises(Conflict, match="Your own"):
        close(admin, admin)
    for reason in ("", "  ", "x" * 2_001, "\0"):
        with pytest.raises(Invalid):
            close(admin, alice, reason)
    with pytest.raises(Conflict, match="not closed"):
        reopen(admin, alice)
    close(admin, alice)
    with pytest.raises(Conflict, match="already"):
        close(admin, alice)


def test_who_is_not_there_is_not_found(act, admin):
    for verb, more in (
        (administration.change, ()),
        (administration.close, ("Has left.",)),
        (administration.reopen, ()),
    ):
        with pytest.raises(NotFound):
            act(verb, admin, new_account(), *more)


def new_account():
    return Account.__table__.c.id.default.arg(None)


def test_closing_while_somebody_signs_in_leaves_no_session(
    installation, act, close, reopen, admin, alice
):
    for _ in range(5):
        ready, cookies = threading.Barrier(2), []

        def sign_in(ready=ready, cookies=cookies):
            hers = account(installation, alice)
            ready.wait()
            try:
                cookies.append(act(lambda uow: sessions.sign_in(uow, hers), SYSTEM))
            except NotSignedIn:
                cookies.append(None)

        other = threading.Thread(target=sign_in)
        other.start()
        ready.wait()
        close(admin, alice)
        other.join()
        reopen(admin, alice)

        found = cookies[0] and callers.by_cookie(installation, cookies[0], now())
        assert (len(cookies), found) == (1, None)


# ---------------------------------------------------------------- verification


def verified(installation):
    with look(installation, SYSTEM) as uow:
        return {name: str(each) for name, each in checking.verify_everything(uow.session) if each}


def test_what_was_done_to_accounts_agrees_with_the_record(
    installation, change, close, reopen, admin, alice, bob
):
    change(admin, alice, groups=["auditor"], is_admin=True)
    change(admin, alice, is_admin=False)
    close(admin, bob)
    close(admin, alice)
    reopen(admin, alice)

    assert verified(installation) == {}


@pytest.mark.parametrize("values", [{"is_admin": True}, {"is_active": False}])
def test_rights_that_the_record_does_not_know_are_told(installation, people, alice, values):
    with installation.database.writing() as session:
        session.execute(update(Account).where(Account.id == alice.id).values(**values))
        session.commit()

    assert verified(installation) == {
        str(alice.id): "The account may do something else than the record says."
    }


def test_a_group_that_the_record_does_not_know_is_told(installation, alice):
    with installation.database.writing() as session:
        repository.get(session, alice.id).memberships = []
        session.commit()

    assert set(verified(installation)) == {str(alice.id)}
