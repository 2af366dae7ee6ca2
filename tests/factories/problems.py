"""What a refusal looks like, wherever it comes from (RFC 9457)."""

from typing import Any

from tests.factories.callers import Answer

ALWAYS = {"type", "title", "status", "detail"}
SOMETIMES = {"findings", "errors", "fields"}
FINDING = {"resource", "element_id", "line", "rule", "severity", "message"}
INSIDE = ("Traceback", "sqlalchemy", "psycopg", "sqlite3", "site-packages", "<class")
"""What would tell a stranger how we are made."""


def problem(answer: Answer, status: int) -> dict[str, Any]:
    """Check that an answer is a problem with that status, and return what it says."""
    assert answer.status == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json
    assert set(said) >= ALWAYS
    assert set(said) <= ALWAYS | SOMETIMES
    assert said["status"] == status
    assert said["detail"].strip()
    assert not [word for word in INSIDE if word in answer.text]
    return said


def findings(answer: Answer) -> list[dict[str, Any]]:
    """Check that a deployment was refused, and return the reasons."""
    said = problem(answer, 422)
    assert said["findings"]
    for each in said["findings"]:
        assert set(each) == FINDING
        assert each["message"].strip()
    return said["findings"]
