"""The header of a case as it is shown: with names in place of identities, and links as far as one may see them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.accounts import repository as accounts
from engine.errors import Invalid
from engine.execution import header, sight
from engine.execution.header import Header
from engine.instances import repository as instances
from engine.instances.models import ProcessInstance
from engine.tasks import repository as tasks
from engine.texts import can_be_kept
from engine.uow import UnitOfWork

IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MOST_OF_A_NAME = 200


@dataclass(frozen=True, slots=True)
class Linked:
    """Another case that a case refers to."""

    id: UUID
    name: str
    """Of its routine."""
    business_key: str | None
    registration_no: str | None
    started_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class CaseHeader:
    confidentiality: str
    registration_no: str | None
    secrecy_ground: str | None
    readers: Sequence[str]
    """The names of those who see the secret case."""
    retention_class: str | None
    systems: Sequence[str]
    links: Sequence[Linked]
    """As far as the reader may see them."""


def of(uow: UnitOfWork, instance: ProcessInstance) -> CaseHeader:
    """Return the header of an instance that the actor may see."""
    return _told(uow, header.of(uow.session, instance))


def change(uow: UnitOfWork, instance_id: UUID, given: Mapping[str, Any]) -> CaseHeader:
    """Change it as `header.change` does; what it is now is told also to somebody who named others only."""
    return _told(uow, header.change(uow, instance_id, given))


def _told(uow: UnitOfWork, found: Header) -> CaseHeader:
    names = accounts.names(uow.session, list(found.readers))
    linked = (
        instances.seen_of(uow.session, found.links, seen=tasks.seen_by(uow.actor))
        if found.links
        else ()
    )
    return CaseHeader(
        found.confidentiality.value,
        found.registration_no,
        found.secrecy_ground,
        sorted(names[each] for each in found.readers),
        found.retention_class,
        found.systems,
        [_linked(each) for each in linked],
    )


def referring(uow: UnitOfWork, instance_id: UUID, *, limit: int = 50) -> list[Linked]:
    """Return the cases that refer to one, as far as the actor may see them."""
    instance = instances.get(uow.session, instance_id)
    sight.of_instance(uow, instance)
    if not instances.is_referred_to(uow.session, instance.id):
        return []
    found = instances.referring_to(
        uow.session, instance.id, seen=tasks.seen_by(uow.actor), limit=limit
    )
    return [_linked(each) for each in found]


def named(uow: UnitOfWork, text: str) -> UUID:
    """
    Return the one case that the actor means: by its identity, its registration number or its business key.

    Raises `Invalid`. A case that one may not see is as if it were not there.
    """
    identity = IDENTITY.search(text)
    if identity is not None:
        return UUID(identity[0])
    seen = tasks.seen_by(uow.actor)
    found = instances.called(uow.session, text, seen=seen, limit=2) if can_be_kept(text) else ()
    if not found:
        raise Invalid("There is no case '{case}'.", case=text[:MOST_OF_A_NAME])
    if len(found) > 1:
        raise Invalid(
            "Several cases are called '{case}'. Give the address of the one that is meant.",
            case=text[:MOST_OF_A_NAME],
        )
    return found[0].id


def _linked(instance: ProcessInstance) -> Linked:
    return Linked(
        instance.id,
        instance.definition.name,
        instance.business_key,
        instance.registration_no,
        instance.started_at,
        instance.state,
    )
