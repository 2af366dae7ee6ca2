"""
What an expression and a decision table cost once they are read: ours against simpleeval and Python's own `eval`.

All answer `amount > 1000 and status = "open"` (in Python's words for the others) for the same variables, a number
and a text. Each reads the expression once, before: ours by `feel.read`; simpleeval by its `parse`, of which it
gets the expression without the statement around it, a step less than its documentation has; `eval` gets code that
is compiled, and no built-in functions. Before anything is measured all must give the same answers, also where the
first half decides. Measured are variables for which both halves are asked.

They take turns in this process. A turn is some thousand evaluations by one of them, after a garbage collection;
the times are the thread's CPU time, medians of the turns, with the loop around them. A ratio is the median over
turns that stood beside each other, so that a machine that slows down slows both.

A decision table has no counterpart here. It has 100 rules for 5 inputs, unique, all cells of them texts, numbers,
booleans and intervals as people write them; its answers must be those of a Python function that was not made from
it. What is measured is `Decisions.evaluate`, with all that an audit wants to know of it.

* `compare_us`: ours, one evaluation. `compare_fresh_us`: the same, with a new `Setting` for each.
* `simpleeval_ratio`: simpleeval / ours.
* `eval_ratio`: ours / `eval`, which protects from nothing and keeps no budget.
* `table_us`: one evaluation of the table. `table_calculated_us`: the same table with an expression in every cell,
  which no index can know beforehand.
"""

import argparse
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import pairwise, product
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from simpleeval import SimpleEval

sys.path.pop(0)  # this folder, in which `http` would not be Python's
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.machine import machine
from bpmn import feel
from tests.bpmn.dmn import models

TURNS = 101
CALLS = 2_000
"""In a turn, of an expression."""
DECISIONS = 24
"""In a turn, of a table."""
FEEL = 'amount > 1000 and status = "open"'
PYTHON = 'amount > 1000 and status == "open"'
ASKED: Sequence[Mapping[str, Any]] = [
    {"amount": 1001, "status": "open"},
    {"amount": 25_000, "status": "closed"},
]
"""Both halves are asked."""
OTHERS: Sequence[Mapping[str, Any]] = [
    {"amount": 1000, "status": "open"},
    {"amount": -5, "status": "closed"},
]

AMOUNTS = (0, 1_000, 5_000, 20_000, 100_000, 1_000_000)
"""Between them are the five classes of amounts of the table."""
OUTPUT = '"{kind} from {low}, {urgent} {sign}"'
KINDS = ("travel", "goods", "services", "rent", "other")
INPUTS = [
    *(("amount", "number"), ("kind", "string"), ("urgent", "boolean")),
    *(("region", "string"), ("days", "number")),
]
REQUESTS: Sequence[Mapping[str, Any]] = [
    {"amount": 0, "kind": "travel", "urgent": True, "region": "north", "days": 30},
    {"amount": 4_999.5, "kind": "rent", "urgent": False, "region": "south", "days": 31},
    {"amount": 20_000, "kind": "services", "urgent": True, "region": "west", "days": 0},
    {"amount": 999_999, "kind": "other", "urgent": False, "region": "east", "days": 365},
]
"""By the first, the last and some other rules."""
REFUSED: Sequence[Mapping[str, Any]] = [
    {"amount": 1_000_000, "kind": "other", "urgent": False, "region": "east", "days": 365},
    {"amount": 0, "kind": "travel", "urgent": True, "region": "abroad", "days": 30},
    {"amount": 0, "kind": "gifts", "urgent": True, "region": "north", "days": 30},
]
"""For which no rule is made."""
LIMITS = {"limit": 30, "foreign": "abroad"}
"""Variables that cells may be compared with."""

Variables = Mapping[str, Any]
Answer = Callable[[Variables], Any]


def setting() -> feel.Setting:
    return feel.Setting(datetime(2026, 5, 4, 8, tzinfo=UTC), ZoneInfo("Europe/Stockholm"))


def ours() -> Answer:
    evaluate, there = feel.read(FEEL, ASKED[0]).evaluate, setting()
    return lambda variables: evaluate(variables, there)


def ours_fresh() -> Answer:
    evaluate, now, zone = feel.read(FEEL, ASKED[0]).evaluate, setting().now, setting().zone
    return lambda variables: evaluate(variables, feel.Setting(now, zone))


def simple() -> Answer:
    evaluator = SimpleEval()
    tree = evaluator.parse(PYTHON).value

    def answer(variables: Variables) -> Any:
        evaluator.names = variables
        return evaluator.eval(PYTHON, tree)

    return answer


def python() -> Answer:
    code, nothing = compile(PYTHON, "condition", "eval"), {"__builtins__": {}}
    return lambda variables: eval(code, nothing, variables)  # noqa: S307  what ours is measured by


CONTENDERS: Mapping[str, Answer] = {
    "ours": ours(),
    "ours, fresh setting": ours_fresh(),
    "simpleeval": simple(),
    "eval": python(),
}


class Cells(NamedTuple):
    """How the tests of a rule are written."""

    amount: str
    kind: str
    urgent: str
    region: str
    days: str


PLAIN = Cells("[{low}..{high})", '"{kind}"', "{urgent}", 'not("abroad")', "{sign} 30")
CALCULATED = Cells(
    "[floor({low})..{high})",
    'lower case("{kind}")',
    "? = {urgent}",
    "not(foreign)",
    "{sign} limit",
)


def decided(cells: Cells) -> Answer:
    """Return what asks the table."""
    row = f"{'; '.join(cells)} => {OUTPUT}"
    rules = [
        row.format(low=low, high=high, kind=kind, urgent=urgent, sign=sign)
        for low, high in pairwise(AMOUNTS)
        for kind in KINDS
        for urgent, sign in product(("true", "false"), ("<=", ">"))
    ]
    assert len(rules) == 100
    names = [name for name, _ in INPUTS]
    decisions = models.read(
        *(models.input_data(name, kind) for name, kind in INPUTS),
        *(models.input_data(name) for name in LIMITS),
        models.decision("Desk", models.table(INPUTS, rules), data=[*names, *LIMITS]),
    )
    assert not decisions.findings, decisions.findings
    there = setting()
    return lambda variables: decisions.evaluate("desk", {**variables, **LIMITS}, there).value


def desk(request: Variables) -> str | None:
    """Return what the table should decide."""
    low = max(each for each in AMOUNTS if each <= request["amount"])
    if low == AMOUNTS[-1] or request["kind"] not in KINDS or request["region"] == "abroad":
        return None
    sign = "<=" if request["days"] <= 30 else ">"
    return f"{request['kind']} from {low}, {str(request['urgent']).lower()} {sign}"


TABLES: Mapping[str, Answer] = {
    "table": decided(PLAIN),
    "table, calculated": decided(CALCULATED),
}


def agree(answers: Mapping[str, Answer], cases: Sequence[Variables]) -> None:
    """Assert that all answer every case alike, and with a value of the same type."""
    for case in cases:
        found = {name: answer(case) for name, answer in answers.items()}
        assert len({repr(each) for each in found.values()}) == 1, f"{case}: {found}"


def turn(answer: Answer, cases: Sequence[Variables], calls: int) -> float:
    """Return the seconds that one answer takes."""
    rounds = [*cases] * (calls // len(cases))
    gc.collect()
    began = time.thread_time()
    for case in rounds:
        answer(case)
    return (time.thread_time() - began) / len(rounds)


def in_turns(turns: Mapping[str, Callable[[], float]], number: int) -> dict[str, list[float]]:
    """Let all take turns; each begins as often as the others."""
    taken: dict[str, list[float]] = {name: [] for name in turns}
    for at in range(number):
        for name in _rotated(list(turns), at):
            taken[name].append(turns[name]())
    return taken


def _rotated(names: Sequence[str], at: int) -> Iterator[str]:
    yield from (names[(at + number) % len(names)] for number in range(len(names)))


def ratio(ones: Sequence[float], others: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(ones, others, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--json", action="store_true", help="end with one line of figures")
    options = parser.parse_args()

    began = time.perf_counter()
    agree(CONTENDERS, [*ASKED, *OTHERS])
    agree({**TABLES, "desk": desk}, [*REQUESTS, *REFUSED])
    turns = {name: partial(turn, each, ASKED, CALLS) for name, each in CONTENDERS.items()}
    turns |= {name: partial(turn, each, REQUESTS, DECISIONS) for name, each in TABLES.items()}
    taken = in_turns(turns, TURNS)
    for name, times in taken.items():
        print(f"{name:<24}{statistics.median(times) * 1e6:>8.2f} µs")

    figures = {
        "compare_us": statistics.median(taken["ours"]) * 1e6,
        "compare_fresh_us": statistics.median(taken["ours, fresh setting"]) * 1e6,
        "simpleeval_ratio": ratio(taken["simpleeval"], taken["ours"]),
        "eval_ratio": ratio(taken["ours"], taken["eval"]),
        "table_us": statistics.median(taken["table"]) * 1e6,
        "table_calculated_us": statistics.median(taken["table, calculated"]) * 1e6,
    }
    print(
        f"ours is {figures['simpleeval_ratio']:.1f} times as fast as simpleeval"
        f" {version('simpleeval')}, and takes {figures['eval_ratio']:.1f} times as long as eval"
    )
    print(f"measured in {time.perf_counter() - began:.0f} s")
    if options.json:
        rounded = {name: round(each, 4) for name, each in figures.items()}
        print(json.dumps({"figures": rounded, "machine": machine()}))


if __name__ == "__main__":
    main()
