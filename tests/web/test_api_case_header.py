"""What is said of a case beside its process, and who sees a secret one: only those who are named."""

from uuid import uuid4

import pytest

from engine.identity.actor import SYSTEM
from engine.uow import look
from engine.verification import checking
from tests.factories import diagrams
from tests.factories.problems import problem

PATH = "/process-instances"
SECRET = {
    "confidentiality": "secret",
    "secrecy_ground": "OSL 26 kap. 1 §",
    "readers": ["alice", "charlie"],
}


@pytest.fixture
def case(owner, alice):
    owner.deploy(diagrams.one_task())
    return alice.start()


def start(caller, **header):
    return caller.post(PATH, json={"definition_key": "p", "header": header})


def change(caller, case, **header):
    return caller.patch(f"{PATH}/{case['id']}/header", json=header)


def test_a_case_begins_internal_and_without_more(alice, case):
    found = alice.instance(case)

    assert (found["confidentiality"], found["registration_no"]) == ("internal", None)
    assert found["header"] == {
        "confidentiality": "internal",
        "registration_no": None,
        "secrecy_ground": None,
        "readers": [],
        "retention_class": None,
        "systems": [],
        "links": [],
    }


def test_a_case_is_started_with_its_header(alice, bob, case):
    more = {"registration_no": "VON 2026-00123", "retention_class": "bevaras"}

    answer = start(alice, systems=["sosfs", "iso9001", "sosfs"], links=[case["id"]], **more)

    found = bob.instance(answer.json)
    assert found["registration_no"] == "VON 2026-00123"
    assert found["header"]["systems"] == ["iso9001", "sosfs"]
    assert [each["id"] for each in found["header"]["links"]] == [case["id"]]
    [event] = [e for e in events(alice, answer.json) if e["type"] == "process_instance.changed"]
    assert event["payload"] == {**more, "links": [case["id"]]}
    assert bob.verification(answer.json).json["intact"] is True
    alike = bob.get(PATH, registration_no="VON 2026-00123").json["items"]
    assert [each["id"] for each in alike] == [found["id"]]
    hits = bob.get("/search", q="00123").json["items"]
    assert found["id"] in str(hits)


def events(caller, case):
    return caller.get(f"{PATH}/{case['id']}/events").json["items"]


def test_a_change_leaves_the_rest_as_it_is(alice, bob, case):
    change(alice, case, registration_no="A-1", systems=["iso9001"])

    answer = change(bob, case, registration_no="A-2")

    assert answer.status == 200
    assert answer.json["registration_no"] == "A-2"
    assert answer.json["systems"] == ["iso9001"]
    count = len(events(alice, case))
    assert change(bob, case, registration_no="A-2").status == 200
    assert len(events(alice, case)) == count, "nothing was changed, nothing is recorded"
    assert alice.verification(case).json["intact"] is True
    assert alice.complete(alice.tasks(case)["a"]).status == 200, "the process goes on"


@pytest.mark.parametrize(
    ("field", "header"),
    [
        ("secrecy_ground", {"confidentiality": "secret"}),
        ("secrecy_ground", {"secrecy_ground": "OSL 26"}),
        ("readers", {**SECRET, "readers": []}),
        ("readers", {**SECRET, "readers": ["nobody-here"]}),
        ("readers", {"readers": ["alice"]}),
        ("confidentiality", {"confidentiality": "hemlig"}),
        ("registration_no", {"registration_no": "x" * 201}),
        ("registration_no", {"registration_no": 7}),
        ("systems", {"systems": ["ISO 9001!"]}),
        ("systems", {"systems": [f"s{n}" for n in range(21)]}),
        ("links", {"links": [str(uuid4())]}),
        ("links", {"links": ["x"]}),
        ("unit", {"unit": "hemtjanst"}),
    ],
)
def test_a_header_that_cannot_be(alice, case, field, header):
    for answer in (change(alice, case, **header), start(alice, **header)):
        told = problem(answer, 422)
        assert field in str(told.get("errors") or told.get("fields"))
    assert alice.instance(case)["confidentiality"] == "internal"
    assert len(alice.get(PATH).json["items"]) == 1


def test_a_secret_case_is_seen_by_those_who_are_named_and_nobody_else(people, case):
    alice = people["alice"]
    task = alice.tasks(case)["a"]
    attached = f"{PATH}/{case['id']}"

    assert change(alice, case, **SECRET).status == 200

    for name in ("alice", "charlie"):
        caller = people[name]
        assert caller.instance(case)["header"]["readers"] == ["alice", "charlie"]
        assert [each["id"] for each in caller.get(PATH).json["items"]] == [case["id"]]
        assert caller.tasks(case).keys() == {"a"}
    for name in ("bob", "owner", "auditor", "admin"):
        caller, hidden = people[name], 403 if name == "auditor" else 404
        for path in ("", "/elements", "/events", "/verification", "/comments", "/attachments"):
            problem(caller.get(attached + path), 404)
        problem(caller.get(f"/user-tasks/{task['id']}"), 404)
        problem(caller.get(f"/user-tasks/{task['id']}/form"), 404)
        problem(caller.post(f"{attached}/comments", json={"text": "x"}), hidden)
        problem(caller.assign(task, name), 404)
        problem(caller.complete(task), 404)
        problem(change(caller, case, confidentiality="internal"), 404)
        problem(caller.post(f"{attached}/cancellation", json={"reason": "x"}), 404)
        assert caller.get(PATH).json["items"] == []
        assert caller.get("/user-tasks").json["items"] == []
        assert caller.get("/search", q="Handlägg").json["items"] == []
        for tab in ("open", "groups", "behalf", "started", "done"):
            assert caller.get("/inbox", tab=tab).json["items"] == [], (name, tab)
        assert not any(each["number"] for each in caller.get("/inbox/counts").json.values())


def test_a_task_of_a_secret_case_is_given_to_nobody_who_may_not_see_it(alice, bob, case):
    task = alice.tasks(case)["a"]
    change(alice, case, **SECRET)

    problem(alice.assign(task, "bob"), 403)
    problem(alice.post(f"/user-tasks/{task['id']}/delegation", json={"user": "bob"}), 403)
    assert alice.assign(task, "alice").status == 200


def test_whoever_is_not_named_any_more_does_not_see_what_she_began_and_did(alice, charlie, case):
    alice.complete(alice.tasks(case)["a"])
    change(alice, case, **SECRET)
    assert len(alice.get("/inbox", tab="done").json["items"]) == 1

    assert change(charlie, case, readers=["charlie"]).status == 200

    problem(alice.get(f"{PATH}/{case['id']}"), 404)
    for tab in ("started", "done"):
        assert alice.get("/inbox", tab=tab).json["items"] == []


def test_those_who_are_named_make_it_internal_again(alice, bob, charlie, case):
    change(alice, case, **SECRET)

    answer = change(charlie, case, confidentiality="internal")

    assert answer.status == 200
    assert answer.json["readers"] == []
    assert bob.instance(case)["header"]["secrecy_ground"] is None
    assert bob.verification(case).json["intact"] is True


def test_whoever_starts_a_secret_case_sees_it(alice, bob, case):
    answer = start(alice, confidentiality="secret", secrecy_ground="OSL 25 kap. 1 §")

    assert alice.instance(answer.json)["header"]["readers"] == ["alice"]
    problem(bob.get(f"{PATH}/{answer.json['id']}"), 404)


def test_who_changes_a_header(people, anybody, charlie, case):
    for name in ("alice", "bob", "owner", "admin"):
        assert change(people[name], case, registration_no=name).status == 200, name
    problem(change(people["auditor"], case, registration_no="x"), 403)
    problem(change(charlie, case, registration_no="x"), 404)
    problem(change(anybody, case, registration_no="x"), 401)
    problem(change(people["bob"], case, **SECRET), 403)
    for name in ("alice", "owner", "admin"):
        assert change(people[name], case, confidentiality="public").status == 200, name


def test_a_case_that_one_may_not_see_is_not_shown_among_the_links(alice, charlie, case):
    hidden = start(alice, **{**SECRET, "readers": ["alice"]}).json
    shown = start(alice, links=[hidden["id"], case["id"]]).json
    change(alice, shown, **SECRET)

    assert len(alice.instance(shown)["header"]["links"]) == 2
    assert charlie.instance(shown)["header"]["links"] == []
    problem(change(charlie, shown, links=[hidden["id"]]), 422)


def test_links_that_one_may_not_see_stay_when_others_are_changed(alice, charlie, case):
    hidden = start(alice, **{**SECRET, "readers": ["alice"]}).json
    shown = start(alice, **SECRET, links=[hidden["id"], case["id"]]).json
    mine = start(charlie).json

    answer = change(charlie, shown, links=[mine["id"]])

    assert [each["id"] for each in answer.json["links"]] == [mine["id"]]
    kept = {each["id"] for each in alice.instance(shown)["header"]["links"]}
    assert kept == {hidden["id"], case["id"], mine["id"]}


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE process_instance SET confidentiality = 'public'",
        "UPDATE process_instance SET registration_no = 'B-1'",
        "UPDATE process_instance SET systems = '[]'",
        "DELETE FROM case_reader",
        "DELETE FROM case_link",
    ],
)
def test_a_header_that_was_changed_past_the_record_is_found(installation, alice, case, tampering):
    held = start(alice, links=[case["id"]], systems=["a"], registration_no="A-1", **SECRET).json

    with installation.database.writing() as session:
        session.connection().exec_driver_sql(tampering)
        session.commit()

    with look(installation, SYSTEM) as uow:
        found = [broken for _, broken in checking.verify_everything(uow.session) if broken]
    assert "header" in found[-1].template
    assert str(found[-1].chain) == held["id"]
