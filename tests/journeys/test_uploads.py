"""Files sent to a real server: without a length, broken off half-way, many at once, and during a sweep."""

import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.attachments import commands, store
from engine.identity.actor import SYSTEM
from engine.uow import look
from tests.factories.doors import create_people
from tests.factories.papers import BOUNDARY, content, raw, send, stored
from tests.servers import Site, serving

MOST = 4_000_000


@pytest.fixture
def site(settings):
    more = {"RUTIN_MAX_ATTACHMENT_BYTES": f"{MOST}", "RUTIN_SECRET_KEY": "k" * 32}
    return Site(settings.database_url, settings.files, more)


@pytest.fixture
def server(site):
    with serving(site) as [server]:
        yield server


@pytest.fixture
def alice(installation, server):
    return create_people(installation, server, {"alice": ()})["alice"]


@pytest.fixture
def folder(settings):
    return settings.files / "attachments"


def begin(server, caller, **headers):
    """Open a connection and say that a file comes, in pieces of which nobody tells how many."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    told = {
        "Host": "127.0.0.1",
        "Authorization": f"Bearer {caller.token}",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    line.sendall(f"POST /api/v1/attachments HTTP/1.1\r\n{head}\r\n".encode())
    return line


def piece(content):
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


def answer(line):
    told = b""
    while block := line.recv(65_536):
        told += block
    return told


def test_a_file_without_a_length_is_taken(server, alice, folder):
    body = raw("a.txt", b"x" * 100_000)

    with begin(server, alice, **{"Transfer-Encoding": "chunked"}) as line:
        for at in range(0, len(body), 7_000):
            line.sendall(piece(body[at : at + 7_000]))
        line.sendall(b"0\r\n\r\n")
        told = answer(line)

    assert told.startswith(b"HTTP/1.1 201")
    assert len(stored(folder)) == 1


def test_a_file_without_an_end_is_read_as_far_as_a_file_may_go(server, alice, folder):
    block, sent = piece(b"x" * 65_536), 0

    with begin(server, alice, **{"Transfer-Encoding": "chunked"}) as line:
        line.sendall(piece(raw("a.txt", b"").partition(b"\r\n\r\n")[0] + b"\r\n\r\n"))
        try:
            while sent < 50 * MOST:
                line.sendall(block)
                sent += len(block)
        except OSError:
            pass  # the server has heard enough

    assert sent < 5 * MOST  # what the sockets between us hold
    assert _empty(folder)
    assert alice.get("/attachments/x").status == 404  # it goes on answering


def test_a_file_that_is_broken_off_leaves_nothing(server, alice, folder):
    body = raw("a.txt", b"x" * 3_000_000)
    with begin(server, alice, **{"Content-Length": str(len(body))}) as line:
        line.sendall(body[:2_000_000])

    assert _empty(folder)


def _empty(folder: Path) -> bool:
    patience = time.monotonic() + 20
    while time.monotonic() < patience:
        if folder.exists() and stored(folder) == []:
            return True
        time.sleep(0.1)
    return False


def test_what_is_handed_out_is_what_was_sent(server, alice):
    given = bytes(range(32, 127)) * 20_000

    file = send(alice, "Möte.txt", given).json
    told = content(alice, file)

    assert told.body == given
    assert told.headers["Content-Length"] == str(len(given))
    assert told.headers["Content-Disposition"] == (
        "attachment; filename=\"Mote.txt\"; filename*=UTF-8''M%C3%B6te.txt"
    )


def test_the_store_is_swept_while_files_come_and_nothing_is_lost(
    installation, server, alice, folder
):
    """A file is unused from when it has its name until its row is there, and here it is old at once."""
    done = threading.Event()
    files = store.of(installation)

    def sweep():
        while not done.is_set():
            for path in folder.glob("??/??/*"):
                os.utime(path, (0, 0))
            with files.held(alone=True), look(installation, SYSTEM) as uow:
                commands.clear(uow, files)

    with ThreadPoolExecutor(5) as at_once:
        sweeping = at_once.submit(sweep)
        answers = list(at_once.map(lambda each: send(alice, "a.txt", b"%d" % each), range(40)))
        done.set()
        sweeping.result()

    assert {each.status for each in answers} == {201}
    assert {content(alice, each.json).status for each in answers} == {200}
    assert len(stored(folder)) == 40
