"""An instance that is held, read past the session: what is done to its tasks needs no more of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select

from engine.audit.models import ChainedHeldRow
from engine.definitions.models import Definition
from engine.instances.models import ProcessInstance


@dataclass(frozen=True, slots=True)
class Reference:
    """Which version an instance runs."""

    key: str
    digest: str


@dataclass(slots=True, eq=False)
class HeldInstance(ChainedHeldRow):
    kind: ClassVar = ProcessInstance

    id: UUID
    definition: Reference
    unit: str | None
    confidentiality: str
    state: str
    started_by: UUID | None
    ended_at: datetime | None
    saved: bytes
    vouched: str | None
    """The hash of the state that its record vouches for."""
    row_version: int
    audit_seq: int
    audit_head: str


Instance = ProcessInstance | HeldInstance

_COLUMNS = (
    ProcessInstance.id,
    ProcessInstance.unit,
    ProcessInstance.confidentiality,
    ProcessInstance.state,
    ProcessInstance.started_by,
    ProcessInstance.ended_at,
    ProcessInstance.saved,
    ProcessInstance.row_version,
    ProcessInstance.audit_seq,
    ProcessInstance.audit_head,
)


def holding(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Ask for an instance as it is now, held for this transaction."""
    return (
        select(*_COLUMNS, Definition.key, Definition.digest)
        .join(Definition, Definition.id == ProcessInstance.definition_id)
        .where(which)
        .with_for_update(of=ProcessInstance)
    )


def instance(row: Row[*tuple[Any, ...]], vouched: str | None) -> HeldInstance:
    """Return the instance of a row that `holding` asked for."""
    *columns, key, digest = row
    values = dict(zip((each.key for each in _COLUMNS), columns, strict=True))
    return HeldInstance(definition=Reference(key, digest), vouched=vouched, **values)
