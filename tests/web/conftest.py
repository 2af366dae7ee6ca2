"""Every door, on each database, and the people before it."""

import pytest

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

SHOWN_ALIKE = ("test_pages_", "test_openid", "test_api_drawings", "test_cli")
"""What these test is the same on both databases: what they ask for, the tests of the API ask for on each."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    twice = [
        item
        for item in items
        if item.path.name.startswith(SHOWN_ALIKE) and item.get_closest_marker("postgresql")
    ]
    left_out = set(twice)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=twice)
