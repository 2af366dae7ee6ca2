"""How much may be sent: a file, and no more, however it is sent and whatever the sender says of its length."""

import io

import pytest

from engine.attachments import commands
from engine.settings import Settings
from tests.factories import diagrams, papers
from tests.factories.callers import API
from tests.factories.papers import PDF, content, send, stored, tie, uploaded
from tests.factories.problems import problem
from tests.factories.tables import counted


@pytest.fixture
def case(owner, alice):
    owner.deploy(diagrams.two_steps())
    return alice.start(n=1)


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["first"]


@pytest.fixture
def folder(settings):
    return settings.files / "attachments"


@pytest.fixture
def settings(database_url, tmp_path):
    """As in every test of the doors, with room for less."""
    return Settings(
        database_url=database_url,
        files=tmp_path / "var",
        secret_key="k" * 32,
        max_upload_bytes=50_000,
        max_attachment_bytes=200_000,
        max_attachments=3,
    )


def test_a_file_may_be_larger_than_other_requests_but_not_larger_than_a_file(
    installation, alice, folder
):
    assert send(alice, "a.txt", b"x" * 200_000).status == 201
    before, kept = counted(installation), stored(folder)

    for size in (200_001, 240_000, 400_000):
        problem(send(alice, "a.txt", b"x" * size), 413)

    assert (counted(installation), stored(folder)) == (before, kept)


@pytest.mark.parametrize("line", [b"\n", b"\r\n", b"\r", b"--"])
def test_where_the_lines_of_a_file_end_does_not_matter(alice, line):
    text = (line * 200_000)[:200_000]

    assert content(alice, uploaded(alice, "a.txt", text)).body == text


def test_many_parts_are_not_read(alice, folder):
    parts = [("file", (f"{each}.txt", b"x")) for each in range(20)]
    body, content_type = papers.encode_multipart_formdata(parts)

    problem(alice.send("POST", "/attachments", body=body, content_type=content_type), 413)
    assert stored(folder) == []


class Endless(io.RawIOBase):
    """A body that goes on for as long as somebody reads it."""

    def __init__(self):
        self.read_so_far = 0
        self.begun = papers.raw("a.txt", b"").partition(b"\r\n\r\n")[0] + b"\r\n\r\n"

    def readable(self):
        return True

    def readinto(self, buffer):
        block = self.begun[: len(buffer)] or b"x" * len(buffer)
        self.begun = self.begun[len(block) :]
        buffer[: len(block)] = block
        self.read_so_far += len(block)
        return len(block)


def test_a_body_without_a_length_is_read_as_far_as_a_file_may_go(app, alice, folder):
    body = Endless()

    answer = app.test_client().post(
        f"{API}/attachments",
        headers={
            "Authorization": f"Bearer {alice.token}",
            "Transfer-Encoding": "chunked",
            "Content-Type": f"multipart/form-data; boundary={papers.BOUNDARY}",
        },
        environ_overrides={"wsgi.input": body, "wsgi.input_terminated": True},
    )

    assert answer.status_code == 413
    assert body.read_so_far < 400_000
    assert stored(folder) == []


def test_who_is_not_signed_in_is_not_read(app, folder):
    body = Endless()

    answer = app.test_client().post(
        f"{API}/attachments",
        headers={"Content-Type": f"multipart/form-data; boundary={papers.BOUNDARY}"},
        environ_overrides={"wsgi.input": body, "wsgi.input_terminated": True},
    )

    assert answer.status_code == 401
    assert body.read_so_far == 0
    assert not folder.exists()


def test_a_case_has_so_many_files_and_no_more(alice, case, task):
    for _ in range(2):
        assert tie(alice, uploaded(alice), case).status == 200
    assert tie(alice, uploaded(alice), task=task).status == 200

    problem(tie(alice, uploaded(alice), case), 409)


def test_a_person_has_so_many_files_that_wait(alice, monkeypatch):
    monkeypatch.setattr(commands, "MOST_FREE", 2)
    for _ in range(2):
        uploaded(alice)

    problem(send(alice, "a.pdf", PDF), 409)
