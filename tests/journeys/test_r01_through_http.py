"""
R01 in a unit of the organisation: roles in lanes, a substitute, somebody late, and no way around four eyes.

Everything is a request, from the organisation on; nothing is put into the database beside them.
"""

from datetime import datetime

import pytest

from bpmn import routines
from tests.factories.callers import InProcess
from tests.factories.clocks import clock
from tests.factories.doors import create_people
from tests.factories.problems import problem
from tests.journeys.test_document_approval import ANSWER, COMMENT, DRAFT, KEY

__all__ = ["clock"]

EN = {"Accept-Language": "en"}
SINCE = {"valid_from": "2020-01-01"}
UNITS = {"kommun": None, "vof": "kommun", "hemtjanst": "vof", "skola": "kommun"}
APPOINTED = [
    ("process_owner", "karin", None),
    ("quality_coord", "karin", "kommun"),
    ("author", "anna", "hemtjanst"),
    ("author", "adam", "hemtjanst"),
    ("author", "erik", "skola"),
    ("reviewer", "bo", "hemtjanst"),
    ("reviewer", "cecilia", "hemtjanst"),
    ("approver", "anna", "vof"),
    ("approver", "adam", "vof"),
    ("approver", "david", "vof"),
]
PEOPLE = ("anna", "adam", "bo", "cecilia", "david", "erik", "karin", "siv", "root")
ADMINS = {"adam", "root"}
NOBODY = "01990000-0000-7000-8000-000000000000"
FOUR_EYES = "Whoever has done an earlier step of the case may not do this one."


@pytest.fixture
def staff(app, installation, clock):
    """People with the roles that they are appointed to, in their units; siv has none."""
    staff = create_people(installation, InProcess(app), dict.fromkeys(PEOPLE, ()), admins=ADMINS)
    root = staff["root"]
    for key, parent in UNITS.items():
        body = {"key": key, "name_sv": key.title(), "kind": "enhet", "parent": parent, **SINCE}
        assert root.post("/units", json=body).status == 201
    for role, person, unit in APPOINTED:
        body = {"role": role, "person": person, "unit": unit, **SINCE}
        answer = root.post("/appointments", json=body)
        assert answer.status == 201, answer.text
    assert staff["karin"].deploy(routines.resources(KEY)).status == 201
    return staff


def begin(staff, unit="hemtjanst"):
    """karin asks for a new version of a document in a unit."""
    body = {"definition_key": KEY, "unit": unit, "business_key": "VON 2026/17"}
    answer = staff["karin"].post("/process-instances", json=body)
    assert answer.status == 201, answer.text
    return answer.json


def task_at(staff, case, element):
    return staff["karin"].tasks(case)[element]


def path(task, *more):
    return "/".join(["/user-tasks", task["id"], *more])


def complete(who, task, **answers):
    body = {"variables": answers}
    return who.post(path(task, "completion"), json=body, headers=EN)


def do(who, task, **answers):
    answer = complete(who, task, **answers)
    assert answer.status == 200, answer.text
    assert answer.json["assignee"] == who.name


def inbox(who, **query):
    answer = who.get("/inbox", process=KEY, **query)
    assert answer.status == 200, answer.text
    return answer.json["items"]


def reviewed(staff, case):
    """Let both review; return the approval that comes of it."""
    do(staff["bo"], task_at(staff, case, "Task_Review1"), verdict_1="ok")
    do(staff["cecilia"], task_at(staff, case, "Task_Review2"), verdict_2="ok")
    return task_at(staff, case, "Task_Approve")


# ---------------------------------------------------------------- who begins


def test_drafts_are_claimed_in_bulk_and_each_has_a_result_of_its_own(staff):
    anna = staff["anna"]
    mine = [task_at(staff, begin(staff), "Task_Draft") for _ in range(2)]
    taken = task_at(staff, begin(staff), "Task_Draft")
    staff["adam"].assign(taken, "adam")
    elsewhere = task_at(staff, begin(staff, "skola"), "Task_Draft")
    asked = [*mine, taken, elsewhere, {"id": NOBODY}]
    assert mine[0]["candidate_groups"] == ["author@hemtjanst"]
    assert {line["task"]["id"] for line in inbox(anna, tab="groups")} == {
        each["id"] for each in mine
    }

    answer = anna.post(
        "/user-tasks/bulk",
        json={"action": "claim", "tasks": [each["id"] for each in asked]},
        headers=EN,
    )

    assert answer.status == 200, answer.text
    results = answer.json["results"]
    assert [each["id"] for each in results] == [each["id"] for each in asked]
    assert [each["status"] for each in results] == [200, 200, 409, 404, 404]
    assert results[2]["detail"] == "adam has already taken the task."
    assert {line["task"]["id"] for line in inbox(anna, tab="mine")} == {
        each["id"] for each in mine
    }
    for each, who in ((taken, "adam"), (elsewhere, None)):
        assert staff["karin"].get(path(each)).json["assignee"] == who


# ---------------------------------------------------------------- the whole way


def test_a_document_is_reviewed_by_a_substitute_and_late_and_approved_by_a_third(staff, clock):
    anna, bo, siv, cecilia, david = (
        staff[name] for name in ("anna", "bo", "siv", "cecilia", "david")
    )
    case = begin(staff)
    _write(anna, task_at(staff, case, "Task_Draft"))
    _review_for_somebody_away(bo, siv, task_at(staff, case, "Task_Review1"))
    _review_late(cecilia, task_at(staff, case, "Task_Review2"), clock)
    do(anna, task_at(staff, case, "Task_Summary"), answers=[ANSWER], major_change=False)
    approval = task_at(staff, case, "Task_Approve")
    assert complete(anna, approval, outcome="approve").status == 403
    do(david, approval, outcome="approve", delegation_ref="VON 4.1")

    told = staff["karin"].instance(case)
    assert (told["state"], told["unit"]) == ("completed", "hemtjanst")
    assert told["variables"]["document_status"] == "approved"
    assert told["variables"]["comments_1"] == [COMMENT]
    assert _done(staff, case) == [
        ("Task_Draft", "anna", None),
        ("Task_Review1", "siv", "bo"),
        ("Task_Review2", "cecilia", None),
        ("Task_Summary", "anna", None),
        ("Task_Approve", "david", None),
    ]
    for who in (anna, siv, david):
        verified = who.verification(case).json
        assert (verified["intact"], verified["first_break"]) == (True, None)
    problem(staff["erik"].verification(case), 404)


def _write(anna, draft):
    assert anna.assign(draft, "anna").status == 200
    do(anna, draft, **DRAFT)


def _review_for_somebody_away(bo, siv, review):
    """bo is away; siv, who is no reviewer herself, finds the review among what she may do for others."""
    answers = {"verdict_1": "ok_with_comments", "comments_1": [COMMENT]}
    assert bo.post("/absences", json={"reason": "leave", **SINCE}).status == 201
    problem(complete(siv, review, **answers), 404)
    body = {"substitute": "siv", "scope": "processes", "keys": [KEY], **SINCE}
    assert bo.post("/substitutions", json=body).status == 201

    [line] = inbox(siv, tab="behalf")

    assert (line["task"]["id"], line["on_behalf_of"]) == (review["id"], "bo")
    do(siv, review, **answers)
    assert inbox(siv, tab="behalf") == inbox(bo, tab="mine") == []


def _review_late(cecilia, review, clock):
    """The review is done a day after it was due."""
    assert inbox(cecilia, overdue="true") == []
    clock.forward(days=15)
    assert datetime.fromisoformat(review["due_at"]) < clock.at

    [line] = inbox(cecilia, overdue="true")

    assert (line["task"]["id"], line["is_overdue"]) == (review["id"], True)
    do(cecilia, review, verdict_2="ok")
    assert inbox(cecilia, overdue="true") == []


def _done(staff, case):
    """Return what the record says of each step that somebody has done: who, and for whom."""
    people = {each["id"]: each["name"] for each in staff["karin"].get("/people").json["items"]}
    answer = staff["karin"].get(f"/process-instances/{case['id']}/events", limit=1000)
    return [
        (
            each["facts"]["element"],
            people[each["actor"].removeprefix("person:")],
            people.get(each["facts"].get("on_behalf_of")),
        )
        for each in answer.json["items"]
        if each["type"] == "user_task.completed"
    ]


# ---------------------------------------------------------------- four eyes


@pytest.mark.parametrize("writer", ["anna", "adam"])
def test_whoever_wrote_it_never_approves_it(staff, writer):
    """Both are approvers as well, adam an administrator besides; the form names somebody else as the author."""
    author, david, root = staff[writer], staff["david"], staff["root"]
    case = begin(staff)
    do(author, task_at(staff, case, "Task_Draft"), **DRAFT | {"author": "karin"})
    approval = reviewed(staff, case)
    assert david.delete(path(approval, "assignee")).status == 200
    to_the_author = {"json": {"user": writer}, "headers": EN}

    def refused(answer):
        assert problem(answer, 403)["detail"] == FOUR_EYES

    refused(author.put(path(approval, "assignee"), **to_the_author))
    refused(david.put(path(approval, "assignee"), **to_the_author))
    refused(root.put(path(approval, "assignee"), **to_the_author))
    refused(complete(author, approval, outcome="approve"))
    refused(david.post(path(approval, "delegation"), **to_the_author))
    for action in ("claim", "complete"):
        body = {"action": action, "tasks": [approval["id"]]}
        answer = author.post("/user-tasks/bulk", json=body, headers=EN)
        [result] = answer.json["results"]
        assert (result["status"], result["detail"]) == (403, FOUR_EYES)
    assert task_at(staff, case, "Task_Approve")["assignee"] is None
    assert staff["karin"].instance(case)["variables"].get("outcome") is None

    do(david, approval, outcome="approve")
    assert staff["karin"].verification(case).json["intact"] is True


@pytest.mark.parametrize("writer", ["anna", "adam"])
def test_no_substitution_leads_around_it(staff, writer):
    """Neither does the writer approve for the approver, nor somebody else for the writer."""
    author, david, siv = staff[writer], staff["david"], staff["siv"]
    case = begin(staff)
    do(author, task_at(staff, case, "Task_Draft"), **DRAFT | {"author": "karin"})
    approval = reviewed(staff, case)
    assert david.post("/substitutions", json={"substitute": writer, **SINCE}).status == 201

    for answer in (
        complete(author, approval, outcome="approve"),
        author.put(path(approval, "assignee"), json={"user": writer}, headers=EN),
    ):
        assert problem(answer, 403)["detail"] == FOUR_EYES

    assert david.delete(path(approval, "assignee")).status == 200
    assert author.post("/substitutions", json={"substitute": "siv", **SINCE}).status == 201
    for answer in (
        complete(siv, approval, outcome="approve"),
        siv.put(path(approval, "assignee"), json={"user": "siv"}, headers=EN),
    ):
        assert problem(answer, 403)["detail"] == FOUR_EYES
    assert task_at(staff, case, "Task_Approve")["assignee"] is None

    do(david, approval, outcome="approve")
    assert _done(staff, case)[-1] == ("Task_Approve", "david", None)
    assert staff["karin"].verification(case).json["intact"] is True
