"""One installation is one organisation: its settings, its database, its data stores, and versions kept ready."""

from collections import OrderedDict
from importlib.metadata import entry_points
from threading import Lock
from typing import Generic, Protocol, TypeVar

from bpmn.deployment import DecisionVersion, ExecutableProcess
from bpmn.diagram.drawn import Drawn
from bpmn.limits import Limits
from bpmn.stores import Stores
from engine.db import Database
from engine.identity.holdings import Holdings
from engine.settings import Settings

DATA_STORES = "rutin.data_stores"
"""The group of entry points under which a package registers what reads a data store."""


DAYS_OF_HOLDINGS = 4
"""How many states of the organisation are kept ready."""


PICTURES = 32
"""How many pictures of versions are kept ready; a version has one for each language."""


class Version(Protocol):
    @property
    def identity(self) -> str:
        """Return what it was made from, such as the hash of its content."""


Kept = TypeVar("Kept", bound=Version)


class Shelf(Generic[Kept]):
    """
    What was used last, ready to be used again, by what it was made from.

    It is the same as long as that is the same, so nothing on the shelf is ever out of date.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._versions: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, digest: str) -> Kept | None:
        with self._lock:
            found = self._versions.get(digest)
            if found is not None:
                self._versions.move_to_end(digest)
            return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._versions.clear()

    def put(self, version: Kept) -> None:
        with self._lock:
            self._versions[version.identity] = version
            while len(self._versions) > self._room:
                self._versions.popitem(last=False)


def registered() -> Stores:
    """Return the data stores that installed packages can read, by the names of their entry points."""
    return Stores({each.name: each.load() for each in entry_points(group=DATA_STORES)})


class Installation:
    def __init__(self, settings: Settings, stores: Stores | None = None) -> None:
        self.settings = settings
        self.stores = registered() if stores is None else stores
        self.database = Database(settings.database_url, connections=settings.threads)
        self.limits = Limits(steps=settings.max_steps, depth=settings.max_depth)
        self.shelf: Shelf[ExecutableProcess] = Shelf(settings.cached_versions)
        self.decisions: Shelf[DecisionVersion] = Shelf(settings.cached_versions)
        self.pictures: Shelf[Drawn] = Shelf(PICTURES)
        self.holdings: Shelf[Holdings] = Shelf(DAYS_OF_HOLDINGS)

    def close(self) -> None:
        self.database.close()
