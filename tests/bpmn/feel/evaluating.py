"""Evaluates a text, at a known moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bpmn import feel

NOW = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
"""Where it is already the first of March."""


def setting(*, strict=False):
    return feel.Setting(NOW, STOCKHOLM, strict=strict)


def value(text, variables=None, **options):
    """Return the value of an expression that warns of nothing."""
    there = setting()
    found = feel.read(text, variables or (), **options).evaluate(variables or {}, there)
    assert there.warnings == []
    return found


def warned(text, variables=None, **options):
    """Return the value of an expression, and what it warned of."""
    there = setting()
    found = feel.read(text, variables or (), **options).evaluate(variables or {}, there)
    return found, [str(each) for each in there.warnings]


def holds(text, tested, variables=None, **options):
    tests = feel.read_tests(text, variables or (), **options)
    return tests.holds(tested, variables or {}, setting())
