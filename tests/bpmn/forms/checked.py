"""Checks answers to a form at a known time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bpmn.forms import checking
from bpmn.forms.checking import Checked
from bpmn.forms.fields import Form
from bpmn.forms.registers import NO_REGISTERS, Registers
from bpmn.scripting.seen import Seen

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def check(
    form: Form,
    submitted: Mapping[str, Any],
    known: Mapping[str, Any] = MappingProxyType({}),
    *,
    zone: ZoneInfo = STOCKHOLM,
    registers: Registers = NO_REGISTERS,
) -> Checked:
    return checking.check(form, submitted, Seen(known, now=NOW, zone=zone), registers)
