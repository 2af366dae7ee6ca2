"""
Load-step-save cycles a second: our engine against SpiffWorkflow as it is.

A cycle is what one task that a person completes costs a server that keeps nothing in memory:
saved bytes -> load -> complete one open task with a small form -> run on until the process waits
-> bytes. Starting an instance is not part of it, nor is reading the model: stock carries the parsed
model in its state, ours is handed the checked definition, as from a cache.

* Stock: SpiffBpmnParser, BpmnWorkflow, BpmnWorkflowSerializer with SPIFF_CONFIG, through
  `deserialize_json` and `serialize_json`, as its documentation has it.
* Ours: `bpmn.deployment` and `bpmn.workflow`. What happened is taken in every cycle, as the
  engine takes it to write history, and dropped.

Not measured: stock's state holds all finished tasks; ours becomes rows of a database, whose
writing is not counted here. Stock's bytes are JSON, ours are compressed.

Both evaluate the table within the step. Stock looks at its timers in every step; ours does not, since
when they are due stands in the database.

Both run the six models of `models.py` in this process, and before anything is measured each
must finish every model, after the same number of cycles and with the same variables. Then they
take turns: a turn is as many whole instances as fill its time (at least one), after a garbage
collection, with the collector left on. A ratio is the median over pairs of neighbouring turns,
so that a machine that slows down slows both. Time is the thread's CPU time; the last column is
the same ratio by the wall clock, as a check.

* `seq_ratio`, `real_ratio`, `big_ratio`, `loop_ratio`, `and6_ratio`, `or_ratio`: cycles a second, ours / stock.
  `real_hot_ratio`: ours keeps the workflow in memory and only saves.
* `and_instantiate_ms`: ours, starting eleven blocks of three parallel branches; stock makes
  1 151 454 tasks of that (36 s, 0.7 GB, measured once) and is asked for six (`and6_…`).
* `loop_flatness`: ours, a loop of 10 000 rounds. 100 cycles from the state saved after 9 900
  rounds against 100 cycles from the state after 10, taking turns; 1.0 means that history costs
  nothing; `loop_flatness_straight`: the same from one pass.

By default a model gets up to 5 pairs of turns, 3 where stock is slow; `--full` takes 15, longer
ones.
"""

import argparse
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

sys.path.pop(0)  # this folder, in which `http` would not be Python's
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import models
from bench.engines import Engine, Hot, Ours, Step, Stock
from bench.machine import machine
from bench.models import Model

LONG_LOOP = 10_000
WINDOW = 100
EARLY = 10
"""Rounds after which the first window opens."""


@dataclass(frozen=True, slots=True)
class Plan:
    pairs: int
    """Turns of each engine per model."""
    fewest: int
    """Turns after which a model ends that has taken its time."""
    patience: float
    """That time, in seconds by the wall clock."""
    seconds: float
    """CPU time a turn should fill."""


DEFAULT = Plan(pairs=5, fewest=3, patience=1.5, seconds=0.25)
FULL = Plan(pairs=15, fewest=15, patience=0.0, seconds=1.0)


# ---------------------------------------------------------------------------- they do the same


def finish(engine: Engine, model: Model) -> dict[str, Any]:
    """Run an instance to its end; return its variables."""
    name = f"{type(engine).__name__} on {model.key}"
    state = engine.save(engine.start())
    for done in range(1, model.cycles + 1):
        step = engine.cycle(state)
        state = step.state
        if step.finished:
            assert done == model.cycles, f"{name}: finished after {done} of {model.cycles} cycles"
            return engine.variables(step.workflow)
    raise AssertionError(f"{name}: not finished after {model.cycles} cycles")


def agree(model: Model, stock: Engine, *engines: Engine) -> None:
    """Assert that all finish the model with the same variables."""
    expected = finish(stock, model)
    for engine in engines:
        found = finish(engine, model)
        names = sorted(expected.keys() | found.keys())
        differing = {
            name: (expected.get(name), found.get(name))
            for name in names
            if expected.get(name) != found.get(name)
        }
        assert not differing, (
            f"{type(engine).__name__} on {model.key}: (stock, ours) differ: {differing}"
        )


# ---------------------------------------------------------------------------- measuring


class Turn(NamedTuple):
    per_cpu_second: float
    per_wall_second: float
    largest_state: int


class Comparison(NamedTuple):
    title: str
    stock: float
    """Cycles (or starts) per CPU second, median of turns."""
    ours: float
    ratio: float
    wall_ratio: float
    stock_bytes: int
    our_bytes: int


def compare(
    title: str, plan: Plan, stock: Callable[[float], Turn], ours: Callable[[float], Turn]
) -> Comparison:
    """Let both take turns; each begins every other pair."""
    pairs: list[tuple[Turn, Turn]] = []
    until = time.perf_counter() + plan.patience
    while len(pairs) < (plan.pairs if time.perf_counter() < until else plan.fewest):
        if len(pairs) % 2:
            second, first = ours(plan.seconds), stock(plan.seconds)
        else:
            first, second = stock(plan.seconds), ours(plan.seconds)
        pairs.append((first, second))
    return Comparison(
        title,
        stock=statistics.median(theirs.per_cpu_second for theirs, _ in pairs),
        ours=statistics.median(own.per_cpu_second for _, own in pairs),
        ratio=statistics.median(
            own.per_cpu_second / theirs.per_cpu_second for theirs, own in pairs
        ),
        wall_ratio=statistics.median(
            own.per_wall_second / theirs.per_wall_second for theirs, own in pairs
        ),
        stock_bytes=max(theirs.largest_state for theirs, _ in pairs),
        our_bytes=max(own.largest_state for _, own in pairs),
    )


def cycling(engine: Engine) -> Callable[[float], Turn]:
    """Run whole instances; count cycles, leave starting them out."""

    def turn(seconds: float) -> Turn:
        gc.collect()
        cycles = largest = 0
        cpu = wall = 0.0
        while cpu < seconds:
            state, finished = engine.save(engine.start()), False
            cpu_before, wall_before = time.thread_time(), time.perf_counter()
            while not finished:
                state, finished, _ = engine.cycle(state)
                cycles += 1
                largest = max(largest, len(state))
            cpu += time.thread_time() - cpu_before
            wall += time.perf_counter() - wall_before
        return Turn(cycles / cpu, cycles / wall, largest)

    return turn


def starting(engine: Engine) -> Callable[[float], Turn]:
    """Make instances; nothing is saved."""

    def turn(seconds: float) -> Turn:
        gc.collect()
        starts = 0
        cpu_before, wall_before = time.thread_time(), time.perf_counter()
        while (cpu := time.thread_time() - cpu_before) < seconds:
            engine.start()
            starts += 1
        return Turn(starts / cpu, starts / (time.perf_counter() - wall_before), 0)

    return turn


def start_ms(engine: Engine, plan: Plan) -> float:
    """Take the median time of one start, each measured alone."""
    gc.collect()
    times: list[float] = []
    until = time.thread_time() + plan.seconds
    while time.thread_time() < until:
        before = time.thread_time()
        engine.start()
        times.append(time.thread_time() - before)
    return statistics.median(times) * 1000


class Flatness(NamedTuple):
    ratio: float
    straight: float
    early_us: float
    late_us: float


def flatness(plan: Plan) -> Flatness:
    """
    Ask what a long history costs.

    1. Go through the whole loop once, keeping the states after EARLY and after all but WINDOW
       rounds, and the time of every cycle.
    2. Go from both states again and again, taking turns, a window of cycles each.
    """
    engine = Ours(models.loop(LONG_LOOP))
    step = Step(engine.save(engine.start()), finished=False, workflow=None)
    states = [step.state]
    gc.collect()
    times = []
    for _ in range(LONG_LOOP):
        before = time.thread_time()
        step = engine.cycle(step.state)
        times.append(time.thread_time() - before)
        states.append(step.state)
    assert step.finished, "Ours on the long loop: not finished"
    assert engine.variables(step.workflow)["i"] == LONG_LOOP, "Ours on the long loop: miscounted"

    def window(state: bytes) -> float:
        gc.collect()
        before = time.thread_time()
        for _ in range(WINDOW):
            state = engine.cycle(state).state
        return (time.thread_time() - before) / WINDOW

    pairs = [
        (window(states[EARLY]), window(states[LONG_LOOP - WINDOW])) for _ in range(plan.pairs * 5)
    ]
    return Flatness(
        ratio=statistics.median(late / early for early, late in pairs),
        straight=statistics.median(times[-WINDOW:])
        / statistics.median(times[EARLY : EARLY + WINDOW]),
        early_us=statistics.median(early for early, _ in pairs) * 1e6,
        late_us=statistics.median(late for _, late in pairs) * 1e6,
    )


# ---------------------------------------------------------------------------- telling


def table(rows: Iterable[Comparison]) -> Iterable[str]:
    heads = ("per CPU second", "stock", "ours", "ratio", "stock bytes", "our bytes", "wall ratio")
    yield "{:<26}{:>10}{:>10}{:>8}{:>13}{:>11}{:>12}".format(*heads)
    for row in rows:
        yield (
            f"{row.title:<26}{row.stock:>10,.0f}{row.ours:>10,.0f}{row.ratio:>8.1f}"
            f"{row.stock_bytes or '':>13}{row.our_bytes or '':>11}{row.wall_ratio:>12.1f}"
        )


def measure(plan: Plan) -> tuple[list[Comparison], dict[str, float]]:
    rows: list[Comparison] = []
    figures: dict[str, float] = {}
    for name, model in (
        ("seq", models.sequence()),
        ("real", models.realistic()),
        ("big", models.big()),
        ("loop", models.loop()),
        ("and6", models.parallel(6)),
        ("or", models.inclusive()),
    ):
        stock, ours = Stock(model), Ours(model)
        agree(model, stock, ours)
        rows.append(compare(model.key, plan, cycling(stock), cycling(ours)))
        figures[f"{name}_ratio"] = rows[-1].ratio
        figures[f"{name}_cycles_per_second"] = rows[-1].ours
        if name == "real":
            hot = Hot(model)
            agree(model, stock, hot)
            rows.append(compare(f"{model.key}, kept hot", plan, cycling(stock), cycling(hot)))
            figures["real_hot_ratio"] = rows[-1].ratio
        if name == "and6":
            rows.append(compare(f"{model.key}, starts", plan, starting(stock), starting(ours)))
            figures["and6_instantiate_ratio"] = rows[-1].ratio
            figures["and6_instantiate_ms"] = 1000 / rows[-1].ours
            figures["and6_stock_instantiate_ms"] = 1000 / rows[-1].stock
    return rows, figures


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--full", action="store_true", help="more and longer turns")
    parser.add_argument("--json", action="store_true", help="end with one line of figures")
    options = parser.parse_args(arguments)
    plan = FULL if options.full else DEFAULT

    began = time.perf_counter()
    rows, figures = measure(plan)
    for line in table(rows):
        print(line)

    eleven = models.parallel(11)
    ours = Ours(eleven)
    finish(ours, eleven)
    figures["and_instantiate_ms"] = start_ms(ours, plan)
    print(f"\n{eleven.key}: ours starts in {figures['and_instantiate_ms']:.3f} ms")

    flat = flatness(plan)
    figures["loop_flatness"] = flat.ratio
    figures["loop_flatness_straight"] = flat.straight
    print(
        f"loop of {LONG_LOOP:,} rounds, ours: {flat.early_us:.0f} µs a cycle after {EARLY} rounds,"
        f" {flat.late_us:.0f} µs after {LONG_LOOP - WINDOW:,}: flatness {flat.ratio:.3f}"
        f" (straight through: {flat.straight:.3f})"
    )
    print(f"measured in {time.perf_counter() - began:.0f} s")
    if options.json:
        rounded = {name: round(value, 4) for name, value in figures.items()}
        print(json.dumps({"figures": rounded, "machine": machine()}))


if __name__ == "__main__":
    main()
