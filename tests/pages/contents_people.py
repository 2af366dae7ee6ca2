"""What people do besides their tasks that pages show: they are away, pause a case, and mark many tasks at once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from engine.accounts import repository
from engine.batches import commands
from engine.clock import now
from engine.identity.actor import SYSTEM, Actor
from engine.installation import Installation
from engine.uow import begin
from tests.factories.callers import Answer, Caller


def away(bob: Caller) -> dict[str, str]:
    """Let bob be away from today on, with alice in his place."""
    today = now().date().isoformat()
    absence = _made(bob.post("/absences", json={"reason": "vacation", "valid_from": today}))
    acting = {"substitute": "alice", "valid_from": today}
    return {
        "absence": absence["id"],
        "substitution": _made(bob.post("/substitutions", json=acting))["id"],
    }


def paused(alice: Caller, case: Mapping[str, Any]) -> dict[str, str]:
    reason = {"reason": "Vi väntar på besked från polisen."}
    answer = alice.post(f"/process-instances/{case['id']}/suspension", json=reason)
    assert answer.status == 200, answer.text
    return {"paused": case["id"]}


def key(alice: Caller) -> dict[str, str]:
    [token] = alice.get("/account/tokens").json["items"]
    return {"token": token["id"]}


def batches(installation: Installation, tasks: Sequence[str]) -> dict[str, str]:
    """Bob has marked tasks three times: a batch stopped half done, one is under way while we look, one is done."""
    why = "Någon annan har uppgiften."
    return {
        "batch": _batch(installation, tasks, why, done=1, seen=-1),
        "batch_under_way": _batch(installation, tasks, why, done=1, seen=1),
        "batch_done": _batch(installation, tasks, why, done=len(tasks), seen=-1),
    }


def _batch(
    installation: Installation, tasks: Sequence[str], why: str, *, done: int, seen: int
) -> str:
    """Make a batch whose first task was refused; it was last worked at so many days from now."""
    ids = [UUID(each) for each in tasks]
    with begin(installation, SYSTEM) as uow:
        who = Actor("bob", repository.named(uow.session, "bob").id)
    with begin(installation, who) as uow:
        batch = commands.create(uow, "claim", ids, {"user": "", "origin": "/tasks?tab=groups"})
        uow.session.flush()
        for each in ids[:done]:
            commands.note(uow, batch.id, each, why if each == ids[0] else None)
        batch.seen_at = uow.now + seen * commands.KEPT
        identity = str(batch.id)
        uow.commit()
    return identity


def _made(answer: Answer) -> Any:
    assert answer.status == 201, answer.text
    return answer.json
