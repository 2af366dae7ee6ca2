"""What a task asks, as JSON Schema."""

import json

import pytest

from tests.bpmn.forms.forms import LABEL, field
from tests.factories.diagrams import asking, one_task
from tests.factories.json_schemas import problems

EN = {"Accept-Language": "en"}
FORM = {
    "key": "answer",
    "title": {"sv": "Svar", "en": "The report"},
    "fields": [
        field("text", "title", required=True, prefill='"About " + subject'),
        field("int", "amount", default=3),
        field("users", "people"),
        field("text", "kept", readonlyIf="true"),
        field("calc", "double", value="amount * 2"),
        field("date", "day", required=True),
    ],
    "sections": [{"title": LABEL, "fields": [field("text", "why", visibleIf="amount > 5")]}],
    "rules": [{"holds": "amount < 9", "message": {"sv": "För mycket.", "en": "Too much."}, "field": "amount"}],
}  # fmt: skip


@pytest.fixture
def case(owner, alice):
    owner.deploy(asking(FORM))
    return alice.start(subject="roads", kept="as it is")


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["a"]["id"]


def schema_of(caller, task, language="en"):
    return caller.get(f"/user-tasks/{task}/form", headers={"Accept-Language": language})


def test_it_tells_what_is_asked_and_what_it_begins_with(alice, task):
    schema = schema_of(alice, task).json

    asked = schema["properties"]
    assert schema["title"] == "The report"
    assert schema["x-form-key"] == "answer"
    assert list(asked) == ["title", "amount", "people", "kept", "double", "day", "why"]
    assert schema["required"] == ["title", "day"]
    assert [asked[each].get("default") for each in ("title", "amount", "kept", "day")] == [
        "About roads",
        3,
        "as it is",
        None,
    ]
    assert schema["x-rules"][0]["message"] == "Too much."
    assert schema["x-sections"][1]["fields"] == ["why"]


def test_it_speaks_the_language_of_the_reader(alice, task):
    assert schema_of(alice, task, "sv").json["title"] == "Svar"


def test_what_is_valid_completes_the_task(alice, case, task):
    answers = {"title": "Om vägar", "amount": 4, "people": ["bob"], "day": "2026-05-01"}
    assert list(problems(schema_of(alice, task).json, answers)) == []

    answer = alice.post(f"/user-tasks/{task}/completion", json={"variables": answers}, headers=EN)

    assert answer.status == 200
    kept = alice.instance(case)["variables"]
    assert kept["double"] == 8
    assert kept["kept"] == "as it is"
    assert kept["why"] is None


@pytest.mark.parametrize(
    ("wrong", "name", "sentence"),
    [
        ({"amount": 10}, "amount", "Too much."),
        ({"people": ["nemo"]}, "people", "There is nobody with the username nemo."),
        ({"kept": "other"}, "kept", "This is not yours to write. Leave it out."),
        ({"double": 8}, "double", "This is not yours to write. Leave it out."),
        ({"outcome": "approve"}, "outcome", "The form has no field with this name."),
        ({"title": ""}, "title", "Fill this in."),
    ],
)
def test_what_is_wrong_is_told_by_the_name_of_the_answer(alice, task, wrong, name, sentence):
    answers = {"title": "Om vägar", "day": "2026-05-01", **wrong}

    answer = alice.post(f"/user-tasks/{task}/completion", json={"variables": answers}, headers=EN)

    assert answer.status == 422
    assert answer.json["fields"] == {name: [sentence]}


def test_a_message_of_the_form_is_said_in_the_language_of_the_reader(alice, task):
    answers = {"title": "Om vägar", "day": "2026-05-01", "amount": 10}

    answer = alice.post(
        f"/user-tasks/{task}/completion",
        json={"variables": answers},
        headers={"Accept-Language": "sv"},
    )

    assert answer.json["fields"] == {"amount": ["För mycket."]}


@pytest.mark.parametrize("name", ["unit", "initiator"])
def test_the_header_of_a_case_is_refused_at_its_name(owner, admin, alice, name):
    admin.post("/units", json={"key": "vof", "name_sv": "VoF", "valid_from": "2020-01-01"})
    form = json.dumps({"key": "answer", "title": LABEL, "fields": [field("text", name)]})
    for files in ({}, {"answer.form.json": form.encode()}):
        key = {"rutin__formKey": "answer"} if files else {}
        owner.deploy({"p.bpmn": one_task(**key), **files})
        body = {"definition_key": "p", "unit": "vof"}
        task = alice.tasks(alice.post("/process-instances", json=body).json)["a"]

        answer = alice.complete(task, **{name: "buf"})

        assert (answer.status, list(answer.json["fields"])) == (422, [name]), answer.text


def test_a_task_without_a_form_has_none(owner, alice):
    owner.deploy(one_task())
    task = alice.tasks(alice.start())["a"]["id"]

    assert schema_of(alice, task).status == 404


def test_a_stranger_learns_of_nothing(charlie, auditor, bob, task):
    assert schema_of(charlie, task).status == 404
    assert schema_of(auditor, task).status == 200
    assert schema_of(bob, task).status == 200


def test_the_forms_of_a_version(people, anybody, owner, case):
    path = f"/process-definitions/{case['definition_id']}/forms"
    english = {"Accept-Language": "en"}

    listed = people["charlie"].get(path, headers=english)
    form = people["charlie"].get(f"{path}/answer", headers=english)

    assert listed.json == [{"key": "answer", "title": "The report"}]
    assert (form.json["title"], form.json["required"]) == ("The report", ["title", "day"])
    assert "default" not in form.json["properties"]["title"], "what a case knows is not known yet"
    assert owner.get(f"{path}/other").status == 404
    assert owner.get(path.replace(case["definition_id"], case["id"])).status == 404
    for address in (path, f"{path}/answer"):
        assert anybody.get(address).status == 401
