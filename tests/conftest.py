"""What every test may ask for. A test of stored things asks for `database_url`, and runs twice."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases

FOLDER = pytest.StashKey[Path]()
EXIT = pytest.StashKey[contextlib.ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
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
    for item in items:
        if isinstance(item, pytest.Function) and _needs_postgresql(item):
            item.add_marker("postgresql")


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
