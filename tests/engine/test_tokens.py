"""Keys for programs: never more than the account, never more than the scopes, never for ever."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from engine.accounts import tokens
from engine.accounts.models import Account, ApiToken
from engine.audit.models import AuditEvent
from engine.errors import Invalid, NotAllowed, NotFound
from engine.execution import user_tasks
from engine.identity import permissions
from engine.identity.actor import SYSTEM, Actor
from engine.identity.permissions import SCOPES, Permission, Subject, allows
from engine.organisation import callers
from engine.uow import begin, look
from tests.bpmn.sketch import model, user
from tests.engine import cases
from tests.factories.clocks import clock

__all__ = ["clock"]

READ_CASES = [Permission.READ_INSTANCE]
EVERYTHING = Subject(
    started_by_actor=True, takes_part=True, candidate=True, assigned=True, oneself=True
)


@pytest.fixture
def make(installation):
    """Make a token for somebody, who does it unless it is said who; gives what was created."""

    def make(whose, scopes=READ_CASES, by=None, name="Report", **life):
        with begin(installation, by or whose) as uow:
            end = uow.now + timedelta(**(life or {"days": 30}))
            created = tokens.create(uow, whose.id, name=name, scopes=scopes, expires_at=end)
            uow.commit()
        return created

    return make


@pytest.fixture
def comes(installation):
    """Come with a token, as a request does; gives who acts."""

    def comes(secret):
        with look(installation, SYSTEM) as uow:
            found = callers.by_token(installation, secret, uow.now)
        return found.actor if found else None

    return comes


def revoke(installation, actor, token_id):
    with begin(installation, actor) as uow:
        tokens.revoke(uow, token_id)
        uow.commit()


def test_a_token_acts_as_its_account_within_its_scopes(make, comes, alice):
    actor = comes(make(alice).secret)

    assert (actor.id, actor.groups, actor.session) == (alice.id, alice.groups, None)
    assert allows(actor, Permission.READ_INSTANCE, EVERYTHING)
    reached = {each for each in Permission if allows(actor, each, EVERYTHING)}
    assert reached == {Permission.PUBLIC, Permission.READ_INSTANCE}


def test_a_token_never_does_more_than_its_account(make, comes, people):
    for name in ("alice", "charlie", "olle", "admin"):
        account = people[name]
        actor = comes(make(account, SCOPES).secret)
        for permission in Permission:
            for subject in (Subject(), EVERYTHING):
                if allows(actor, permission, subject):
                    assert allows(account, permission, subject)


def test_a_token_with_every_scope_still_makes_no_token_and_no_password(make, comes, people):
    actor = comes(make(people["admin"], SCOPES).secret)

    for permission in permissions.NEVER_BY_TOKEN:
        assert not allows(actor, permission, EVERYTHING)
    with pytest.raises(NotAllowed):
        make(actor)


def test_a_row_that_was_tampered_with_carries_no_more(people):
    """What a token never does is not looked up in its row."""
    scopes = frozenset(each.value for each in Permission)
    actor = Actor("admin", people["admin"].id, is_admin=True, scopes=scopes)

    assert not allows(actor, Permission.CREATE_TOKEN, EVERYTHING)


def test_scopes_hold_in_the_verbs_as_well(installation, deploy, make, comes, alice):
    deploy(model("p", user("a", rutin__candidateGroups="officer")))
    case = cases.start(installation, alice)
    task = cases.open_tasks(installation, alice, case)["a"]
    reads = comes(make(alice, [Permission.READ_TASK, Permission.READ_INSTANCE]).secret)

    with pytest.raises(NotAllowed):
        cases.complete(installation, reads, task)
    with pytest.raises(NotAllowed):
        cases.start(installation, reads)
    with pytest.raises(NotAllowed):
        cases.cancel(installation, reads, case, "x")

    completes = comes(make(alice, [Permission.READ_TASK, Permission.COMPLETE_TASK]).secret)
    with begin(installation, completes) as uow:
        assert user_tasks.complete(uow, task.id, {}).state == "completed"


@pytest.mark.parametrize(
    "scopes",
    [[], ["public:read"], ["token:create"], ["no:such"], ["password:change"], ["*", "x\0"], [""]],
)
def test_a_token_carries_what_there_is_to_carry(make, alice, scopes):
    with pytest.raises(Invalid):
        make(alice, scopes)


@pytest.mark.parametrize(
    "life", [{"seconds": 0}, {"seconds": -1}, {"days": 365, "seconds": 1}, {"days": 90_000}]
)
def test_a_token_has_an_end_a_year_away_at_most(clock, make, alice, life):
    with pytest.raises(Invalid):
        make(alice, **life)


def test_a_token_ends(clock, make, comes, alice):
    secret = make(alice, days=365).secret
    clock.forward(days=365, seconds=-1)
    assert comes(secret)

    clock.forward(seconds=1)

    assert comes(secret) is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\0"])
def test_a_token_has_a_name(make, alice, name):
    with pytest.raises(Invalid):
        make(alice, name=name)


def test_nobody_makes_sees_or_revokes_the_tokens_of_another(
    installation, make, comes, people, alice
):
    created = make(alice)

    for name in ("bob", "admin", "charlie"):
        other = people[name]
        with pytest.raises(NotAllowed):
            make(alice, by=other)
        with look(installation, other) as uow, pytest.raises(NotFound):
            tokens.of(uow, alice.id)
        with pytest.raises(NotFound):
            revoke(installation, other, created.token.id)
        with pytest.raises(NotFound):
            revoke(installation, other, UUID(int=1))

    assert comes(created.secret)


def test_a_revoked_token_is_gone(installation, make, comes, alice):
    created, other = make(alice), make(alice)

    revoke(installation, alice, created.token.id)

    assert comes(created.secret) is None
    with look(installation, alice) as uow:
        assert [each.id for each in tokens.of(uow, alice.id)] == [other.token.id]
    with pytest.raises(NotFound):
        revoke(installation, alice, created.token.id)


def test_a_closed_account_takes_its_tokens_with_it(installation, make, comes, alice):
    secret = make(alice).secret
    with begin(installation, SYSTEM) as uow:
        uow.session.execute(update(Account).where(Account.id == alice.id).values(is_active=False))
        uow.commit()

    assert comes(secret) is None


def test_the_last_use_is_written_every_hour_at_most(clock, installation, make, alice):
    created = make(alice)

    def come():
        with begin(installation, SYSTEM) as uow:
            row = uow.session.get(ApiToken, created.token.id)
            due = tokens.is_worth_noting(row.used_at, uow.now)
            if due:
                tokens.used(uow, row.id)
            uow.commit()
        return due

    noted = []
    for _ in range(13):
        noted.append(come())
        clock.forward(minutes=10)

    assert [number for number, due in enumerate(noted) if due] == [0, 6, 12]


def test_making_and_revoking_is_in_the_record_without_the_secret(installation, make, alice):
    created = make(alice)
    revoke(installation, alice, created.token.id)

    with look(installation, SYSTEM) as uow:
        events = uow.session.scalars(
            select(AuditEvent).where(AuditEvent.type.startswith("token.")).order_by(AuditEvent.seq)
        ).all()
        rows = uow.session.connection().exec_driver_sql("SELECT * FROM api_token").all()
        payloads = uow.session.connection().exec_driver_sql("SELECT * FROM audit_payload").all()
    assert [each.type for each in events] == ["token.created", "token.revoked"]
    assert events[0].facts["scopes"] == ["process_instance:read"]
    assert events[0].facts["account"] == str(alice.id)
    assert "Report" not in str([each.facts for each in events])
    assert created.secret not in str([rows, payloads, [each.facts for each in events]])
    assert created.token.digest not in str([payloads, [each.facts for each in events]])
