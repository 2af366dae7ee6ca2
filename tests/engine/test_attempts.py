"""How often a password may be wrong, for a name and for an address; and what becomes of the rows."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.accounts import attempts
from engine.accounts.models import FailedAttempts
from engine.errors import TooManyAttempts
from engine.identity.actor import SYSTEM
from engine.uow import begin
from tests.factories.clocks import clock

__all__ = ["clock"]

ALICE, BOB = attempts.name("alice"), attempts.name("bob")
OFFICE = attempts.address("203.0.113.7")


@pytest.fixture
def attempt(installation):
    """Count an attempt; gives the locks that it set, or the minutes to wait."""

    def attempt(*keys):
        try:
            with begin(installation, SYSTEM) as uow:
                locks = attempts.begin(uow, *keys)
                uow.commit()
        except TooManyAttempts as error:
            return error.values["minutes"]
        return [each.kind.value for each in locks]

    return attempt


@pytest.fixture
def passed(installation):
    def passed(*keys):
        with begin(installation, SYSTEM) as uow:
            attempts.passed(uow, *keys)
            uow.commit()

    return passed


def rows(installation):
    with installation.database.reading() as session:
        return session.scalar(select(func.count()).select_from(FailedAttempts))


def test_the_fifth_failure_locks_a_name_and_no_other(clock, attempt):
    assert [attempt(ALICE) for _ in range(4)] == [[]] * 4
    assert attempt(ALICE) == ["name"]

    assert attempt(ALICE) == 1
    assert attempt(BOB) == []


def test_a_lock_ends_and_the_next_one_lasts_longer(clock, attempt):
    for _ in range(5):
        attempt(ALICE)

    waited = []
    for _ in range(7):
        waited.append(attempt(ALICE))
        clock.forward(minutes=waited[-1])
        assert attempt(ALICE) == ["name"]  # one more, and it is wrong again

    assert waited == [1, 2, 4, 8, 15, 15, 15]


def test_a_lock_holds_to_its_last_second(clock, attempt):
    for _ in range(5):
        attempt(ALICE)

    clock.forward(seconds=59)
    assert attempt(ALICE) == 1
    clock.forward(seconds=1)
    assert attempt(ALICE) == ["name"]


def test_what_is_refused_is_not_counted(clock, attempt):
    for _ in range(100):
        attempt(ALICE)

    clock.forward(minutes=1)
    assert attempt(ALICE) == ["name"]
    assert attempt(ALICE) == 2


def test_who_knows_the_password_starts_afresh(clock, attempt, passed, installation):
    for _ in range(5):
        attempt(ALICE)
    passed(ALICE)

    assert rows(installation) == 0
    assert [attempt(ALICE) for _ in range(4)] == [[]] * 4


def test_failures_are_forgotten_one_by_one(clock, attempt):
    for _ in range(4):
        attempt(ALICE)
    clock.forward(hours=1)

    assert attempt(ALICE) == []
    assert attempt(ALICE) == ["name"]


def test_rows_go_when_everything_is_forgotten(clock, attempt, installation):
    for each in range(20):
        attempt(attempts.name(f"nobody-{each}"))
    clock.forward(hours=1)

    attempt(ALICE)

    assert rows(installation) == 1


def test_there_are_never_more_rows_than_a_limit(clock, attempt, installation, monkeypatch):
    monkeypatch.setattr(attempts, "MOST", 10)
    for _ in range(5):
        attempt(ALICE)

    for each in range(40):
        attempt(attempts.name(f"nobody-{each}"))

    assert rows(installation) <= 11
    assert attempt(ALICE) == 1  # what is locked is remembered for longest


def test_an_address_is_locked_whatever_names_it_tries(clock, attempt):
    for each in range(50):
        attempt(attempts.name(f"nobody-{each}"), OFFICE)

    assert attempt(ALICE, OFFICE) == 1
    assert attempt(ALICE) == []
    assert attempt(ALICE, attempts.address("203.0.113.8")) == []


def test_an_address_that_is_locked_locks_no_names(clock, attempt):
    for each in range(50):
        attempt(attempts.name(f"nobody-{each}"), OFFICE)
    for _ in range(20):
        attempt(ALICE, OFFICE)

    assert [attempt(ALICE) for _ in range(4)] == [[]] * 4


def test_owning_one_account_does_not_free_an_address(clock, attempt, passed):
    for each in range(49):
        attempt(attempts.name(f"nobody-{each}"), OFFICE)
        attempt(BOB, OFFICE)
        passed(BOB, OFFICE)

    assert attempt(ALICE, OFFICE) == ["address"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("unknown", "unknown", True),
    ],
)
def test_a_client_is_known_by_what_it_has_for_itself(one, other, alike):
    assert (attempts.address(one) == attempts.address(other)) is alike


def test_a_name_is_the_same_however_it_is_written():
    assert attempts.name(" Alice ") == ALICE
    assert attempts.name("a\ud800lice") != ALICE


def test_nothing_that_was_typed_is_kept(clock, attempt, installation):
    attempt(attempts.name("en lång fras"), OFFICE)

    with installation.database.reading() as session:
        kept = str(session.connection().exec_driver_sql("SELECT * FROM failed_attempts").all())
    assert "fras" not in kept
    assert "203" not in kept


def test_however_many_come_at_once_no_more_than_the_limit_get_through(installation):
    results = []
    barrier = threading.Barrier(12)

    def guess():
        barrier.wait()
        try:
            with begin(installation, SYSTEM) as uow:
                attempts.begin(uow, OFFICE, ALICE)
                uow.commit()
            results.append("compared")
        except TooManyAttempts:
            results.append("refused")

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (results.count("compared"), results.count("refused")) == (5, 7)


def test_who_waited_for_a_row_counts_no_failure_twice(clock, attempt):
    """The time of a transaction is that of its beginning, and its turn may come late."""
    for _ in range(3):
        attempt(ALICE)
    clock.forward(seconds=-20)

    assert attempt(ALICE) == []
    assert attempt(ALICE) == ["name"]


def test_the_longest_lock_is_short_of_what_is_remembered():
    """Or a row would be cleared away while it locks."""
    for limit in attempts.LIMITS.values():
        assert limit.longest < limit.forgets * limit.free
        assert limit.lock(limit.counted) == limit.longest
        assert limit.lock(limit.free - 1) is None
        assert limit.lock(limit.free) == timedelta(minutes=1)
