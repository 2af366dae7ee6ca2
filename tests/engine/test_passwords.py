"""What may be a password, and what changing one and getting a one-time one bring with them."""

from uuid import UUID

import pytest
from argon2 import Type

from engine.accounts import attempts, commands, passwords, repository, sessions
from engine.accounts.models import Account
from engine.errors import Conflict, Invalid, NotAllowed, NotFound, NotSignedIn, PasswordMustChange
from engine.identity.actor import SYSTEM
from engine.identity.permissions import Permission, allows, require_reach
from engine.organisation import callers
from engine.uow import begin, look
from tests.factories.clocks import clock

__all__ = ["clock"]

NOBODY = UUID("01990000-0000-7000-8000-000000000000")
OLD, NEW = "korrekt häst batteri", "fyra andra ord nu"


# ---------------------------------------------------------------- what may be one


@pytest.mark.parametrize(
    "password",
    [
        "korrekt häst batteri",
        "aaaa bbbb cccc ddee",
        "xK9$mQ2#vL7!",
        "kaffekopp och våren",
        "8fj3-kd92-mf81-pq70",
        "абвгдежзиклм, да нет",
        "🦊 springer fort bort 🦊",
        " med blanksteg runt om ",
        "x7" * 3 + "Qw9 zP" * 100,
    ],
)
def test_long_and_unlike_what_others_take_is_enough(password):
    assert passwords.fits(password, passwords.kept(password, names=["alice", "Alice Alm"]))


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password123!",
        "Lösenord2026",
        "Sommaren2026!",
        "välkommen123",
        "qwertyuiop123",
        "aaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "198501011234",
        "19850101-1234",
        "abcdefghijklmn",
        "RutinRutinRutin",
        "alice-alm-2026",
        "Alice1234567",
    ],
)
def test_what_would_be_tried_first_is_none(password):
    with pytest.raises(Invalid, match="among the first"):
        passwords.kept(password, names=["alice", "Alice Alm"])


@pytest.mark.parametrize("password", ["", "x", "elva tecken", "x" * 1025])
def test_a_password_has_a_length(password):
    with pytest.raises(Invalid, match="12 to 1024"):
        passwords.kept(password)


@pytest.mark.parametrize("password", ["noll \0 i mitten", "halv \ud800 bokstav"])
def test_a_password_is_text(password):
    with pytest.raises(Invalid):
        passwords.kept(password)
    assert not passwords.fits(password, passwords.kept(OLD))


def test_every_kind_of_character_is_free():
    for password in ("bara små bokstäver", "BARA STORA BOKSTÄVER", "!#%&/()=?+-_.:,;"):
        passwords.kept(password)


def test_one_time_passwords_are_their_own_and_can_be_read_aloud():
    given = {passwords.one_time().password for _ in range(3)}

    assert len(given) == 3
    for each in given:
        assert len(each) == 19
        assert not set(each) & set("aeiou01lyO")


# ---------------------------------------------------------------- changing and resetting


@pytest.fixture
def agnes(installation):
    with begin(installation, SYSTEM) as uow:
        account = commands.create_account(uow, "agnes", password=OLD)
        uow.commit()
    return account


@pytest.fixture
def opened(installation, agnes):
    """Sign agnes in; gives her as she acts in that session."""

    def opened():
        with begin(installation, SYSTEM) as uow:
            cookie = sessions.sign_in(uow, repository.named(uow.session, "agnes"))
            uow.commit()
        return came(cookie)

    def came(cookie):
        with look(installation, SYSTEM) as uow:
            found = callers.by_cookie(installation, cookie, uow.now)
        return found.actor if found else None

    return opened


def is_open(installation, actor):
    with look(installation, actor) as uow:
        return actor.session in {each.id for each in sessions.own(uow)}


def change(installation, actor, was, to=NEW):
    with begin(installation, actor) as uow:
        commands.change_password(uow, was, passwords.kept(to))
        uow.commit()


def reset(installation, actor, account_id):
    with begin(installation, actor) as uow:
        given = passwords.one_time()
        commands.reset_password(uow, account_id, given)
        uow.commit()
    return given


def enters(installation, password, name="agnes"):
    with look(installation, SYSTEM) as uow:
        return commands.authenticated(uow.session, name, password, at=uow.now) is not None


def test_another_password_ends_all_other_sessions(installation, agnes, opened):
    here, there, elsewhere = opened(), opened(), opened()

    change(installation, here, agnes)

    assert [is_open(installation, each) for each in (here, there, elsewhere)] == [
        True,
        False,
        False,
    ]
    assert enters(installation, NEW)
    assert not enters(installation, OLD)


def test_nobody_changes_the_password_of_another(installation, people, agnes):
    for name in ("bob", "charlie", "admin"):
        with pytest.raises(NotAllowed):
            change(installation, people[name], agnes)

    assert enters(installation, OLD)


def test_of_two_changes_the_second_is_told(installation, agnes, opened):
    here = opened()
    change(installation, here, agnes)

    with pytest.raises(Conflict):
        change(installation, here, agnes, "ännu ett annat ord")


def test_a_session_does_not_begin_with_a_password_that_was_just_changed(
    installation, agnes, opened
):
    change(installation, opened(), agnes)

    with begin(installation, SYSTEM) as uow, pytest.raises(NotSignedIn):
        sessions.sign_in(uow, agnes)


def test_a_one_time_password_opens_a_session_for_choosing_another(
    installation, people, agnes, opened
):
    before = opened()

    given = reset(installation, people["admin"], agnes.id)

    assert not is_open(installation, before)
    assert not enters(installation, OLD)
    assert enters(installation, given.password)
    here = opened()
    assert here.must_change_password
    reached = {each for each in Permission if allows(here, each)}
    assert reached == {Permission.PUBLIC, Permission.SIGNED_IN, Permission.CHANGE_PASSWORD}
    with pytest.raises(PasswordMustChange):
        require_reach(here, Permission.READ_TASK)

    with look(installation, here) as uow:
        was = uow.session.get(Account, agnes.id)
    change(installation, here, was)

    assert not opened().must_change_password
    assert enters(installation, NEW)


def test_a_one_time_password_does_not_last(clock, installation, people, agnes):
    given = reset(installation, people["admin"], agnes.id)
    clock.forward(days=3, seconds=-1)
    assert enters(installation, given.password)

    clock.forward(seconds=1)

    assert not enters(installation, given.password)


def test_a_reset_unlocks(installation, people, agnes):
    with begin(installation, SYSTEM) as uow:
        for _ in range(5):
            attempts.begin(uow, attempts.name("agnes"))
        uow.commit()

    reset(installation, people["admin"], agnes.id)

    with begin(installation, SYSTEM) as uow:
        attempts.begin(uow, attempts.name("agnes"))


def test_only_an_administrator_resets_and_unlocks(installation, people, agnes):
    for name in ("alice", "bob", "charlie", "olle"):
        with begin(installation, people[name]) as uow:
            with pytest.raises(NotAllowed):
                commands.reset_password(uow, agnes.id, passwords.one_time())
            with pytest.raises(NotAllowed):
                commands.unlock(uow, agnes.id)


def test_ones_own_password_is_not_reset(installation, people):
    admin = people["admin"]

    with begin(installation, admin) as uow, pytest.raises(Conflict):
        commands.reset_password(uow, admin.id, passwords.one_time())


def test_nobody_is_reset_who_is_not_there(installation, people):
    with begin(installation, people["admin"]) as uow:
        with pytest.raises(NotFound):
            commands.reset_password(uow, NOBODY, passwords.one_time())
        with pytest.raises(NotFound):
            commands.unlock(uow, NOBODY)


def test_guessing_at_a_stolen_hash_is_slow(shipped_hasher):
    """OWASP asks for at least 19 MiB and two passes of argon2id; RFC 9106 for 64 MiB and three."""
    assert shipped_hasher.type is Type.ID
    assert shipped_hasher.memory_cost >= 64 * 1024
    assert shipped_hasher.time_cost >= 3
