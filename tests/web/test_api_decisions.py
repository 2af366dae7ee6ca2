"""/decision-definitions: versions of decisions, and what they say."""

import pytest

from bpmn.deployment import Kind
from engine.audit import repository as record
from engine.identity.actor import SYSTEM
from engine.uow import look
from engine.verification import checking
from tests.factories.problems import problem

PATH = "/decision-definitions"
SWEDISH = {"Accept-Language": "sv"}


def graded(limit=100, policy="UNIQUE"):
    return (
        "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' name='d' namespace='d'>"
        f"<decision id='grading' name='Grading'><decisionTable hitPolicy='{policy}'><input>"
        "<inputExpression><text>amount</text></inputExpression></input><output name='grade'/>"
        f"<rule id='low'><inputEntry><text>&lt; {limit}</text></inputEntry>"
        '<outputEntry><text>"low"</text></outputEntry></rule>'
        f"<rule id='high'><inputEntry><text>&gt;= {limit}</text></inputEntry>"
        '<outputEntry><text>"high"</text></outputEntry></rule>'
        "</decisionTable></decision></definitions>"
    )


@pytest.fixture
def versions(owner):
    return [
        owner.deploy({"grading.dmn": graded(limit).encode()}).json["definitions"][0]
        for limit in (100, 1000)
    ]


def ask(caller, key="grading", headers=None, **body):
    return caller.post(f"{PATH}/{key}/evaluation", json=body, headers=headers)


def test_the_version_in_force_is_asked_or_one_by_its_number(alice, versions):
    answer = ask(alice, variables={"amount": 250})
    older = ask(alice, variables={"amount": 250}, version=1)

    assert answer.status == 200, answer.text
    assert answer.json == {
        "key": "grading",
        "digest": answer.json["digest"],
        "value": "low",
        "inputs": {"amount": 250},
        "rules": [{"element": "grading", "row": 1}],
        "warnings": answer.json["warnings"],
        "violated": False,
    }
    assert (older.json["value"], older.json["rules"]) == (
        "high",
        [{"element": "grading", "row": 2}],
    )


def test_every_answer_is_in_the_record(alice, versions, installation):
    ask(alice, variables={"amount": 250})

    with look(installation, SYSTEM) as uow:
        [chain] = [each for each in record.named_chains(uow.session) if each.name == "decisions"]
        [event] = record.events(uow.session, chain.id)
        assert event.type == "decision.evaluated"
        assert event.facts["rules"] == ["grading#1"]
        assert [broken for _, broken in checking.verify_everything(uow.session) if broken] == []


def test_why_there_is_no_value_is_told_in_the_language_of_who_asks(alice, versions):
    answer = ask(alice, headers=SWEDISH, variables={})

    assert (answer.json["value"], answer.json["rules"]) == (None, [])
    assert "Det finns ingen variabel 'amount'." in answer.json["warnings"]


def test_rules_against_the_hit_policy_are_told(alice, owner):
    both = graded().replace("&gt;= 100", "&gt; 10")
    owner.deploy({"grading.dmn": both.encode()})

    assert ask(alice, variables={"amount": 50}).json["violated"] is True


def test_the_versions_are_listed_and_handed_out_unchanged(alice, versions):
    newest = alice.get(PATH, latest="true").json["items"]
    file = alice.get(f"{PATH}/{versions[0]['id']}/xml")

    assert [(each["key"], each["version"], each["kind"]) for each in newest] == [
        ("grading", 2, Kind.DECISION.value)
    ]
    assert alice.get(f"{PATH}/{versions[0]['id']}").json["version"] == 1
    assert file.body == graded(100).encode()
    assert file.headers["Content-Disposition"].endswith(f'{versions[0]["id"]}.dmn"')


@pytest.mark.parametrize(
    ("key", "body", "status"),
    [
        ("nobody", {}, 404),
        ("grading", {"version": 9}, 404),
        ("grading", {"version": 0}, 422),
        ("grading", {"version": "one"}, 422),
        ("grading", {"variables": []}, 422),
        ("grading", {"variables": {"_hidden": 1}}, 422),
        ("grading", {"vars": {}}, 422),
    ],
)
def test_what_cannot_be_asked_is_refused(alice, versions, key, body, status):
    problem(ask(alice, key, **body), status)


def test_an_auditor_looks_and_does_not_ask(auditor, versions):
    assert auditor.get(PATH).status == 200
    problem(ask(auditor, variables={"amount": 1}), 403)
