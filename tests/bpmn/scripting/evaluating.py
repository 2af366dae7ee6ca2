"""Expressions and scripts as the tests of this room use them: with plain variables, at a certain time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bpmn import limits
from bpmn.feel import Limits
from bpmn.scripting import python, texts
from bpmn.scripting.seen import Seen

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Stockholm")
DEFAULT = limits.Limits().expressions
"""What a process has."""


def seen(names: Mapping[str, Any]) -> Seen:
    return Seen(names, now=NOW, zone=ZONE)


@dataclass(frozen=True)
class Evaluated:
    inside: texts.Expression

    @property
    def names(self) -> frozenset[str]:
        return self.inside.names

    def evaluate(self, names: Mapping[str, Any]) -> Any:
        return self.inside.evaluate(seen(names))


@dataclass(frozen=True)
class Runnable:
    inside: python.Script

    def run(self, names: Mapping[str, Any]) -> dict[str, Any]:
        return self.inside.run(seen(names))


def expression(text: str, limits: Limits = DEFAULT) -> Evaluated:
    return Evaluated(texts.expression(text, limits))


def script(text: str, limits: Limits = DEFAULT) -> Runnable:
    return Runnable(python.read_script(text, limits))
