"""/saved-views: one's own, and those that are shared with a group or with everybody."""

import pytest

from engine.inbox import views
from tests.factories import diagrams
from tests.factories.problems import problem

VIEW = {"name": "Brådskande", "tab": "groups", "filters": {"priority": 50, "overdue": True}}


def save(caller, **more):
    return caller.post("/saved-views", json=VIEW | more)


def names(caller):
    return [each["name"] for each in caller.get("/saved-views").json["items"]]


def test_a_view_is_saved_changed_and_removed_by_its_owner(alice):
    made = save(alice)

    assert made.status == 201, made.text
    assert made.json == {
        **VIEW,
        "id": made.json["id"],
        "sort": "due",
        "for_everybody": False,
        "group": None,
        "is_mine": True,
    }
    path = f"/saved-views/{made.json['id']}"
    changed = alice.put(path, json=VIEW | {"name": "Mina", "tab": "done"})
    assert (changed.status, changed.json["sort"]) == (200, "-ended")
    assert alice.get(path).json == changed.json
    assert alice.delete(path).json == changed.json
    assert names(alice) == []
    assert alice.get(path).status == 404


def test_nobody_sees_or_changes_the_view_of_another(alice, bob, charlie, admin, owner):
    path = f"/saved-views/{save(alice).json['id']}"

    for caller in (bob, charlie, admin, owner):
        assert names(caller) == []
        assert caller.get(path).status == 404
        assert caller.put(path, json=VIEW).status == 404
        assert caller.delete(path).status == 404


def test_those_who_answer_for_the_routines_share_with_a_group_or_everybody(
    alice, bob, charlie, owner, admin
):
    for_officers = save(owner, group="officer").json
    save(admin, name="Alla", for_everybody=True)

    assert names(alice) == names(bob) == ["Brådskande", "Alla"]
    assert names(charlie) == ["Alla"]
    path = f"/saved-views/{for_officers['id']}"
    assert alice.get(path).json == for_officers | {"is_mine": False}
    assert charlie.get(path).status == 404
    for act in (lambda: alice.put(path, json=VIEW), lambda: alice.delete(path)):
        assert act().status == 403


def test_an_administrator_removes_what_is_shared_with_all(owner, admin):
    path = f"/saved-views/{save(owner, for_everybody=True).json['id']}"

    assert admin.delete(path).status == 200


@pytest.mark.parametrize("how", [{"for_everybody": True}, {"group": "officer"}])
def test_others_do_not_share(alice, how):
    assert save(alice, **how).status == 403
    made = save(alice).json
    assert alice.put(f"/saved-views/{made['id']}", json=VIEW | how).status == 403
    assert names(alice) == ["Brådskande"]


def test_a_name_is_used_once_by_each(alice, bob):
    assert save(alice).status == save(bob).status == 201
    assert save(alice).status == 409
    other = save(alice, name="Annan").json
    assert alice.put(f"/saved-views/{other['id']}", json=VIEW).status == 409
    assert names(alice) == ["Brådskande", "Annan"]


def test_there_is_an_end_to_them(alice, monkeypatch):
    monkeypatch.setattr(views, "MOST", 1)
    save(alice)

    assert save(alice, name="Annan").status == 409


REFUSED = [
    {"name": ""},
    {"name": "x" * 101},
    {"name": " "},
    {"name": None},
    {"tab": "other"},
    {"tab": "done", "sort": "due"},
    {"filters": {"other": 1}},
    {"filters": {"priority": "high"}},
    {"filters": {"variable": ["x"]}},
    {"filters": []},
    {"group": ""},
    {"owner": "bob"},
]


@pytest.mark.parametrize("wrong", REFUSED, ids=str)
def test_what_cannot_be_a_view_is_refused(owner, wrong):
    assert problem(save(owner, **wrong), 422)


def test_what_is_saved_can_be_asked_for(alice, owner):
    owner.deploy(diagrams.one_task(rutin__priority="80"))
    alice.start()
    made = save(alice, filters={"priority": 50}).json

    query = {"tab": made["tab"], "sort": made["sort"], **made["filters"]}

    assert len(alice.get("/inbox", **query).json["items"]) == 1


def test_nobody_has_views_without_signing_in(anybody):
    assert anybody.get("/saved-views").status == 401
    assert save(anybody).status == 401
