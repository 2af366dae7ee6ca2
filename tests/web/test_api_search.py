"""/search: words of tasks and cases, and nothing that one may not see."""

import pytest

from tests.factories import diagrams
from tests.factories.problems import problem


@pytest.fixture
def case(owner, alice):
    owner.deploy(diagrams.one_task(name="Granska årsredovisningen"))
    body = {"definition_key": "p", "business_key": "KS 2026/01234"}
    return alice.post("/process-instances", json=body).json["id"]


def found(caller, q, **query):
    answer = caller.get("/search", q=q, **query)
    assert answer.status == 200, answer.text
    return [each["task"]["name"] if each["task"] else "case" for each in answer.json["items"]]


@pytest.mark.parametrize(
    "q", ["KS 2026/01234", "01234", "ks", "2026", "granska", "ÅRSRED", "granska års"]
)
def test_words_and_their_beginnings_are_found(alice, bob, case, q):
    assert found(alice, q) == found(bob, q) != []


@pytest.mark.parametrize(
    "q", ["arsredovisningen", "granska 01234", "else", "/", '" OR "', "'", "*"]
)
def test_other_words_are_not(alice, case, q):
    assert found(alice, q) == []


def test_tasks_and_cases_are_told_with_their_case(alice, case):
    answer = alice.get("/search", q="granska").json

    assert answer["is_complete"] is True
    [hit] = answer["items"]
    assert hit["case"]["id"] == hit["task"]["instance_id"] == case
    assert alice.get("/search", q="01234").json["items"][0]["task"] is None


def test_nobody_finds_what_they_may_not_see(charlie, owner, auditor, case):
    for q in ("granska", "01234"):
        assert found(charlie, q) == []
        assert found(owner, q) == found(auditor, q) != []


def test_what_was_done_is_still_found_by_whoever_did_it(alice, bob, charlie, case):
    [task] = bob.get("/user-tasks").json["items"]
    bob.post(f"/user-tasks/{task['id']}/completion", json={})

    assert found(bob, "granska") == ["Granska årsredovisningen"]
    assert found(charlie, "granska") == []


def test_there_is_an_end_to_it(alice, owner, case, monkeypatch):
    alice.start()

    answer = alice.get("/search", q="granska", limit=1).json
    assert (len(answer["items"]), answer["is_complete"]) == (1, False)
    monkeypatch.setattr("engine.inbox.matching.LOOKED_AT", 1)
    answer = alice.get("/search", q="granska").json
    assert answer["is_complete"] is False


@pytest.mark.parametrize(
    "query", [{}, {"q": ""}, {"q": "x" * 201}, {"q": "x", "limit": 101}, {"q": "\0"}]
)
def test_what_cannot_be_asked_is_refused(alice, query):
    assert problem(alice.get("/search", **query), 422)


def test_nobody_searches_without_signing_in(anybody):
    assert anybody.get("/search", q="x").status == 401
