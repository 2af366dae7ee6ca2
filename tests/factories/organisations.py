"""A small organisation on every day since 2020: a municipality with two units in it."""

from collections.abc import Mapping

import pytest

from tests.factories.callers import Caller

SINCE = "2020-01-01"
UNITS = (
    ("kommun", None, "Exempelby kommun", "Exempelby municipality"),
    ("norr", "kommun", "Norr", "North"),
    ("soder", "kommun", "Söder", "South"),
)


@pytest.fixture
def organisation(people: Mapping[str, Caller]) -> Caller:
    """Return who looks after it."""
    admin = people["admin"]
    for key, parent, name_sv, name_en in UNITS:
        names = {"name_sv": name_sv, "name_en": name_en, "kind": "enhet"}
        body = {"key": key, "parent": parent, "valid_from": SINCE, **names}
        made = admin.post("/units", json=body)
        assert made.status == 201, made.text
    return admin


def place(admin: Caller, person: str, unit: str, first: str = SINCE) -> str:
    body = {"person": person, "unit": unit, "valid_from": first}
    return str(admin.post("/belongings", json=body).json["id"])


def appoint(admin: Caller, role: str, person: str, unit: str | None, first: str = SINCE) -> str:
    body = {"role": role, "person": person, "unit": unit, "valid_from": first}
    return str(admin.post("/appointments", json=body).json["id"])
