"""Showing a page again after an error has undone what its form began."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from engine.uow import UnitOfWork, look
from web.transactions import actor, installation


@contextmanager
def reading() -> Iterator[UnitOfWork]:
    """Read in a transaction of its own: the one of the request is gone."""
    with look(installation(), actor()) as g.uow:
        unit: UnitOfWork = g.uow
        try:
            yield unit
        finally:
            g.pop("uow", None)
