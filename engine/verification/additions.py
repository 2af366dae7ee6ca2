"""What people added to a case, compared with the record: comments and files, and the bytes of those."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.attachments import commands
from engine.attachments import repository as kept_files
from engine.attachments.models import Attachment
from engine.attachments.store import Fate
from engine.audit import chain
from engine.audit.checking import Break
from engine.audit.events import EventType
from engine.audit.models import AuditEvent
from engine.comments import repository as said
from engine.comments.models import Comment
from engine.execution.comments import facts as comment_facts
from engine.instances.models import ProcessInstance

Files = Callable[[str, int], Fate]
"""Tells what became of the file with a digest and a size."""
Written = Mapping[int, Mapping[str, Any]]

SENTENCES = {
    Fate.MISSING: "The file of the attachment '{name}' is missing.",
    Fate.CHANGED: "The file of the attachment '{name}' has been changed.",
}


def comments(
    session: Session, instance: ProcessInstance, events: Sequence[AuditEvent], written: Written
) -> Iterator[Break]:
    recorded = _by(events, EventType.COMMENT_CREATED, "comment")
    found = said.listed(session, instance.id)
    mentioned = said.mentioned_in(session, [each.id for each in found])
    for row in found:
        event = recorded.pop(str(row.id), None)
        if event is None or not _said_so(event, row, mentioned.get(row.id, ()), written):
            yield Break(
                instance.id,
                event.seq if event else None,
                "A comment of {day} stands otherwise than the record says.",
                {"day": chain.written(row.created_at)[:10]},
            )
    for event in recorded.values():
        yield Break(
            instance.id, event.seq, "A comment is in the record, but not among the comments."
        )


def attachments(
    session: Session, instance: ProcessInstance, events: Sequence[AuditEvent], written: Written
) -> Iterator[Break]:
    recorded = _by(events, EventType.ATTACHMENT_TIED, "attachment")
    for row in kept_files.listed(session, instance.id):
        event = recorded.pop(str(row.id), None)
        if event is None or not _tied_so(event, row, written):
            yield Break(
                instance.id,
                event.seq if event else None,
                "The attachment '{name}' stands otherwise than the record says.",
                {"name": row.name},
            )
    for event in recorded.values():
        yield Break(
            instance.id,
            event.seq,
            "The attachment '{name}' is in the record, but not among the attachments.",
            {"name": _name(event, written)},
        )


def files(
    instance: ProcessInstance,
    events: Sequence[AuditEvent],
    written: Written,
    look: Files | None,
) -> Iterator[Break]:
    """Look at the files themselves, by the digests in the record."""
    if look is None:
        return
    for event in _by(events, EventType.ATTACHMENT_TIED, "attachment").values():
        fate = look(str(event.facts.get("digest")), int(event.facts.get("size", 0)))
        if fate is not Fate.WHOLE:
            yield Break(instance.id, event.seq, SENTENCES[fate], {"name": _name(event, written)})


def _said_so(event: AuditEvent, row: Comment, mentioned: Sequence[UUID], written: Written) -> bool:
    author = f"person:{row.author_id}" if row.author_id else "system"
    return (
        event.facts == comment_facts(row, mentioned)
        and event.actor == author
        and event.at == chain.written(row.created_at)
        and written.get(event.seq, {}).get("text", row.text) == row.text
    )


def _tied_so(event: AuditEvent, row: Attachment, written: Written) -> bool:
    return (
        event.facts == commands.facts(row)
        and event.actor == f"person:{row.uploaded_by}"
        and row.tied_at is not None
        and event.at == chain.written(row.tied_at)
        and written.get(event.seq, {}).get("name", row.name) == row.name
    )


def _by(events: Sequence[AuditEvent], kind: EventType, name: str) -> dict[object, AuditEvent]:
    return {event.facts[name]: event for event in events if event.type == kind}


def _name(event: AuditEvent, written: Written) -> object:
    """Return what a file is called; where that has been disposed of, its identity."""
    return written.get(event.seq, {}).get("name", event.facts["attachment"])
