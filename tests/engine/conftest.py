"""An installation on each database, and people: alice may, bob is in her group, charlie is a stranger."""

from collections.abc import Iterator

import pytest

from engine.accounts import commands as accounts
from engine.accounts import repository
from engine.definitions import commands as definitions
from engine.identity.actor import SYSTEM, Actor
from engine.installation import Installation
from engine.settings import Settings
from engine.uow import begin
from tests.factories import installations

GROUPS = {"alice": ("officer",), "bob": ("officer",), "charlie": (), "olle": ("process_owner",)}


@pytest.fixture
def installation(database_url: str) -> Iterator[Installation]:
    with installations.opened(Settings(database_url=database_url)) as installation:
        yield installation


@pytest.fixture
def people(installation: Installation) -> dict[str, Actor]:
    with begin(installation, SYSTEM) as uow:
        for name, groups in GROUPS.items():
            accounts.create_account(uow, name, password=None, groups=groups)
        accounts.create_account(uow, "admin", password=None, is_admin=True)
        found = {
            name: repository.actor(repository.named(uow.session, name))
            for name in (*GROUPS, "admin")
        }
        uow.commit()
    return found


@pytest.fixture
def alice(people: dict[str, Actor]) -> Actor:
    return people["alice"]


@pytest.fixture
def bob(people: dict[str, Actor]) -> Actor:
    return people["bob"]


@pytest.fixture
def charlie(people: dict[str, Actor]) -> Actor:
    return people["charlie"]


@pytest.fixture
def deploy(installation: Installation):
    """Deploy a model under the name `p.bpmn`, and files by their names."""

    def deploy(source: bytes = b"", **files: bytes):
        with begin(installation, SYSTEM) as uow:
            deployed = definitions.deploy(
                uow, "test", files | ({"p.bpmn": source} if source else {})
            )
            uow.commit()
        return deployed.definitions

    return deploy
