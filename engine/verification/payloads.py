"""What people wrote, as far as it is still kept, and what an event says beside."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.audit import chain, repository
from engine.audit.models import AuditEvent

Values = Mapping[str, Any]


def written(session: Session, events: Sequence[AuditEvent]) -> dict[int, Values]:
    """Return what people wrote, by event and field; what was disposed of is not there."""
    if not events:
        return {}
    rows = repository.payloads(session, events[0].chain, first=events[0].seq, last=events[-1].seq)
    return {
        seq: {each.field: json.loads(each.value) for each in kept} for seq, kept in rows.items()
    }


def told(event: AuditEvent, values: Values, name: str, shown: object) -> object:
    """Return what an event says; what is shown, where that was disposed of."""
    if name in values or name not in event.commitments:
        return values.get(name)
    return shown


def moment(at: datetime | None) -> str | None:
    return chain.written(at) if at else None
