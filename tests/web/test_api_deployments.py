"""POST /deployments: a set of files is taken whole, or refused whole."""

import threading
from datetime import UTC, datetime
from uuid import UUID

import pytest
from urllib3.filepost import encode_multipart_formdata

from tests.factories import diagrams, drawings
from tests.factories.problems import findings, problem
from tests.factories.tables import counted


def test_a_deployment_is_told_with_its_versions(owner):
    answer = owner.deploy(diagrams.one_task(), name="Vår rutin")

    assert answer.status == 201
    told = answer.json
    assert set(told) == {"id", "name", "deployed_at", "definitions", "findings"}
    assert UUID(told["id"]).version == 7
    assert told["name"] == "Vår rutin"
    assert datetime.fromisoformat(told["deployed_at"]).tzinfo == UTC
    assert told["findings"] == []
    [definition] = told["definitions"]
    assert UUID(definition.pop("id"))
    assert definition == {"key": "p", "version": 1, "name": "p", "kind": "process"}


def test_forms_are_versions_of_their_own(owner):
    files = {
        "p.bpmn": diagrams.one_task(rutin__formKey="answer"),
        "answer.form.json": diagrams.FORM,
    }

    told = owner.deploy(files).json

    assert {(each["kind"], each["key"]) for each in told["definitions"]} == {
        ("process", "p"),
        ("form", "answer"),
    }
    assert told["findings"] == []


def test_a_warning_is_told_with_its_place(owner):
    told = owner.deploy(diagrams.one_task(rutin__formKey="nowhere")).json

    [finding] = told["findings"]
    assert finding["severity"] == "warning"
    assert (finding["resource"], finding["element_id"]) == ("p.bpmn", "a")
    assert finding["line"] > 1
    assert "nowhere" in finding["message"]


def test_the_same_content_stays_the_same_version(owner):
    first = owner.deploy(diagrams.one_task()).json
    again = owner.deploy(diagrams.one_task()).json
    changed = owner.deploy(diagrams.one_task(name="Annat")).json

    assert again["id"] != first["id"]
    assert again["definitions"] == first["definitions"]
    assert changed["definitions"][0]["version"] == 2


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\0b"])
def test_a_deployment_needs_a_name_that_can_be_kept(owner, installation, name):
    before = counted(installation)

    problem(owner.deploy(diagrams.one_task(), name=name), 422)

    assert counted(installation) == before


def test_a_deployment_without_a_name_is_refused(owner):
    body, content_type = encode_multipart_formdata([("resources", ("p.bpmn", b"x"))])

    problem(owner.send("POST", "/deployments", body=body, content_type=content_type), 422)


def test_a_deployment_without_files_is_refused(owner):
    [finding] = findings(owner.deploy({}))

    assert finding["rule"] == "no-resources"


def test_two_files_of_one_name_are_refused(owner):
    parts = [("name", "x"), ("resources", ("p.bpmn", b"a")), ("resources", ("p.bpmn", b"b"))]
    body, content_type = encode_multipart_formdata(parts)

    problem(owner.send("POST", "/deployments", body=body, content_type=content_type), 422)


def test_a_part_that_nobody_asked_for_is_refused_and_not_forgotten(owner, installation):
    parts = [
        ("name", "x"),
        ("resources", ("p.bpmn", diagrams.one_task())),
        ("resource", ("answer.form.json", diagrams.FORM)),
    ]
    body, content_type = encode_multipart_formdata(parts)
    before = counted(installation)

    answer = owner.send("POST", "/deployments", body=body, content_type=content_type)

    problem(answer, 422)
    assert counted(installation) == before


def test_a_model_is_kept_as_a_drawing_on_request(owner):
    told = owner.deploy(diagrams.one_task(), options={"only_draw": "true"}).json

    [definition] = told["definitions"]
    assert (definition["kind"], definition["key"], definition["version"]) == ("drawing", "p", 1)


def test_a_model_that_does_not_say_is_executed_on_request_only(owner, alice):
    source = drawings.unmarked(diagrams.one_task())

    drawn = owner.deploy(source, options={"execute_unmarked": "false"}).json
    executed = owner.deploy(source, options={"execute_unmarked": "true"}).json

    assert [each["kind"] for each in drawn["definitions"]] == ["drawing"]
    assert [each["rule"] for each in drawn["findings"]] == ["not-executable"]
    assert [each["kind"] for each in executed["definitions"]] == ["process"]
    assert alice.start()["definition_id"] == executed["definitions"][0]["id"]


def test_what_says_that_it_is_not_executable_stays_a_drawing(owner):
    told = owner.deploy(drawings.pools(), options={"execute_unmarked": "true"}).json

    assert [each["kind"] for each in told["definitions"]] == ["drawing"]


def test_what_another_product_does_is_refused_on_request_only(owner, installation):
    source = diagrams.foreign()
    before = counted(installation)

    [finding] = findings(owner.deploy(source, options={"refuse_foreign": "true"}))
    assert (finding["rule"], finding["severity"]) == ("foreign-implementation", "error")
    assert counted(installation) == before
    told = owner.deploy(source).json
    assert ("foreign-implementation", "warning") in {
        (each["rule"], each["severity"]) for each in told["findings"]
    }


@pytest.mark.parametrize("option", ["only_draw", "execute_unmarked", "refuse_foreign"])
@pytest.mark.parametrize("value", ["", "1", "True", "yes", "perhaps", "true "])
def test_an_option_is_true_or_false(owner, installation, option, value):
    before = counted(installation)

    said = problem(owner.deploy(diagrams.one_task(), options={option: value}), 422)

    assert option in said["detail"]
    assert counted(installation) == before


def test_an_option_that_is_not_known_is_refused_with_those_that_are(owner, installation):
    before = counted(installation)

    said = problem(owner.deploy(diagrams.one_task(), options={"draw_only": "true"}), 422)

    for each in ("only_draw", "execute_unmarked", "refuse_foreign"):
        assert each in said["detail"]
    assert counted(installation) == before


@pytest.mark.parametrize("name", ["../../etc/p.bpmn", "folder/p.bpmn", "/p.bpmn"])
def test_a_path_before_a_files_name_is_dropped(owner, name):
    told = owner.deploy({name: diagrams.one_task()}).json

    [definition] = told["definitions"]
    kept = owner.get(f"/process-definitions/{definition['id']}").json
    assert kept["resource"] == "p.bpmn"


def test_all_is_taken_or_nothing(owner, installation):
    before = counted(installation)

    answer = owner.deploy({"a.bpmn": diagrams.one_task("p1"), "b.bpmn": b"not a diagram"})

    [finding] = findings(answer)
    assert finding["resource"] == "b.bpmn"
    assert counted(installation) == before


def test_two_who_deploy_at_the_same_moment_are_both_served(owner, admin, installation):
    for round_ in range(5):
        barrier = threading.Barrier(2)
        answers = []

        def attempt(who, text, barrier=barrier, answers=answers):
            barrier.wait()
            answers.append(who.deploy(diagrams.one_task(name=text)))

        threads = [
            threading.Thread(target=attempt, args=(who, f"{who.name} {round_}"))
            for who in (owner, admin)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [each.status for each in answers] == [201, 201]
    assert counted(installation)["definition"] == 10


def test_who_answers_for_routines_may_deploy_and_others_may_not(
    installation, people, anybody, charlie
):
    for name in ("owner", "admin"):
        assert people[name].deploy(diagrams.one_task()).status == 201
    before = counted(installation)

    problem(anybody.deploy(diagrams.one_task("q")), 401)
    for name in ("alice", "bob", "auditor"):
        problem(people[name].deploy(diagrams.one_task("q")), 403)
    problem(charlie.deploy(diagrams.one_task("q")), 403)

    assert counted(installation) == before


def test_an_older_version_does_not_come_into_force_again_and_that_is_said(owner, alice):
    first, second = diagrams.one_task(name="Ett"), diagrams.one_task(name="Två")
    for source in (first, second):
        assert owner.deploy(source).json["findings"] == []

    again = owner.deploy(first)

    assert again.status == 201
    [finding] = again.json["findings"]
    assert (finding["rule"], finding["severity"]) == ("older-version", "warning")
    assert finding["resource"] == "p.bpmn"
    assert alice.tasks(alice.start())["a"]["name"] == "Två"
