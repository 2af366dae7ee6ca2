"""A tab as a table for spreadsheets. Cells that a spreadsheet would take for formulas are made harmless."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.inbox.reading import Line, Waiting
from engine.organisation.exchange.tables import BOM, harmless

COLUMNS = (
    "task",
    "business_key",
    "process",
    "unit",
    "assignee",
    "candidates",
    "on_behalf_of",
    "due",
    "overdue",
    "priority",
    "created",
    "ended",
    "waiting_for",
    "case_id",
    "task_id",
)


def to_csv(lines: Iterable[Line], zone: ZoneInfo) -> bytes:
    """Write lines with `;` between cells, and with the mark by which spreadsheets know UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS)
    for line in lines:
        cells = _cells(line, zone)
        writer.writerow([harmless(cells.get(each) or "") for each in COLUMNS])
    return (BOM + file.getvalue()).encode()


def _cells(line: Line, zone: ZoneInfo) -> Mapping[str, str | None]:
    case, task = line.case, line.task
    cells = {
        "business_key": case.business_key,
        "process": case.process_name,
        "unit": case.unit,
        "on_behalf_of": line.on_behalf_of,
        "waiting_for": ", ".join(_whom(each) for each in line.waiting_for),
        "case_id": str(case.id),
        "created": _moment(case.started_at, zone),
    }
    if task is None:
        return cells
    return cells | {
        "task": task.name,
        "assignee": task.assignee,
        "candidates": ", ".join([*task.candidate_groups, *task.candidate_users]),
        "due": _moment(task.due_at, zone),
        "overdue": "yes" if line.is_overdue else "no",
        "priority": None if task.priority is None else str(task.priority),
        "created": _moment(task.created_at, zone),
        "ended": _moment(task.ended_at, zone),
        "task_id": str(task.id),
    }


def _whom(waiting: Waiting) -> str:
    if waiting.assignee:
        return waiting.assignee
    return " / ".join([*waiting.candidate_groups, *waiting.candidate_users])


def _moment(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else ""
