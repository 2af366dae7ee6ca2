"""What is dated, as a page shows it: now, later, and what is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from flask_babel import gettext

from web.pages import moments


class DatedEntry(Protocol):
    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


Entry = TypeVar("Entry", bound=DatedEntry)


@dataclass(frozen=True, slots=True)
class Stretches(Generic[Entry]):
    now: Sequence[Entry]
    later: Sequence[Entry]
    over: Sequence[Entry]

    @property
    def standing(self) -> Sequence[Entry]:
        return [*self.now, *self.later]


def split(entries: Iterable[Entry], today: date) -> Stretches[Entry]:
    """Put entries in order, and leave out what was withdrawn before its first day."""
    dated = [each for each in entries if each.valid_to is None or each.valid_to >= each.valid_from]
    dated.sort(key=lambda each: each.valid_from)
    later = [each for each in dated if each.valid_from > today]
    over = [each for each in dated if each.valid_to is not None and each.valid_to < today]
    now = [each for each in dated if each not in later and each not in over]
    return Stretches(now, later, over[::-1])


def said(first: date, last: date | None) -> str:
    """Say from when until when."""
    if last is None:
        return str(gettext("from %(first)s until further notice", first=moments.day(first)))
    if first == last:
        return str(gettext("on %(day)s", day=moments.day(first)))
    both = {"first": moments.day(first), "last": moments.day(last)}
    return str(gettext("from %(first)s to %(last)s", **both))
