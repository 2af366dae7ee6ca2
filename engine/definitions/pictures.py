"""
Pictures that came with versions, made where the model was drawn; they are shown in place of the ones we draw.

A picture is no part of a version: the version stays what its files say. So it may be given later, and anew.
"""

from hashlib import sha256
from uuid import UUID

import zstandard
from sqlalchemy import select
from sqlalchemy.orm import Session

from bpmn import xml
from bpmn.diagram import marking, sanitising
from bpmn.errors import InvalidXml
from engine.audit import repository as record
from engine.audit.events import Event, EventType
from engine.definitions import commands, repository
from engine.definitions.models import Definition, DefinitionPicture
from engine.errors import Invalid
from engine.uow import UnitOfWork

LARGEST = 4 * sanitising.MAX_BYTES
"""Bytes of a picture that is read: it was smaller when it came, and what it said may be written longer."""


def keep(uow: UnitOfWork, definition: Definition, source: bytes) -> DefinitionPicture:
    """
    Keep a picture of a version, sanitised, in place of the one before.

    Raises `Invalid` where it is no picture that a page may hold, or does not show every step of the version.
    """
    record.named_chain(uow.session, commands.CHAIN)  # locked: pictures are kept by one at a time
    try:
        drawn = sanitising.clean(source, definition.name)
        places = marking.places(repository.content(uow.session, definition))
    except InvalidXml as error:
        raise Invalid(error.template, **error.values) from error
    missing = sorted(places.keys() - _shown(drawn))
    if missing:
        raise Invalid(
            "The picture does not show '{element}', which stands in the diagram of the file.",
            element=missing[0],
        )
    content = drawn.encode()
    kept = uow.session.get(DefinitionPicture, definition.id)
    if kept is None:
        kept = DefinitionPicture(definition_id=definition.id)
        uow.session.add(kept)
    kept.content = zstandard.ZstdCompressor().compress(content)
    kept.digest = sha256(content).hexdigest()
    kept.kept_at = uow.now
    facts = {"definition": str(definition.id), "digest": kept.digest}
    uow.record(commands.CHAIN, Event(EventType.DEFINITION_PICTURED, facts))
    return kept


def digest(session: Session, definition_id: UUID) -> str | None:
    """Return the hash of the picture that is kept of a version, None where none is."""
    return session.scalar(
        select(DefinitionPicture.digest).where(DefinitionPicture.definition_id == definition_id)
    )


def content(session: Session, definition_id: UUID) -> str:
    """Return the picture that is kept of a version."""
    packed = session.scalars(
        select(DefinitionPicture.content).where(DefinitionPicture.definition_id == definition_id)
    ).one()
    return zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST).decode()


def _shown(picture: str) -> set[str]:
    return set(map(str, xml.parse(picture.encode()).xpath("//@data-element-id")))
