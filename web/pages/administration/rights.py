"""Who may come in here: administrators, and for the organisation whoever looks after the management system."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from engine.identity.permissions import Permission, allows, require
from engine.organisation import authority
from engine.uow import UnitOfWork
from web.auth.permissions import requires
from web.transactions import uow

View = TypeVar("View", bound=Callable[..., Any])


def looks_after_the_organisation(view: View) -> View:
    """Let in who may change the organisation; who that is, is in the organisation itself."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        unit = uow()
        subject = authority.of_the_organisation(unit)
        require(unit.actor, Permission.CHANGE_ORGANISATION, subject)
        return view(*args, **kwargs)

    return requires(Permission.CHANGE_ORGANISATION)(guarded)  # type: ignore[return-value]


def sees_accounts(unit: UnitOfWork) -> bool:
    return allows(unit.actor, Permission.READ_ACCOUNT)
