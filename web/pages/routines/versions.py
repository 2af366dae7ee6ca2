"""What the page of a version shows, executed or drawn: its picture, and what changed since the last one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from bpmn.deployment import Kind
from bpmn.diff import Kind as ChangeKind
from engine.definitions import repository as definitions
from engine.definitions.models import Definition
from engine.errors import Conflict
from engine.uow import UnitOfWork
from web import changes, diagrams
from web.changes import Comparison
from web.language import say

Said = tuple[str, dict[str, Any]]
"""A finding: its sentence, and the whole as it is kept."""
MOST = 200
TOLD_AT_ONCE = 20
"""Sentences on changes that are seen without being asked for."""


@dataclass(frozen=True, slots=True)
class Picture:
    drawn: Markup | None
    problem: str = ""
    """Why it is not there."""
    is_too_large: bool = False
    """It can be looked at alone."""


@dataclass(frozen=True, slots=True)
class Changes:
    before: Definition
    told: Sequence[str]
    more: Sequence[str]
    moved: Sequence[str]
    """The names of what is only drawn elsewhere or otherwise."""
    problem: str = ""
    """Why nothing is told."""


@dataclass(frozen=True, slots=True)
class VersionPage:
    definition: Definition
    versions: Sequence[Definition]
    """All of the same key."""
    picture: Picture
    changes: Changes | None
    """None for the first version."""

    @property
    def latest(self) -> Definition:
        return max(self.versions, key=lambda each: each.version)


def of(unit: UnitOfWork, definition: Definition) -> VersionPage:
    kind, key = Kind(definition.kind), definition.key
    return VersionPage(
        definition,
        definitions.listed(unit.session, kind, key=key, limit=MOST),
        _picture(unit, definition),
        _changes(unit, definition),
    )


def findings(kept: Iterable[dict[str, Any]]) -> list[Said]:
    """Say findings that are kept with a version."""
    return [(say(each["template"], each["values"]), each) for each in kept]


def _picture(unit: UnitOfWork, definition: Definition) -> Picture:
    try:
        drawn = diagrams.picture(unit, definition)
    except Conflict as error:
        return Picture(None, say(error.template, error.values))
    if len(drawn) > diagrams.LARGEST:
        sentence = gettext("The picture is too large to be shown on this page.")
        return Picture(None, sentence, is_too_large=True)
    return Picture(Markup(drawn))  # noqa: S704  written by lxml, with texts of the file escaped


def _changes(unit: UnitOfWork, definition: Definition) -> Changes | None:
    before = definitions.before(unit.session, definition)
    if before is None:
        return None
    try:
        return _told(before, changes.since(unit.session, definition, before.id))
    except Conflict as error:
        return Changes(before, (), (), (), say(error.template, error.values))


def _told(before: Definition, found: Comparison) -> Changes:
    told = [
        sentence
        for each in found.changes
        if each.change.kind is not ChangeKind.MOVED
        for sentence in each.sentences
    ]
    moved = [each.change.label for each in found.changes if each.change.kind is ChangeKind.MOVED]
    return Changes(before, told[:TOLD_AT_ONCE], told[TOLD_AT_ONCE:], moved)
