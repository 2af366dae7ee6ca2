"""/calendar/closures: everybody reads them, the system owner notes them."""

import pytest

from tests.factories.problems import problem
from tests.web.test_api_organisation import UUID, appoint, unit

JULY = {"valid_from": "2026-07-06", "valid_to": "2099-07-31"}
PATH = "/calendar/closures"


@pytest.fixture
def alice(people, admin):
    """alice is the system owner."""
    unit(admin, "vof")
    unit(admin, "buf")
    assert appoint(admin, "system_owner", "alice", None).status == 201
    return people["alice"]


@pytest.fixture(autouse=True)
def far_ahead(monkeypatch):
    monkeypatch.setattr("engine.calendar.closures.MOST_YEARS_AHEAD", 200)


def close(caller, unit="vof", **more):
    return caller.post(PATH, json={"name": "Sommarstängt", "unit": unit, **JULY, **more})


def names(answer):
    assert answer.status == 200, answer.text
    return [each["name"] for each in answer.json["items"]]


def test_a_closure_is_noted_and_gets_another_last_day(alice, charlie):
    made = close(alice)
    ended = alice.post(f"{PATH}/{made.json['id']}/ending", json={"valid_to": "2099-07-24"})

    assert made.status == 201, made.text
    assert made.json == {"id": made.json["id"], "name": "Sommarstängt", "unit": "vof", **JULY}
    assert ended.json == made.json | {"valid_to": "2099-07-24"}
    assert charlie.get(PATH).json["items"] == [ended.json]


def test_closures_are_listed_by_unit_and_by_day(alice, charlie):
    close(alice, None, name="Klämdag")
    close(alice, "vof", name="Flytt", valid_to="2026-07-10")
    close(alice, "buf", name="Lov")

    assert names(charlie.get(PATH)) == ["Klämdag", "Flytt", "Lov"]
    assert names(charlie.get(PATH, unit="buf")) == ["Lov"]
    assert names(charlie.get(PATH, on="2026-07-11")) == ["Klämdag", "Lov"]
    first = charlie.get(PATH, limit=2)
    rest = charlie.get(PATH, limit=2, cursor=first.json["next_cursor"])
    assert (names(first), names(rest)) == (["Klämdag", "Flytt"], ["Lov"])
    assert rest.json["next_cursor"] is None


def test_others_read_and_change_nothing(alice, bob, charlie, anybody):
    made = close(alice).json

    for caller in (bob, charlie):
        problem(close(caller, "buf"), 403)
        problem(caller.post(f"{PATH}/{made['id']}/ending", json={"valid_to": "2099-01-01"}), 403)
    problem(anybody.get(PATH), 401)
    problem(close(anybody), 401)
    problem(anybody.post(f"{PATH}/{UUID}/ending", json={}), 401)
    assert charlie.get(PATH).json["items"] == [made]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": ""}, 422),
        ({"name": " "}, 422),
        ({"name": "x" * 201}, 422),
        ({"valid_to": None}, 422),
        ({"valid_to": "2026-07-01"}, 422),
        ({"valid_to": "2999-12-31"}, 422),
        ({"unit": "nowhere"}, 404),
        ({"unit": "vof", "valid_from": "2019-01-01"}, 409),
        ({"more": 1}, 422),
    ],
)
def test_what_cannot_be_is_a_problem(alice, body, status):
    problem(close(alice, **body), status)


def test_the_same_is_a_conflict_and_what_is_not_there_is_not_found(alice):
    close(alice)

    problem(close(alice), 409)
    problem(alice.post(f"{PATH}/{UUID}/ending", json={"valid_to": "2099-01-01"}), 404)


def test_a_problem_is_told_in_the_language_of_who_asks(alice):
    body = {"name": "Lov", "unit": None, "valid_from": "2026-07-06", "valid_to": "2999-01-01"}

    answer = alice.post(PATH, json=body, headers={"Accept-Language": "sv"})

    assert problem(answer, 422)["detail"] == "En stängning förs in högst 200 år i förväg."
