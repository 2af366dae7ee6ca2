"""The routines that we ship: their forms are right, and nothing they point at is missing."""

import json
from pathlib import Path

import pytest

from bpmn import routines
from bpmn.forms import definition
from bpmn.forms.fields import Form
from bpmn.reader import files as reader
from bpmn.scripting import texts
from tests.bpmn.forms.checked import check

ROUTINES = routines.ROOT
FORMS = sorted(ROUTINES.glob("*/*.form.json"))
DIAGRAMS = sorted(ROUTINES.glob("*/routine.bpmn"))
APPROVAL = ROUTINES / "document-approval"


def shipped(path: Path) -> Form:
    form, findings = definition.read(path.read_bytes(), path.name)
    assert [finding.message for finding in findings] == []
    assert form is not None
    return form


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_every_form_is_read_without_findings(path):
    assert shipped(path).key == path.name.removesuffix(".form.json")


@pytest.mark.parametrize("path", DIAGRAMS, ids=named)
def test_every_form_key_has_a_form_and_every_form_a_task(path):
    reading = reader.read(path.read_bytes(), path.name)
    assert reading.findings == ()

    used = {
        element.work.form_key
        for process in reading.model.processes
        for element in process.elements.values()
        if element.work and element.work.form_key
    }

    assert used == {shipped(form).key for form in path.parent.glob("*.form.json")}


@pytest.mark.parametrize("path", DIAGRAMS, ids=named)
def test_every_condition_of_a_diagram_can_be_read(path):
    (process,) = reader.read(path.read_bytes(), path.name).model.processes

    for flow in process.flows.values():
        if flow.condition:
            assert texts.expression(flow.condition).names


@pytest.mark.parametrize("path", DIAGRAMS, ids=named)
def test_separation_of_duties_points_at_elements_that_exist(path):
    (process,) = reader.read(path.read_bytes(), path.name).model.processes

    for element in process.elements.values():
        if element.work:
            named_there = element.work.not_performer_of + element.work.performer_of
            assert set(named_there) <= set(process.elements)


@pytest.mark.parametrize("folder", sorted({path.parent for path in DIAGRAMS}), ids=str)
def test_every_routine_has_its_texts(folder):
    texts = json.loads((folder / "texts.json").read_text("utf-8"))

    assert texts["key"] == folder.name
    assert texts["owner"]
    for words in (texts["title"], texts["purpose"]):
        assert set(words) == {"sv", "en"}
    for clause in texts["clauses"]:
        assert set(clause) == {"standard", "clause"}
        assert clause["standard"] in texts["systems"]


# ---------------------------------------------------------------- document-approval

VERSION = {
    "title": "Läkemedelshantering",
    "doc_class": "rutin",
    "content": "https://dokument.example/1",
    "processes": "Vård",
    "change_kind": "major",
    "change_reason": "Nya föreskrifter",
    "effective_from": "2026-03-31",
    "review_interval": "P1Y",
    "audience": "Alla enheter",
    "author": "alice",
    "reviewers": ["bob", "charlie"],
    "approver": "dora",
}


def errors(form: str, submitted: dict[str, object]) -> list[str]:
    checked = check(shipped(APPROVAL / f"{form}.form.json"), submitted)
    return [error.name for error in checked.errors]


def test_a_version_needs_two_different_reviewers():
    assert errors("document-version", VERSION) == []
    for reviewers in (["bob"], ["bob", "bob"], ["bob", "charlie", "erik"]):
        assert errors("document-version", VERSION | {"reviewers": reviewers}) == ["reviewers"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_reviewer_who_does_not_accept_says_why(number):
    verdict, comments = f"verdict_{number}", f"comments_{number}"
    row = {"section": "", "comment": "Otydligt", "severity": "minor"}

    assert errors(f"review-{number}", {verdict: "ok"}) == []
    assert errors(f"review-{number}", {verdict: "not_ok"}) == [comments]
    assert errors(f"review-{number}", {verdict: "ok_with_comments", comments: [row]}) == []


def test_every_comment_is_answered_with_a_reason():
    row = {"comment": "Otydligt", "answer": "rejected"}

    assert errors("summary", {"answers": [row], "major_change": False}) == ["answers-0-reason"]
    assert errors("summary", {"answers": [], "major_change": False}) == ["answers"]
    assert errors("summary", {"answers": [row | {"reason": "Se 3.1"}]}) == ["major_change"]


def test_a_decision_other_than_approval_has_a_reason():
    assert errors("approval", {"outcome": "approve"}) == []
    assert errors("approval", {"outcome": "return"}) == ["decision_note"]
    assert errors("approval", {"outcome": "reject", "decision_note": "Fel nivå"}) == []


def test_no_form_can_set_what_the_routine_keeps():
    for form in ("document-version", "review-1", "review-2", "summary", "approval"):
        assert "check_ok" in errors(form, {"check_ok": True})
