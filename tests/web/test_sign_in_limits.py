"""Guessing at a password: how it is stopped, what it is told, and that it learns nothing of who there is."""

import pytest
from sqlalchemy import select

from engine.accounts import commands, passwords, repository
from engine.audit.models import AuditEvent, AuditPayload
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.settings import Settings
from engine.uow import begin
from tests.factories.browsers import Browser
from tests.factories.clocks import clock
from tests.factories.insiders import HASH, PASSWORD, insiders
from tests.factories.tables import counted
from web.app import create_app
from web.auth.requests import COOKIE

__all__ = ["clock", "insiders"]

pytestmark = pytest.mark.usefixtures("insiders")
WRONG = "fel lösenord"
WAIT = "Too many attempts have failed. Try again in 1 min."


@pytest.fixture
def visitor(client):
    return Browser(client)


def enter(visitor, name="alice", password=WRONG, **environment):
    visitor.client.environ_base.update(environment)
    return visitor.post("/sign-in", name=name, password=password)


def events(installation, kind):
    with installation.database.reading() as session:
        return session.scalars(select(AuditEvent).where(AuditEvent.type == kind)).all()


@pytest.mark.parametrize("name", ["alice", "nobody", "a\0b", "x" * 5_000])
def test_the_sixth_attempt_is_told_to_wait_whether_there_is_such_an_account_or_not(
    clock, visitor, name
):
    said = [enter(visitor, name) for _ in range(7)]

    assert [page.status for page in said] == [401] * 5 + [429] * 2
    for page in said[:5]:
        assert "do not fit together" in page.main
        assert "Retry-After" not in page.response.headers
    for page in said[5:]:
        assert page.texts("//*[@role='alert']") == [WAIT]
        assert page.response.headers["Retry-After"] == "60"
        assert page.title.startswith("Error:")
        assert visitor.client.get_cookie(COOKIE) is None


def test_it_is_told_in_swedish(clock, client):
    visitor = Browser(client, "sv")

    page = [enter(visitor) for _ in range(6)][-1]

    assert page.texts("//*[@role='alert']") == [
        "För många försök har misslyckats. Försök igen om 1 min."
    ]


def test_the_right_password_does_not_help_while_it_is_locked_and_does_afterwards(clock, visitor):
    for _ in range(5):
        enter(visitor)

    assert enter(visitor, password=PASSWORD).status == 429
    clock.forward(minutes=1)
    assert enter(visitor, password=PASSWORD).title == "Start page – Rutin"


def test_a_password_is_not_even_compared_while_it_is_locked(clock, visitor, monkeypatch):
    for _ in range(5):
        enter(visitor)
    compared = []
    monkeypatch.setattr(passwords, "fits", lambda *given: compared.append(given))

    assert enter(visitor).status == 429
    assert compared == []


@pytest.mark.parametrize("name", ["alice", "nobody", "without", "closed"])
def test_as_much_work_is_done_for_a_name_that_nobody_has(visitor, installation, monkeypatch, name):
    """One comparison with a hash of the same kind, whoever it is."""
    with begin(installation, SYSTEM) as uow:
        commands.create_account(uow, "without", password=None)
        commands.create_account(uow, "closed", password=PASSWORD).is_active = False
        uow.commit()
    verified = []

    class Counting:
        def hash(self, password):
            return real.hash(password)

        def verify(self, kept, password):
            verified.append(kept.split("$")[1:4])
            return real.verify(kept, password)

    real = passwords._hasher
    monkeypatch.setattr(passwords, "_hasher", Counting())

    assert enter(visitor, name).status == 401
    assert verified == [HASH.split("$")[1:4]]


def test_a_lock_is_in_the_record_and_single_failures_are_not(clock, visitor, installation):
    before = counted(installation)["audit_event"]
    for _ in range(4):
        enter(visitor)
    assert counted(installation)["audit_event"] == before

    for name in ("alice", *["nobody"] * 5):
        enter(visitor, name)

    mine, nobodys = sorted(
        events(installation, "sign_in.locked"), key=lambda each: each.facts["account"] is None
    )
    with installation.database.reading() as session:
        alice = repository.named(session, "alice")
    assert mine.facts["account"] == str(alice.id)
    assert (mine.actor, mine.facts["locked"]) == ("system", "name")
    assert nobodys.facts["account"] is None
    assert "nobody" not in str(nobodys.facts)


def test_no_password_is_in_the_record_or_the_log(clock, visitor, installation, capsys):
    for _ in range(6):
        enter(visitor, name="hemligt-namn", password="mitt hemliga ord")
    clock.forward(minutes=1)
    enter(visitor, password=PASSWORD)

    with installation.database.reading() as session:
        everything = str(
            [
                session.connection().exec_driver_sql(f"SELECT * FROM {table}").all()
                for table in ("audit_event", "audit_payload", "failed_attempts", "sign_in")
            ]
        )
    logged = capsys.readouterr()
    for secret in ("hemlig", PASSWORD, "argon2", visitor.client.get_cookie(COOKIE).value):
        assert secret not in everything
        assert secret not in logged.out + logged.err


# ---------------------------------------------------------------- addresses


def test_an_address_is_locked_for_whatever_name(clock, visitor, installation):
    for each in range(50):
        assert enter(visitor, f"nobody-{each}", REMOTE_ADDR="203.0.113.7").status == 401

    assert enter(visitor, "alice", PASSWORD).status == 429
    assert (
        enter(visitor, "alice", PASSWORD, REMOTE_ADDR="203.0.113.8").title == "Start page – Rutin"
    )

    [event] = events(installation, "sign_in.locked")
    assert (event.facts["locked"], event.facts["account"]) == ("address", None)
    assert "203" not in str(event.facts)
    with installation.database.reading() as session:
        payload = session.get(AuditPayload, (event.chain, event.seq, "address"))
    assert payload.value == '"203.0.113.7"'


def test_everybody_behind_a_proxy_that_we_do_not_know_of_is_not_locked_out(clock, visitor):
    """They all come from this machine; the limit for each name holds."""
    for each in range(60):
        assert enter(visitor, f"nobody-{each}").status == 401

    assert enter(visitor, "alice", PASSWORD).title == "Start page – Rutin"


@pytest.fixture
def behind_a_proxy(settings: Settings, installation: Installation):
    known = Settings(
        database_url=settings.database_url,
        files=settings.files,
        secret_key=settings.secret_key,
        proxies=1,
    )
    return Browser(create_app(known, installation).test_client())


def test_behind_a_proxy_it_is_the_clients_address_that_counts(clock, behind_a_proxy):
    visitor = behind_a_proxy
    for each in range(50):
        # what the client says itself stands before what the proxy adds, and is not believed
        said = f"198.51.100.{each}, 203.0.113.7"
        assert enter(visitor, f"nobody-{each}", HTTP_X_FORWARDED_FOR=said).status == 401

    last = enter(visitor, "alice", PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.1, 203.0.113.7")
    assert last.status == 429
    other = enter(visitor, "alice", PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.7, 192.0.2.1")
    assert other.title == "Start page – Rutin"


def test_without_a_proxy_nobody_says_where_they_come_from(clock, visitor):
    for each in range(50):
        said = f"198.51.100.{each}"
        enter(visitor, f"nobody-{each}", REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR=said)

    assert enter(visitor, "alice", PASSWORD).status == 429
