"""Who may see a secret case: the people who are named for it, and no role."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from engine.identity.actor import Actor
from engine.instances.held import Instance
from engine.instances.models import CaseReader, Confidentiality, ProcessInstance
from engine.uow import UnitOfWork

IS_SECRET = ProcessInstance.confidentiality == Confidentiality.SECRET.value


def open_to(actor: Actor) -> ColumnElement[bool]:
    """The instance is not secret, or the actor is named for it."""
    if is_the_system(actor):
        return true()
    return or_(~IS_SECRET, is_named(ProcessInstance.id, actor.id))


def is_named(instance_id: Any, account_id: Any) -> ColumnElement[bool]:
    return exists().where(
        CaseReader.instance_id == instance_id, CaseReader.account_id == account_id
    )


def is_open_to(uow: UnitOfWork, instance: Instance, actor: Actor) -> bool:
    """Ask the database for secret cases only."""
    if instance.confidentiality != Confidentiality.SECRET.value or is_the_system(actor):
        return True
    if actor.id is None:
        return False
    return uow.session.get(CaseReader, (instance.id, actor.id)) is not None


def readers(session: Session, instance_id: UUID) -> set[UUID]:
    return set(
        session.scalars(select(CaseReader.account_id).where(CaseReader.instance_id == instance_id))
    )


def is_the_system(actor: Actor) -> bool:
    """Tell whether it is a command on the server or a timer, which works for every case alike."""
    return actor.id is None and actor.is_admin
