"""
Two people complete the same task at the same moment, each through a server process of their own.

Exactly one of them may be told that it is done (200), the other that it was too late (409), every time; and
what is
kept says the same once: one event, one line of history, the answers of the one who won.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from engine.accounts.models import Account
from engine.audit.models import AuditEvent
from engine.installation import Installation
from engine.instances.models import ElementInstance, ProcessInstance
from engine.verification import checking
from tests.factories import diagrams
from tests.factories.callers import Answer, Caller

ELEMENT = "a"
SECONDS_FOR_A_ROUND = 60


@dataclass(frozen=True)
class Round:
    case: UUID
    answers: tuple[Answer, ...]
    seconds: tuple[float, ...]
    """How long each of them waited."""

    @property
    def statuses(self) -> tuple[int, ...]:
        return tuple(sorted(each.status for each in self.answers))


@dataclass
class Verdict:
    rounds: int = 0
    one_winner: int = 0
    both_won: int = 0
    nobody_won: int = 0
    other_answers: Counter[tuple[int, ...]] = field(default_factory=Counter)
    lost: int = 0
    """Rounds in which somebody won, and nothing or something else was kept."""
    doubled: int = 0
    """Rounds that were kept more than once."""
    broken: int = 0
    """Cases whose record does not hold."""

    @property
    def clean(self) -> bool:
        return self.one_winner == self.rounds and not (self.lost or self.doubled or self.broken)


Send = Callable[[Caller, dict[str, Any]], Answer]


def complete(who: Caller, task: dict[str, Any]) -> Answer:
    return who.complete(task, winner=who.name)


def run(first: Caller, second: Caller, rounds: int, send: Send = complete) -> list[Round]:
    """Let two callers race for a task of each of so many cases; `one_task` is deployed."""
    tasks = []
    for _ in range(rounds):
        case = first.start()
        tasks.append(first.tasks(case)[ELEMENT])
    return [
        Round(
            UUID(task["instance_id"]), *at_once([first, second], lambda who, t=task: send(who, t))
        )
        for task in tasks
    ]


def at_once(
    callers: Sequence[Caller], send: Callable[[Caller], Answer]
) -> tuple[tuple[Answer, ...], tuple[float, ...]]:
    """Let all send at the same moment; returns the answers in the order of the callers, and how long each took."""
    barrier = threading.Barrier(len(callers))
    answers: dict[int, Answer] = {}
    seconds: dict[int, float] = {}

    def attempt(number: int, who: Caller) -> None:
        barrier.wait()
        began = time.perf_counter()
        answers[number] = send(who)
        seconds[number] = time.perf_counter() - began

    threads = [
        threading.Thread(target=attempt, args=(number, who), daemon=True)
        for number, who in enumerate(callers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS_FOR_A_ROUND)
    return (
        tuple(answers[number] for number in sorted(answers)),
        tuple(seconds[number] for number in sorted(seconds)),
    )


def judge(rounds: Sequence[Round], installation: Installation) -> Verdict:
    """Compare what was answered with what is kept."""
    verdict = Verdict(rounds=len(rounds))
    with installation.database.reading() as session:
        for each in rounds:
            _count_winners(each, verdict)
            events, lines = _kept(session, each.case)
            verdict.doubled += events > 1 or lines > 1
            verdict.lost += 200 in each.statuses and (
                events < 1 or lines < 1 or not _is_the_winners(session, each)
            )
            verdict.broken += checking.verify_instance(session, each.case) is not None
    return verdict


def _count_winners(each: Round, verdict: Verdict) -> None:
    winners = each.statuses.count(200)
    verdict.both_won += winners > 1
    verdict.nobody_won += winners == 0
    if each.statuses == (200, 409):
        verdict.one_winner += 1
    else:
        verdict.other_answers[each.statuses] += 1


def _kept(session: Any, case: UUID) -> tuple[int, int]:
    """Count the events and the lines of history that say that the task is done."""
    events = session.scalar(
        select(func.count())
        .select_from(AuditEvent)
        .where(AuditEvent.chain == case, AuditEvent.type == "user_task.completed")
    )
    lines = session.scalar(
        select(func.count())
        .select_from(ElementInstance)
        .where(ElementInstance.instance_id == case, ElementInstance.element_id == ELEMENT)
    )
    return events, lines


def _is_the_winners(session: Any, each: Round) -> bool:
    """Tell whether the one who was told so is the one whose work was kept."""
    told = {answer.json["assignee"] for answer in each.answers if answer.status == 200}
    kept = session.scalar(
        select(Account.name)
        .join(ElementInstance, ElementInstance.performer == Account.id)
        .where(ElementInstance.instance_id == each.case, ElementInstance.element_id == ELEMENT)
    )
    ended = session.scalar(select(ProcessInstance.state).where(ProcessInstance.id == each.case))
    return told == {kept} and ended == "completed"


def deploy(owner: Caller) -> None:
    answer = owner.deploy(diagrams.one_task())
    assert answer.status == 201, answer.text
