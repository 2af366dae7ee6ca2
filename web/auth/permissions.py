"""
Every route says which permission it needs; a test finds those that do not.

What depends on a certain thing (an instance, a task, a token) is decided by the verb, which knows it; here it is
only made sure that somebody is signed in, in a way that reaches as far.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from engine.errors import NotSignedIn
from engine.identity.permissions import OF_AN_OBJECT, Permission, require, require_reach
from web.auth.requests import ANONYMOUS
from web.transactions import actor

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            who = actor()
            if permission is not Permission.PUBLIC:
                if who is ANONYMOUS:
                    raise NotSignedIn
                require_reach(who, permission)
                if permission not in OF_AN_OBJECT:
                    require(who, permission)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate
