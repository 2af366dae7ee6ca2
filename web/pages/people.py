"""Names of people and groups, as others call them."""

from collections.abc import Iterable

from babel.lists import format_list
from flask import g
from flask_babel import get_locale, gettext

from bpmn.description import Process
from engine.accounts import repository as accounts
from engine.execution.library import DeployedLibrary, VersionUnreadable
from engine.identity.actor import SYSTEM
from engine.tasks.models import UserTask
from web.transactions import uow


def learn(names: Iterable[str | None]) -> None:
    """Look up many names at once."""
    known: dict[str, str] = g.setdefault("people", {SYSTEM.name: gettext("The system")})
    asked = {name for name in names if name} - known.keys()
    if asked:
        known.update({name: name for name in asked})
        known.update(accounts.display_names(uow().session, asked))


def person(name: str) -> str:
    """Return how people call somebody; a name that belongs to no account stays as it is."""
    learn([name])
    known: dict[str, str] = g.people
    return known.get(name, name)


def group(name: str, process: Process | None) -> str:
    """Return the name of the lane that stands for a group in a routine, else the group's key."""
    if process is not None:
        for element in process.elements.values():
            if element.lane is not None and element.lane.role == name:
                return element.lane.name
    return name


def whom(task: UserTask) -> str:
    """Say who has a task, or for whom it is."""
    if task.assignee is not None:
        return person(task.assignee)
    names = [person(name) for name in task.candidate_users]
    if task.candidate_groups:
        process = _process(task)
        names += [group(name, process) for name in task.candidate_groups]
    if not names:
        return str(gettext("anybody"))
    return format_list(names, style="or", locale=get_locale())


def _process(task: UserTask) -> Process | None:
    try:
        return DeployedLibrary(uow()).by_identity(task.version_digest).process
    except VersionUnreadable:
        return None


def in_a_row(names: Iterable[str]) -> str:
    """Put names in a row as the language does it: a, b and c."""
    return format_list(list(dict.fromkeys(names)), locale=get_locale())
