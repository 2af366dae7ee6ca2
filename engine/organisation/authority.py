"""What permissions look at when the organisation is changed, and the lock under which that is done."""

from uuid import UUID

from engine.audit import repository as record
from engine.identity.permissions import Permission, Subject, require
from engine.organisation import holders
from engine.organisation.periods import today
from engine.uow import UnitOfWork

CHAIN = "organisation"
"""The chain of everything that is changed in the organisation."""


def begin_change(uow: UnitOfWork) -> None:
    """
    Hold the organisation for this transaction: whoever looks after it sees what decides.

    Raises `NotAllowed` for those who may not change it.
    """
    require(uow.actor, Permission.CHANGE_ORGANISATION, of_the_organisation(uow))
    hold(uow)


def hold(uow: UnitOfWork) -> None:
    record.named_chain(uow.session, CHAIN)


def of_the_organisation(uow: UnitOfWork) -> Subject:
    return Subject(owns_the_system=_owns_the_system(uow))


def of_a_person(uow: UnitOfWork, account_id: UUID) -> Subject:
    """Return how the actor stands to a person."""
    managers = {each.id for each in holders.manager_of(uow.session, account_id, today(uow))}
    return Subject(
        owns_the_system=_owns_the_system(uow),
        oneself=uow.actor.id == account_id,
        manager=uow.actor.id in managers,
    )


def _owns_the_system(uow: UnitOfWork) -> bool:
    who = uow.actor.id
    return who is not None and holders.owns_the_system(uow.session, who, today(uow))
