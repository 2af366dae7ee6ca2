"""
A unit of work for each request: a response keeps what was done, an exception undoes it.

Reading requests get a transaction that reads. The commit belongs inside the dispatch: after it, the error
handlers would no longer see a commit that fails.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from engine.identity.actor import Actor
from engine.installation import Installation
from engine.uow import UnitOfWork, begin, look

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
View = TypeVar("View", bound=Callable[..., Any])


class TransactionalFlask(Flask):
    installation: Installation

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Leave each view as it is: none is a coroutine, and it takes time to find that out for every wrapper."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        view = self.view_functions.get(request.endpoint or "")
        if view is None or getattr(view, "opens_its_own", False):
            return super().dispatch_request()
        try:
            return self._within_a_transaction()
        finally:
            g.pop("uow", None)  # it is over: an error is told without it

    def _within_a_transaction(self) -> ResponseReturnValue:
        if request.method in SAFE:
            with look(self.installation, actor()) as g.uow:
                return super().dispatch_request()
        request.get_data(cache=True)  # before the lock: who sends slowly holds up nobody else
        with begin(self.installation, actor()) as g.uow:
            response = super().dispatch_request()
            # Before the answer leaves: a commit that fails must become an error, not a lie.
            g.uow.commit()
            return response


def opens_its_own(view: View) -> View:
    """Mark a view that needs no unit of work, or has slow things to do outside of one."""
    view.opens_its_own = True  # type: ignore[attr-defined]
    return view


@contextmanager
def by_itself() -> Iterator[UnitOfWork]:
    """Do one of many things in a transaction of its own, in a view that opens its own."""
    with begin(installation(), actor()) as unit:
        yield unit
        unit.commit()


def current() -> UnitOfWork | None:
    """Return the unit of work of the request, None where there is none, or none any more."""
    unit: UnitOfWork | None = g.get("uow")
    return unit


def uow() -> UnitOfWork:
    """Return the unit of work of the request."""
    unit: UnitOfWork = g.uow
    return unit


def installation() -> Installation:
    """Return the installation that answers."""
    return cast("TransactionalFlask", current_app).installation


def actor() -> Actor:
    """Return who sends the request; `web.auth` has found out."""
    who: Actor = g.actor
    return who
