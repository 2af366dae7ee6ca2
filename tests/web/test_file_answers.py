"""An answer that names files: they become the case's, and nobody names those of others."""

import pytest

from tests.bpmn.forms.forms import field
from tests.factories.diagrams import asking
from tests.factories.papers import uploaded

FORM = {
    "key": "answer",
    "title": {"sv": "Underlag", "en": "Papers"},
    "fields": [field("files", "papers", label={"sv": "Filer", "en": "Files"}, required=True)],
}


@pytest.fixture
def task(owner, alice):
    owner.deploy(asking(FORM))
    return alice.tasks(alice.start())["a"]


def complete(who, task, *files):
    body = {"variables": {"papers": [each["id"] for each in files]}}
    return who.post(f"/user-tasks/{task['id']}/completion", json=body)


def test_files_that_an_answer_names_become_the_cases(alice, bob, task):
    mine = uploaded(alice)

    assert complete(alice, task, mine).status == 200

    told = bob.get(f"/attachments/{mine['id']}").json
    assert (told["instance_id"], told["task_id"]) == (task["instance_id"], task["id"])
    case = task["instance_id"]
    assert alice.get(f"/process-instances/{case}/verification").json["intact"] is True


def test_nobody_names_the_files_of_others(alice, bob, task):
    theirs = uploaded(bob)

    answer = complete(alice, task, theirs)

    assert (answer.status, list(answer.json["fields"])) == (422, ["papers"])
    assert bob.get(f"/attachments/{theirs['id']}").json["instance_id"] is None


def test_a_file_that_is_not_there_is_refused_at_its_question(alice, task):
    answer = complete(alice, task, {"id": "01990000-0000-7000-8000-000000000000"})

    assert (answer.status, list(answer.json["fields"])) == (422, ["papers"])


def test_the_page_offers_the_files_of_the_case(alice, browsers, task):
    mine = uploaded(alice)
    alice.put(f"/user-tasks/{task['id']}/attachments/{mine['id']}")

    page = browsers("alice").get(f"/tasks/{task['id']}")

    [box] = page.all("//input[@type='checkbox'][@name='papers']")
    assert box.get("value") == mine["id"]


@pytest.mark.parametrize("held", [True, "none", ["none", 1], [["none"]], {"id": "none"}])
def test_what_is_read_only_and_names_no_file_stays_as_it_is(owner, alice, held):
    fields = [field("files", "papers", readonlyIf="true")]
    owner.deploy(asking(FORM | {"fields": fields}))
    case = alice.start(papers=held)

    assert alice.complete(alice.tasks(case)["a"]).status == 200

    assert alice.instance(case)["variables"]["papers"] == held
