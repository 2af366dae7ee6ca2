"""What every test may ask for. A test of stored things asks for `database_url`, and runs twice."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser

from engine.accounts import passwords
from tests import databases
from tests.browsers import CHROMIUM, chromium
from tests.pages.checks import AXE

FOLDER = pytest.StashKey[Path]()
BROWSER = {"Chromium (tools/chromium.sh)": CHROMIUM, "axe (tools/assets.sh)": AXE.exists()}
"""Without them, what needs a browser is skipped; in CI it fails."""
EXIT = pytest.StashKey[contextlib.ExitStack]()


SHIPPED = passwords._hasher


def pytest_configure(config: pytest.Config) -> None:
    passwords._hasher = PasswordHasher(
        time_cost=1, memory_cost=8, parallelism=1
    )  # else half a day is hashing
    config.addinivalue_line("markers", "postgresql: needs PostgreSQL (given by its fixtures)")
    if hasattr(config, "workerinput"):
        config.stash[FOLDER] = Path(config.workerinput["shared_folder"])
    else:
        config.stash[EXIT] = contextlib.ExitStack()
        config.stash[FOLDER] = config.stash[EXIT].enter_context(databases.shared_folder())


def pytest_unconfigure(config: pytest.Config) -> None:
    if EXIT in config.stash:
        config.stash[EXIT].close()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tell an xdist worker where the run's folder is."""
    node.workerinput["shared_folder"] = str(node.config.stash[FOLDER])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [tool for tool, is_there in BROWSER.items() if not is_there]
    for item in items:
        if isinstance(item, pytest.Function) and _needs_postgresql(item):
            item.add_marker("postgresql")
        if missing and "browser" in getattr(item, "fixturenames", ()) and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason=f"not installed: {', '.join(missing)}"))


def _needs_postgresql(item: pytest.Function) -> bool:
    callspec = getattr(item, "callspec", None)  # only parametrised tests have one
    parameter = callspec.params.get("database_url") if callspec else None
    return parameter == "postgresql" or "postgresql" in item.fixturenames


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of the test's own, on each kind in turn."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def sqlite_url(sqlite: databases.SQLite, tmp_path: Path) -> str:
    return sqlite.copy(tmp_path / "rutin.sqlite")


@pytest.fixture
def postgresql_url(postgresql: databases.PostgreSQL) -> Iterator[str]:
    name = postgresql.copy()
    yield postgresql.url(name)
    postgresql.drop(name)


@pytest.fixture(scope="session")
def sqlite(pytestconfig: pytest.Config) -> databases.SQLite:
    return databases.SQLite(pytestconfig.stash[FOLDER])


@pytest.fixture(scope="session")
def postgresql(pytestconfig: pytest.Config) -> Iterator[databases.PostgreSQL]:
    server = databases.PostgreSQL(pytestconfig.stash[FOLDER])
    yield server
    server.close()


@pytest.fixture(scope="session")
def shipped_hasher() -> PasswordHasher:
    """What hashes passwords outside of tests."""
    return SHIPPED


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a worker: Playwright runs once in a thread."""
    with chromium() as browser:
        yield browser
