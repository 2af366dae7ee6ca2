"""Attempts to learn of secret cases, and to do with them what only their readers may."""

import pytest

from tests.factories import diagrams
from tests.factories.problems import problem

PATH = "/process-instances"
SECRET = {"confidentiality": "secret", "secrecy_ground": "OSL 26 kap. 1 §"}
ONLY_ALICE = {**SECRET, "readers": ["alice"]}
BOTH = {**SECRET, "readers": ["alice", "charlie"]}


@pytest.fixture
def case(owner, alice):
    owner.deploy(diagrams.one_task())
    return alice.start()


def begin(caller, **header):
    return caller.post(PATH, json={"definition_key": "p", "header": header})


def change(caller, case, key=None, **header):
    headers = {"Idempotency-Key": key} if key else {}
    return caller.patch(f"{PATH}/{case['id']}/header", json=header, headers=headers)


def test_a_case_is_started_for_others_than_oneself(alice, charlie, case):
    answer = begin(alice, **SECRET, readers=["charlie"])

    assert answer.status == 201
    problem(alice.get(f"{PATH}/{answer.json['id']}"), 404)
    assert charlie.instance(answer.json)


def test_what_is_delegated_does_not_come_back_to_who_may_not_see_it(alice, charlie, case):
    change(alice, case, **BOTH)
    task = alice.tasks(case)["a"]
    assert (
        alice.post(f"/user-tasks/{task['id']}/delegation", json={"user": "charlie"}).status == 200
    )
    change(charlie, case, readers=["charlie"])

    answer = charlie.post(f"/user-tasks/{task['id']}/resolution")

    assert (answer.json["assignee"], answer.json["owner"]) == (None, None)
    assert charlie.verification(case).json["intact"] is True


def test_the_record_of_an_open_case_names_no_secret_case_to_others(alice, bob, case):
    hidden = begin(alice, **ONLY_ALICE).json

    change(alice, case, links=[hidden["id"]])

    assert bob.verification(case).json["intact"] is True
    assert hidden["id"] in alice.get(f"{PATH}/{case['id']}/events").text
    assert hidden["id"] not in bob.get(f"{PATH}/{case['id']}/events").text


def test_who_is_no_reader_any_more_is_told_no_answer_of_before(alice, charlie, case):
    change(alice, case, **BOTH)
    first = change(charlie, case, key="k", registration_no="A-1")
    assert first.status == 200
    change(alice, case, readers=["alice"])

    problem(change(charlie, case, key="k", registration_no="A-1"), 404)
