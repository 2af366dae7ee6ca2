"""Comments: said once, never unsaid; who is mentioned is told, and nobody is told of a case that is not theirs."""

import pytest

from tests.bpmn.sketch import end, model, start, user
from tests.factories import diagrams
from tests.factories.problems import problem
from tests.factories.tables import counted

NOBODY = "01990000-0000-7000-8000-000000000000"
SHAPE = {"id", "instance_id", "task_id", "reply_to", "author", "text", "mentions", "created_at"}


@pytest.fixture
def case(owner, alice):
    owner.deploy(diagrams.two_steps())
    return alice.start(n=1)


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["first"]


def on_case(case):
    return f"/process-instances/{case['id']}/comments"


def on_task(task):
    return f"/user-tasks/{task['id']}/comments"


def say(caller, where, text, **more):
    answer = caller.post(where, json={"text": text, **more})
    assert answer.status == 201, answer.text
    return answer.json


# ---------------------------------------------------------------- saying


def test_a_comment_is_told_as_it_was_said(alice, bob, case, task):
    said = say(alice, on_task(task), "  Se <b>bilagan</b>\r\noch svara ")
    answer = say(bob, on_case(case), "Klart", reply_to=said["id"])

    assert set(said) == SHAPE
    assert (said["author"], said["text"]) == ("alice", "Se <b>bilagan</b>\noch svara")
    assert (said["instance_id"], said["task_id"]) == (case["id"], task["id"])
    assert (answer["task_id"], answer["reply_to"]) == (None, said["id"])
    assert alice.get(on_case(case)).json["items"] == [said, answer]
    assert alice.get(on_task(task)).json["items"] == [said]


def test_pages_of_comments_follow_each_other_from_the_oldest(alice, case):
    texts = [say(alice, on_case(case), f"{each}")["text"] for each in range(5)]

    first = alice.get(on_case(case), limit=3).json
    rest = alice.get(on_case(case), limit=3, cursor=first["next_cursor"]).json

    assert [each["text"] for each in first["items"] + rest["items"]] == texts
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"text": ""},
        {"text": " \n "},
        {"text": "x" * 5_001},
        {"text": "a\0b"},
        {"text": "\ud800"},
        {"text": 1},
        {"text": "x", "author": "bob"},
        {"text": "x", "reply_to": NOBODY},
        {"text": "x", "reply_to": "x"},
        {"text": "@a1 " + " ".join(f"@b{each}" for each in range(20))},
        {},
    ],
    ids=str,
)
def test_what_cannot_be_a_comment_is_refused(installation, alice, case, body):
    before = counted(installation)

    problem(alice.post(on_case(case), json=body), 422)

    assert counted(installation) == before


def test_a_comment_of_another_case_is_not_answered(alice, case):
    other = say(alice, on_case(alice.start()), "annat")

    problem(alice.post(on_case(case), json={"text": "x", "reply_to": other["id"]}), 422)


def test_nothing_that_was_said_is_changed_or_removed(alice, case):
    said = say(alice, on_case(case), "fel")

    for method in ("PUT", "DELETE", "PATCH"):
        problem(alice.send(method, f"{on_case(case)}/{said['id']}"), 404)
        problem(alice.send(method, on_case(case)), 405)


def test_a_comment_sent_again_is_said_once(alice, case):
    answers = [
        alice.send("POST", on_case(case), json={"text": "en gång"}, key="k") for _ in range(2)
    ]

    assert answers[0].json == answers[1].json
    assert len(alice.get(on_case(case)).json["items"]) == 1


def test_an_ended_case_can_still_be_talked_about_and_goes_on_verifying(alice, bob, case, task):
    alice.complete(task)
    bob.complete(bob.tasks(case)["second"])

    say(alice, on_case(case), "I efterhand")
    say(alice, on_task(task), "Även om uppgiften")

    assert alice.instance(case)["state"] == "completed"
    assert alice.verification(case).json["intact"]


def test_a_case_moves_on_after_it_was_talked_about(alice, case, task):
    say(alice, on_task(task), "Före")

    assert alice.complete(task).status == 200
    assert alice.verification(case).json["intact"]


def test_the_text_is_a_payload_and_the_facts_are_identities(alice, bob, case):
    said = say(alice, on_case(case), "Hej @bob")

    event = alice.get(f"/process-instances/{case['id']}/events").json["items"][-1]

    assert event["type"] == "comment.created"
    assert event["payload"] == {"text": "Hej @bob"}
    assert set(event["facts"]) == {"comment", "task", "reply_to", "mentions"}
    assert event["facts"]["comment"] == said["id"]
    [account] = event["facts"]["mentions"]
    assert account not in {"bob", "@bob"}
    assert "Hej" not in str(event["facts"])


# ---------------------------------------------------------------- mentions


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@bob", ["bob"]),
        ("Hej @Bob, (@alice) @bob.", ["bob"]),
        ("@owner: @bob!", ["bob", "owner"]),
        ("skriv till bob@example.se", []),
        ("@bobby och @nobody", []),
        ("@bobß", []),
        ("@ bob", []),
        ("@@bob", []),
        ("@bob@alice", []),
    ],
)
def test_names_of_those_who_may_see_the_case_are_mentions(alice, case, people, text, named):
    assert say(alice, on_case(case), text)["mentions"] == named


def test_whoever_may_not_see_the_case_is_not_mentioned_in_silence(installation, alice, case):
    before = counted(installation)

    said = problem(alice.post(on_case(case), json={"text": "@bob och @charlie"}), 422)

    assert "charlie" in said["detail"]
    assert "bob" not in said["detail"]
    assert counted(installation) == before


def test_who_is_mentioned_finds_it_and_notes_that_it_was_read(alice, bob, case):
    old, new = (say(alice, on_case(case), f"@bob {each}") for each in ("ett", "två"))

    found = bob.get("/mentions").json["items"]

    assert [each["comment"] for each in found] == [new, old]
    read = bob.put(f"/mentions/{found[0]['id']}/reading").json
    assert read["read_at"]
    assert bob.put(f"/mentions/{found[0]['id']}/reading").json == read
    assert [
        each["comment"]["id"] for each in bob.get("/mentions", read="false").json["items"]
    ] == [old["id"]]
    assert bob.get("/mentions", read="true").json["items"] == [read]
    assert bob.delete(f"/mentions/{found[0]['id']}/reading").json["read_at"] is None
    assert alice.get("/mentions").json["items"] == []


def test_pages_of_mentions_follow_each_other_from_the_newest(alice, bob, case):
    ids = [say(alice, on_case(case), f"@bob {each}")["id"] for each in range(3)]

    first = bob.get("/mentions", limit=2).json
    rest = bob.get("/mentions", limit=2, cursor=first["next_cursor"]).json

    found = [each["comment"]["id"] for each in first["items"] + rest["items"]]
    assert found == ids[::-1]


def test_whoever_lost_sight_of_the_case_is_not_shown_what_was_said(
    installation, owner, alice, charlie, bob
):
    """A task for charlie alone brings him in; somebody who has the database takes it away."""
    owner.deploy(
        model("q", start(), user("a", rutin__candidateUsers="charlie"), end(), flows="s > a > e")
    )
    case = alice.start("q")
    say(alice, on_case(case), "@charlie")
    [mention] = charlie.get("/mentions").json["items"]

    with installation.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM user_task_candidate")
        session.connection().exec_driver_sql("UPDATE user_task SET assignee = 'bob'")
        session.commit()

    assert charlie.get("/mentions").json["items"] == []
    problem(charlie.put(f"/mentions/{mention['id']}/reading"), 404)


# ---------------------------------------------------------------- who may


def test_who_sees_the_case_reads_and_who_works_here_besides_writes(
    anybody, alice, bob, charlie, owner, admin, auditor, case, task
):
    said = say(alice, on_case(case), "@bob")
    [mention] = bob.get("/mentions").json["items"]
    for where in (on_case(case), on_task(task)):
        for caller in (alice, bob, owner, admin):
            assert caller.get(where).status == 200
            say(caller, where, "hej")

        assert auditor.get(where).status == 200
        problem(auditor.post(where, json={"text": "x"}), 403)
        problem(anybody.get(where), 401)
        problem(anybody.post(where, json={"text": "x"}), 401)
        problem(charlie.get(where), 404)
        problem(charlie.post(where, json={"text": "x"}), 404)
        problem(charlie.post(where, json={"text": "x", "reply_to": said["id"]}), 404)
    for caller in (alice, owner, admin, auditor, charlie):
        problem(caller.put(f"/mentions/{mention['id']}/reading"), 404)
        problem(caller.delete(f"/mentions/{mention['id']}/reading"), 404)
    problem(anybody.get("/mentions"), 401)
    for where in (f"/process-instances/{NOBODY}/comments", f"/user-tasks/{NOBODY}/comments"):
        problem(alice.get(where), 404)
        problem(alice.post(where, json={"text": "x"}), 404)
    problem(alice.put(f"/mentions/{NOBODY}/reading"), 404)
    assert charlie.get("/mentions").json["items"] == []
