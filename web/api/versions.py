"""Versions of one kind, as a page of a list."""

from collections.abc import Mapping
from typing import Any

from bpmn.deployment import Kind
from engine.definitions import repository
from web.schemas.common import page
from web.transactions import uow


def listed(kind: Kind, query: Mapping[str, Any]) -> dict[str, Any]:
    found = repository.listed(
        uow().session,
        kind,
        key=query["key"],
        only_latest=query["latest"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    return page(found, query["limit"])
