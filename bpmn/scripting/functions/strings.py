"""Functions of texts."""

from decimal import Decimal
from typing import Any

from bpmn.feel import iso, numbers, values
from bpmn.feel.errors import NoValue
from bpmn.feel.run import Run
from bpmn.feel.temporal import Date, DateTime, Duration, Time, YearsMonths
from bpmn.scripting.functions.paying import look

TEMPORAL = frozenset({Date, DateTime, Duration, Time, YearsMonths})
PYTHON = {None: "None", True: "True", False: "False"}
JUEL = {None: "", True: "true", False: "false"}


def text(run: Run, value: Any) -> str:
    """Return a value as a text; lists and contexts are written item by item, by whoever wants that."""
    return _written(run, value, PYTHON)


def shown(run: Run, value: Any) -> str:
    """Return a value as JUEL and FEEL write it in a text: nothing as nothing, truths in small letters."""
    return _written(run, value, JUEL)


def put_together(run: Run, parts: list[Any]) -> str:
    """Join values as Python writes them."""
    return _joined(run, [text(run, each) for each in parts])


def filled(run: Run, parts: list[Any]) -> str:
    """Join values as JUEL writes them."""
    return _joined(run, [shown(run, each) for each in parts])


def lower(run: Run, said: str) -> str:
    run.budget.characters(len(said))
    return said.lower()


def upper(run: Run, said: str) -> str:
    run.budget.characters(2 * len(said))  # a few letters become two or three
    return said.upper()


def strip(run: Run, said: str, characters: str | None = None) -> str:
    run.budget.characters(len(said))
    run.budget.pay(len(said) * len(characters or "") // 1_000)  # each is looked for in all of them
    return said.strip(characters)


def starts_with(_run: Run, said: str, start: str) -> bool:
    return said.startswith(start)


def ends_with(_run: Run, said: str, end: str) -> bool:
    return said.endswith(end)


def split(run: Run, said: str, separator: str | None = None) -> list[str]:
    if separator == "":
        raise NoValue("split() needs a text to split at.")
    run.budget.characters(len(said))
    parts = said.split(separator, run.budget.limits.items)
    look(run, len(parts))
    return parts


def join(run: Run, separator: str, parts: Any) -> str:
    if type(parts) is not list or not all(type(each) is str for each in parts):
        raise NoValue("join() takes a list of texts.")
    look(run, len(parts))
    run.budget.characters(sum(map(len, parts)) + len(separator) * len(parts))
    return separator.join(parts)


def replace(run: Run, said: str, old: str, new: str) -> str:
    run.budget.characters(len(said) + len(old))
    run.budget.characters(len(said) + said.count(old) * len(new))
    return said.replace(old, new)


def _written(run: Run, value: Any, words: dict[bool | None, str]) -> str:
    if type(value) is str:
        return value
    if value is None or type(value) is bool:
        return words[value]
    if type(value) in {int, Decimal}:
        run.budget.pay(1)
        return numbers.text(value)
    if type(value) in TEMPORAL:
        return iso.text_of(value)
    raise NoValue("A value of type {kind} is not written as a text.", kind=values.kind(value))


def _joined(run: Run, parts: list[str]) -> str:
    run.budget.characters(sum(map(len, parts)))
    return "".join(parts)
