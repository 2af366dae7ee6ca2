"""/notifications: what one is told of, in the transaction of the act, and nothing of what one may not see."""

import pytest

from tests.factories.diagrams import computed, one_task, two_steps
from tests.factories.problems import problem
from tests.factories.tables import counted
from tests.web.test_statements import BOUNDS, told

NOBODY = "01990000-0000-7000-8000-000000000000"


@pytest.fixture
def case(owner, alice):
    owner.deploy(two_steps())
    return alice.start("p")


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["first"]


def kinds(caller, **query):
    answer = caller.get("/notifications", **query)
    assert answer.status == 200, answer.text
    return [each["kind"] for each in answer.json["items"]]


def mention(caller, case, text="Hej @bob"):
    return caller.post(f"/process-instances/{case['id']}/comments", json={"text": text}).json


def test_a_notification_names_who_did_what_where(alice, bob, case, task):
    alice.assign(task, "bob")

    [found] = bob.get("/notifications").json["items"]

    assert found == {
        "id": found["id"],
        "kind": "task_assigned",
        "instance_id": case["id"],
        "task_id": task["id"],
        "task_name": "Handlägg",
        "actor": "alice",
        "comment_id": None,
        "created_at": found["created_at"],
        "read_at": None,
    }


def test_a_mention_is_a_notification_with_the_identity_of_its_own(alice, bob, case):
    said = mention(alice, case)
    [named] = bob.get("/mentions").json["items"]

    [found] = bob.get("/notifications").json["items"]

    assert (found["id"], found["kind"]) == (named["id"], "mentioned")
    assert (found["comment_id"], found["actor"]) == (said["id"], "alice")
    assert bob.put(f"/notifications/{found['id']}/reading").json["read_at"]
    assert bob.get("/mentions").json["items"][0]["read_at"]


def test_nobody_is_told_of_their_own_acts(owner, alice, bob, installation):
    owner.deploy(one_task())
    case = alice.start("p")
    task = alice.tasks(case)["a"]
    alice.assign(task, "alice")
    alice.complete(task)
    alice.post(f"/process-instances/{alice.start('p')['id']}/cancellation", json={"reason": "x"})

    assert alice.instance(case)["state"] == "completed"
    assert kinds(alice) == kinds(bob) == []
    assert counted(installation)["notification"] == 0


def test_what_is_delegated_tells_both_ways(alice, bob, task):
    bob.assign(task, "bob")
    bob.post(f"/user-tasks/{task['id']}/delegation", json={"user": "alice"})
    alice.post(f"/user-tasks/{task['id']}/resolution")
    bob.post(f"/user-tasks/{task['id']}/delegation", json={"user": "alice"})
    alice.post(f"/user-tasks/{task['id']}/return", json={"reason": "Hinner inte"})

    assert kinds(alice) == ["task_delegated"] * 2
    assert kinds(bob) == ["task_returned", "task_prepared"]


def test_an_act_that_is_refused_tells_nobody(alice, charlie, case, task, installation):
    problem(alice.assign(task, "charlie"), 403)
    problem(charlie.assign(task, "bob"), 404)

    assert counted(installation)["notification"] == 0


def test_a_case_that_stops_tells_who_started_it_also_if_they_caused_it(alice, owner, bob):
    owner.deploy(computed("total = amount / 0", "q"))
    cases = [alice.start("q"), alice.start("q")]

    alice.complete(alice.tasks(cases[0])["a"])
    bob.complete(bob.tasks(cases[1])["a"])

    assert [alice.instance(each)["state"] for each in cases] == ["incident"] * 2
    assert kinds(alice) == ["case_stopped"] * 2
    assert kinds(bob) == []
    [incident] = owner.get(f"/process-instances/{cases[0]['id']}/incidents").json["items"]
    assert owner.post(f"/incidents/{incident['id']}/retry").status == 200
    assert kinds(alice) == ["case_stopped"] * 2  # it stands as still as before


def test_ends_by_others_are_told(alice, bob, admin, case):
    alice.complete(alice.tasks(case)["first"])
    bob.complete(bob.tasks(case)["second"])
    other = alice.start("p")
    admin.post(f"/process-instances/{other['id']}/cancellation", json={"reason": "Dubblett"})

    assert kinds(alice) == ["case_cancelled", "case_completed"]


# ---------------------------------------------------------------- what it costs


def statements(installation, act):
    with told(installation) as found:
        assert act().status == 200
    return [each for each in found if not each.startswith(BOUNDS)]


def test_telling_somebody_is_one_insert_and_nobody_is_none(installation, alice, bob, case):
    first = [alice.tasks(alice.start("p"))["first"] for _ in range(4)]
    alice.assign(first[0], "bob")  # what is read once, is read

    own = statements(installation, lambda: alice.assign(first[1], "alice"))
    of_others = statements(installation, lambda: alice.assign(first[2], "bob"))

    assert [each for each in own if "notification" in each] == []
    assert len([each for each in of_others if each.startswith("INSERT INTO notification")]) == 1
    assert len([each for each in of_others if "notification" in each]) == 1


def test_the_end_of_a_case_by_another_costs_one_insert_more(owner, installation, alice, bob):
    owner.deploy(one_task())
    tasks = [alice.tasks(alice.start("p"))["a"] for _ in range(3)]
    bob.complete(tasks[0])  # what is read once, is read

    own = statements(installation, lambda: alice.complete(tasks[1]))
    of_another = statements(installation, lambda: bob.complete(tasks[2]))

    assert len(of_another) == len(own) + 1


# ---------------------------------------------------------------- reading


def test_what_is_read_is_noted_once_and_taken_back(alice, bob, task):
    alice.assign(task, "bob")
    [found] = bob.get("/notifications").json["items"]

    read = bob.put(f"/notifications/{found['id']}/reading")
    again = bob.put(f"/notifications/{found['id']}/reading")

    assert read.status == 200
    assert read.json["read_at"] == again.json["read_at"]
    assert (kinds(bob, read="true"), kinds(bob, read="false")) == (["task_assigned"], [])
    assert bob.delete(f"/notifications/{found['id']}/reading").json["read_at"] is None
    assert kinds(bob, read="false") == ["task_assigned"]


def test_all_are_read_as_far_as_one(alice, bob, case):
    for each in range(3):
        mention(alice, case, f"{each} @bob")
    alice.assign(alice.tasks(case)["first"], "bob")
    items = bob.get("/notifications").json["items"]

    answer = bob.put("/notifications/reading", json={"until": items[1]["id"]})

    assert (answer.status, answer.json) == (200, {"unread": 1})
    assert kinds(bob, read="false") == ["task_assigned"]
    problem(bob.put("/notifications/reading", json={}), 422)
    problem(bob.put("/notifications/reading", json={"until": "x"}), 422)


def test_pages_follow_each_other_from_the_newest(alice, bob, case, task):
    alice.assign(task, "bob")
    mention(alice, case, "1 @bob")
    mention(alice, case, "2 @bob")

    first = bob.get("/notifications", limit=2).json
    rest = bob.get("/notifications", limit=2, cursor=first["next_cursor"]).json

    identities = [each["id"] for each in (*first["items"], *rest["items"])]
    assert identities == sorted(identities, reverse=True)
    assert len(identities) == 3
    assert rest["next_cursor"] is None


@pytest.mark.parametrize("query", [{"cursor": "x"}, {"read": "perhaps"}, {"limit": 0}, {"a": "b"}])
def test_what_cannot_be_asked_is_refused(bob, query):
    problem(bob.get("/notifications", **query), 422)


def test_others_find_and_change_nothing(alice, bob, charlie, people, case, task):
    alice.assign(task, "bob")
    mention(alice, case)
    found = [each["id"] for each in bob.get("/notifications").json["items"]]

    for name, caller in people.items():
        if name == "bob":
            continue
        assert kinds(caller) == []
        for each in (*found, NOBODY):
            problem(caller.put(f"/notifications/{each}/reading"), 404)
            problem(caller.delete(f"/notifications/{each}/reading"), 404)
        caller.put("/notifications/reading", json={"until": found[0]})
    assert len(kinds(bob, read="false")) == 2


def test_nobody_at_all_is_told_anything(anybody):
    problem(anybody.get("/notifications"), 401)
    problem(anybody.put("/notifications/reading", json={"until": NOBODY}), 401)
