"""
Comments and files are in the record, and what is shown of them is compared with it, down to the bytes of a file.

What nobody refers to is swept away; what the record vouches for never is.
"""

import fcntl
import os
from datetime import timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner

from engine.accounts import repository as accounts
from engine.attachments import commands, store
from engine.attachments.models import Attachment
from engine.clock import now
from engine.comments.models import Comment, Mention
from engine.db import new_id
from engine.errors import Conflict, Invalid
from engine.instances import repository as instances
from engine.uow import begin
from engine.verification import checking
from tests.factories import diagrams
from tests.factories.clocks import clock
from tests.factories.papers import PDF, content, send, stored, tie, uploaded
from tests.factories.tables import counted
from tests.factories.tampering import HOUR, Case, neighbour, owning
from web.cli.main import main

__all__ = ["clock"]

COMMENTS, MENTIONS, FILES = Comment.__table__, Mention.__table__, Attachment.__table__
DAY = timedelta(days=1)


@pytest.fixture
def case(owner, alice):
    """A case that was talked about, with a file."""
    owner.deploy(diagrams.two_steps())
    case = alice.start(n=1)
    where = f"/process-instances/{case['id']}/comments"
    said = alice.post(where, json={"text": "Se bilagan, @bob"}).json
    alice.post(where, json={"text": "Rättelse", "reply_to": said["id"]})
    case["file"] = tie(alice, uploaded(alice, "Underlag.pdf"), case).json
    return case


@pytest.fixture
def folder(settings):
    return settings.files / "attachments"


@pytest.fixture
def path(installation, case):
    return store.of(installation).path(case["file"]["digest"])


@pytest.fixture
def rutin(settings):
    environment = {"RUTIN_DATABASE_URL": settings.database_url, "RUTIN_FILES": str(settings.files)}
    return lambda *arguments: CliRunner().invoke(main, arguments, env=environment)


def _comment(**values):
    return lambda case: case.change(
        COMMENTS,
        {"reply_to": None},
        **{
            name: value(case.one(COMMENTS, reply_to=None)[name]) if callable(value) else value
            for name, value in values.items()
        },
    )


def _mention(case):
    return {"comment_id": case.one(COMMENTS, reply_to=None)["id"]}


def _mentioned_too(case):
    """Mention whoever wrote it, besides."""
    author = case.one(COMMENTS, reply_to=None)["author_id"]
    case.connection.execute(
        MENTIONS.insert().values(id=new_id(), account_id=author, read_at=None, **_mention(case))
    )


def _file(**values):
    return lambda case: case.change(
        FILES,
        {},
        **{
            name: value(case.one(FILES)[name]) if callable(value) else value
            for name, value in values.items()
        },
    )


TAMPERINGS = {
    "what was said": _comment(text=neighbour),
    "who said it": _comment(author_id=None),
    "when it was said": _comment(created_at=lambda at: at - HOUR),
    "what it answers": lambda case: case.change(COMMENTS, {"text": "Rättelse"}, reply_to=None),
    "that it was said": lambda case: case.remove(COMMENTS, text="Rättelse"),
    "that more was said": lambda case: case.add(
        COMMENTS, **case.one(COMMENTS, reply_to=None) | {"id": new_id()}
    ),
    "who is mentioned": lambda case: case.connection.execute(MENTIONS.delete()),
    "who is mentioned, too": _mentioned_too,
    "which file it is": _file(digest=neighbour),
    "what a file is called": _file(name=neighbour),
    "what a file is": _file(type="text/html"),
    "how large a file is": _file(size=lambda size: size + 1),
    "when a file was tied": _file(tied_at=lambda at: at - HOUR),
    "that a file was tied": _file(tied_at=None),
    "that there is a file": lambda case: case.remove(FILES),
    "that there is another file": lambda case: case.add(
        FILES, **case.one(FILES) | {"id": new_id()}
    ),
}


@pytest.mark.parametrize("how", TAMPERINGS.values(), ids=TAMPERINGS)
def test_who_changes_what_was_added_is_found(installation, rutin, alice, case, how):
    assert alice.verification(case).json["intact"]
    with owning(installation.database) as connection:
        how(Case(connection, UUID(case["id"])))

    assert not alice.verification(case).json["intact"]
    assert rutin("audit", "verify", case["id"]).exit_code == 1


def test_that_a_mention_was_read_is_no_change(rutin, bob, case):
    [mention] = bob.get("/mentions").json["items"]
    bob.put(f"/mentions/{mention['id']}/reading")

    assert rutin("audit", "verify").exit_code == 0


def test_a_file_that_is_missing_or_was_changed_is_found(rutin, alice, case, path):
    assert rutin("audit", "verify").exit_code == 0

    path.write_bytes(PDF[:-1] + b"x")
    changed = rutin("audit", "verify")
    assert changed.exit_code == 1
    assert "The file of the attachment 'Underlag.pdf' has been changed." in changed.output
    assert alice.verification(case).json["intact"]  # a glance sees the size only

    path.write_bytes(PDF + b"x")
    assert rutin("audit", "verify", case["id"]).exit_code == 1
    assert not alice.verification(case).json["intact"]

    path.unlink()
    missing = rutin("audit", "verify", case["id"])
    assert missing.exit_code == 1
    assert "is missing" in missing.output
    assert "Underlag.pdf" in alice.verification(case).json["first_break"]["message"]

    path.write_bytes(PDF)
    assert rutin("audit", "verify").exit_code == 0


def test_a_file_is_looked_for_by_the_record_and_not_by_the_row(installation, case, path):
    """Row and file changed together: the event says which file it was."""
    path.unlink()
    with installation.database.reading() as session:
        found = checking.verify_instance(session, UUID(case["id"]), store.of(installation).look)

    assert found is not None
    assert "missing" in found.template


# ---------------------------------------------------------------- files as an answer


@pytest.fixture
def tying(installation, case):
    """Tie files as a verb of another room would: many at once, to a case that is locked."""

    def tying(person, *files):
        with begin(installation, person) as uow:
            instance = instances.locked(uow.session, UUID(case["id"]))
            tied = commands.tie(uow, [UUID(each["id"]) for each in files], instance)
            uow.commit()
        return [each.name for each in tied]

    return tying


@pytest.fixture
def person(installation, people):
    with installation.database.reading() as session:
        return accounts.actor(accounts.named(session, "alice"))


def test_an_answer_names_new_files_and_ones_that_the_case_has(
    installation, alice, case, tying, person
):
    new = [uploaded(alice, f"{each}.pdf") for each in "ba"]

    assert tying(person, *new, case["file"], new[0]) == ["b.pdf", "a.pdf", "Underlag.pdf"]
    assert tying(person, *new) == ["b.pdf", "a.pdf"]
    events = alice.get(f"/process-instances/{case['id']}/events").json["items"]
    assert [each["type"] for each in events].count("attachment.tied") == 3
    assert alice.verification(case).json["intact"]


def test_files_of_others_are_no_answer_and_nothing_of_it_is_tied(
    installation, alice, bob, tying, person, clock
):
    mine, theirs, elsewhere = uploaded(alice), uploaded(bob), uploaded(alice)
    tie(alice, elsewhere, alice.start())
    before = counted(installation)

    for wrong in (theirs, elsewhere, {"id": str(new_id())}):
        with pytest.raises(Invalid):
            tying(person, mine, wrong)
    clock.forward(days=1)
    with pytest.raises(Invalid):
        tying(person, mine)
    assert counted(installation) == before
    assert alice.get(f"/attachments/{mine['id']}").status == 404


def test_an_answer_does_not_make_a_case_have_too_many(installation, alice, tying, person):
    object.__setattr__(installation.settings, "max_attachments", 2)
    files = [uploaded(alice) for _ in range(2)]

    with pytest.raises(Conflict):
        tying(person, *files)
    assert tying(person, files[0]) == ["a.pdf"]


# ---------------------------------------------------------------- sweeping


def older(folder, days=2):
    """Make everything in the store as old as if nobody had looked at it for days."""
    at = (now() - timedelta(days=days)).timestamp()
    for each in folder.rglob("*"):
        if each.is_file():
            os.utime(each, (at, at))


def test_what_nobody_used_or_refers_to_is_swept_away(
    installation, rutin, alice, case, folder, path, clock
):
    free = uploaded(alice, "free.txt", b"free")
    gone = uploaded(alice, "gone.txt", b"gone")
    alice.delete(f"/attachments/{gone['id']}")
    (folder / "incoming" / "tmpx").write_bytes(b"half")
    (folder / "note.txt").write_bytes(b"of an operator")

    fresh = rutin("attachments", "sweep")
    assert "0 unused uploads and 0 files were removed." in fresh.output
    assert len(stored(folder)) == 5

    clock.forward(days=1)
    older(folder)
    swept = rutin("attachments", "sweep")

    assert (swept.exit_code, swept.output) == (0, "1 unused uploads and 3 files were removed.\n")
    assert stored(folder) == sorted([path.name, "note.txt"])
    assert alice.get(f"/attachments/{free['id']}").status == 404
    assert content(alice, case["file"]).body == PDF
    assert rutin("audit", "verify").exit_code == 0


def test_a_file_that_somebody_else_uses_stays(installation, rutin, alice, bob, folder, clock):
    uploaded(alice, "a.txt", b"same")
    clock.forward(hours=23)
    used = uploaded(bob, "b.txt", b"same")
    clock.forward(hours=2)
    older(folder)

    assert "1 unused uploads and 0 files" in rutin("attachments", "sweep").output
    assert content(bob, used).body == b"same"


def test_what_the_record_vouches_for_stays_whatever_became_of_its_row(
    installation, rutin, case, folder, path
):
    with owning(installation.database) as connection:
        Case(connection, UUID(case["id"])).remove(FILES)
    older(folder)

    assert rutin("attachments", "sweep").exit_code == 0
    assert path.read_bytes() == PDF


def test_an_upload_waits_for_the_sweep_and_the_sweep_for_uploads(installation, folder):
    """Two holds of the store: sharing goes together, being alone does not."""
    files = store.of(installation)
    with files.held(), files.held():
        pass
    with files.held():
        assert not _held_alone_at_once(folder)
    assert _held_alone_at_once(folder)


def _held_alone_at_once(folder):
    with (folder / "lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_file_whose_row_cannot_be_written_is_swept_later(
    installation, rutin, alice, folder, monkeypatch
):
    def refuse(*_):
        raise Conflict

    with monkeypatch.context() as patched:
        patched.setattr(commands, "keep", refuse)
        assert send(alice, "a.pdf", PDF).status == 409
    assert len(stored(folder)) == 1
    older(folder)

    rutin("attachments", "sweep")

    assert stored(folder) == []
