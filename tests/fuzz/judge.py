"""
What may come of a text in FEEL: a value, `InvalidExpression` or `ExpressionFailed`, soon and within memory.

A text is read and evaluated both as an expression and as unary tests, with the limits that people get. What may
not come of it is called by a few words, the same for all texts that lead there.
"""

import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bpmn import feel
from tests.bpmn.feel.evaluating import setting

SECONDS = 1.0
"""Of the processor, for reading and evaluating once."""
MEMORY = 512 * 2**20
"""Bytes, beyond what the process has before."""
PATIENCE = 30.0
"""Seconds for making one text shorter."""
VARIABLES = {
    "x": 5,
    "l": [1, 2.5, "a", None, {"a": 1}],
    "c": {"a": {"b": 1}},
    "d": date(2024, 1, 31),
    "s": timedelta(days=1),
}
TESTED = [5, "a", True, None, [1, 2], date(2024, 1, 31)]
"""One of them is given to unary tests."""

Use = Callable[[str, feel.Limits], feel.Setting]


def wrong_with(text: str, part: int = 1, patience: float = 1) -> str | None:
    """
    Tell what is wrong with what comes of a text; mostly nothing.

    It gets one `part` of the limits, and so of the time, which `patience` makes longer.
    """
    default, seconds = feel.DEFAULT, SECONDS / part * patience
    limits = replace(
        default,
        steps=default.steps // part,
        items=default.items // part,
        characters=default.characters // part,
        seconds=default.seconds / part,
    )
    return _tried(_evaluate, text, limits, seconds) or _tried(_test, text, limits, seconds)


def often(text: str, part: int = 1) -> str:
    """Return an expression that evaluates another as often as one part of a list may be long."""
    return f"for i in 1..{feel.DEFAULT.items // part} return {text}"


def _evaluate(text: str, limits: feel.Limits) -> feel.Setting:
    there = setting(strict=len(text) % 8 == 0)
    feel.read(text, VARIABLES, limits=limits).evaluate(VARIABLES, there)
    return there


def _test(text: str, limits: feel.Limits) -> feel.Setting:
    there, tested = setting(), TESTED[len(text) % len(TESTED)]
    feel.read_tests(text, VARIABLES, limits=limits).holds(tested, VARIABLES, there)
    return there


def _tried(use: Use, text: str, limits: feel.Limits, seconds: float) -> str | None:
    began = time.thread_time()
    try:
        there = use(text, limits)
        assert all(str(each) for each in there.warnings)
        assert there.budget is None
    except (feel.InvalidExpression, feel.ExpressionFailed) as error:
        if isinstance(error.__context__, MemoryError):
            return "out of memory"
        if not (str(error) and error.line and error.column):
            return f"{type(error).__name__} that says nothing, or not where"
    except Exception as error:  # noqa: BLE001  what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(frame.filename).name} line {frame.lineno}"
    return "slow" if time.thread_time() - began > seconds else None


def bound_memory() -> None:
    """Let this process have no more than it has and `MEMORY`."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def shorter(text: str, wrong: str) -> str:
    """Leave out of a text what does not matter for what is wrong with it."""
    until, size = time.monotonic() + PATIENCE, len(text) // 2
    while size and time.monotonic() < until:
        cuts = (text[:at] + text[at + size :] for at in range(0, len(text), size))
        cut = next((each for each in cuts if wrong_with(each) == wrong), None)
        if cut is None:
            size //= 2
        else:
            text = cut
    return text
