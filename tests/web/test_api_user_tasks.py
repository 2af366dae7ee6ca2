"""User tasks through the API: found, claimed, given back, completed once."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.bpmn.sketch import both, end, model, start, user
from tests.factories import diagrams
from tests.factories.problems import problem
from tests.factories.tables import counted

PATH = "/user-tasks"
NOBODY = "01990000-0000-7000-8000-000000000000"
SHAPE = {
    "id",
    "instance_id",
    "element_id",
    "name",
    "state",
    "assignee",
    "candidate_groups",
    "candidate_users",
    "is_for_nobody",
    "owner",
    "due_at",
    "follow_up_at",
    "priority",
    "form_key",
    "created_at",
    "ended_at",
}


@pytest.fixture
def case(owner, alice):
    owner.deploy(diagrams.two_steps())
    return alice.start(n=1)


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["first"]


# ---------------------------------------------------------------- reading


def test_a_task_is_told_with_who_may_do_it(owner, alice):
    owner.deploy(
        diagrams.one_task(
            rutin__candidateGroups="officer, manager",
            rutin__candidateUsers="bob",
            rutin__dueDate="2027-03-01",
            rutin__priority="=40 + n",
            rutin__formKey="nowhere",
        )
    )
    case = alice.start(n=2)

    [told] = alice.get(PATH).json["items"]

    assert set(told) == SHAPE
    assert UUID(told["id"]).version == 7
    assert (told["instance_id"], told["element_id"]) == (case["id"], "a")
    assert (told["name"], told["state"], told["assignee"]) == ("Handlägg", "created", None)
    assert sorted(told["candidate_groups"]) == ["manager", "officer"]
    assert told["candidate_users"] == ["bob"]
    assert (told["form_key"], told["priority"]) == ("nowhere", 42)
    assert datetime.fromisoformat(told["due_at"]) == datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC)
    assert datetime.fromisoformat(told["created_at"]).tzinfo == UTC
    assert told["ended_at"] is None
    assert alice.get(f"{PATH}/{told['id']}").json == told


def test_the_list_is_narrowed(alice, bob, case):
    alice.complete(alice.tasks(case)["first"])
    bob.assign(bob.tasks(case)["second"], "bob")
    other = alice.start()

    def found(**query):
        return [each["element_id"] for each in alice.get(PATH, **query).json["items"]]

    assert found() == ["first", "second", "first"]
    assert found(instance_id=case["id"]) == ["first", "second"]
    assert found(instance_id=other["id"]) == ["first"]
    assert found(instance_id=NOBODY) == []
    assert found(state="created") == ["second", "first"]
    assert found(state="completed") == ["first"]
    assert found(assignee="bob") == ["second"]
    assert found(assignee="charlie") == []
    assert found(candidate_group="officer", state="created") == ["second", "first"]
    assert found(candidate_group="reviewer") == []
    assert found(assignee="alice", state="completed", instance_id=case["id"]) == ["first"]


def test_pages_of_tasks_follow_each_other_from_the_oldest(alice, owner):
    owner.deploy(diagrams.one_task())
    cases = [alice.start()["id"] for _ in range(4)]

    found, cursor = [], None
    for _ in range(2):
        page = alice.get(PATH, limit=2, cursor=cursor).json
        found += [each["instance_id"] for each in page["items"]]
        cursor = page["next_cursor"]

    assert (found, cursor) == (cases, None)


@pytest.mark.parametrize(
    "query",
    [
        {"state": "open"},
        {"limit": 0},
        {"limit": 201},
        {"cursor": "x"},
        {"instance_id": "x"},
        {"assigne": "alice"},
        {"sort": "due_at"},
        {"assignee": "a\0b"},
        {"candidate_group": "a\0b"},
    ],
    ids=str,
)
def test_a_question_that_cannot_be_answered_is_refused(alice, task, query):
    problem(alice.get(PATH, **query), 422)


# ---------------------------------------------------------------- completing


def test_completing_tells_the_task_as_it_is_now(alice, case, task):
    answer = alice.complete(task, verdict="ok")

    assert answer.status == 200
    done = answer.json
    assert set(done) == SHAPE
    assert (done["id"], done["state"], done["assignee"]) == (task["id"], "completed", "alice")
    assert datetime.fromisoformat(done["ended_at"]) >= datetime.fromisoformat(done["created_at"])
    assert alice.get(f"{PATH}/{task['id']}").json == done
    assert alice.instance(case)["variables"]["verdict"] == "ok"
    assert set(alice.tasks(case)) == {"second"}


def test_without_a_body_nothing_is_answered_and_the_task_is_done(alice, case, task):
    assert alice.post(f"{PATH}/{task['id']}/completion", json={}).status == 200

    assert alice.instance(case)["variables"] == {"n": 1, "initiator": "alice"}


def test_a_task_is_completed_once(alice, bob, case, task):
    alice.complete(task)

    for who in (alice, bob):
        problem(who.complete(task, verdict="not_ok"), 409)
        problem(who.assign(task, who.name), 409)
        problem(who.delete(f"{PATH}/{task['id']}/assignee"), 409)
    assert "verdict" not in alice.instance(case)["variables"]


def test_a_task_of_a_cancelled_case_is_no_longer_open(alice, case, task):
    alice.post(f"/process-instances/{case['id']}/cancellation", json={"reason": "Dubblett"})

    problem(alice.complete(task), 409)

    assert alice.get(f"{PATH}/{task['id']}").json["state"] == "cancelled"


CANNOT_BE_ANSWERS = [
    b"null",
    b"[]",
    b'"x"',
    b"17",
    b'{"variables": []}',
    b'{"variables": null}',
    b'{"variables": {"x": "\\u0000"}}',
    b'{"variables": {"x": "\\ud800"}}',
    b'{"variables": {"_x": 1}}',
    b'{"variables": {"x": NaN}}',
    b'{"verdict": "ok"}',
    b'{"variables": {}, "comment": "x"}',
    b"{",
    b"\xff\xfe",
    b'{"variables": {}} trailing',
    b"[" * 100_000,
    b'{"variables": {"x": ' + b"9" * 5_000 + b"}}",
]


def test_answers_that_cannot_be_used_leave_the_task_as_it_is(
    alice, installation, case, task, subtests
):
    before = counted(installation)
    for body in CANNOT_BE_ANSWERS:
        with subtests.test(repr(body[:40])):
            answer = alice.post(
                f"{PATH}/{task['id']}/completion", body=body, content_type="application/json"
            )

            assert answer.status in {400, 422}, answer.text
            problem(answer, answer.status)
    assert counted(installation) == before
    assert alice.get(f"{PATH}/{task['id']}").json == task


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", None]
)
def test_answers_in_another_form_than_json_are_refused_and_not_dropped(alice, task, content_type):
    """`curl -d` says that it sends a form; completing without the answers would be a silent loss."""
    body = b'{"variables": {"verdict": "not_ok"}}'

    answer = alice.post(f"{PATH}/{task['id']}/completion", body=body, content_type=content_type)

    problem(answer, 415)
    assert alice.get(f"{PATH}/{task['id']}").json == task


def test_the_initiator_stays_who_started(alice, case, task):
    """The name stands for a fact: who asks to be the starter later on is refused, as at the start."""
    alice.complete(task, initiator="charlie")

    assert alice.instance(case)["variables"]["initiator"] == "alice"


def test_a_form_decides_what_enters_the_process(owner, alice):
    model_ = diagrams.one_task(rutin__formKey="answer")
    owner.deploy({"p.bpmn": model_, "answer.form.json": diagrams.FORM})
    case = alice.start()
    task = alice.tasks(case)["a"]

    missing = problem(alice.complete(task), 422)
    wrong = problem(alice.complete(task, n="many"), 422)
    foreign = problem(alice.complete(task, n=1, approved=True), 422)

    assert list(missing["fields"]) == list(wrong["fields"]) == ["n"]
    assert list(foreign["fields"]) == ["approved"]
    assert all(isinstance(each, str) for each in missing["fields"]["n"])
    assert alice.complete(task, n=17).status == 200
    assert alice.instance(case)["variables"]["n"] == 17


@pytest.mark.parametrize("name", ["x" * 20_000, "å" * 5_000, " ", ""], ids=["x", "å", " ", ""])
def test_a_name_that_nobody_can_have_is_an_incident_and_no_crash(owner, alice, name):
    """What the person did stands; the next task could not be given to anybody."""
    owner.deploy(
        model(
            "p",
            start(),
            user("a", rutin__candidateGroups="officer"),
            user("b", rutin__assignee="=who", rutin__candidateUsers="=[who]"),
            flows="s > a > b",
        )
    )
    case = alice.start()
    unlike = "".join(chr(0x4E00 + each * 7919 % 20_000) for each in range(len(name)))

    answer = alice.complete(alice.tasks(case)["a"], who=unlike if len(name) > 1 else name)

    assert answer.status == 200, answer.text
    assert alice.instance(case)["state"] == "incident"


# ---------------------------------------------------------------- claiming, giving, releasing


def test_claiming_is_giving_to_oneself(alice, bob, task):
    answer = alice.assign(task, "alice")

    assert answer.status == 200
    assert set(answer.json) == SHAPE
    assert answer.json == task | {"assignee": "alice"}
    assert alice.assign(task, "alice").json["assignee"] == "alice"
    problem(bob.assign(task, "bob"), 409)
    problem(bob.complete(task), 403)
    assert alice.complete(task).status == 200


def test_a_released_task_is_for_all_its_candidates_again(alice, bob, task):
    alice.assign(task, "alice")
    problem(bob.delete(f"{PATH}/{task['id']}/assignee"), 403)

    answer = alice.delete(f"{PATH}/{task['id']}/assignee")

    assert (answer.status, answer.json) == (200, task)
    assert alice.delete(f"{PATH}/{task['id']}/assignee").json == task
    assert bob.complete(task).json["assignee"] == "bob"


def test_a_candidate_gives_a_task_to_a_colleague_and_not_to_a_stranger(alice, bob, task):
    problem(alice.assign(task, "charlie"), 403)
    problem(alice.assign(task, "nobody"), 404)

    assert alice.assign(task, "bob").json["assignee"] == "bob"
    problem(alice.complete(task), 403)


def test_a_task_for_one_person_alone_is_not_released(owner, alice):
    owner.deploy(diagrams.one_task(rutin__candidateGroups="", rutin__assignee="=initiator"))
    task = alice.tasks(alice.start())["a"]
    assert task["assignee"] == "alice"

    problem(alice.delete(f"{PATH}/{task['id']}/assignee"), 409)


def test_a_name_is_the_same_in_capitals(alice, task):
    assert alice.assign(task, " Alice ").json["assignee"] == "alice"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"user": ""},
        {"user": None},
        {"user": 1},
        {"user": "x" * 201},
        {"user": "a\0b"},
        {"user": "\ud800"},
        {"user": "alice", "force": True},
        [],
    ],
    ids=lambda body: str(body)[:30],
)
def test_a_name_that_cannot_be_used_changes_nothing(alice, task, body):
    answer = alice.put(f"{PATH}/{task['id']}/assignee", json=body)

    assert answer.status in {404, 422}, answer.text
    problem(answer, answer.status)
    assert alice.get(f"{PATH}/{task['id']}").json == task


def test_who_did_the_one_step_may_not_take_the_next(alice, bob, admin, case, task):
    alice.complete(task)
    second = alice.tasks(case)["second"]

    problem(alice.assign(second, "alice"), 403)
    problem(bob.assign(second, "alice"), 403)
    problem(admin.assign(second, "alice"), 403)
    problem(alice.complete(second), 403)

    assert bob.complete(second).status == 200


def test_who_is_named_by_the_model_but_did_the_other_step_cannot_claim_it(owner, alice, admin):
    """The model gives the control to whoever started. Claiming must not be answered as if it were right."""
    owner.deploy(
        model(
            "p",
            start(),
            user("first", rutin__candidateGroups="officer"),
            user(
                "second",
                rutin__candidateGroups="officer",
                rutin__assignee="=initiator",
                rutin__notPerformerOf="first",
            ),
            flows="s > first > second",
        )
    )
    case = alice.start()
    alice.complete(alice.tasks(case)["first"])
    second = alice.tasks(case)["second"]

    problem(alice.complete(second), 403)
    problem(alice.assign(second, "alice"), 403)
    problem(admin.assign(second, "alice"), 403)


# ---------------------------------------------------------------- who may


def test_who_sees_a_task(people, anybody, charlie, task):
    path = f"{PATH}/{task['id']}"

    for name in ("alice", "bob", "owner", "auditor", "admin"):
        assert people[name].get(path).json == task, name
        assert people[name].get(PATH).json["items"] == [task], name
    problem(anybody.get(path), 401)
    problem(anybody.get(PATH), 401)
    problem(charlie.get(path), 404)
    assert charlie.get(path).json == charlie.get(f"{PATH}/{NOBODY}").json
    assert charlie.get(PATH).json == {"items": [], "next_cursor": None}
    assert charlie.get(PATH, instance_id=task["instance_id"]).json["items"] == []


def test_what_is_seen_alone_is_seen_in_the_list(owner, alice, bob):
    """bob has the one branch: what he may read of the other one, he finds in the list too."""
    owner.deploy(
        model(
            "p",
            start(),
            both("f"),
            user("a", rutin__candidateUsers="alice"),
            user("b", rutin__candidateUsers="bob"),
            both("j"),
            end(),
            flows="s > f; f > a > j; f > b > j; j > e",
        )
    )
    case = alice.start()

    readable = {
        element
        for element, task in alice.tasks(case).items()
        if bob.get(f"{PATH}/{task['id']}").status == 200
    }

    assert set(bob.tasks(case)) == readable


def test_who_completes_a_task(people, anybody, charlie, task):
    problem(anybody.complete(task), 401)
    for name in ("owner", "auditor", "admin"):
        problem(people[name].complete(task), 403)
    problem(charlie.complete(task), 404)

    assert people["bob"].complete(task).status == 200


def test_who_gives_a_task_away(people, anybody, charlie, task):
    problem(anybody.assign(task, "alice"), 401)
    problem(anybody.delete(f"{PATH}/{task['id']}/assignee"), 401)
    for name in ("owner", "auditor"):
        problem(people[name].assign(task, "alice"), 403)
        problem(people[name].delete(f"{PATH}/{task['id']}/assignee"), 403)
    problem(charlie.assign(task, "charlie"), 404)
    problem(charlie.delete(f"{PATH}/{task['id']}/assignee"), 404)

    assert people["alice"].assign(task, "alice").status == 200
    assert people["admin"].assign(task, "bob").json["assignee"] == "bob"
    assert people["admin"].delete(f"{PATH}/{task['id']}/assignee").json["assignee"] is None


def test_a_stranger_learns_nothing_from_a_task_that_is_done(alice, charlie, task):
    alice.complete(task)

    for answer in (
        charlie.complete(task),
        charlie.assign(task, "charlie"),
        charlie.get(f"{PATH}/{task['id']}"),
    ):
        problem(answer, 404)


@pytest.mark.parametrize("identity", [NOBODY, "nothing", "1"])
def test_what_does_not_exist_is_not_found(admin, identity):
    problem(admin.get(f"{PATH}/{identity}"), 404)
    problem(admin.complete({"id": identity}), 404)
    problem(admin.assign({"id": identity}, "admin"), 404)
    problem(admin.delete(f"{PATH}/{identity}/assignee"), 404)
