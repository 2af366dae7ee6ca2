"""
What is said of a case beside its process: its number, secrecy, systems, retention and links.

It is given when a case starts, and changed later with an event each time: the last one says how it stands.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.accounts import repository as accounts
from engine.audit.events import Event, EventType
from engine.errors import Invalid, NotFound
from engine.execution import sight, unattended
from engine.identity.permissions import Permission, Subject, allows, require
from engine.instances import repository as instances
from engine.instances import secrecy
from engine.instances.models import CaseLink, CaseReader, Confidentiality, ProcessInstance
from engine.tasks import repository as tasks
from engine.texts import kept
from engine.uow import UnitOfWork

LONGEST = 200
MOST_SYSTEMS = 20
MOST_LINKS = 50
MOST_READERS = 50
SYSTEM = re.compile(r"[a-z0-9åäö][a-z0-9åäö._-]{0,49}")


@dataclass(frozen=True, slots=True)
class Header:
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_ground: str | None = None
    """The provision that a secret case is secret by."""
    readers: frozenset[UUID] = frozenset()
    """The accounts that see a secret case."""
    registration_no: str | None = None
    retention_class: str | None = None
    systems: tuple[str, ...] = ()
    """Keys of management systems."""
    links: frozenset[UUID] = frozenset()
    """Other cases that it refers to."""

    @property
    def is_secret(self) -> bool:
        return self.confidentiality is Confidentiality.SECRET


@dataclass(frozen=True, slots=True)
class May:
    """What somebody may change of the header of a case."""

    change: bool
    change_secrecy: bool


SECRECY = frozenset({"confidentiality", "secrecy_ground", "readers"})
WRITTEN = ("secrecy_ground", "registration_no", "retention_class")
"""What people wrote, which can be disposed of."""
WITHHELD = (*WRITTEN, "links")
"""What the record keeps beside its facts: links besides, since not everybody may know of the other cases."""
PLAIN = Header()


def of(session: Session, instance: ProcessInstance) -> Header:
    """Return how the header of an instance stands."""
    links = select(CaseLink.other_id).where(CaseLink.instance_id == instance.id)
    return Header(
        Confidentiality(instance.confidentiality),
        instance.secrecy_ground,
        frozenset(secrecy.readers(session, instance.id)),
        instance.registration_no,
        instance.retention_class,
        tuple(instance.systems),
        frozenset(session.scalars(links)),
    )


def first(uow: UnitOfWork, instance: ProcessInstance, given: Mapping[str, Any]) -> list[Event]:
    """
    Give a case that starts its header, and return what is to be recorded.

    Whoever starts a secret case sees it, unless others are named. Raises `Invalid` at a field.
    """
    me = [uow.actor.name] if uow.actor.id else []
    header = _changed(uow, PLAIN, {"readers": me, **given} if _secret(given) else given)
    if header == PLAIN:
        return []
    _write(uow, instance, header)
    return [_event(header)]


def change(uow: UnitOfWork, instance_id: UUID, given: Mapping[str, Any]) -> Header:
    """
    Change the fields that are given.

    A case that is not secret any more has neither a ground nor named readers. Links to cases that the actor may
    not see stay. Raises `Invalid` at a field, and `NotAllowed`.
    """
    instance = instances.locked(uow.session, instance_id)
    subject = sight.of_instance(uow, instance)
    require(uow.actor, Permission.CHANGE_HEADER, _with_part(uow, instance, subject))
    if given.keys() & SECRECY:
        require(uow.actor, Permission.CHANGE_SECRECY, subject)
    before = of(uow.session, instance)
    if before.is_secret and "confidentiality" in given and not _secret(given):
        given = {"secrecy_ground": None, "readers": [], **given}
    header = _changed(uow, before, given)
    if header.links != before.links:
        header = replace(header, links=header.links | _unseen(uow, before.links))
    if header != before:
        _write(uow, instance, header)
        uow.record(instance, _event(header))
        if header.readers != before.readers:
            unattended.note(uow, instance)
    return header


def may(uow: UnitOfWork, instance: ProcessInstance) -> May:
    """Tell what the actor may change. Raises `NotFound` when the actor may not see the instance."""
    subject = sight.of_instance(uow, instance)
    whole = _with_part(uow, instance, subject)
    change = allows(uow.actor, Permission.CHANGE_HEADER, whole)
    return May(change, change and allows(uow.actor, Permission.CHANGE_SECRECY, subject))


def _with_part(uow: UnitOfWork, instance: ProcessInstance, subject: Subject) -> Subject:
    return replace(subject, takes_part=subject.takes_part or sight.takes_part(uow, instance))


def _secret(given: Mapping[str, Any]) -> bool:
    return given.get("confidentiality") == Confidentiality.SECRET


def _changed(uow: UnitOfWork, before: Header, given: Mapping[str, Any]) -> Header:
    changes: dict[str, Any] = {}
    for name, value in given.items():
        try:
            changes[name] = READ[name](uow, value)
        except Invalid as error:
            raise _wrong(name, error) from error
    header = replace(before, **changes)
    if header.is_secret and header.secrecy_ground is None:
        raise _wrong("secrecy_ground", Invalid("Say by which provision the case is secret."))
    if header.is_secret and not header.readers:
        raise _wrong("readers", Invalid("Name at least one person who sees the secret case."))
    if not header.is_secret and header.secrecy_ground is not None:
        raise _wrong("secrecy_ground", Invalid("Only a secret case is secret by a provision."))
    if not header.is_secret and header.readers:
        raise _wrong("readers", Invalid("Only a secret case has people named who see it."))
    return header


def _wrong(name: str, error: Invalid) -> Invalid:
    return Invalid("The header of the case cannot be so.").with_fields(
        {name: [(error.template, error.values)]}
    )


def _text(_uow: UnitOfWork, text: str | None) -> str | None:
    return kept(text or "", "This has at most {limit} characters.", longest=LONGEST) or None


def _readers(uow: UnitOfWork, names: Sequence[str]) -> frozenset[UUID]:
    if len(set(names)) > MOST_READERS:
        raise Invalid("A secret case has at most {limit} readers.", limit=MOST_READERS)
    found = set()
    for name in names:
        account = accounts.by_name(uow.session, name.strip().lower())
        if account is None or not account.is_active:
            raise Invalid("There is no account '{name}'.", name=name[:LONGEST])
        found.add(account.id)
    return frozenset(found)


def _systems(_uow: UnitOfWork, keys: Sequence[str]) -> tuple[str, ...]:
    if len(set(keys)) > MOST_SYSTEMS:
        raise Invalid("A case has at most {limit} systems.", limit=MOST_SYSTEMS)
    for key in keys:
        if not SYSTEM.fullmatch(key):
            raise Invalid("'{key}' cannot be the key of a management system.", key=key[:LONGEST])
    return tuple(sorted(set(keys)))


def _links(uow: UnitOfWork, identities: Iterable[UUID]) -> frozenset[UUID]:
    """A case that one may not see cannot be referred to, and is as if it were not there."""
    found = frozenset(identities)
    if len(found) > MOST_LINKS:
        raise Invalid("A case refers to at most {limit} others.", limit=MOST_LINKS)
    for identity in found:
        try:
            sight.of_instance(uow, instances.get(uow.session, identity))
        except NotFound as error:
            raise Invalid("There is no case '{case}'.", case=str(identity)) from error
    return found


READ: Mapping[str, Callable[[UnitOfWork, Any], Any]] = {
    "confidentiality": lambda _uow, value: Confidentiality(value),
    "secrecy_ground": _text,
    "readers": _readers,
    "registration_no": _text,
    "retention_class": _text,
    "systems": _systems,
    "links": _links,
}
"""How each field is read; it raises `Invalid`."""


def _unseen(uow: UnitOfWork, links: frozenset[UUID]) -> frozenset[UUID]:
    """Return the cases among some that the actor may not see."""
    seen = instances.seen_of(uow.session, links, seen=tasks.seen_by(uow.actor))
    return links - {each.id for each in seen}


def _write(uow: UnitOfWork, instance: ProcessInstance, header: Header) -> None:
    instance.confidentiality = header.confidentiality.value
    instance.secrecy_ground = header.secrecy_ground
    instance.registration_no = header.registration_no
    instance.retention_class = header.retention_class
    instance.systems = list(header.systems)
    session = uow.session
    session.flush()
    session.execute(delete(CaseReader).where(CaseReader.instance_id == instance.id))
    session.execute(delete(CaseLink).where(CaseLink.instance_id == instance.id))
    readers = [{"instance_id": instance.id, "account_id": each} for each in sorted(header.readers)]
    uow.insert(CaseReader, readers)
    links = [{"instance_id": instance.id, "other_id": each} for each in sorted(header.links)]
    uow.insert(CaseLink, links)


def _event(header: Header) -> Event:
    facts, payload = told(header)
    return Event(EventType.INSTANCE_CHANGED, facts, payload)


def told(header: Header) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the record says of a header: facts, and what is kept beside them. Verifying compares both."""
    facts = {
        "confidentiality": header.confidentiality.value,
        "readers": sorted(str(each) for each in header.readers),
        "systems": list(header.systems),
    }
    beside = {name: getattr(header, name) for name in WRITTEN}
    beside["links"] = sorted(str(each) for each in header.links) or None
    return facts, {name: value for name, value in beside.items() if value is not None}
