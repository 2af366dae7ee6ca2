"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest


class Clock:
    def __init__(self) -> None:
        self.at = datetime.now(UTC)  # noqa: TID251  it begins with the time that it is

    def forward(self, **time: float) -> None:
        self.at += timedelta(**time)

    def now(self, _zone: tzinfo) -> datetime:
        """Answer `engine.clock`, in the place of `datetime`."""
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr("engine.clock.datetime", moved)
    return moved
