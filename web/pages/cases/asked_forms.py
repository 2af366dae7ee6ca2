"""The forms that people in a case can have answered, in its routine and in those called from it; and what was."""

from collections.abc import Iterator, Sequence
from typing import Any

from bpmn.deployment import ExecutableProcess
from engine.cases.reading import Case, Told
from engine.definitions import repository as definitions
from engine.execution.library import DeployedLibrary
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from web.pages import outlines
from web.pages.values import AskedIn

PREFIX = "variables."
"""How the record names what was answered."""


def of(unit: UnitOfWork, case: Case, every: Sequence[UserTask]) -> list[AskedIn]:
    """
    Return the forms in the versions that the case has met, in the order of the steps that ask them.

    `every` are all its tasks.
    """
    library = DeployedLibrary(unit)
    own = library.of(definitions.get(unit.session, case.definition_id))
    met = dict.fromkeys(each.version_digest for each in every)
    called = [library.by_identity(digest) for digest in met if digest != own.identity]
    return [asked for version in (own, *called) for asked in _asked(version)]


def answered(event: Told) -> dict[str, Any]:
    """Return what the record says was answered when a task was completed."""
    return {
        name.removeprefix(PREFIX): value
        for name, value in event.payload.items()
        if name.startswith(PREFIX)
    }


def _asked(version: ExecutableProcess) -> Iterator[AskedIn]:
    """Give each form once, under the name of the first step that asks it."""
    left = dict(version.forms)
    for step in outlines.of(version.process):
        key = step.element.work.form_key if step.element.work else None
        form = left.pop(key, None) if key else None
        if form is not None:
            yield AskedIn(step.name, form)
