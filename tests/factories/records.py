"""The record of a chain, as an auditor reads it."""

from collections.abc import Sequence

from sqlalchemy import select

from engine.audit.models import AuditChain, AuditEvent
from engine.installation import Installation


def events(installation: Installation, chain: str) -> Sequence[AuditEvent]:
    with installation.database.reading() as session:
        return session.scalars(
            select(AuditEvent)
            .join(AuditChain, AuditChain.id == AuditEvent.chain)
            .where(AuditChain.name == chain)
            .order_by(AuditEvent.seq)
        ).all()
