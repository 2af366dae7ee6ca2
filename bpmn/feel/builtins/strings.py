"""Texts (§10.3.4.3). Positions count from 1, in characters."""

from collections.abc import Sequence
from typing import Any

from bpmn.feel import numbers, patterns, values
from bpmn.feel.builtins.signatures import builtin
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.numbers import Number
from bpmn.feel.run import Run


def substring(run: Run, text: str, start: Number, length: Number | None = None) -> str:
    run.budget.characters(len(text))
    place = numbers.integer(start)
    if place == 0 or abs(place) > len(text):
        raise NoValue("The text has no position {number}.", number=place)
    first = place - 1 if place > 0 else len(text) + place
    if length is None:
        return text[first:]
    count = numbers.integer(length)
    if count < 1:
        raise NoValue("A part of a text cannot have {number} characters.", number=count)
    return text[first : first + count]


def string_length(run: Run, text: str) -> int:  # noqa: ARG001
    return len(text)


def upper_case(run: Run, text: str) -> str:
    run.budget.characters(len(text))
    return text.upper()


def lower_case(run: Run, text: str) -> str:
    run.budget.characters(len(text))
    return text.lower()


def substring_before(run: Run, text: str, match: str) -> str:
    run.budget.characters(len(text))
    return text.partition(match)[0] if match and match in text else ""


def substring_after(run: Run, text: str, match: str) -> str:
    run.budget.characters(len(text))
    return text.partition(match)[2] if match else text


def contains(run: Run, text: str, match: str) -> bool:
    run.budget.characters(len(text))
    return match in text


def starts_with(run: Run, text: str, match: str) -> bool:  # noqa: ARG001
    return text.startswith(match)


def ends_with(run: Run, text: str, match: str) -> bool:  # noqa: ARG001
    return text.endswith(match)


def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    return patterns.found(run.budget, text, pattern, flags)


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    return patterns.replaced(run.budget, text, pattern, replacement, flags)


def split(run: Run, text: str, delimiter: str) -> list[str]:
    return patterns.parted(run.budget, text, delimiter)


def extract(run: Run, text: str, pattern: str, flags: str | None = None) -> Any:
    return patterns.groups(run.budget, text, pattern, flags)


def string_join(run: Run, items: Sequence[Any], delimiter: str | None = None) -> str:
    run.budget.pay(len(items))
    texts = [each for each in items if each is not None]
    for each in texts:
        if type(each) is not str:
            raise NoValue("Only texts are joined, not a {kind}.", kind=values.kind(each))
    between = delimiter or ""
    run.budget.characters(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


MATCH = "string: string, match: string"
PATTERN = "input: string, pattern: string"

FUNCTIONS: tuple[Invocable, ...] = (
    builtin(
        "substring",
        ("string: string, start position: number, length?: number", substring),
    ),
    builtin("string length", ("string: string", string_length)),
    builtin("upper case", ("string: string", upper_case)),
    builtin("lower case", ("string: string", lower_case)),
    builtin("substring before", (MATCH, substring_before)),
    builtin("substring after", (MATCH, substring_after)),
    builtin("contains", (MATCH, contains)),
    builtin("starts with", (MATCH, starts_with)),
    builtin("ends with", (MATCH, ends_with)),
    builtin("matches", (f"{PATTERN}, flags?: string or null", matches)),
    builtin("replace", (f"{PATTERN}, replacement: string, flags?: string or null", replace)),
    builtin("split", ("string: string, delimiter: string", split)),
    builtin("extract", (f"{PATTERN}, flags?: string or null", extract)),
    builtin("string join", ("list: list, delimiter?: string or null", string_join)),
)
