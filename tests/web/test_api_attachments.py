"""Attachments: sent by one person, tied to a case for good, handed out whole to those who may see the case."""

import hashlib
import re
from urllib.parse import unquote
from uuid import UUID

import pytest

from engine.attachments import store
from tests.factories import diagrams, papers
from tests.factories.clocks import clock  # noqa: F401  a fixture
from tests.factories.papers import PDF, content, send, stored, tie, uploaded
from tests.factories.problems import problem
from tests.factories.tables import counted

NOBODY = "01990000-0000-7000-8000-000000000000"
SHAPE = {
    "id",
    "name",
    "type",
    "size",
    "digest",
    "uploaded_by",
    "uploaded_at",
    "instance_id",
    "task_id",
    "tied_at",
}


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


# ---------------------------------------------------------------- a file's way


def test_a_file_is_kept_under_the_hash_of_what_it_is(alice, folder):
    file = uploaded(alice, "Underlag.pdf")

    digest = hashlib.sha256(PDF).hexdigest()
    assert set(file) == SHAPE
    assert (file["name"], file["type"], file["size"]) == (
        "Underlag.pdf",
        "application/pdf",
        len(PDF),
    )
    assert (file["digest"], file["uploaded_by"]) == (digest, "alice")
    assert file["instance_id"] is file["task_id"] is file["tied_at"] is None
    assert (folder / digest[:2] / digest[2:4] / digest).read_bytes() == PDF
    assert stored(folder) == [digest]
    assert alice.get(f"/attachments/{file['id']}").json == file
    assert content(alice, file).body == PDF


def test_the_same_content_is_stored_once(alice, bob, folder):
    files = [uploaded(alice, "a.pdf"), uploaded(bob, "b.pdf")]

    assert len({each["id"] for each in files}) == 2
    assert len(stored(folder)) == 1


def test_a_file_is_tied_to_a_task_and_to_a_case(alice, bob, case, task):
    one, other = uploaded(alice), uploaded(alice, "b.txt", b"text")

    tied = tie(alice, one, task=task)
    also = tie(alice, other, case)

    assert tied.status == also.status == 200
    assert (tied.json["instance_id"], tied.json["task_id"]) == (case["id"], task["id"])
    assert (also.json["instance_id"], also.json["task_id"]) == (case["id"], None)
    assert tied.json["tied_at"]
    listed = f"/process-instances/{case['id']}/attachments"
    assert bob.get(listed).json["items"] == [tied.json, also.json]
    assert bob.get(listed, limit=1).json["next_cursor"]
    assert bob.get(f"/user-tasks/{task['id']}/attachments").json["items"] == [tied.json]
    assert content(bob, one).body == PDF


def test_tying_again_changes_nothing_and_elsewhere_is_refused(installation, alice, case, task):
    file = uploaded(alice)
    tied = tie(alice, file, task=task).json
    before = counted(installation)

    assert tie(alice, file, task=task).json == tied
    for answer in (tie(alice, file, case), tie(alice, file, alice.start())):
        problem(answer, 409)
    assert counted(installation)["audit_event"] == before["audit_event"] + 3  # of the new case


def test_the_record_says_what_was_tied(alice, case, task):
    file = uploaded(alice, "Anna Anderssons intyg.pdf")
    tie(alice, file, task=task)

    event = alice.get(f"/process-instances/{case['id']}/events").json["items"][-1]

    assert event["type"] == "attachment.tied"
    assert event["facts"] == {
        "attachment": file["id"],
        "task": task["id"],
        "digest": file["digest"],
        "size": len(PDF),
        "type": "application/pdf",
    }
    assert event["payload"] == {"name": "Anna Anderssons intyg.pdf"}
    assert alice.complete(task).status == 200
    assert alice.verification(case).json["intact"]


def test_what_was_not_there_before_a_task_was_done_is_not_added_to_it(alice, case, task):
    file = uploaded(alice)
    alice.complete(task)

    problem(tie(alice, file, task=task), 409)
    assert tie(alice, file, case).status == 200


def test_a_free_file_is_removed_by_its_owner_and_a_tied_one_by_nobody(alice, bob, admin, case):
    file, other = uploaded(alice), uploaded(alice)
    tie(alice, other, case)

    for caller in (bob, admin):
        problem(caller.delete(f"/attachments/{file['id']}"), 404)
    assert alice.delete(f"/attachments/{file['id']}").json["id"] == file["id"]
    problem(alice.get(f"/attachments/{file['id']}"), 404)
    problem(alice.delete(f"/attachments/{other['id']}"), 409)
    assert content(bob, other).status == 200


def test_a_file_that_nobody_used_for_a_day_is_gone(clock, alice, case):  # noqa: F811
    file = uploaded(alice)
    clock.forward(days=1)

    problem(alice.get(f"/attachments/{file['id']}"), 404)
    problem(content(alice, file), 404)
    problem(tie(alice, file, case), 404)


# ---------------------------------------------------------------- who may


def test_who_sees_the_case_reads_and_who_works_here_besides_adds(
    anybody, alice, bob, charlie, owner, admin, auditor, case, task
):
    free, tied = uploaded(alice), tie(alice, uploaded(alice), task=task).json

    for caller in (alice, bob, owner, admin, auditor):
        assert content(caller, tied).status == 200
        assert caller.get(f"/attachments/{tied['id']}").json == tied
    for caller in (bob, owner, admin, auditor, charlie):
        problem(content(caller, free), 404)
        problem(caller.get(f"/attachments/{free['id']}"), 404)
    for caller in (bob, owner, admin):
        problem(tie(caller, free, case), 404)
        problem(tie(caller, free, task=task), 404)
        assert tie(caller, uploaded(caller), task=task).status == 200
    problem(send(auditor, "a.pdf", PDF), 403)
    problem(tie(auditor, free, case), 403)
    problem(auditor.delete(f"/attachments/{free['id']}"), 403)
    own = uploaded(charlie)
    for answer in (
        tie(charlie, own, case),
        tie(charlie, own, task=task),
        charlie.get(f"/attachments/{tied['id']}"),
        content(charlie, tied),
        charlie.get(f"/process-instances/{case['id']}/attachments"),
        charlie.get(f"/user-tasks/{task['id']}/attachments"),
        charlie.delete(f"/attachments/{tied['id']}"),
        alice.get(f"/attachments/{NOBODY}"),
        alice.delete(f"/attachments/{NOBODY}"),
        tie(alice, {"id": NOBODY}, case),
        tie(alice, free, {"id": NOBODY}),
        tie(alice, free, task={"id": NOBODY}),
    ):
        problem(answer, 404)
    for answer in (send(anybody, "a.pdf", PDF), content(anybody, tied), tie(anybody, free, case)):
        problem(answer, 401)


# ---------------------------------------------------------------- what is taken


@pytest.mark.parametrize("name", papers.GOOD)
def test_documents_pictures_and_texts_are_taken(alice, name):
    given, type_ = papers.GOOD[name]

    file = send(alice, name, given, said="text/html").json

    assert (file["name"], file["type"]) == (name, type_)
    answer = content(alice, file)
    assert answer.body == given
    assert answer.headers["Content-Type"].partition(";")[0] == type_


def test_nothing_else_is_taken_and_nothing_of_it_is_left(installation, alice, folder, subtests):
    before = counted(installation)
    for what, (name, given) in papers.BAD.items():
        with subtests.test(what):
            body = papers.raw(name, given, said="application/pdf")
            answer = alice.send(
                "POST",
                "/attachments",
                body=body,
                content_type=f"multipart/form-data; boundary={papers.BOUNDARY}",
            )
            problem(answer, 422)
            assert counted(installation) == before
            assert stored(folder) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\\\..\\\\windows\\\\a.txt", "a.txt"),
        ("/etc/a.txt", "a.txt"),
        ('a\\"b\\".txt', 'a"b".txt'),
        ("a\u202etxt.\u2066b.txt", "atxt.b.txt"),
        ("a\tb\x07 \u200b  c.txt", "ab c.txt"),
        ("  .a.txt. ", "a.txt"),
        ("Möte åäö.txt", "Möte åäö.txt"),
        ("Mo\u0308te.txt", "Möte.txt"),
        ("<script>alert(1)</script>.txt", "script>.txt"),
        ("x" * 300 + ".txt", "x" * 146 + ".txt"),
        ("报告.txt", "报告.txt"),
        ("%2e%2e%2fa.txt", "%2e%2e%2fa.txt"),
        ("a;b='c'.txt", "a;b='c'.txt"),
    ],
)
def test_a_name_is_kept_without_what_could_deceive_and_given_out_safely(alice, name, kept):
    answer = alice.send(
        "POST",
        "/attachments",
        body=papers.raw(name, b"text"),
        content_type=f"multipart/form-data; boundary={papers.BOUNDARY}",
    )

    assert answer.status == 201, answer.text
    assert answer.json["name"] == kept
    said = content(alice, answer.json).headers["Content-Disposition"]
    plain, full = re.fullmatch(
        r"attachment; filename=\"([\w.,() -]*)\"; filename\*=UTF-8''([\w.~%-]+)", said, re.ASCII
    ).groups()
    assert unquote(full) == kept
    assert "/" not in plain


def test_a_line_break_in_a_name_is_no_header(alice):
    answer = alice.send(
        "POST",
        "/attachments",
        body=papers.raw("a\r\nX-Evil: 1\r\n\r\nb.txt", b"text"),
        content_type=f"multipart/form-data; boundary={papers.BOUNDARY}",
    )

    if answer.status == 201:
        assert "\n" not in answer.json["name"]
        assert "X-Evil" not in content(alice, answer.json).headers
    else:
        problem(answer, 422)


def test_a_file_is_handed_out_to_be_saved_and_never_shown(alice):
    polyglot = b"GIF89a/*" + b"\0" * 8 + b"*/=1;alert(document.domain)//<script>alert(1)</script>"
    file = send(alice, "a.gif", polyglot, said="text/html").json

    answer = content(alice, file)

    assert answer.headers["Content-Type"] == "image/gif"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Length"] == str(len(polyglot)) == str(len(answer.body))
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [("file", "a text")],
        [("other", ("a.pdf", PDF))],
        [("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))],
        [("file", ("a.pdf", PDF)), ("task", "x")],
        [("file", ("a.pdf", PDF)), ("other", ("b.pdf", PDF))],
    ],
    ids=str,
)
def test_one_file_is_sent_at_a_time_and_nothing_else(installation, alice, folder, parts):
    before = counted(installation)
    body, content_type = papers.encode_multipart_formdata(parts)

    problem(alice.send("POST", "/attachments", body=body, content_type=content_type), 422)

    assert counted(installation) == before
    assert stored(folder) == []


def test_what_is_no_form_is_not_read(alice, folder):
    problem(alice.send("POST", "/attachments", body=PDF, content_type="application/pdf"), 415)
    problem(alice.post("/attachments", json={"file": "x"}), 415)
    problem(alice.send("POST", "/attachments", body=PDF, content_type="multipart/form-data"), 422)


# ---------------------------------------------------------------- the store


def test_a_file_that_is_not_what_it_was_is_not_handed_out(installation, alice, folder):
    file = uploaded(alice)
    path = store.of(installation).path(file["digest"])
    for changed in (PDF[:-1] + b"x", PDF + b"x", b""):
        path.write_bytes(changed)
        problem(content(alice, file), 409)
    path.unlink()
    problem(content(alice, file), 409)

    uploaded(alice)  # the same content, sent again

    assert content(alice, file).body == PDF


def test_identities_are_told_apart(alice):
    assert UUID(uploaded(alice)["id"]).version == 7
    problem(alice.get("/attachments/x"), 404)
