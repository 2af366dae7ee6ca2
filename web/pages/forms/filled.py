"""A short form as it was filled in: what was typed, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn

from engine.errors import EngineError, Invalid
from engine.organisation import periods
from engine.organisation.periods import Period
from web.language import say
from web.pages.forms import problems

NO_DAY = "Write a day as 2026-05-01."


@dataclass(frozen=True, slots=True)
class Filled:
    texts: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What was ticked, where several may be."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """A sentence for each field that has to be put right."""
    sentence: str = ""
    """What is wrong, where that is at no field."""

    @property
    def has_problems(self) -> bool:
        return bool(self.sentence or self.wrong)

    def problems(self, labels: Mapping[str, str]) -> list[tuple[str, str, str]]:
        return problems.listed({name: [each] for name, each in self.wrong.items()}, labels)


def wrong(error: EngineError) -> tuple[dict[str, str], str]:
    """Return what is wrong at fields, or else the one sentence."""
    fields = error.fields if isinstance(error, Invalid) else {}
    at = {
        name: " ".join(say(template, values) for template, values in sentences)
        for name, sentences in fields.items()
    }
    return at, "" if at else say(error.template, error.values)


def day(name: str, text: str) -> date:
    """Read a day that has to be there. Raises `Invalid` at the field."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        refuse(name, Invalid(NO_DAY))


def period(form: Mapping[str, str]) -> Period:
    """Read a first day, and a last one where it is known. Raises `Invalid` at the field."""
    first = day("valid_from", form.get("valid_from", ""))
    written = form.get("valid_to", "").strip()
    last = day("valid_to", written) if written else None
    try:
        return periods.given(first, last)
    except Invalid as error:
        refuse("valid_to" if last else "valid_from", error)


def refuse(name: str, error: EngineError) -> NoReturn:
    """Raise an error as `Invalid` at a field."""
    raise Invalid(error.template, **error.values).at(name) from error
