"""What the pages of the administration show that the demonstration does not bring along."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine.accounts import commands as accounts
from engine.clock import now
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin
from tests.factories.callers import Answer, Caller

AWAY = {"valid_from": "2020-07-01", "valid_to": "2099-07-31"}
NEXT_YEAR = timedelta(days=400)
"""So far away that no deadline on the site meets what is closed then."""
GONE = "gustav"


def made(installation: Installation, root: Caller) -> Mapping[str, str]:
    """Let Anna of the demonstration be away and Bo act for her, and close an account. Nobody else is touched."""
    _hire(installation)
    people = {each["name"]: each["id"] for each in _items(root.get("/accounts", limit=200))}
    _fine(root.post(f"/accounts/{people[GONE]}/closing", json={"reason": "Har slutat."}))
    absence = {"person": "anna", "reason": "vacation", **AWAY}
    acting = {"person": "anna", "substitute": "bo", "scope": "roles", "keys": ["author"], **AWAY}
    day = (now() + NEXT_YEAR).date().isoformat()
    closed = {"valid_from": day, "valid_to": day}
    closure = {"name": "Sommarstängt", "unit": "hemtjanst", **closed}
    _fine(root.post("/calendar/closures", json={**closure, "name": "Planeringsdag", "unit": None}))
    return {
        "person": people["anna"],
        "closed": people[GONE],
        "their_absence": _fine(root.post("/absences", json=absence))["id"],
        "their_substitution": _fine(root.post("/substitutions", json=acting))["id"],
        "closure": _fine(root.post("/calendar/closures", json=closure))["id"],
        "belonging": _items(root.get("/belongings", person="anna"))[0]["id"],
        "appointment": _items(root.get("/appointments", person="anna"))[0]["id"],
    }


def _hire(installation: Installation) -> None:
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(
            uow, GONE, password=None, groups=("employee",), display_name="Gustav Gran"
        )
        uow.commit()


def _items(answer: Answer) -> list[dict[str, Any]]:
    return list(_fine(answer)["items"])


def _fine(answer: Answer) -> Any:
    assert answer.status in {200, 201}, answer.text
    return answer.json
