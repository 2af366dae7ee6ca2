"""What operators type about people and keys."""

import pytest
from click.testing import CliRunner

from engine.accounts import attempts, commands, identities, repository
from engine.accounts.identities import Arrival
from engine.accounts.models import ApiToken
from engine.clock import now
from engine.errors import TooManyAttempts
from engine.identity.actor import SYSTEM
from engine.identity.permissions import SCOPES
from engine.uow import begin, look
from tests.factories.callers import Caller, InProcess
from tests.factories.insiders import PASSWORD
from web.cli.main import main


@pytest.fixture
def rutin(settings):
    environment = {
        "RUTIN_DATABASE_URL": settings.database_url,
        "RUTIN_FILES": str(settings.files),
    }

    def run(*arguments, stdin=None, **more):
        return CliRunner().invoke(main, [*arguments], input=stdin, env={**environment, **more})

    return run


@pytest.fixture
def agnes(rutin):
    rutin("user", "create", "agnes", "--password-stdin", stdin=PASSWORD + "\n")
    return "agnes"


def fails(result, *words):
    assert result.exit_code != 0
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for each in words:
        assert each in result.stderr


def attempt(installation):
    with begin(installation, SYSTEM) as uow:
        attempts.begin(uow, attempts.name("agnes"))
        uow.commit()


def test_a_locked_account_is_unlocked(rutin, installation, agnes):
    for _ in range(5):
        attempt(installation)
    with pytest.raises(TooManyAttempts):
        attempt(installation)

    result = rutin("user", "unlock", "Agnes")

    assert (result.exit_code, result.stdout) == (0, "agnes can sign in.\n")
    attempt(installation)


def test_a_one_time_password_is_printed_alone(rutin, installation, agnes):
    result = rutin("user", "reset-password", agnes)

    assert result.exit_code == 0
    with look(installation, SYSTEM) as uow:
        for password, opens in ((result.stdout.strip(), True), (PASSWORD, False)):
            found = commands.authenticated(uow.session, agnes, password, at=now())
            assert (found is not None) is opens


@pytest.mark.parametrize("command", [("user", "unlock"), ("user", "reset-password")])
def test_nobody_is_helped_who_is_not_there(rutin, command):
    fails(rutin(*command, "nobody"), "nobody")


def test_a_token_carries_what_is_asked_for(rutin, app, installation, agnes):
    made = rutin(
        *("token", "create", agnes, "--for", "Rapport", "--days", "10"),
        *("--scope", "process_instance:read"),
    )

    program = Caller("program", made.stdout.strip(), InProcess(app))
    assert program.get("/process-instances").status == 200
    assert program.get("/user-tasks").status == 403


def test_a_token_carries_everything_that_one_can_unless_it_is_said(rutin, installation, agnes):
    rutin("token", "create", agnes)

    with installation.database.reading() as session:
        account = repository.named(session, agnes)
    listed = rutin("token", "list", agnes).stdout
    assert "used never  API" in listed
    with look(installation, SYSTEM) as uow:
        [row] = tokens_of(uow, account.id)
    assert row.scopes == [each.value for each in SCOPES]


def tokens_of(uow, account_id):
    return uow.session.query(ApiToken).filter_by(account_id=account_id).all()


def test_a_token_is_revoked_by_the_identity_that_the_list_prints(rutin, app, agnes):
    program = Caller("program", rutin("token", "create", agnes).stdout.strip(), InProcess(app))
    assert program.get("/process-instances").status == 200
    identity = rutin("token", "list", agnes).stdout.split()[0]

    result = rutin("token", "revoke", identity)

    assert (result.exit_code, result.stdout) == (0, "API opens nothing any more.\n")
    assert program.get("/process-instances").status == 401
    assert rutin("token", "list", agnes).stdout == ""
    fails(rutin("token", "revoke", identity))


@pytest.mark.parametrize(
    "more", [("--days", "0"), ("--days", "366"), ("--scope", "token:create"), ("--for", "")]
)
def test_a_token_that_cannot_be_is_not_made(rutin, agnes, more):
    fails(rutin("token", "create", agnes, *more))

    assert rutin("token", "list", agnes).stdout == ""


def test_an_account_is_disconnected_from_its_provider(rutin, installation, agnes):
    issuer = "https://login.example"
    settings = {
        "RUTIN_OPENID_ISSUER": issuer,
        "RUTIN_OPENID_CLIENT_ID": "rutin",
        "RUTIN_ADDRESS": "https://rutin.example",
    }
    with look(installation, SYSTEM) as uow:
        actor = repository.actor(repository.named(uow.session, agnes))
    with begin(installation, actor) as uow:
        identities.connect(uow, Arrival(issuer, "agnes-1"))
        uow.commit()

    result = rutin("user", "disconnect", agnes, **settings)

    assert (result.exit_code, result.stdout) == (0, "agnes cannot sign in from there any more.\n")
    fails(rutin("user", "disconnect", agnes, **settings), "not connected")


def test_an_account_is_changed_by_what_comes_and_what_goes(rutin, agnes):
    made = rutin("user", "change", agnes, "--add-group", "b", "--add-group", "a", "--admin")
    assert (made.exit_code, made.stdout) == (0, "agnes: administrator, a, b.\n")

    fails(rutin("user", "change", agnes, "--no-admin"), "last administrator")
    rutin("user", "create", "eva", "--admin")
    left = rutin("user", "change", agnes, "--remove-group", "a", "--no-admin")
    assert left.stdout == "agnes: b.\n"
    assert rutin("user", "change", agnes, "--remove-group", "b").stdout == "agnes: no group.\n"
    fails(rutin("user", "change", "nobody", "--admin"), "nobody")


def test_an_account_is_closed_and_opened_again(rutin, app, agnes):
    program = Caller("program", rutin("token", "create", agnes).stdout.strip(), InProcess(app))

    closed = rutin("user", "close", agnes, "--reason", "Has left.")

    assert (closed.exit_code, closed.stdout) == (
        0,
        "agnes is closed. Open tasks that wait for it: 0.\n",
    )
    assert program.get("/process-instances").status == 401
    fails(rutin("user", "close", agnes, "--reason", "Has left."), "already")
    fails(rutin("token", "create", agnes), "closed")
    opened = rutin("user", "reopen", agnes)
    assert (opened.exit_code, opened.stdout) == (0, "agnes can sign in.\n")
    assert program.get("/process-instances").status == 401
    fails(rutin("user", "reopen", agnes), "not closed")
    fails(rutin("user", "close", agnes), "--reason")
