"""
An installation on each database with its doors open, and people before them.

alice may, bob is in her group, charlie is a stranger; owner answers for the routines, auditor looks, and admin
does everything but other people's work. A folder's `conftest.py` names the fixtures that it takes from here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.accounts import commands as accounts
from engine.accounts import repository, tokens
from engine.accounts.models import Account
from engine.identity.actor import SYSTEM
from engine.identity.permissions import SCOPES
from engine.installation import Installation
from engine.settings import Settings
from engine.uow import UnitOfWork, begin
from tests.factories import installations
from tests.factories.callers import Caller, Door, InProcess
from web.app import create_app
from web.transactions import TransactionalFlask

PEOPLE = {
    "alice": ("officer",),
    "bob": ("officer",),
    "charlie": (),
    "owner": ("process_owner",),
    "auditor": ("auditor",),
    "admin": (),
}
ADMINS = frozenset({"admin"})
SECRET_KEY = "k" * 32
MADE: dict[Settings, TransactionalFlask] = {}


def create_people(
    installation: Installation,
    door: Door,
    people: Mapping[str, Sequence[str]] = PEOPLE,
    *,
    admins: Collection[str] = ADMINS,
) -> dict[str, Caller]:
    """Create accounts with a token each; `people` are names and the groups they belong to."""
    with begin(installation, SYSTEM) as uow:
        keys = {}
        for name, groups in people.items():
            account = accounts.create_account(
                uow, name, password=None, groups=groups, is_admin=name in admins
            )
            keys[name] = _key(uow, account)
        uow.commit()
    return {name: Caller(name, token, door) for name, token in keys.items()}


def callers(installation: Installation, door: Door, *names: str) -> Iterator[Caller]:
    """Give people who have an account each a token."""
    with begin(installation, SYSTEM) as uow:
        keys = [_key(uow, repository.named(uow.session, name)) for name in names]
        uow.commit()
    yield from (Caller(name, token, door) for name, token in zip(names, keys, strict=True))


def _key(uow: UnitOfWork, account: Account) -> str:
    until = uow.now + timedelta(days=30)
    made = tokens.create(uow, account.id, name="tests", scopes=SCOPES, expires_at=until)
    return made.secret


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, files=tmp_path / "var", secret_key=SECRET_KEY)


@pytest.fixture
def installation(settings: Settings) -> Iterator[Installation]:
    with installations.opened(settings) as installation:
        yield installation


@pytest.fixture
def app(settings: Settings, installation: Installation) -> TransactionalFlask:
    """
    The application. It takes longer to make than most tests take to run, and knows nothing of the installation
    that it answers for but its settings: tests whose settings differ by places alone share one, one by one.
    """
    if settings.openid_issuer:
        return create_app(settings, installation)  # it keeps what the provider said
    kind = replace(settings, database_url="", files=Path())
    app = MADE.get(kind) or MADE.setdefault(kind, create_app(settings, installation))
    app.installation = installation
    return app


@pytest.fixture
def client(app: TransactionalFlask) -> FlaskClient:
    """A browser: it keeps its cookies."""
    return app.test_client()


@pytest.fixture
def people(app: TransactionalFlask, installation: Installation) -> dict[str, Caller]:
    return create_people(installation, InProcess(app))


@pytest.fixture
def anybody(app: TransactionalFlask) -> Caller:
    """Somebody without a token."""
    return Caller("anybody", None, InProcess(app))


@pytest.fixture
def alice(people: dict[str, Caller]) -> Caller:
    return people["alice"]


@pytest.fixture
def bob(people: dict[str, Caller]) -> Caller:
    return people["bob"]


@pytest.fixture
def charlie(people: dict[str, Caller]) -> Caller:
    return people["charlie"]


@pytest.fixture
def owner(people: dict[str, Caller]) -> Caller:
    return people["owner"]


@pytest.fixture
def auditor(people: dict[str, Caller]) -> Caller:
    return people["auditor"]


@pytest.fixture
def admin(people: dict[str, Caller]) -> Caller:
    return people["admin"]
