"""/inbox: what there is to do for alice, bob and charlie, and what they did."""

import csv
import io

import pytest

from tests.bpmn.sketch import end, model, start, user
from tests.factories import diagrams
from tests.factories.problems import problem
from tests.web.test_api_absences import SINCE
from tests.web.test_api_user_tasks import SHAPE

DUE = {"rutin__dueDate": "2027-03-01", "rutin__priority": "50"}


@pytest.fixture
def case(owner, alice):
    owner.deploy(diagrams.two_steps())
    return alice.start(n=1)


def names(caller, **query):
    answer = caller.get("/inbox", **query)
    assert answer.status == 200, answer.text
    return [each["task"]["name"] for each in answer.json["items"]]


def begin(caller, business_key):
    body = {"definition_key": "p", "business_key": business_key}
    assert caller.post("/process-instances", json=body).status == 201


def counts(caller):
    answer = caller.get("/inbox/counts")
    assert answer.status == 200, answer.text
    return {tab: each["number"] for tab, each in answer.json.items() if each["number"]}


def test_everybody_sees_what_is_for_them(alice, bob, charlie, case):
    assert names(alice) == names(bob) == names(bob, tab="groups") == ["Handlägg"]
    assert names(charlie) == names(alice, tab="mine") == []
    assert counts(alice) == {"open": 1, "groups": 1, "started": 1}
    assert counts(charlie) == {}


def test_a_page_comes_with_the_counts_where_they_are_asked_for(alice, case):
    plain, counted = (alice.get("/inbox", counts=each).json for each in ("false", "true"))

    assert "counts" not in plain
    assert counted["counts"] == alice.get("/inbox/counts").json
    assert counted["items"] == plain["items"]


def test_a_line_tells_the_task_and_its_case(alice, owner, case):
    [line] = alice.get("/inbox").json["items"]

    assert set(line.pop("task")) >= SHAPE
    started_at = line["case"].pop("started_at")
    assert started_at.endswith("+00:00")
    assert line == {
        "case": {
            "id": case["id"],
            "process_key": "p",
            "process_name": line["case"]["process_name"],
            "business_key": None,
            "unit": None,
            "state": "active",
        },
        "is_overdue": False,
        "on_behalf_of": None,
        "waiting_for": [],
        "more_waiting": 0,
    }


def test_a_task_goes_from_the_group_to_a_person_to_what_is_done(alice, bob, case):
    task = alice.tasks(case)["first"]["id"]
    alice.put(f"/user-tasks/{task}/assignee", json={"user": "alice"})

    assert counts(alice) == {"open": 1, "mine": 1, "started": 1}
    assert counts(bob) == {}

    alice.post(f"/user-tasks/{task}/completion", json={})

    assert names(alice, tab="done") == ["Handlägg"]
    assert names(bob, tab="groups") == ["Kontrollera"]
    [line] = alice.get("/inbox", tab="started").json["items"]
    assert line["task"] is None
    assert line["waiting_for"] == [
        {
            "name": "Kontrollera",
            "element_id": "second",
            "assignee": None,
            "candidate_groups": ["officer"],
            "candidate_users": [],
        }
    ]


def test_a_substitute_sees_for_whom(alice, charlie, case):
    made = alice.post("/substitutions", json={"substitute": "charlie", **SINCE})
    assert made.status == 201, made.text

    [line] = charlie.get("/inbox", tab="behalf").json["items"]

    assert line["on_behalf_of"] == "alice"
    assert names(charlie) == []
    charlie.put(f"/user-tasks/{line['task']['id']}/assignee", json={"user": "charlie"})
    [mine] = charlie.get("/inbox", tab="mine").json["items"]
    assert mine["on_behalf_of"] == "alice"
    assert names(charlie, tab="behalf") == []


def test_pages_go_on_by_an_opaque_cursor(alice, owner):
    owner.deploy(diagrams.one_task(**DUE))
    for _ in range(5):
        alice.start()
    for sort in ("due", "created", "-created", "priority"):
        seen, cursor = [], None
        while True:
            page = alice.get("/inbox", sort=sort, limit=2, cursor=cursor).json
            seen += [each["task"]["id"] for each in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 5


def test_filters_are_asked_for_in_the_query(alice, owner):
    owner.deploy(diagrams.one_task(**DUE))
    begin(alice, "KS 2026/1")
    begin(alice, "KS 2026/2")

    assert len(names(alice, process="p", due_before="2027-06-01T00:00:00Z", priority=50)) == 2
    assert len(names(alice, business_key="KS 2026/1")) == 1
    assert len(names(alice, business_key_prefix="KS 2026/")) == 2
    assert names(alice, overdue="true") == names(alice, role="mas") == []
    assert names(alice, due_after="2027-06-01T00:00:00Z") == names(alice, without_due="true") == []


REFUSED = [
    {"tab": "other"},
    {"sort": "name"},
    {"tab": "done", "sort": "due"},
    {"cursor": "bm8="},
    {"cursor": "W10="},
    {"limit": 0},
    {"limit": 201},
    {"priority": 2**40},
    {"due_before": "soon"},
    {"variable": "x"},
    {"variable": "x>=high"},
    {"variable": "x>=NaN"},
    {"role": "\0"},
    {"other": "x"},
]


@pytest.mark.parametrize("query", REFUSED, ids=str)
def test_what_cannot_be_asked_is_refused(alice, query):
    answer = alice.get("/inbox", **query)

    assert answer.status == 422, answer.text
    assert problem(answer, 422)


def test_a_cursor_of_another_list_is_refused(alice, owner):
    owner.deploy(diagrams.one_task())
    alice.start()
    alice.start()
    cursor = alice.get("/inbox", limit=1).json["next_cursor"]

    assert alice.get("/inbox", tab="groups", cursor=cursor).status == 422
    assert alice.get("/inbox", sort="created", cursor=cursor).status == 422
    assert alice.get("/inbox", cursor=cursor).status == 200


def test_a_tab_is_given_out_as_a_table_without_formulas(alice, owner):
    owner.deploy(
        model("p", start(), user("a", name="=1+1", **diagrams.OFFICER), end(), flows="s > a > e")
    )
    begin(alice, "@SUM(A1)")

    answer = alice.get("/inbox.csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="inbox-open.csv"'
    assert answer.headers["Rutin-Truncated"] == "false"
    [row] = csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";")
    assert row["task"] == "'=1+1"
    assert row["business_key"] == "'@SUM(A1)"
    assert row["candidates"] == "officer"
    assert alice.get("/inbox.csv", tab="started").text.count("\n") == 2


@pytest.mark.parametrize("path", ["/inbox", "/inbox/counts", "/inbox.csv"])
def test_nobody_has_an_inbox_without_signing_in(anybody, path):
    assert anybody.get(path).status == 401
