"""
Two people at the same task at the same moment: does exactly one of them win, every time?

Two operating-system processes (`rutin serve` twice) work on one database, on SQLite and on
PostgreSQL in turn. For each of 200 cases, alice completes its task through the one process and
bob through the other, let go by a barrier in two threads of this process. The answers (exactly
one 200 and one 409) are then compared with what is kept: one event, one line of history, by the
one who was told so, in a record that holds. `tests/journeys/test_race.py` does 40 rounds with the
same code, and proves that the judge can say no.

What it is measured against, in the same run: alice completing as many tasks with nobody in her
way. The ratio says what a race costs the one who wins it; the latency of `fdatasync` on this disk
stands beside it, because every completion on SQLite waits for one (PostgreSQL runs here as in the
tests, without it).

* `…_rounds`, `…_one_winner`: equal, or something is wrong. `…_both_won`, `…_nobody_won`,
  `…_lost`, `…_doubled`, `…_broken_chains`: 0, or something is wrong; the exit status is then 1.
* `…_alone_ms`, `…_winner_ms`, `…_loser_ms`: medians of the time until the answer. `…_ratio`:
  winner / alone.
* `…_same_key_…`: one person's program sends the same completion through both, under one
  Idempotency-Key: 200 and 200 (the second told what the first was), or 200 and 409; kept once.

Takes about 30 s; `--rounds` takes another number than 200, `--full` 2000. With `--json` the last
line is one object for machines.
"""

import argparse
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.pop(0)  # this folder, in which `http` would not be Python's
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.machine import machine
from engine.installation import Installation
from engine.settings import Settings
from tests import databases
from tests.factories import races
from tests.factories.callers import Answer, Caller
from tests.factories.doors import create_people
from tests.servers import Site, serving

KINDS = ("sqlite", "postgresql")
Figures = dict[str, float]


def main() -> None:
    options = _options()
    rounds = 2_000 if options.full else options.rounds
    figures: Figures = {"fdatasync_ms": _fdatasync()}
    with databases.shared_folder() as shared:
        for kind in KINDS:
            with _database(kind, shared) as (url, folder):
                figures |= {
                    f"{kind}_{name}": value for name, value in _race(url, folder, rounds).items()
                }
            _tell(kind, figures)
    wrong = _wrong(figures)
    if options.json:
        print(json.dumps({"figures": figures, "machine": machine()}))
    if wrong:
        sys.exit(f"Not clean: {', '.join(wrong)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one object last")
    parser.add_argument("--full", action="store_true", help="2000 rounds")
    parser.add_argument("--rounds", type=int, default=200)
    return parser.parse_args()


@contextlib.contextmanager
def _database(kind: str, shared: Path) -> Iterator[tuple[str, Path]]:
    """Give the URL of a database of our own, and a folder on the disk for what is beside it."""
    with tempfile.TemporaryDirectory(prefix="rutin-race-") as name:
        folder = Path(name)
        if kind == "sqlite":
            yield databases.SQLite(shared).copy(folder / "rutin.sqlite"), folder
            return
        server = databases.PostgreSQL(shared)
        database = server.copy()
        yield server.url(database), folder
        server.drop(database)
        server.close()


def _race(url: str, folder: Path, rounds: int) -> Figures:
    installation = Installation(Settings(database_url=url))
    with contextlib.closing(installation), serving(Site(url, folder), count=2) as servers:
        first, second = (each.line() for each in servers)
        people = create_people(installation, first)
        alice = people["alice"]
        bob = Caller("bob", people["bob"].token, second)
        again = Caller("alice", alice.token, servers[1].line())
        races.deploy(people["owner"])
        races.run(alice, bob, 5)  # both have the routine in memory
        began = time.perf_counter()
        alone = [_alone(alice) for _ in range(rounds // 4)]
        raced = races.run(alice, bob, rounds)
        same = races.run(alice, again, rounds // 4, _under_one_key)
        seconds = time.perf_counter() - began
        verdict, once = races.judge(raced, installation), races.judge(same, installation)
    return {
        **_counted(verdict),
        "alone_ms": _milliseconds(alone),
        "winner_ms": _milliseconds(_waited(raced, 200)),
        "loser_ms": _milliseconds(_waited(raced, 409)),
        "ratio": round(statistics.median(_waited(raced, 200)) / statistics.median(alone), 2),
        "alice_won": sum(each.answers[0].status == 200 for each in raced),
        "same_key_rounds": once.rounds,
        "same_key_both_told_the_same": once.both_won,
        "same_key_one_told_to_wait": once.one_winner,
        "same_key_lost_or_doubled": once.lost + once.doubled + once.broken + once.nobody_won,
        "seconds": round(seconds, 1),
    }


def _counted(verdict: races.Verdict) -> Figures:
    return {
        "rounds": verdict.rounds,
        "one_winner": verdict.one_winner,
        "both_won": verdict.both_won,
        "nobody_won": verdict.nobody_won,
        "lost": verdict.lost,
        "doubled": verdict.doubled,
        "broken_chains": verdict.broken,
    }


def _alone(alice: Caller) -> float:
    task = alice.tasks(alice.start())[races.ELEMENT]
    began = time.perf_counter()
    answer = races.complete(alice, task)
    assert answer.status == 200, answer.text
    return time.perf_counter() - began


def _under_one_key(who: Caller, task: dict[str, Any]) -> Answer:
    return who.post(f"/user-tasks/{task['id']}/completion", json={}, key=task["id"])


def _waited(rounds: list[races.Round], status: int) -> list[float]:
    return [
        seconds
        for each in rounds
        for answer, seconds in zip(each.answers, each.seconds, strict=True)
        if answer.status == status
    ] or [float("nan")]


def _milliseconds(seconds: list[float]) -> float:
    return round(statistics.median(seconds) * 1000, 2)


def _wrong(figures: Figures) -> list[str]:
    wrong = [
        name
        for name, value in figures.items()
        if value
        and name.endswith(
            ("_both_won", "_nobody_won", "_lost", "_doubled", "_broken_chains", "lost_or_doubled")
        )
    ]
    wrong += [
        f"{kind}_one_winner"
        for kind in KINDS
        if figures[f"{kind}_one_winner"] != figures[f"{kind}_rounds"]
    ]
    return wrong


def _tell(kind: str, figures: Figures) -> None:
    def of(name: str) -> float:
        return figures[f"{kind}_{name}"]

    print(
        f"{kind:<10} {of('one_winner'):.0f} of {of('rounds'):.0f} races had exactly one winner "
        f"(alice won {of('alice_won'):.0f}); lost {of('lost'):.0f}, doubled {of('doubled'):.0f}, "
        f"broken chains {of('broken_chains'):.0f}"
    )
    print(
        f"{'':<10} winner {of('winner_ms'):.1f} ms, loser {of('loser_ms'):.1f} ms, alone "
        f"{of('alone_ms'):.1f} ms (ratio {of('ratio'):.2f}); fdatasync {figures['fdatasync_ms']:.2f} ms"
    )
    print(
        f"{'':<10} same key twice: {of('same_key_rounds'):.0f} done once; both told the same "
        f"{of('same_key_both_told_the_same'):.0f}, one told to wait "
        f"{of('same_key_one_told_to_wait'):.0f}, lost or doubled "
        f"{of('same_key_lost_or_doubled'):.0f}"
    )


def _fdatasync() -> float:
    """The median time, in milliseconds, until a small write is on the disk."""
    times = []
    with tempfile.TemporaryFile() as file:
        for _ in range(50):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - began)
    return round(statistics.median(times) * 1000, 3)


if __name__ == "__main__":
    main()
