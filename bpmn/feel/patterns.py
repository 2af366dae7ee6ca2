"""
Regular expressions as XPath has them (§10.3.4.3; XQuery Functions §5.6), on the engine of `regex`.

The engine stops when its time is up, which Python's own cannot.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from time import perf_counter
from typing import Any

import regex

from bpmn.feel import xpath
from bpmn.feel.budget import Budget
from bpmn.feel.errors import BudgetExceeded, NoValue

FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE, "x": 0, "q": 0}
LONGEST = 10_000
"""Characters of a pattern."""
REPLACEMENT = regex.compile(r"\\([\\$])|\$([0-9]+)|[\\$]")


def found(budget: Budget, text: str, pattern: str, flags: str | None) -> bool:
    """Tell whether a pattern is somewhere in a text."""
    compiled = _compiled(pattern, flags or "")
    with _in_time(budget, text):
        return compiled.search(text, timeout=budget.seconds) is not None


def groups(budget: Budget, text: str, pattern: str, flags: str | None) -> list[str]:
    """Return all parts of a text that a pattern finds."""
    compiled = _compiled(pattern, flags or "")
    with _in_time(budget, text):
        return [match[0] for match in compiled.finditer(text, timeout=budget.seconds)]


def parted(budget: Budget, text: str, pattern: str) -> list[str]:
    """Return what stands between the parts of a text that a pattern finds."""
    compiled = _compiled_of_something(pattern, "")
    parts, start = [], 0
    with _in_time(budget, text):
        for match in compiled.finditer(text, timeout=budget.seconds):
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def replaced(budget: Budget, text: str, pattern: str, replacement: str, flags: str | None) -> str:
    """Put something else in the place of each part that a pattern finds; `$1` is its first group."""
    flags = flags or ""
    compiled = _compiled_of_something(pattern, flags)
    pieces = [replacement] if "q" in flags else _pieces(replacement, compiled.groups)
    parts: list[str] = []
    start = length = 0
    with _in_time(budget, text):
        for match in compiled.finditer(text, timeout=budget.seconds):
            new = "".join(each if type(each) is str else match[each] or "" for each in pieces)
            length += match.start() - start + len(new)
            budget.characters(length)
            parts += (text[start : match.start()], new)
            start = match.end()
    return "".join([*parts, text[start:]])


@contextmanager
def _in_time(budget: Budget, text: str) -> Iterator[None]:
    budget.characters(len(text))
    started = perf_counter()
    try:
        yield
    except TimeoutError as error:
        raise _too_slow(budget) from error
    finally:
        budget.seconds -= perf_counter() - started
    if budget.seconds <= 0:
        raise _too_slow(budget)


def _too_slow(budget: Budget) -> BudgetExceeded:
    return BudgetExceeded(
        "The patterns take more than {limit} seconds.", limit=budget.limits.seconds
    )


def _compiled_of_something(pattern: str, flags: str) -> Any:
    """Return a pattern that must not match nothing: where it did, there would be no end."""
    compiled = _compiled(pattern, flags)
    if compiled.search("") is not None:
        raise NoValue("The pattern finds a place where nothing is.")
    return compiled


def _pieces(replacement: str, count: int) -> Sequence[str | int]:
    """Return the parts of a replacement, with the numbers of the groups that it takes over."""
    pieces: list[str | int] = []
    start = 0
    for match in REPLACEMENT.finditer(replacement):
        pieces.append(replacement[start : match.start()])
        start = match.end()
        escaped, number = match.groups()
        if escaped is not None:
            pieces.append(escaped)
        elif number is not None:
            group, rest = xpath.group_and_rest(number, count)
            pieces += (group if group <= count else "", rest)
        else:
            raise NoValue("In a replacement, '$' and '\\' are written '\\$' and '\\\\'.")
    return [*pieces, replacement[start:]]


@lru_cache(maxsize=500)
def _compiled(pattern: str, flags: str) -> Any:
    if len(pattern) > LONGEST:
        raise NoValue("The pattern is longer than {limit} characters.", limit=LONGEST)
    if not set(flags) <= FLAGS.keys():
        raise NoValue("The flags of a pattern are s, m, i, x and q.")
    bits = regex.VERSION1
    for each in flags:
        bits |= FLAGS[each]
    if "q" in flags:
        return regex.compile(regex.escape(pattern), bits)
    translated = xpath.translated(pattern, flags)
    try:
        return regex.compile(translated, bits)
    except (regex.error, OverflowError, RecursionError, ValueError) as error:
        raise NoValue("The pattern cannot be read.") from error
