"""
How long a deployment takes to read: ours against SpiffWorkflow as it is.

Ours reads the file, validates it by the schema, asks every rule and builds the graph, once for each model; stock
parses it and makes its specifications, without asking whether it can be executed. Both get the same bytes and take
turns; the times are the thread's CPU time, the smallest of the turns, and a ratio is that of the smallest.

* `deploy_100_s`, `deploy_2000_s`: as many tasks in a row; `…_ratio`: stock / ours, 0 where stock cannot (it
  recurses along the model, and its stack ends before 2 000 tasks).
* `deploy_nested_s`: 50 sub-processes in each other.
* `deploy_10000_s`: 10 000 elements and flows; of 20 000 tasks we say `too-large`, in `refuse_s`.
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser

sys.path.pop(0)  # this folder, in which `http` would not be Python's
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.machine import machine
from bpmn import deployment
from tests.bpmn.sketch import end, model, start, sub, user

TURNS = 3


def row(length: int) -> bytes:
    names = [f"t{number}" for number in range(length)]
    return model("p", start(), *map(user, names), end(), flows=" > ".join(("s", *names, "e")))


def nested(depth: int) -> bytes:
    inside, name = user("u"), "u"
    for level in range(depth):
        inside = sub(f"sub{level}", start(f"s{level}"), inside, flows=f"s{level} > {name}")
        name = f"sub{level}"
    return model("p", start(), inside, flows=f"s > {name}")


MODELS = {"100": row(100), "2000": row(2_000), "nested": nested(50), "10000": row(4_999)}


def ours(source: bytes) -> bool:
    return not deployment.check({"model.bpmn": source}).refused


def stock(source: bytes) -> bool:
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(source)
    try:
        parser.get_spec("p")
        parser.get_subprocess_specs("p")
    except (ValidationException, RecursionError):
        return False
    return True


def seconds(read: Callable[[bytes], bool], source: bytes) -> tuple[float, bool]:
    """Return how long it took, and whether it could be executed."""
    began = time.thread_time()
    can = read(source)
    return time.thread_time() - began, can


def both(source: bytes) -> tuple[float, float]:
    """Return the times of ours and of stock, infinite where it could not."""
    turns = [(seconds(ours, source), seconds(stock, source)) for _ in range(TURNS)]
    assert all(can for (_, can), _ in turns)
    return (
        min(took for (took, _), _ in turns),
        min(took if can else math.inf for _, (took, can) in turns),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--json", action="store_true", help="end with one line of figures")
    options = parser.parse_args()

    figures = {}
    for name, source in MODELS.items():
        own, other = both(source)
        figures[f"deploy_{name}_s"] = own
        figures[f"deploy_{name}_ratio"] = other / own if other < math.inf else 0
        print(f"{name:>8} {len(source):>9,} bytes  ours {own:.3f} s  stock {other:.3f} s")
    figures["refuse_s"], can = seconds(ours, row(20_000))
    assert not can
    print(f"   20000 tasks are refused in {figures['refuse_s']:.3f} s")
    if options.json:
        rounded = {name: round(each, 4) for name, each in figures.items()}
        print(json.dumps({"figures": rounded, "machine": machine()}))


if __name__ == "__main__":
    main()
