"""Every door, on each database, and the people before it."""

from tests.factories.browsers import browsers
from tests.factories.doors import (
    admin,
    alice,
    anybody,
    app,
    auditor,
    bob,
    charlie,
    client,
    installation,
    owner,
    people,
    settings,
)

__all__ = [
    "admin",
    "alice",
    "anybody",
    "app",
    "auditor",
    "bob",
    "browsers",
    "charlie",
    "client",
    "installation",
    "owner",
    "people",
    "settings",
]
