"""/units, /roles, /people, /belongings, /appointments: everybody reads them, the system owner changes them."""

import pytest

from engine.identity.actor import SYSTEM
from engine.uow import look
from engine.verification import checking
from tests.factories.problems import problem

SINCE = "2020-01-01"
UNITS = (("kommun", None), ("vof", "kommun"), ("buf", "kommun"), ("hemtjanst", "vof"))
NAMES = {"name_sv": "Enhet", "name_en": "Unit", "kind": "enhet"}


@pytest.fixture
def units(admin):
    for key, parent in UNITS:
        answer = unit(admin, key, parent=parent)
        assert answer.status == 201, answer.text


@pytest.fixture
def alice(people, admin, units):
    """alice is the system owner."""
    assert appoint(admin, "system_owner", "alice", None).status == 201
    return people["alice"]


def unit(caller, key, **more):
    return caller.post("/units", json={"key": key, "valid_from": SINCE, **NAMES, **more})


def appoint(caller, role, person, unit, **more):
    body = {"role": role, "person": person, "unit": unit, "valid_from": SINCE, **more}
    return caller.post("/appointments", json=body)


def keys(answer):
    assert answer.status == 200, answer.text
    return [each["key"] for each in answer.json["items"]]


# ---------------------------------------------------------------- units


def test_units_are_listed_by_key_and_by_what_is_above(alice, bob):
    assert keys(bob.get("/units")) == ["buf", "hemtjanst", "kommun", "vof"]
    assert keys(bob.get("/units", parent="kommun")) == ["buf", "vof"]
    assert keys(bob.get("/units", on="2019-12-31")) == []

    first = bob.get("/units", limit=3)
    rest = bob.get("/units", limit=3, cursor=first.json["next_cursor"])

    assert (keys(first), keys(rest)) == (["buf", "hemtjanst", "kommun"], ["vof"])
    assert rest.json["next_cursor"] is None


def test_a_unit_tells_where_it_stands_and_will_stand(alice, bob):
    moved = alice.put("/units/hemtjanst/parent", json={"parent": "buf", "on": "2100-01-01"})

    assert moved.status == 200, moved.text
    now = bob.get("/units/hemtjanst").json
    later = bob.get("/units/hemtjanst", on="2100-01-01").json
    assert (now["parent"], now["ancestors"]) == ("vof", ["vof", "kommun"])
    assert (later["parent"], later["ancestors"]) == ("buf", ["buf", "kommun"])
    assert now["placings"] == [
        {"parent": "vof", "valid_from": SINCE, "valid_to": "2099-12-31"},
        {"parent": "buf", "valid_from": "2100-01-01", "valid_to": None},
    ]


def test_a_unit_is_renamed_and_ended(alice):
    renamed = alice.put("/units/buf", json={"name_sv": "Utbildning"})
    ended = alice.post("/units/buf/ending", json={"valid_to": "2099-12-31"})

    assert (renamed.json["name_sv"], renamed.json["name_en"]) == ("Utbildning", "Utbildning")
    assert ended.json["valid_to"] == "2099-12-31"
    assert "buf" not in keys(alice.get("/units", on="2100-01-01"))


def test_a_circle_is_refused_in_the_language_of_who_asks(alice):
    body = {"parent": "hemtjanst", "on": "2026-01-01"}

    answer = alice.put("/units/kommun/parent", json=body, headers={"Accept-Language": "sv"})

    assert problem(answer, 409)["detail"] == (
        "'kommun' skulle stå under sig själv den 2026-01-01, genom 'vof'."
    )


def test_who_holds_what_for_a_unit_is_told_for_a_day(alice, bob):
    appoint(alice, "mas", "bob", "kommun", valid_to="2099-12-31")
    appoint(alice, "reviewer", "bob", "kommun")

    now = bob.get("/units/hemtjanst/roles").json["items"]
    later = bob.get("/units/hemtjanst/roles", on="2100-01-01").json["items"]

    held = [{"name": "bob", "display_name": "bob"}]
    owner = {
        "role": "system_owner",
        "unit": None,
        "holders": [{"name": "alice", "display_name": "alice"}],
    }
    assert now == [{"role": "mas", "unit": "kommun", "holders": held}, owner]
    assert later == [owner]


# ---------------------------------------------------------------- roles and people


def test_a_role_is_added_and_called_otherwise(alice, bob):
    body = {"key": "elder", "name_sv": "Äldste", "searched_upward": False}
    assert alice.post("/roles", json=body).status == 201

    change = {"name_sv": "Ålderman", "searched_upward": True}
    assert alice.put("/roles/elder", json=change).json["name_en"] == "Ålderman"

    assert bob.get("/roles/elder").json["searched_upward"] is True
    everything, cursor = [], None
    for _ in range(9):
        answer = bob.get("/roles", limit=10, cursor=cursor)
        everything += keys(answer)
        cursor = answer.json["next_cursor"]
        if cursor is None:
            break
    assert len(everything) == 27
    assert everything == sorted(everything)


def test_people_are_listed_with_their_units_and_roles_and_nothing_else(alice, bob):
    body = {"person": "bob", "unit": "vof", "valid_from": SINCE, "valid_to": "2099-12-31"}
    belonging = alice.post("/belongings", json=body)
    assert belonging.status == 201, belonging.text
    appoint(alice, "mas", "bob", "kommun")

    answer = bob.get("/people")
    there = bob.get("/people", unit="vof")
    later = bob.get("/people", unit="vof", on="2100-01-01")

    assert [each["name"] for each in answer.json["items"]] == [
        "alice",
        "bob",
        "charlie",
        "owner",
        "auditor",
        "admin",
    ]
    assert there.json["items"] == [
        {
            "id": there.json["items"][0]["id"],
            "name": "bob",
            "display_name": "bob",
            "units": ["vof"],
            "roles": [{"role": "mas", "unit": "kommun"}],
        }
    ]
    assert later.json["items"] == []
    page = bob.get("/people", limit=4)
    assert len(bob.get("/people", limit=4, cursor=page.json["next_cursor"]).json["items"]) == 2


def test_belongings_are_listed_and_ended(alice, bob):
    body = {"person": "bob", "unit": "vof", "valid_from": SINCE}
    made = alice.post("/belongings", json=body).json

    ended = alice.post(f"/belongings/{made['id']}/ending", json={"valid_to": "2099-12-31"})

    assert ended.json == made | {"valid_to": "2099-12-31"}
    assert bob.get("/belongings", person="bob", unit="vof").json["items"] == [ended.json]
    assert bob.get("/belongings", on="2100-01-01").json["items"] == []
    assert bob.get("/belongings", person="alice").json["items"] == []


def test_appointments_are_listed_and_ended_and_stay(alice, bob):
    made = appoint(alice, "mas", "bob", "vof", decision="VON 2026/1").json
    ended = alice.post(f"/appointments/{made['id']}/ending", json={"valid_to": "2099-12-31"})

    assert ended.json == made | {"valid_to": "2099-12-31"}
    assert (made["decision"], made["unit"]) == ("VON 2026/1", "vof")
    assert bob.get(f"/appointments/{made['id']}").json == ended.json
    assert bob.get("/appointments", role="mas").json["items"] == [ended.json]
    assert bob.get("/appointments", on="2100-01-01", person="bob").json["items"] == []
    assert len(bob.get("/appointments", limit=1).json["items"]) == 1
    problem(appoint(alice, "mas", "bob", "vof"), 409)


# ---------------------------------------------------------------- who may

READ = [
    "/units",
    "/units/vof",
    "/units/vof/roles",
    "/roles",
    "/roles/mas",
    "/people",
    "/belongings",
    "/appointments",
]
UUID = "01990000-0000-7000-8000-000000000000"
DAYS = {"valid_from": SINCE}
ENDING = {"valid_to": "2099-12-31"}
CHANGES = [
    ("POST", "/units", {"key": "x", "name_sv": "X"} | DAYS),
    ("PUT", "/units/vof", {"name_sv": "X"}),
    ("PUT", "/units/vof/parent", {"parent": None, "on": SINCE}),
    ("POST", "/units/hemtjanst/ending", ENDING),
    ("POST", "/roles", {"key": "x", "name_sv": "X", "searched_upward": True}),
    ("PUT", "/roles/mas", {"name_sv": "X", "searched_upward": True}),
    ("POST", "/belongings", {"person": "bob", "unit": "vof"} | DAYS),
    ("POST", f"/belongings/{UUID}/ending", ENDING),
    ("POST", "/appointments", {"role": "system_owner", "person": "charlie"} | DAYS),
    ("POST", f"/appointments/{UUID}/ending", ENDING),
    ("POST", "/organisation/import", {"units": []}),
    ("GET", "/organisation/export", None),
    ("GET", "/organisation/export/units", None),
]


@pytest.mark.parametrize("path", READ)
def test_everybody_who_is_signed_in_reads_the_organisation(alice, bob, charlie, anybody, path):
    for caller in (alice, bob, charlie):
        assert caller.get(path).status == 200
    problem(anybody.get(path), 401)


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_the_system_owner_changes_it_and_nobody_else(
    alice, bob, charlie, auditor, owner, anybody, method, path, body
):
    for caller in (bob, charlie, auditor, owner):
        problem(caller.send(method, path, json=body), 403)
    problem(anybody.send(method, path, json=body), 401)

    expected = {404} if UUID in path else {200, 201}
    assert alice.send(method, path, json=body).status in expected


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/units/nowhere", None, 404),
        ("GET", "/units/nowhere/roles", None, 404),
        ("GET", "/roles/king", None, 404),
        ("GET", f"/appointments/{UUID}", None, 404),
        ("GET", "/units?on=1%20maj", None, 422),
        ("GET", "/units/%00", None, 404),
        ("GET", "/units/%00/roles", None, 404),
        ("PUT", "/units/%00", {"name_sv": "X"}, 404),
        ("GET", "/roles/%00", None, 404),
        ("GET", "/organisation/export/%00", None, 422),
        ("GET", "/units?cursor=AAAA", None, 422),
        ("GET", "/people?colour=red", None, 422),
        ("POST", "/units", {"key": "x"}, 422),
        ("POST", "/units", {"key": "x x", "name_sv": "X"} | DAYS, 422),
        ("POST", "/units", {"key": "x", "name_sv": "\ud800"} | DAYS, 422),
        ("POST", "/units", {"key": "vof", "name_sv": "X"} | DAYS, 409),
        ("POST", "/units", {"key": "x", "name_sv": "X", "valid_from": "0001-01-01"}, 422),
        ("POST", "/units", {"key": "x", "name_sv": "X", "colour": "red"} | DAYS, 422),
        ("PUT", "/units/vof/parent", {"parent": "nowhere", "on": SINCE}, 404),
        ("PUT", "/units/vof/parent", {"parent": None, "on": "9999-12-31"}, 422),
        ("POST", "/units/vof/ending", ENDING, 409),
        ("POST", "/belongings", {"person": "nobody", "unit": "vof"} | DAYS, 404),
        ("POST", "/appointments", {"role": "king", "person": "bob"} | DAYS, 404),
        (
            "POST",
            "/appointments",
            {"role": "mas", "person": "bob", "decision": "x" * 501} | DAYS,
            422,
        ),
    ],
)
def test_what_cannot_be_done_is_a_problem(alice, method, path, body, status):
    problem(alice.send(method, path, json=body), status)


def test_the_record_tells_and_holds(alice, installation):
    alice.put("/units/buf", json={"name_sv": "Utbildning"})

    with look(installation, SYSTEM) as uow:
        assert {broken for _, broken in checking.verify_everything(uow.session)} == {None}
        names = [name for name, _ in checking.verify_everything(uow.session)]
    assert "organisation" in names
