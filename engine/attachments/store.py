"""
Where the bytes of attachments are: `attachments/ab/cd/<SHA-256>` in the folder of files.

1. What comes in is written to a file without a name of its own, counted and hashed on the way.
2. When it is whole and wanted it is brought to the disk, and only then gets its name: whoever finds a file under a
   name finds all of it.
3. Nobody changes a file that has its name. The same content is kept once, whoever sent it.

The store knows no rows. Whoever keeps a row holds the store from before the file gets its name until the row is
there; whoever clears away holds it alone, so that nothing is taken that somebody is about to refer to.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, Self
from weakref import finalize

from engine.errors import EngineError, RecordUnreadable
from engine.installation import Installation

FOLDER = "attachments"
DIGEST = re.compile(r"[0-9a-f]{64}")
_GONE = "The stored file is missing, or it is not the one that was kept."


class TooLarge(EngineError):
    """The file is too large."""


class Fate(StrEnum):
    """What became of a file that is referred to."""

    WHOLE = "whole"
    MISSING = "missing"
    CHANGED = "changed"


class Incoming:
    """A file on its way in. Closed before it is kept, it leaves nothing behind."""

    def __init__(self, folder: Path, most: int) -> None:
        handle, name = mkstemp(dir=folder)
        self.path = Path(name)
        self.file: BinaryIO = os.fdopen(handle, "w+b")
        self.size = 0
        self._most = most
        self._hash = sha256()
        self._discarded = finalize(self, _discard, self.file, self.path)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def write(self, block: bytes) -> int:
        """Raises `TooLarge` as soon as it is."""
        self.size += len(block)
        if self.size > self._most:
            self.close()
            raise TooLarge
        self._hash.update(block)
        return self.file.write(block)

    def read(self, length: int = -1) -> bytes:
        return self.file.read(length)

    def seek(self, place: int, whence: int = 0) -> int:
        return self.file.seek(place, whence)

    def close(self) -> None:
        self._discarded()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.arrivals = folder / "incoming"

    def incoming(self, most: int) -> Incoming:
        """Begin a file of at most so many bytes."""
        self.arrivals.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Incoming(self.arrivals, most)

    @contextmanager
    def held(self, *, alone: bool = False) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            yield

    def keep(self, incoming: Incoming) -> None:
        """Bring a file to the disk and give it its name; one of the same content is replaced by it."""
        path = self.path(incoming.digest)
        made = [each for each in (path.parent, path.parent.parent) if not each.exists()]
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        incoming.file.flush()
        os.fsync(incoming.file.fileno())
        incoming.path.replace(path)
        for folder in {path.parent, *(each.parent for each in made)}:
            _sync(folder)

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest[2:4] / digest

    def open(self, digest: str, size: int) -> BufferedReader:
        """
        Open a file to be handed out, when it is what its name says.

        Raises `RecordUnreadable` when it is not.
        """
        try:
            file = self.path(digest).open("rb")
        except OSError as error:
            raise RecordUnreadable(_GONE) from error
        if os.fstat(file.fileno()).st_size != size or _digest(file) != digest:
            file.close()
            raise RecordUnreadable(_GONE)
        file.seek(0)
        return file

    def glance(self, digest: str, size: int) -> Fate:
        """Tell what became of a file, as far as it can be told without reading it."""
        try:
            there = self.path(digest).stat().st_size
        except OSError:
            return Fate.MISSING
        return Fate.WHOLE if there == size else Fate.CHANGED

    def look(self, digest: str, size: int) -> Fate:
        """Tell what became of a file, by reading it."""
        fate = self.glance(digest, size)
        if fate is not Fate.WHOLE:
            return fate
        try:
            with self.path(digest).open("rb") as file:
                return Fate.WHOLE if _digest(file) == digest else Fate.CHANGED
        except OSError:
            return Fate.CHANGED

    def files(self) -> Iterator[tuple[str, float]]:
        """Give the digest of every file that has its name, and when it got it, in seconds since 1970."""
        for path in sorted(self.folder.glob("??/??/*")):
            if DIGEST.fullmatch(path.name) and path == self.path(path.name):
                yield path.name, path.stat().st_mtime

    def left_over(self) -> Iterator[tuple[Path, float]]:
        """Give what somebody began and nobody ended, or is still sending."""
        for path in sorted(self.arrivals.glob("*")):
            yield path, path.stat().st_mtime


def of(installation: Installation) -> Store:
    return Store(installation.settings.files / FOLDER)


def _digest(file: BufferedReader) -> str:
    return file_digest(file, "sha256").hexdigest()


def _discard(file: BinaryIO, path: Path) -> None:
    file.close()
    path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
