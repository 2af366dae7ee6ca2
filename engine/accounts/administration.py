"""
What administrators do with accounts: create them, change what they may, close them, open them again.

An account, its sessions and its tokens are held first and the chain of accounts last, as whoever signs in or out
does it too. Only then it is looked at who is an administrator: of two who take away one another's rights at the
same moment the second has none any more, and the last one keeps them.
"""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from engine.accounts import commands, repository, sessions, tokens
from engine.accounts.models import Account, Membership
from engine.accounts.passwords import OneTime
from engine.accounts.record import CHAIN
from engine.audit import repository as record
from engine.audit.events import Event, EventType
from engine.errors import Conflict, Invalid, NotAllowed
from engine.identity.permissions import Permission, require
from engine.texts import kept
from engine.uow import UnitOfWork

LONGEST_NAME = 200
LONGEST_GROUP = 100
MOST_GROUPS = 100
LONGEST_REASON = 2_000


def create(  # noqa: PLR0913
    uow: UnitOfWork,
    name: str,
    *,
    display_name: str,
    groups: Collection[str] = (),
    is_admin: bool = False,
    given: OneTime | None,
) -> Account:
    """
    Create an account for somebody, with a one-time password to hand on.

    Without one its person signs in at the provider. Raises `Conflict` where the name is taken, also by a closed
    account.
    """
    require(uow.actor, Permission.CHANGE_ACCOUNT)
    shown = _shown(display_name)
    wanted = [_group(each) for each in groups]
    _few(wanted)
    _decide(uow, Permission.CHANGE_ACCOUNT)
    account = commands.create_account(
        uow, name, password=None, groups=wanted, is_admin=is_admin, display_name=shown
    )
    if given is not None:
        commands.reset_password(uow, account.id, given)
    return account


def change(
    uow: UnitOfWork,
    account_id: UUID,
    *,
    display_name: str | None = None,
    groups: Collection[str] | None = None,
    is_admin: bool | None = None,
) -> Account:
    """
    Call an account otherwise, and change what it may do; `groups` are all of them, and None leaves things alone.

    Raises `Conflict` where there would be no administrator left.
    """
    require(uow.actor, Permission.CHANGE_ACCOUNT)
    account = repository.hold(uow.session, account_id)
    uow.session.refresh(account, ["memberships"])  # what it was before the lock does not count
    _decide(uow, Permission.CHANGE_ACCOUNT)
    if is_admin is False:
        _not_the_last(uow, account)
    told = _rename(account, display_name)
    added, removed = _regroup(account, groups)
    admin = {} if is_admin in {None, account.is_admin} else {"admin": bool(is_admin)}
    account.is_admin = admin.get("admin", account.is_admin)
    if told or added or removed or admin:
        facts = {"account": str(account.id), "added": added, "removed": removed, **admin}
        uow.record(CHAIN, Event(EventType.ACCOUNT_CHANGED, facts, told))
    return account


def close(uow: UnitOfWork, account_id: UUID, reason: str) -> Account:
    """
    Let nobody come in by an account any more; its sessions and its tokens end.

    What it did stays, and so do its groups and its tasks. Raises `Conflict` for one's own and for the last
    administrator's.
    """
    require(uow.actor, Permission.CLOSE_ACCOUNT)
    reason = kept(
        reason, "Say why, in at most {limit} characters.", shortest=1, longest=LONGEST_REASON
    )
    if account_id == uow.actor.id:
        raise Conflict("Your own account is closed by another administrator.")
    account = repository.hold(uow.session, account_id)
    if not account.is_active:
        raise Conflict("The account is closed already.")
    facts = {
        "account": str(account.id),
        "sessions": sessions.end_all(uow, account.id),
        "tokens": tokens.end_all(uow, account.id),
    }
    _decide(uow, Permission.CLOSE_ACCOUNT)
    _not_the_last(uow, account)
    account.is_active = False
    account.closed_at = uow.now
    account.closed_on = uow.now.astimezone(uow.installation.settings.zone).date()
    uow.record(CHAIN, Event(EventType.ACCOUNT_CLOSED, facts, {"reason": reason}))
    return account


def reopen(uow: UnitOfWork, account_id: UUID) -> Account:
    """
    Let somebody come in by a closed account again, with the password, the groups and the rights that it had.

    Sessions and tokens that ended do not come back. Raises `Conflict` for an account that is not closed.
    """
    require(uow.actor, Permission.CLOSE_ACCOUNT)
    account = repository.hold(uow.session, account_id)
    if account.is_active:
        raise Conflict("The account is not closed.")
    _decide(uow, Permission.CLOSE_ACCOUNT)
    account.is_active = True
    account.closed_at = account.closed_on = None
    uow.record(CHAIN, Event(EventType.ACCOUNT_REOPENED, {"account": str(account.id)}))
    return account


def _decide(uow: UnitOfWork, permission: Permission) -> None:
    """Lock the chain, and look again whether the actor may: the rights may be gone since the request came in."""
    record.named_chain(uow.session, CHAIN)
    if uow.actor.id is None:
        return
    is_admin, is_active = uow.session.execute(
        select(Account.is_admin, Account.is_active).where(Account.id == uow.actor.id)
    ).one()
    if not is_active:
        raise NotAllowed
    require(replace(uow.actor, is_admin=is_admin), permission)


def _not_the_last(uow: UnitOfWork, account: Account) -> None:
    if not (account.is_admin and account.is_active):
        return
    other = select(Account.id).where(Account.is_admin, Account.is_active, Account.id != account.id)
    if uow.session.scalar(other.limit(1)) is None:
        raise Conflict(
            "'{name}' is the last administrator. Make somebody else one first.", name=account.name
        )


def _rename(account: Account, display_name: str | None) -> dict[str, str]:
    """Return what is new, for the record."""
    if display_name is None:
        return {}
    name = _shown(display_name)
    if name == account.display_name:
        return {}
    account.display_name = name
    return {"display_name": name}


def _regroup(account: Account, groups: Collection[str] | None) -> tuple[list[str], list[str]]:
    """Return the groups that an account came into and those that it left."""
    if groups is None:
        return [], []
    now = {each.group for each in account.memberships}
    wanted = {each if each in now else _group(each) for each in groups}
    _few(wanted)
    added, removed = sorted(wanted - now), sorted(now - wanted)
    account.memberships = [each for each in account.memberships if each.group in wanted] + [
        Membership(group=each) for each in added
    ]
    return added, removed


def _few(groups: Collection[str]) -> None:
    if len(groups) > MOST_GROUPS:
        sentence = "An account belongs to at most {limit} groups."
        raise Invalid(sentence, limit=MOST_GROUPS).at("groups")


def _shown(name: str) -> str:
    sentence = "A name that others see has 1 to {limit} characters."
    return _kept("display_name", name, sentence, LONGEST_NAME)


def _group(name: str) -> str:
    sentence = "The name of a group has 1 to {limit} characters."
    return _kept("groups", name, sentence, LONGEST_GROUP)


def _kept(field: str, name: str, sentence: str, longest: int) -> str:
    try:
        return kept(name, sentence, shortest=1, longest=longest)
    except Invalid as error:
        raise error.at(field) from None
