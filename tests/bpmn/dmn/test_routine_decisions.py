"""The decisions of the shipped routines, with the cases that their description gives."""

from pathlib import Path

import pytest

from bpmn import deployment, dmn, routines
from tests.bpmn.dmn.models import setting

FOLDER = routines.ROOT / "_decisions"
FILES = sorted(FOLDER.glob("*.dmn"))
"""Which of them there are, the cases below say."""


def decided(key, **variables):
    source = FOLDER / f"{key}.dmn"
    outcome = dmn.read(source.read_bytes(), source.name).evaluate(key, variables, setting())
    assert not outcome.violated
    return outcome.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_found_in_them(path: Path):
    checked = deployment.check({path.name: path.read_bytes()})

    assert [each.message for each in checked.findings] == []
    assert path.stem in {each.key for each in checked.definitions}


@pytest.mark.parametrize(
    ("likelihood", "consequence", "level"),
    [
        (1, 5, "high"),
        (3, 5, "high"),
        (3, 4, "medium"),
        (2, 4, "medium"),
        (2, 3, "low"),
        (5, 3, "high"),
    ],
)
def test_risk_value(likelihood, consequence, level):
    found = decided("risk-value", likelihood=likelihood, consequence=consequence)

    assert found["level"] == level


def test_every_risk_has_a_value():
    for likelihood in range(1, 6):
        for consequence in range(1, 6):
            found = decided("risk-value", likelihood=likelihood, consequence=consequence)
            assert (found["decided_by"] == "dept_head") is (found["level"] == "high")


@pytest.mark.parametrize(
    ("variables", "targets"),
    [
        ({}, ["nonconformity"]),
        (
            {"area": "social_care", "possible_misconduct": True},
            ["lex-sarah", "nonconformity"],
        ),
        ({"area": "school", "possible_misconduct": True}, ["nonconformity"]),
        ({"area": "health_care", "risk_of_harm": True}, ["lex-maria", "nonconformity"]),
        ({"area": "health_care", "harm": False}, ["nonconformity"]),
        (
            {"near_miss_worker": True, "personal_data_breach": True},
            ["incident", "dpo", "nonconformity"],
        ),
        ({"area": "school", "degrading_treatment": True}, ["principal", "nonconformity"]),
        (
            {"supplier_caused": True, "document_or_routine_wrong": True},
            ["supplier-evaluation", "document-revision", "nonconformity"],
        ),
    ],
)
def test_deviation_triage(variables, targets):
    assert [each["target"] for each in decided("deviation-triage", **variables)] == targets


def test_a_personal_data_breach_starts_the_clock_of_72_hours():
    notify, _ = decided("deviation-triage", personal_data_breach=True)

    assert notify == {"action": "notify", "target": "dpo", "within": "PT72H"}


@pytest.mark.parametrize(
    ("whole", "effect", "isolated", "better", "grade"),
    [
        (True, False, False, False, "major"),
        (False, True, True, False, "major"),
        (False, False, True, True, "minor"),
        (False, False, False, True, "ofi"),
        (False, False, False, False, "conform"),
    ],
)
def test_finding_grade(whole, effect, isolated, better, grade):
    found = decided(
        "finding-grade",
        whole_requirement_missing=whole,
        affects_result_or_law=effect,
        isolated_lapse=isolated,
        can_be_better=better,
    )

    assert found == grade


@pytest.mark.parametrize(
    ("scores", "share", "significant"),
    [
        ((1, 1, 1, 0, 0), 0, False),
        ((2, 2, 2, 3, 0), 0, True),
        ((1, 1, 2, 3, 0), 0, True),
        ((1, 1, 1, 3, 0), 0, False),
        ((1, 1, 1, 0, 0), 10, True),
        ((1, 1, 1, 0, 0), None, False),
    ],
)
def test_aspect_significance(scores, share, significant):
    names = ("extent", "frequency", "severity", "legal", "party_concern")
    given = dict(zip(names, scores, strict=True), energy_share=share)

    assert decided("aspect-significance", **given) is significant


@pytest.mark.parametrize(
    ("spend", "criticality", "risk", "class_"),
    [
        ("low", "low", "low", "C"),
        ("high", "low", "low", "B"),
        ("low", "medium", "low", "B"),
        ("high", "medium", "low", "A"),
        ("low", "low", "high", "A"),
        ("low", "high", "medium", "A"),
    ],
)
def test_supplier_class(spend, criticality, risk, class_):
    found = decided(
        "supplier-class", spend_band=spend, criticality=criticality, risk_to_users=risk
    )

    assert found["class"] == class_


@pytest.mark.parametrize(
    ("importance", "ease", "quadrant"),
    [(3, 3, "quick_win"), (4, 2, "major_project"), (2, 4, "fill_in"), (1, 1, "wait")],
)
def test_improvement_priority(importance, ease, quadrant):
    found = decided("improvement-priority", importance=importance, ease=ease)

    assert found == {"quadrant": quadrant, "rank": importance * ease}


@pytest.mark.parametrize(
    ("class_", "critical", "mode"),
    [
        ("policy", None, "read"),
        ("routine", None, "read_sign"),
        ("routine", False, "read_sign"),
        ("routine", True, "read_sign_questions"),
        ("other", True, "none"),
    ],
)
def test_acknowledgement_mode(class_, critical, mode):
    found = decided("acknowledgement-mode", document_class=class_, safety_critical=critical)

    assert found == {
        "mode": mode,
        "pass_percent": 80 if critical and "questions" in mode else None,
    }


@pytest.mark.parametrize(
    ("kind", "individual", "private", "expected"),
    [
        ("governing_document", None, None, ("preserve", None)),
        ("yearly_report", None, None, ("preserve", None)),
        ("audit_record", None, None, ("delete", "P10Y")),
        ("deviation", False, None, ("delete", "P5Y")),
        ("deviation", True, None, ("personal_file", None)),
        ("lex_sarah", True, True, ("delete", "P5Y")),
        ("access_log", None, None, ("security_policy", None)),
    ],
)
def test_retention_class(kind, individual, private, expected):
    found = decided(
        "retention-class",
        record_kind=kind,
        concerns_individual=individual,
        private_activity=private,
    )

    assert (found["class"], found["after"]) == expected


@pytest.mark.parametrize(
    ("degree", "notify", "next_"),
    [
        ("no_misconduct", False, "close"),
        ("risk_of_misconduct", False, "actions"),
        ("misconduct", False, "actions"),
        ("risk_of_serious", True, "actions"),
        ("serious", True, "actions"),
    ],
)
def test_misconduct_notification(degree, notify, next_):
    assert decided("misconduct-notification", degree=degree) == {
        "notify_ivo": notify,
        "next": next_,
    }
