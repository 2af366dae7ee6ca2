from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, undefer

from engine.definitions.models import Definition
from engine.errors import NotFound
from engine.identity.actor import Actor
from engine.instances.models import CaseLink, ElementInstance, ProcessInstance


def get(session: Session, instance_id: UUID) -> ProcessInstance:
    instance = session.get(ProcessInstance, instance_id)
    if instance is None:
        raise NotFound
    return instance


def locked(session: Session, instance_id: UUID) -> ProcessInstance:
    """
    Return the instance as it is now, held for this transaction: one step at a time.

    Raises `NotFound`.
    """
    instance = session.scalar(
        select(ProcessInstance)
        .options(undefer(ProcessInstance.saved), joinedload(ProcessInstance.definition))
        .where(ProcessInstance.id == instance_id)
        .with_for_update(of=ProcessInstance)
        .execution_options(populate_existing=True)
    )
    if instance is None:
        raise NotFound
    return instance


def listed(  # noqa: PLR0913
    session: Session,
    *,
    seen: ColumnElement[bool],
    state: str | None = None,
    definition_key: str | None = None,
    business_key: str | None = None,
    registration_no: str | None = None,
    unit: str | None = None,
    started_by: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[ProcessInstance]:
    """Return the instances that somebody may see, the newest first."""
    query = select(ProcessInstance).where(seen)
    if state is not None:
        query = query.where(ProcessInstance.state == state)
    if business_key is not None:
        query = query.where(ProcessInstance.business_key == business_key)
    if registration_no is not None:
        query = query.where(ProcessInstance.registration_no == registration_no)
    if unit is not None:
        query = query.where(ProcessInstance.unit == unit)
    if started_by is not None:
        query = query.where(ProcessInstance.started_by == started_by)
    if definition_key is not None:
        query = query.join(Definition, Definition.id == ProcessInstance.definition_id).where(
            Definition.key == definition_key
        )
    if after is not None:
        query = query.where(ProcessInstance.id < after)
    return session.scalars(query.order_by(ProcessInstance.id.desc()).limit(limit)).all()


def performed_in(actor: Actor) -> ColumnElement[bool]:
    """The actor has done something in the instance."""
    return exists().where(
        ElementInstance.instance_id == ProcessInstance.id,
        ElementInstance.performer == actor.id,
    )


def has_performed(session: Session, instance_id: UUID, actor: Actor) -> bool:
    return bool(
        session.scalar(
            select(
                exists().where(
                    ElementInstance.instance_id == instance_id,
                    ElementInstance.performer == actor.id,
                )
            )
        )
    )


def history(
    session: Session, instance_id: UUID, *, after: int = 0, limit: int | None = None
) -> Sequence[ElementInstance]:
    """Return the elements that were left, in the order they were entered."""
    return session.scalars(
        select(ElementInstance)
        .where(ElementInstance.instance_id == instance_id, ElementInstance.token > after)
        .order_by(ElementInstance.token)
        .limit(limit)
    ).all()


def visits(session: Session, instance_id: UUID, process_key: str) -> Sequence[ElementInstance]:
    """Return what was left of one of the processes of an instance, in the order it was entered."""
    return session.scalars(
        select(ElementInstance)
        .where(
            ElementInstance.instance_id == instance_id,
            ElementInstance.process_key == process_key,
        )
        .order_by(ElementInstance.token)
    ).all()


def performers(
    session: Session, instance_id: UUID, process_key: str, elements: Sequence[str]
) -> set[UUID]:
    """Return everybody who has done one of a process's elements, in any round, and for whom they did it."""
    rows = session.execute(
        select(ElementInstance.performer, ElementInstance.on_behalf_of).where(
            ElementInstance.instance_id == instance_id,
            ElementInstance.process_key == process_key,
            ElementInstance.element_id.in_(elements),
            ElementInstance.performer.is_not(None),
        )
    )
    return {each for row in rows for each in row if each is not None}


def count_by_state(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(ProcessInstance.state, func.count()).group_by(ProcessInstance.state)
    )
    return {state: count for state, count in rows}  # noqa: C416  a row is not a pair to mypy


def seen_of(
    session: Session, identities: Iterable[UUID], *, seen: ColumnElement[bool]
) -> Sequence[ProcessInstance]:
    """Return those of some instances that somebody may see, the oldest first."""
    query = select(ProcessInstance).where(ProcessInstance.id.in_(set(identities)), seen)
    return session.scalars(query.order_by(ProcessInstance.id)).all()


def is_referred_to(session: Session, instance_id: UUID) -> bool:
    """Tell whether any instance refers to one; what somebody may see of them takes much longer to ask."""
    one = select(CaseLink.instance_id).where(CaseLink.other_id == instance_id).limit(1)
    return session.scalar(one) is not None


def referring_to(
    session: Session, instance_id: UUID, *, seen: ColumnElement[bool], limit: int
) -> Sequence[ProcessInstance]:
    """Return the instances that refer to one, as far as somebody may see them, the newest first."""
    query = (
        select(ProcessInstance)
        .join(CaseLink, CaseLink.instance_id == ProcessInstance.id)
        .where(CaseLink.other_id == instance_id, seen)
    )
    return session.scalars(query.order_by(ProcessInstance.id.desc()).limit(limit)).all()


def called(
    session: Session, name: str, *, seen: ColumnElement[bool], limit: int
) -> Sequence[ProcessInstance]:
    """Return the instances with a registration number or a business key, as far as somebody may see them."""
    query = select(ProcessInstance).where(
        or_(ProcessInstance.registration_no == name, ProcessInstance.business_key == name), seen
    )
    return session.scalars(query.order_by(ProcessInstance.id).limit(limit)).all()


def several(session: Session, identities: Iterable[UUID]) -> dict[UUID, ProcessInstance]:
    """Return instances by their identities."""
    found = session.scalars(select(ProcessInstance).where(ProcessInstance.id.in_(set(identities))))
    return {each.id: each for each in found}
