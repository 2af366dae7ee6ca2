"""
An installation for each test, made once for each kind of settings.

What SQLAlchemy compiles and asks of a database belongs to its engine, and is a quarter of what a test takes. So
the tests of a worker share the engines, one test after the other: the connections of an engine lead to the
database of the test that runs, and the shelves are empty when it begins.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url

from engine.installation import Installation
from engine.settings import Settings

MADE: dict[tuple[str, Settings], Installation] = {}


@contextmanager
def opened(settings: Settings) -> Iterator[Installation]:
    """Give the installation of these settings. No two with settings of one kind are open at once."""
    installation = _of_its_kind(settings)
    installation.settings = settings
    installation.database.url = settings.database_url
    try:
        yield installation
    finally:
        installation.close()
        for shelf in (
            installation.shelf,
            installation.decisions,
            installation.pictures,
            installation.holdings,
        ):
            shelf.clear()


def _of_its_kind(settings: Settings) -> Installation:
    backend = make_url(settings.database_url).get_backend_name()
    kind = backend, replace(settings, database_url="", files=Path())
    return MADE.get(kind) or MADE.setdefault(kind, _made(settings))


def _made(settings: Settings) -> Installation:
    installation = Installation(settings)
    engine = installation.database.engine

    @event.listens_for(engine, "do_connect")
    def lead(_dialect: Any, _record: Any, given: list[Any], named: dict[str, Any]) -> None:
        place = make_url(installation.settings.database_url)
        given[:], more = engine.dialect.create_connect_args(place)
        named.update(more)

    return installation
