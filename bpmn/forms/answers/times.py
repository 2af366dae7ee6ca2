"""
Days and moments.

A moment typed without an offset is a time on the organisation's wall clock. It is kept in UTC, so
that two moments compare as they happened; the page shows it on the wall clock again. Where the
clock is put back and a time occurs twice, the first is meant; where it is put forward and a time
is skipped, we ask.
"""

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bpmn.feel.budget import Budget
from bpmn.forms import limits, sentences
from bpmn.forms.answers.base import Answer, refusal
from bpmn.forms.fields import Field

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)


class Day(Answer):
    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        day = self._read(value)
        check_year(day)
        return day

    def _read(self, value: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if not isinstance(value, str) or not DAY.fullmatch(value.strip()):
            raise refusal(sentences.DATE)
        try:
            return date.fromisoformat(value.strip())
        except ValueError as error:
            raise refusal(sentences.DATE) from error


class Moment(Answer):
    def __init__(self, question: Field, zone: ZoneInfo, budget: Budget | None = None) -> None:
        super().__init__(question, budget)
        self._zone = zone

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        moment = self._read(value)
        check_year(moment)
        if moment.utcoffset() is not None:
            return moment.astimezone(UTC)
        there = moment.replace(tzinfo=self._zone).astimezone(UTC)
        if there.astimezone(self._zone).replace(tzinfo=None) != moment:
            raise refusal(sentences.SKIPPED_TIME)
        return there

    def _read(self, value: Any) -> datetime:
        if isinstance(value, datetime):
            return value
        if not isinstance(value, str) or not MOMENT.fullmatch(value.strip()):
            raise refusal(sentences.MOMENT)
        try:
            return datetime.fromisoformat(value.strip())
        except ValueError as error:
            raise refusal(sentences.MOMENT) from error


def check_year(day: date) -> None:
    first, last = limits.YEARS
    if not first <= day.year <= last:
        raise refusal(sentences.YEAR, minimum=first, maximum=last)
