"""Process instances through the API: started, read, listed, cancelled, with their history and its proof."""

import itertools
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest

from tests.factories import diagrams
from tests.factories.problems import problem
from tests.factories.tables import counted

PATH = "/process-instances"
NOBODY = "01990000-0000-7000-8000-000000000000"
SHAPE = {
    "id",
    "definition_id",
    "definition_key",
    "version",
    "state",
    "business_key",
    "confidentiality",
    "registration_no",
    "unit",
    "started_at",
    "started_by",
    "ended_at",
}
ELEMENT = {
    "element_id",
    "element_type",
    "name",
    "state",
    "started_at",
    "ended_at",
    "performer",
    "on_behalf_of",
}
EVENT = {
    "seq",
    "at",
    "actor",
    "type",
    "facts",
    "payload",
    "commitments",
    "previous",
    "hash",
}


@pytest.fixture
def definition(owner):
    [found] = owner.deploy(diagrams.two_steps()).json["definitions"]
    return found


@pytest.fixture
def case(alice, definition):
    return alice.start(n=1)


def start(caller, **body):
    return caller.post(PATH, json={"definition_key": "p", **body})


def pages(caller, path, **query):
    """Read a list page by page, one item a page."""
    items, cursor = [], None
    while True:
        answer = caller.get(path, limit=1, cursor=cursor, **query)
        assert answer.status == 200, answer.text
        assert set(answer.json) == {"items", "next_cursor"}
        assert len(answer.json["items"]) <= 1
        items += answer.json["items"]
        cursor = answer.json["next_cursor"]
        if cursor is None:
            return items


# ---------------------------------------------------------------- starting


def test_starting_gives_the_instance(alice, admin, definition):
    names = {"name_sv": "Hemtjänst norr", "name_en": "Home care north", "kind": "enhet"}
    admin.post("/units", json={"key": "hemtjänst-norr", "valid_from": "2020-01-01", **names})

    answer = start(alice, business_key="KS 2026/17", unit="hemtjänst-norr", variables={"n": 1})

    assert answer.status == 201
    told = answer.json
    assert set(told) == SHAPE
    assert UUID(told["id"]).version == 7
    assert datetime.fromisoformat(told["started_at"]).tzinfo == UTC
    assert told["definition_id"] == definition["id"]
    assert (told["definition_key"], told["version"]) == ("p", 1)
    assert (told["business_key"], told["unit"]) == ("KS 2026/17", "hemtjänst-norr")
    assert (told["state"], told["started_by"], told["ended_at"]) == ("active", "alice", None)


def test_a_certain_version_is_started_by_its_identity(alice, owner, definition):
    owner.deploy(diagrams.one_task())

    newest = start(alice).json
    old = alice.post(PATH, json={"definition_id": definition["id"]}).json

    assert (newest["version"], old["version"]) == (2, 1)


CANNOT_START = [
    {},
    {"definition_key": "p", "definition_id": NOBODY},
    {"definition_key": 1},
    {"definition_key": None},
    {"definition_id": "p"},
    {"definition_key": "p", "business_key": 17},
    {"definition_key": "p", "business_key": "x" * 201},
    {"definition_key": "p", "unit": ["x"]},
    {"definition_key": "p", "variables": ["x"]},
    {"definition_key": "p", "variables": None},
    {"definition_key": "p", "variable": {"n": 1}},
    {"definition_key": "p", "variables": {"_hidden": 1}},
    {"definition_key": "p", "variables": {"": 1}},
    {"definition_key": "p", "variables": {"x" * 201: 1}},
    {"definition_key": "p", "variables": {"x": "\0"}},
    {"definition_key": "p", "variables": {"x": "\ud800"}},
    {"definition_key": "p", "variables": {"x": {"\ud800": 1}}},
    {"definition_key": "p", "variables": {"x": 2**5_000}},
    {"definition_key": "p", "variables": {"x": ["x"] * 100_001}},
    {"definition_key": "p", "variables": {"x": "x" * 2_000_001}},
    ["p"],
    "p",
    17,
]


def test_what_cannot_be_used_starts_nothing(alice, installation, definition, subtests):
    before = counted(installation)
    for body in CANNOT_START:
        with subtests.test(str(body)[:60]):
            answer = alice.post(PATH, json=body)

            assert answer.status in {400, 422}, answer.text
            problem(answer, answer.status)
    assert counted(installation) == before


@pytest.mark.parametrize("text", ["a\0b", "\ud800"], ids=["NUL", "half a character"])
@pytest.mark.parametrize("name", ["definition_key", "business_key", "unit"])
def test_a_text_that_no_database_keeps_is_refused(alice, installation, definition, name, text):
    before = counted(installation)

    answer = start(alice, **{name: text})

    assert answer.status in {404, 422}, answer.text
    problem(answer, answer.status)
    assert counted(installation) == before


def test_a_unit_is_as_short_as_a_key(alice, definition):
    long = "".join(chr(0x4E00 + each * 7919 % 20_000) for each in range(20_000))

    problem(start(alice, unit=long), 422)


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_what_is_no_number_in_json_does_not_enter_a_process(alice, definition, number):
    body = b'{"definition_key": "p", "variables": {"n": ' + number + b"}}"

    answer = alice.post(PATH, body=body, content_type="application/json")

    assert answer.status in {400, 422}, answer.text
    problem(answer, answer.status)


def test_a_value_that_is_nested_without_end_is_refused(alice, definition):
    deep = b'{"definition_key": "p", "variables": {"n": ' + b"[" * 100_000

    for body in (b"[" * 100_000, deep, deep + b"]" * 100_000 + b"}}"):
        answer = alice.post(PATH, body=body, content_type="application/json")
        assert answer.status in {400, 422}, answer.text
        problem(answer, answer.status)

    shallow: list = []
    for _ in range(70):
        shallow = [shallow]
    problem(start(alice, variables={"n": shallow}), 422)


def test_values_come_back_as_they_were_sent(alice, definition):
    sent = {
        "text": "Åäö – ”citat” \U0001f600 <b>&amp;</b>",
        "large": 2**63 + 1,
        "negative": -17,
        "float": 0.1,
        "nothing": None,
        "yes": True,
        "list": [1, [2, {"a": []}], "3"],
        "entries": {"å": {"typename": "x", "__class__": "y"}},
        "{placeholder}": "{0} %s %(name)s",
    }

    case = start(alice, variables=sent).json

    assert alice.instance(case)["variables"] == {**sent, "initiator": "alice"}


def test_the_initiator_is_who_started(alice, definition):
    case = start(alice, variables={"initiator": "bob"}).json

    assert alice.instance(case)["variables"] == {"initiator": "alice"}


def test_what_is_not_deployed_is_not_started(alice, definition):
    problem(alice.post(PATH, json={"definition_key": "q"}), 404)
    problem(alice.post(PATH, json={"definition_id": NOBODY}), 404)


def test_whoever_is_signed_in_may_start_and_nobody_else(anybody, charlie, definition):
    problem(start(anybody), 401)

    assert start(charlie).json["started_by"] == "charlie"


# ---------------------------------------------------------------- reading


def test_an_instance_is_told_with_its_variables(alice, case):
    told = alice.instance(case)

    assert set(told) == SHAPE | {"header", "variables"}
    variables = {"n": 1, "initiator": "alice"}
    assert told == case | {"variables": variables, "header": told["header"]}


def test_the_list_tells_the_newest_first_and_no_variables(alice, case):
    second = alice.start()

    answer = alice.get(PATH)

    assert answer.json == {"items": [second, case], "next_cursor": None}


def test_the_list_is_narrowed_by_state_key_and_business_key(alice, owner, case):
    owner.deploy(diagrams.one_task("q"))
    other = alice.post(PATH, json={"definition_key": "q", "business_key": "D-1"}).json
    alice.post(f"{PATH}/{case['id']}/cancellation", json={"reason": "Dubblett"})

    def found(**query):
        return [each["id"] for each in alice.get(PATH, **query).json["items"]]

    assert found(state="active") == [other["id"]]
    assert found(state="cancelled") == [case["id"]]
    assert found(state="incident") == []
    assert found(definition_key="q") == [other["id"]]
    assert found(definition_key="p") == [case["id"]]
    assert found(business_key="D-1") == [other["id"]]
    assert found(business_key="D-1", state="cancelled") == []
    assert found(business_key="d-1") == []


def test_pages_of_instances_follow_each_other(alice, definition):
    started = [alice.start()["id"] for _ in range(4)]

    assert [each["id"] for each in pages(alice, PATH)] == started[::-1]
    assert [each["id"] for each in pages(alice, PATH, state="active")] == started[::-1]


def test_a_page_stays_where_it_was_while_others_are_started(alice, definition):
    first, second = alice.start(), alice.start()
    cursor = alice.get(PATH, limit=1).json["next_cursor"]
    alice.start()

    assert alice.get(PATH, cursor=cursor).json["items"] == [first]
    assert alice.get(PATH).json["items"][1] == second


@pytest.mark.parametrize(
    "query",
    [
        {"state": "open"},
        {"limit": 0},
        {"limit": 201},
        {"limit": "1.5"},
        {"cursor": "x"},
        {"stat": "active"},
        {"order": "id;drop"},
        {"business_key": "a\0b"},
        {"definition_key": "a\0b"},
    ],
)
def test_a_question_about_instances_that_cannot_be_answered_is_refused(alice, case, query):
    problem(alice.get(PATH, **query), 422)


def test_steps_are_told_in_the_order_they_were_begun(alice, bob, case):
    alice.complete(alice.tasks(case)["first"])
    bob.complete(bob.tasks(case)["second"])

    answer = alice.get(f"{PATH}/{case['id']}/elements")

    assert answer.json["next_cursor"] is None
    steps = answer.json["items"]
    assert all(set(each) == ELEMENT for each in steps)
    assert [(each["element_id"], each["state"], each["performer"]) for each in steps] == [
        ("s", "completed", None),
        ("first", "completed", "alice"),
        ("second", "completed", "bob"),
        ("e", "completed", None),
    ]
    assert steps[1]["name"] == "Handlägg"
    assert steps[1]["element_type"] == "userTask"
    times = [each["started_at"] for each in steps]
    assert times == sorted(times)


def test_the_step_that_waits_is_told_as_active(alice, case):
    steps = alice.get(f"{PATH}/{case['id']}/elements").json["items"]

    assert [(each["element_id"], each["state"], each["ended_at"] is None) for each in steps] == [
        ("s", "completed", False),
        ("first", "active", True),
    ]


def test_events_are_chained_from_the_first_to_the_head(alice, case):
    alice.complete(alice.tasks(case)["first"], note="Klart")

    events = alice.get(f"{PATH}/{case['id']}/events").json["items"]

    assert all(set(each) == EVENT for each in events)
    assert [each["seq"] for each in events] == list(range(1, len(events) + 1))
    assert events[0]["previous"] == "0" * 64
    for before, after in itertools.pairwise(events):
        assert after["previous"] == before["hash"]
    proof = alice.verification(case).json
    assert set(proof) == {"intact", "events", "head", "first_break"}
    assert proof == {
        "intact": True,
        "events": len(events),
        "head": events[-1]["hash"],
        "first_break": None,
    }
    completed = next(each for each in events if each["type"] == "user_task.completed")
    assert completed["payload"] == {"variables.note": "Klart"}
    assert completed["actor"].startswith("person:")
    assert set(completed["commitments"]) == {"variables.note"}


def test_an_event_can_be_hashed_again_by_whoever_reads_it(alice, case):
    """As `docs/reference/audit-format.md` says, with nothing of ours: the format is published."""
    for event in alice.get(f"{PATH}/{case['id']}/events").json["items"]:
        body = {name: event[name] for name in EVENT - {"payload", "hash"}}
        body |= {"chain": case["id"], "format": 1}
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert sha256(b"\0" + text.encode()).hexdigest() == event["hash"]


def test_pages_of_steps_and_events_follow_each_other(alice, bob, case):
    alice.complete(alice.tasks(case)["first"])

    for what in ("elements", "events"):
        path = f"{PATH}/{case['id']}/{what}"
        assert pages(alice, path) == alice.get(path).json["items"]


@pytest.mark.parametrize("what", ["elements", "events"])
@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 1_001},
        {"cursor": urlsafe_b64encode(b"x").decode()},
        {"cursor": urlsafe_b64encode(b"9" * 30).decode()},
        {"cursor": urlsafe_b64encode(b"9" * 5_000).decode()},
        {"order": "asc"},
    ],
    ids=str,
)
def test_a_question_about_a_history_that_cannot_be_answered_is_refused(alice, case, what, query):
    problem(alice.get(f"{PATH}/{case['id']}/{what}", **query), 422)


# ---------------------------------------------------------------- cancelling


def test_a_case_is_cancelled_with_a_reason(alice, case):
    answer = alice.post(f"{PATH}/{case['id']}/cancellation", json={"reason": " Dubblett "})

    assert answer.status == 200
    assert set(answer.json) == SHAPE
    assert answer.json["state"] == "cancelled"
    assert answer.json["ended_at"] is not None
    assert alice.tasks(case) == {}
    steps = alice.get(f"{PATH}/{case['id']}/elements").json["items"]
    assert [each["state"] for each in steps] == ["completed", "cancelled"]
    events = alice.get(f"{PATH}/{case['id']}/events").json["items"]
    [cancelled] = [each for each in events if each["type"] == "process_instance.cancelled"]
    assert cancelled["payload"] == {"reason": "Dubblett"}
    assert alice.verification(case).json["intact"] is True


def test_a_case_is_cancelled_once(alice, case):
    path = f"{PATH}/{case['id']}/cancellation"
    alice.post(path, json={"reason": "Dubblett"})

    problem(alice.post(path, json={"reason": "Igen"}), 409)


def test_a_case_that_has_ended_is_not_cancelled(alice, bob, case):
    alice.complete(alice.tasks(case)["first"])
    bob.complete(bob.tasks(case)["second"])

    problem(alice.post(f"{PATH}/{case['id']}/cancellation", json={"reason": "För sent"}), 409)

    assert alice.instance(case)["state"] == "completed"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reason": ""},
        {"reason": "  "},
        {"reason": None},
        {"reason": 1},
        {"reason": "x" * 2_001},
        {"reason": "\ud800"},
        {"reason": "x", "force": True},
    ],
    ids=lambda body: str(body)[:30],
)
def test_without_a_reason_nothing_is_cancelled(alice, case, body):
    problem(alice.post(f"{PATH}/{case['id']}/cancellation", json=body), 422)

    assert alice.instance(case)["state"] == "active"


# ---------------------------------------------------------------- incidents


@pytest.fixture
def failed(alice, owner):
    owner.deploy(diagrams.computed("share = 10 / n"))
    case = alice.start(n=0)
    answer = alice.complete(alice.tasks(case)["a"])
    assert answer.status == 200, "what the person did stands"
    return case


def test_an_element_that_fails_is_told_with_its_place(alice, failed):
    answer = alice.get(f"{PATH}/{failed['id']}/incidents")

    [incident] = answer.json["items"]
    assert set(incident) == {
        "id",
        "instance_id",
        "element_id",
        "message",
        "created_at",
        "resolved_at",
    }
    assert (incident["instance_id"], incident["element_id"]) == (failed["id"], "calculate")
    assert incident["message"].strip()
    assert alice.instance(failed)["state"] == "incident"
    states = {
        each["element_id"]: each["state"]
        for each in alice.get(f"{PATH}/{failed['id']}/elements").json["items"]
    }
    assert states == {"s": "completed", "a": "completed", "calculate": "incident"}


def test_a_failed_element_is_executed_again_by_those_who_may(
    people, alice, owner, anybody, charlie, failed
):
    [incident] = alice.get(f"{PATH}/{failed['id']}/incidents").json["items"]
    path = f"/incidents/{incident['id']}/retry"

    answer = owner.post(path)

    assert answer.status == 200
    assert answer.json["resolved_at"] is not None
    [again] = alice.get(f"{PATH}/{failed['id']}/incidents").json["items"]
    assert again["id"] != incident["id"]
    problem(owner.post(path), 409)
    problem(owner.post(f"/incidents/{NOBODY}/retry"), 404)
    problem(anybody.post(path), 401)
    for name in ("alice", "bob", "auditor"):
        problem(people[name].post(path), 403)
    problem(charlie.post(path), 404)


# ---------------------------------------------------------------- who may


READ = ("", "/elements", "/events", "/verification", "/incidents")


@pytest.mark.parametrize("more", READ)
def test_who_reads_a_case(people, anybody, charlie, case, more):
    path = f"{PATH}/{case['id']}{more}"

    for name in ("alice", "bob", "owner", "auditor", "admin"):
        assert people[name].get(path).status == 200, name
    problem(anybody.get(path), 401)
    problem(charlie.get(path), 404)
    assert charlie.get(path).json == charlie.get(f"{PATH}/{NOBODY}{more}").json


def test_who_finds_a_case_in_the_list(people, anybody, charlie, case):
    for name in ("alice", "bob", "owner", "auditor", "admin"):
        assert [each["id"] for each in people[name].get(PATH).json["items"]] == [case["id"]]
    problem(anybody.get(PATH), 401)
    assert charlie.get(PATH).json == {"items": [], "next_cursor": None}


def test_who_had_a_task_in_a_case_sees_it_also_afterwards(owner, alice, bob, charlie):
    """A case that somebody could have taken is not hidden from them because a colleague was faster."""
    owner.deploy(diagrams.one_task(rutin__candidateGroups="", rutin__candidateUsers="bob,charlie"))
    case = alice.start()

    bob.complete(bob.tasks(case)["a"])

    for who in (bob, charlie):
        assert who.instance(case)["state"] == "completed"


def test_who_cancels_a_case(people, anybody, charlie, definition, alice):
    def cancel(caller):
        case = alice.start()
        return caller.post(f"{PATH}/{case['id']}/cancellation", json={"reason": "Prov"})

    for name in ("alice", "owner", "admin"):
        assert cancel(people[name]).status == 200, name
    problem(cancel(anybody), 401)
    for name in ("bob", "auditor"):
        problem(cancel(people[name]), 403)
    problem(cancel(charlie), 404)


@pytest.mark.parametrize("more", READ)
@pytest.mark.parametrize("identity", [NOBODY, "nothing", "1"])
def test_what_does_not_exist_is_not_found(admin, identity, more):
    problem(admin.get(f"{PATH}/{identity}{more}"), 404)
    problem(admin.post(f"{PATH}/{identity}/cancellation", json={"reason": "x"}), 404)
