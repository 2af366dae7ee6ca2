"""
Real servers: `rutin serve` in a process of its own, on this machine only, on a port that was free.

Each is ended by its own process; a server that does not end is taken down with the processes it made, and nothing
else. What it said goes to a file, and is shown when it does not come up.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.factories.callers import Answer

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "web.cli.main")
SECONDS_TO_COME_UP = 30
SECONDS_TO_END = 15
SECONDS_TO_ANSWER = 30


@dataclass(frozen=True)
class Site:
    """Where an installation keeps things, as its commands and servers are told."""

    database_url: str
    files: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        mine = {name: value for name, value in os.environ.items() if not name.startswith("RUTIN_")}
        return {
            **mine,
            "RUTIN_DATABASE_URL": self.database_url,
            "RUTIN_FILES": str(self.files),
            **self.settings,
        }

    def rutin(
        self, *arguments: str | Path, stdin: str = "", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=ROOT,
            env={**self.environment, **settings},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


class Server:
    """A server as a door: each request comes by a connection of its own."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.process = process
        self._lines: list[Line] = []

    def send(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        with contextlib.closing(Line(self.address)) as line:
            return line.send(method, address, headers, body)

    def line(self) -> "Line":
        """Open a line that stays open, for one thread."""
        line = Line(self.address)
        self._lines.append(line)
        return line

    def close(self) -> None:
        for line in self._lines:
            line.close()
        end(self.process)


class Line:
    """A connection to a server that is used again and again, by one thread."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy stands between us

    def send(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        with self._session.request(
            method,
            self._address + address,
            headers=dict(headers),
            data=body,
            timeout=SECONDS_TO_ANSWER,
            allow_redirects=False,
        ) as response:
            return Answer(response.status_code, response.headers, response.content)

    def close(self) -> None:
        self._session.close()


@contextlib.contextmanager
def serving(site: Site, *, count: int = 1) -> Iterator[Sequence[Server]]:
    """Start servers at the same moment, and give them when all are ready."""
    site.files.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        started = [_start(site, stack) for _ in range(count)]
        for server, log in started:
            _await(server, log)
        yield [server for server, _ in started]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, by its own number; with its children, should it not listen."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _start(site: Site, stack: contextlib.ExitStack) -> tuple[Server, Path]:
    port = free_port()
    log = site.files / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)],
            cwd=ROOT,
            env=site.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(port, process)
    stack.callback(server.close)
    return server, log


def _await(server: Server, log: Path) -> None:
    patience = time.monotonic() + SECONDS_TO_COME_UP
    while time.monotonic() < patience and server.process.poll() is None:
        with contextlib.suppress(requests.ConnectionError):
            if server.send("GET", "/ready", {}, None).status == 200:
                return
        time.sleep(0.05)
    raise RuntimeError(f"The server did not come up:\n{log.read_text(errors='replace')}")
