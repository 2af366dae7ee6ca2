"""Tasks that nobody can take are told to those who look after the management system."""

import pytest

from tests.bpmn.sketch import end, model, start, user
from tests.factories import diagrams
from tests.factories.problems import problem

PATH = "/user-tasks/unattended"


@pytest.fixture
def told(admin):
    return lambda: [(each["name"], each["why"]) for each in admin.get(PATH).json]


def test_a_task_that_somebody_can_take_is_not_told(owner, alice, told):
    owner.deploy(diagrams.one_task())
    alice.start()

    assert told() == []


def test_a_role_that_nobody_holds(owner, alice, told, admin):
    owner.deploy(diagrams.one_task(rutin__candidateGroups="mas"))
    case = alice.start()

    assert told() == [("Handlägg", "no_holder")]
    assert "user_task.unattended" in types(alice, case)

    person = admin.get("/accounts").json["items"][0]
    appoint(admin, "mas", person["name"])
    assert told() == [], "as soon as somebody has the role"


def types(caller, case):
    found = caller.get(f"/process-instances/{case['id']}/events").json["items"]
    return [each["type"] for each in found]


def test_what_an_expression_gives_to_nobody_is_not_for_everybody(
    owner, alice, charlie, told, admin
):
    """A role without a holder must not open its tasks to strangers."""
    owner.deploy(
        diagrams.one_task(rutin__candidateGroups="", rutin__candidateUsers='=holders("mas", null)')
    )
    case = alice.start()
    task = alice.tasks(case)["a"]

    assert task["is_for_nobody"] is True
    for caller in (alice, charlie):
        assert caller.complete(task).status in {403, 404}
        assert caller.assign(task, caller.name).status in {403, 404}
    assert told() == [("Handlägg", "no_holder")]
    assert admin.assign(task, "charlie").status == 200, "an administrator finds somebody"
    assert told() == []
    assert charlie.complete(task).status == 200
    assert alice.verification(case).json["intact"] is True


def test_rules_that_leave_nobody(owner, alice, told):
    only = {"rutin__candidateUsers": "alice"}
    owner.deploy(
        model(
            "p",
            start(),
            user("first", **only),
            user("second", name="Godkänn", rutin__notPerformerOf="first", **only),
            end(),
            flows="s > first > second > e",
        )
    )
    case = alice.start()

    assert alice.complete(alice.tasks(case)["first"]).status == 200

    assert told() == [("Godkänn", "rules")]
    assert "user_task.unattended" in types(alice, case)


def test_somebody_whom_the_model_names_and_the_rules_keep_away(owner, alice, admin, told):
    officer = {"rutin__candidateUsers": "alice"}
    second = {"rutin__assignee": "=initiator", "rutin__notPerformerOf": "first"}
    owner.deploy(
        model(
            "p",
            start(),
            user("first", **officer),
            user("second", name="Godkänn", **second),
            end(),
            flows="s > first > second > e",
        )
    )
    case = alice.start()

    assert alice.complete(alice.tasks(case)["first"]).status == 200

    assert told() == [("Godkänn", "rules")]
    assert admin.assign(admin.tasks(case)["second"], "bob").status == 200
    assert told() == []


def test_rules_are_asked_again(owner, alice, bob, told, admin):
    second = {"name": "Godkänn", "rutin__notPerformerOf": "first"}
    officer = {"rutin__candidateGroups": "mas"}
    owner.deploy(
        model(
            "p",
            start(),
            user("first", **officer),
            user("second", **second, **officer),
            end(),
            flows="s > first > second > e",
        )
    )
    appoint(admin, "mas", "alice")
    case = alice.start()
    alice.complete(alice.tasks(case)["first"])
    assert told() == [("Godkänn", "rules")]

    appoint(admin, "mas", "bob")

    assert told() == []
    assert bob.complete(bob.tasks(case)["second"]).status == 200


def appoint(admin, role, person):
    given = {"role": role, "person": person, "valid_from": "2020-01-01"}
    assert admin.post("/appointments", json=given).status == 201


def test_whoever_has_left(owner, alice, admin, bob, told):
    owner.deploy(diagrams.one_task())
    case = alice.start()
    bob.assign(bob.tasks(case)["a"], "bob")
    accounts = {each["name"]: each["id"] for each in admin.get("/accounts").json["items"]}

    closed = admin.post(f"/accounts/{accounts['bob']}/closing", json={"reason": "Slutat"})

    assert closed.status == 200
    assert told() == [("Handlägg", "no_holder")]


def test_of_a_secret_case_no_more_is_told_than_that_there_is_one(owner, alice, admin):
    owner.deploy(diagrams.one_task(rutin__candidateGroups="mas"))
    header = {"confidentiality": "secret", "secrecy_ground": "OSL 26 kap. 1 §"}
    case = alice.post("/process-instances", json={"definition_key": "p", "header": header}).json

    [found] = admin.get(PATH).json

    assert found["instance_id"] == case["id"]
    assert (found["name"], found["process_name"], found["candidate_groups"]) == (None, None, [])


def test_whoever_has_a_task_may_not_see_its_case_any_more(owner, alice, charlie, told):
    owner.deploy(diagrams.one_task())
    header = {"confidentiality": "secret", "secrecy_ground": "OSL 26 kap. 1 §"}
    readers = {"readers": ["alice", "charlie"]}
    case = alice.post(
        "/process-instances", json={"definition_key": "p", "header": header | readers}
    ).json
    alice.assign(alice.tasks(case)["a"], "alice")
    assert told() == []

    path = f"/process-instances/{case['id']}/header"
    assert charlie.patch(path, json={"readers": ["charlie"]}).status == 200

    assert told() == [(None, "rules")]
    assert charlie.patch(path, json={"readers": ["alice"]}).status == 200
    assert told() == []


def test_a_case_becomes_secret_to_others_than_those_who_may_take_its_task(owner, alice, told):
    owner.deploy(diagrams.one_task())
    case = alice.start()
    path = f"/process-instances/{case['id']}/header"
    header = {"confidentiality": "secret", "secrecy_ground": "OSL 26 kap. 1 §"}

    assert alice.patch(path, json=header | {"readers": ["charlie", "owner"]}).status == 200
    assert told() == [(None, "rules")]

    assert owner.patch(path, json={"confidentiality": "internal"}).status == 200
    assert told() == []


def test_who_is_told(people, anybody, admin):
    for name in ("alice", "bob", "charlie", "auditor", "owner"):
        problem(people[name].get(PATH), 403)
    problem(anybody.get(PATH), 401)
    appoint(admin, "system_owner", "bob")
    for name in ("bob", "admin"):
        assert people[name].get(PATH).json == []


def test_the_page(owner, alice, browsers):
    owner.deploy(diagrams.one_task(rutin__candidateGroups="mas"))
    browser = browsers("admin")
    assert "There are none" in browser.get("/tasks/unattended").main

    alice.start()

    page = browser.get(browser.get("/tasks").link("Tasks that nobody can take"))
    assert "Nobody has the role" in page.main
    assert browser.get(page.link("Handlägg")).status == 200
    assert browsers("alice").get("/tasks/unattended").status == 403
