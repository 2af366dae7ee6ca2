"""/absences and /substitutions: one's own, and those of whom one leads."""

import pytest

from tests.factories.problems import problem
from tests.web.test_api_organisation import ENDING, UUID, appoint, unit

SINCE = {"valid_from": "2020-01-01"}
PATHS = ("/absences", "/substitutions")


@pytest.fixture
def led(admin):
    """alice works in a unit that bob leads."""
    unit(admin, "vof")
    admin.post("/belongings", json={"person": "alice", "unit": "vof", **SINCE})
    assert appoint(admin, "unit_manager", "bob", "vof").status == 201


def absence(caller, **more):
    return caller.post("/absences", json={"reason": "vacation", **SINCE, **more})


def substitution(caller, substitute="charlie", **more):
    return caller.post("/substitutions", json={"substitute": substitute, **SINCE, **more})


def test_somebody_notes_when_they_are_away_and_comes_back(alice, led):
    made = absence(alice)
    ended = alice.post(f"/absences/{made.json['id']}/ending", json=ENDING)

    assert made.status == 201, made.text
    assert made.json == {
        "id": made.json["id"],
        "person": "alice",
        "reason": "vacation",
        "valid_from": "2020-01-01",
        "valid_to": None,
    }
    assert ended.json == made.json | ENDING
    assert alice.get("/absences").json["items"] == [ended.json]
    assert alice.get("/absences", on="2100-01-01").json["items"] == []


def test_somebody_lets_another_act_for_them_in_certain_roles(alice, charlie, led):
    made = substitution(alice, scope="roles", keys=["mas", "dpo"])
    ended = alice.post(f"/substitutions/{made.json['id']}/ending", json=ENDING)

    assert made.status == 201, made.text
    assert (made.json["scope"], made.json["keys"]) == ("roles", ["dpo", "mas"])
    assert ended.json["valid_to"] == ENDING["valid_to"]
    assert alice.get("/substitutions").json["items"] == [ended.json]
    assert charlie.get("/substitutions").json["items"] == [ended.json]


def test_who_leads_somebody_and_an_administrator_do_it_for_them(alice, bob, admin, led):
    for caller in (bob, admin):
        assert absence(caller, person="alice").status == 201
        assert caller.get("/absences", person="alice").status == 200
    assert substitution(bob, person="alice").status == 201

    assert {each["person"] for each in alice.get("/absences").json["items"]} == {"alice"}
    assert bob.get("/absences").json["items"] == []


def test_a_colleague_and_a_stranger_do_not(alice, bob, charlie, led):
    made = absence(alice).json
    named = substitution(alice, "bob").json

    problem(absence(charlie, person="alice"), 403)
    problem(absence(alice, person="bob"), 403)
    problem(substitution(charlie, "bob", person="alice"), 403)
    for path in PATHS:
        problem(charlie.get(path, person="alice"), 404)
        problem(alice.get(path, person="bob"), 404)
    problem(charlie.post(f"/absences/{made['id']}/ending", json=ENDING), 404)
    problem(charlie.post(f"/substitutions/{named['id']}/ending", json=ENDING), 404)
    assert charlie.get("/absences").json["items"] == []


def test_nobody_without_an_account_does_anything(anybody):
    for path in PATHS:
        problem(anybody.get(path), 401)
        problem(anybody.post(path, json={}), 401)
        problem(anybody.post(f"{path}/{UUID}/ending", json=ENDING), 401)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/absences", {"reason": "influenza"}, 422),
        ("/absences", {}, 422),
        ("/absences", {"reason": "other", "valid_to": "2019-01-01"}, 422),
        ("/absences", {"reason": "other", "person": "nobody"}, 404),
        ("/substitutions", {"substitute": "alice"}, 409),
        ("/substitutions", {"substitute": "nobody"}, 404),
        ("/substitutions", {"substitute": "bob", "scope": "roles"}, 422),
        ("/substitutions", {"substitute": "bob", "scope": "some"}, 422),
        ("/substitutions", {"substitute": "bob", "scope": "roles", "keys": ["king"]}, 404),
        ("/substitutions", {"substitute": "bob", "keys": ["mas"]}, 422),
    ],
)
def test_what_cannot_be_is_a_problem(alice, led, path, body, status):
    problem(alice.post(path, json=SINCE | body), status)
