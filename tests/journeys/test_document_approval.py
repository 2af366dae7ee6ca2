"""
R01, document review and approval, as people and programs go through it from outside.

Two reviewers; one answers `not_ok`: the draft goes back to its author and to a new round, not to the approver; and
whoever wrote it does not approve it, whoever they are (`ROUTINES` R01, I2).
"""

import pytest

from bpmn import routines
from tests.factories.callers import Caller, InProcess
from tests.factories.doors import create_people
from tests.factories.problems import problem
from tests.servers import Site, serving

KEY = "document-approval"
PEOPLE = {
    "anna": ("author",),
    "bo": ("reviewer",),
    "cecilia": ("reviewer",),
    "david": ("approver",),
    "karin": ("process_owner",),
    "adam": ("author", "approver"),
    "charlie": (),
}
ADMINS = {"adam"}

DRAFT = {
    "title": "Rutin för basala hygienrutiner",
    "doc_class": "rutin",
    "replaces_version": 3,
    "content": "https://dokument.example/hygien/utkast",
    "processes": "Vård och omsorg",
    "change_kind": "major",
    "change_reason": "Nya föreskrifter från Socialstyrelsen.",
    "effective_from": "2027-03-01",
    "review_interval": "P1Y",
    "audience": "Hemtjänst norr",
    "author": "anna",
    "reviewers": ["bo", "cecilia"],
    "approver": "david",
}
COMMENT = {
    "section": "4",
    "comment": "Handskar saknas i avsnittet – ”rena händer” räcker inte.",
    "severity": "major",
}
ANSWER = {
    "section": "4",
    "comment": COMMENT["comment"],
    "answer": "accepted",
    "reason": "Rätt, det läggs till.",
}
ROUND = [
    "Script_Check",
    "Gateway_CheckOk",
    "Script_Round",
    "Gateway_ReviewSplit",
    "Task_Review1",
    "Task_Review2",
    "Gateway_ReviewJoin",
    "Script_Weigh",
    "Gateway_AllOk",
]
REWORK = ["Task_Summary", "Gateway_Answered", "Gateway_Rework"]
DECISION = ["Task_Approve", "Gateway_Outcome"]


@pytest.fixture
def staff(app, installation):
    return create_people(installation, InProcess(app), PEOPLE, admins=ADMINS)


@pytest.fixture
def case(staff):
    assert staff["karin"].deploy(routines.resources(KEY)).status == 201
    return staff["anna"].start(KEY)


def do(who: Caller, case, element, **answers):
    """Do the one open task at an element."""
    answer = who.complete(who.tasks(case)[element], **answers)
    assert answer.status == 200, answer.text
    assert answer.json["assignee"] == who.name


def review(staff, case, *, first="ok", second="ok"):
    """Both review; the second one is done first, as it may be."""
    for number, who, verdict in ((2, "cecilia", second), (1, "bo", first)):
        comments = [] if verdict == "ok" else [COMMENT]
        do(
            staff[who],
            case,
            f"Task_Review{number}",
            **{f"verdict_{number}": verdict, f"comments_{number}": comments},
        )


def path(who, case):
    answer = who.get(f"/process-instances/{case['id']}/elements")
    assert {each["state"] for each in answer.json["items"][:-1]} == {"completed"}
    return [each["element_id"] for each in answer.json["items"]]


def performers(who, case):
    answer = who.get(f"/process-instances/{case['id']}/elements")
    return [
        (each["element_id"], each["performer"])
        for each in answer.json["items"]
        if each["performer"]
    ]


def holds(who, case):
    return who.verification(case).json == who.verification(case).json | {
        "intact": True,
        "first_break": None,
    }


def walk_with_rework(staff, case):
    """Two reviewers, one is not content, the author answers and writes again, the approver approves."""
    anna, david = staff["anna"], staff["david"]
    do(anna, case, "Task_Draft", **DRAFT)
    assert set(anna.tasks(case)) == {"Task_Review1", "Task_Review2"}
    assert david.tasks(case) == {}
    review(staff, case, first="not_ok")
    assert set(anna.tasks(case)) == {"Task_Summary"}
    do(anna, case, "Task_Summary", answers=[ANSWER], major_change=False)
    assert set(anna.tasks(case)) == {"Task_Draft"}
    do(anna, case, "Task_Draft", **DRAFT | {"title": "Rutin för basal hygien"})
    review(staff, case)
    assert set(david.tasks(case)) == {"Task_Approve"}
    do(david, case, "Task_Approve", outcome="approve", delegation_ref="KS 4.1")


def check_the_end(staff, case):
    anna = staff["anna"]
    told = anna.instance(case)
    assert told["state"] == "completed"
    assert told["ended_at"] is not None
    assert path(anna, case) == [
        "Start_NewVersion",
        "Script_Open",
        "Task_Draft",
        *ROUND,
        *REWORK,
        "Task_Draft",
        *ROUND,
        *DECISION,
        "Script_Publish",
        "End_Approved",
    ]
    assert performers(anna, case) == [
        ("Task_Draft", "anna"),
        ("Task_Review1", "bo"),
        ("Task_Review2", "cecilia"),
        ("Task_Summary", "anna"),
        ("Task_Draft", "anna"),
        ("Task_Review1", "bo"),
        ("Task_Review2", "cecilia"),
        ("Task_Approve", "david"),
    ]
    expected = {
        **DRAFT,
        "title": "Rutin för basal hygien",
        "initiator": "anna",
        "review_round": 2,
        "check_ok": True,
        "check_problems": [],
        "verdict_1": "ok",
        "verdict_2": "ok",
        "comments_1": [],
        "comments_2": [],
        "all_ok": True,
        "any_not_ok": False,
        "answers": [],
        "earlier_answers": [ANSWER],
        "outcome": "approve",
        "decision_note": None,
        "delegation_ref": "KS 4.1",
        "version_number": 4,
        "document_status": "approved",
    }
    assert {name: told["variables"].get(name) for name in expected} == expected
    assert holds(anna, case)


def test_a_document_is_written_reviewed_reworked_and_approved(staff, case):
    walk_with_rework(staff, case)

    check_the_end(staff, case)


def test_the_record_tells_who_did_what_in_which_order(staff, case):
    walk_with_rework(staff, case)

    events = (
        staff["karin"].get(f"/process-instances/{case['id']}/events", limit=1000).json["items"]
    )

    assert [each["seq"] for each in events] == list(range(1, len(events) + 1))
    done = [each for each in events if each["type"] == "user_task.completed"]
    assert [each["facts"]["element"] for each in done] == [
        "Task_Draft",
        "Task_Review2",
        "Task_Review1",
        "Task_Summary",
        "Task_Draft",
        "Task_Review2",
        "Task_Review1",
        "Task_Approve",
    ]
    assert done[2]["payload"]["variables.comments_1"] == [COMMENT]
    assert done[-1]["payload"]["variables.outcome"] == "approve"
    assert events[-1]["type"] == "process_instance.completed"
    assert "Handskar" not in str([each["facts"] for each in events])


def test_a_comment_without_an_answer_comes_back(staff, case):
    do(staff["anna"], case, "Task_Draft", **DRAFT)
    review(staff, case, second="ok_with_comments")

    do(
        staff["anna"],
        case,
        "Task_Summary",
        answers=[ANSWER | {"comment": "En annan synpunkt"}],
        major_change=False,
    )

    assert set(staff["anna"].tasks(case)) == {"Task_Summary"}
    assert COMMENT in staff["anna"].instance(case)["variables"]["answers"]


def test_small_comments_that_are_answered_go_on_to_the_approver(staff, case):
    do(staff["anna"], case, "Task_Draft", **DRAFT)
    review(staff, case, second="ok_with_comments")

    do(staff["anna"], case, "Task_Summary", answers=[ANSWER], major_change=False)

    assert set(staff["david"].tasks(case)) == {"Task_Approve"}


def test_a_large_change_needs_a_new_round(staff, case):
    do(staff["anna"], case, "Task_Draft", **DRAFT)
    review(staff, case, second="ok_with_comments")

    do(staff["anna"], case, "Task_Summary", answers=[ANSWER], major_change=True)

    assert set(staff["anna"].tasks(case)) == {"Task_Draft"}


def test_a_document_that_is_returned_is_written_and_reviewed_again(staff, case):
    anna, david = staff["anna"], staff["david"]
    do(anna, case, "Task_Draft", **DRAFT)
    review(staff, case)
    missing = problem(david.complete(david.tasks(case)["Task_Approve"], outcome="return"), 422)
    assert list(missing["fields"]) == ["decision_note"]

    do(david, case, "Task_Approve", outcome="return", decision_note="Bilagan saknas.")

    assert set(anna.tasks(case)) == {"Task_Draft"}
    assert anna.instance(case)["variables"]["decision_note"] == "Bilagan saknas."
    do(anna, case, "Task_Draft", **DRAFT)
    assert anna.instance(case)["variables"]["outcome"] is None
    review(staff, case)
    do(david, case, "Task_Approve", outcome="approve")
    assert path(anna, case)[-4:] == [*DECISION, "Script_Publish", "End_Approved"]
    assert anna.instance(case)["variables"]["review_round"] == 2
    assert holds(anna, case)


def test_a_document_that_is_rejected_is_not_published(staff, case):
    do(staff["anna"], case, "Task_Draft", **DRAFT)
    review(staff, case)

    do(staff["david"], case, "Task_Approve", outcome="reject", decision_note="Behövs inte.")

    told = staff["anna"].instance(case)
    assert told["state"] == "completed"
    assert path(staff["anna"], case)[-3:] == [*DECISION, "End_Rejected"]
    assert "document_status" not in told["variables"]
    assert "version_number" not in told["variables"]
    assert holds(staff["anna"], case)


@pytest.mark.parametrize(
    ("people", "reason"),
    [
        ({"approver": "anna"}, "Författaren kan inte fastställa"),
        ({"reviewers": ["anna", "bo"]}, "Författaren kan inte granska"),
        ({"reviewers": ["bo", "david"]}, "kan inte också granska"),
    ],
)
def test_whoever_is_chosen_twice_gets_the_draft_back_at_once(staff, case, people, reason):
    do(staff["anna"], case, "Task_Draft", **DRAFT | people)

    assert set(staff["anna"].tasks(case)) == {"Task_Draft"}
    assert reason in " ".join(staff["anna"].instance(case)["variables"]["check_problems"])


@pytest.mark.parametrize("writer", ["anna", "adam"])
def test_who_wrote_the_draft_does_not_approve_it_whatever_the_form_says(staff, case, writer):
    """The form names another author, so only the record knows; adam is an administrator besides."""
    do(staff[writer], case, "Task_Draft", **DRAFT | {"author": "karin", "approver": writer})
    review(staff, case)
    approval = staff["karin"].tasks(case)["Task_Approve"]
    assert approval["assignee"] == writer

    problem(staff[writer].complete(approval, outcome="approve"), 403)
    problem(staff[writer].assign(approval, writer), 403)
    problem(staff["adam"].assign(approval, writer), 403)
    staff["adam"].delete(f"/user-tasks/{approval['id']}/assignee")
    problem(staff[writer].assign(approval, writer), 403)
    problem(staff["david"].assign(approval, writer), 403)
    problem(staff[writer].complete(approval, outcome="approve"), 403)

    do(staff["david"], case, "Task_Approve", outcome="approve")
    assert staff["anna"].instance(case)["variables"]["document_status"] == "approved"


def test_who_reviewed_does_not_approve(staff, case):
    """bo is made an approver on paper, for the second of two rounds."""
    do(staff["anna"], case, "Task_Draft", **DRAFT)
    review(staff, case, first="not_ok")
    do(staff["anna"], case, "Task_Summary", answers=[ANSWER], major_change=True)
    again = DRAFT | {"reviewers": ["adam", "cecilia"], "approver": "bo"}
    do(staff["anna"], case, "Task_Draft", **again)
    do(staff["cecilia"], case, "Task_Review2", verdict_2="ok", comments_2=[])
    do(staff["adam"], case, "Task_Review1", verdict_1="ok", comments_1=[])
    approval = staff["karin"].tasks(case)["Task_Approve"]

    problem(staff["bo"].complete(approval, outcome="approve"), 403)


def test_a_review_is_for_the_one_who_was_chosen(staff, case):
    do(staff["anna"], case, "Task_Draft", **DRAFT)
    first = staff["karin"].tasks(case)["Task_Review1"]

    for name in ("anna", "cecilia", "adam", "karin"):
        problem(staff[name].complete(first, verdict_1="ok", comments_1=[]), 403)
    for name in ("david", "charlie"):  # nothing in the case is theirs yet
        problem(staff[name].complete(first, verdict_1="ok", comments_1=[]), 404)
    assert staff["karin"].tasks(case)["Task_Review1"] == first


def test_a_reviewer_whose_name_is_written_with_a_capital_gets_the_task(staff, case):
    do(staff["anna"], case, "Task_Draft", **DRAFT | {"reviewers": ["Bo", "cecilia"]})

    do(staff["bo"], case, "Task_Review1", verdict_1="ok", comments_1=[])


def test_nobody_outside_learns_of_the_case(staff, case):
    walk_with_rework(staff, case)

    for more in ("", "/elements", "/events", "/verification"):
        problem(staff["charlie"].get(f"/process-instances/{case['id']}{more}"), 404)


def test_the_whole_way_through_a_server_that_runs(database_url, installation, tmp_path):
    """`rutin serve` in a process of its own, spoken to over the wire; `rutin audit verify` has the last word."""
    site = Site(database_url, tmp_path / "served")
    with serving(site) as [server]:
        staff = create_people(installation, server.line(), PEOPLE, admins=ADMINS)
        assert staff["karin"].deploy(routines.resources(KEY)).status == 201
        case = staff["anna"].start(KEY)

        walk_with_rework(staff, case)

        check_the_end(staff, case)
    verified = site.rutin("audit", "verify")
    assert (verified.returncode, verified.stdout.strip()) == (0, "4 chains hold.")
