"""Names of people and groups, as others call them."""

from collections.abc import Collection, Iterable

from babel.lists import format_list
from flask import g
from flask_babel import get_locale, gettext

from bpmn.description import Process
from engine.accounts import repository as accounts
from engine.execution.library import DeployedLibrary, VersionUnreadable
from engine.identity.actor import SYSTEM
from engine.inbox.reading import Waiting
from engine.organisation import repository as organisation
from engine.organisation.models import Role, Unit
from engine.tasks.held import Task
from web.transactions import uow


def learn(names: Iterable[str | None]) -> None:
    """Look up many names at once."""
    known: dict[str, str] = g.setdefault("people", {SYSTEM.name: gettext("The system")})
    asked = {name for name in names if name} - known.keys()
    if asked:
        known.update({name: name for name in asked})
        known.update(accounts.display_names(uow().session, asked))


def learn_all(waiting: Collection[Task | Waiting], *, units: Iterable[str | None] = ()) -> None:
    """Look up at once what a list names: whom tasks are for, and units."""
    learn(name for each in waiting for name in (each.assignee, *each.candidate_users))
    learn_groups((name for each in waiting for name in each.candidate_groups), units=units)


def person(name: str) -> str:
    """Return how people call somebody; a name that belongs to no account stays as it is."""
    learn([name])
    known: dict[str, str] = g.people
    return known.get(name, name)


def acting(name: str, other: str | None) -> str:
    """Say who did something, and for whom, where it was done as a substitute."""
    if other is None:
        return person(name)
    names = {"person": person(name), "other": person(other)}
    return str(gettext("%(person)s on behalf of %(other)s", **names))


def learn_groups(names: Iterable[str], *, units: Iterable[str | None] = ()) -> None:
    """Look up what roles, the units they are held for, and other units are called: many at once."""
    known: dict[tuple[str, str], str] = g.setdefault("organisation", {})
    parts = [name.partition("@") for name in names]
    wanted = {(Role.__tablename__, role) for role, _, _ in parts}
    wanted |= {(Unit.__tablename__, unit) for _, _, unit in parts if unit}
    wanted |= {(Unit.__tablename__, unit) for unit in units if unit}
    asked = wanted - known.keys()
    if asked:
        known.update({each: each[1] for each in asked})
        for named, both in organisation.names_of(uow().session, asked).items():
            known[named] = in_the_readers_language(*both)


def group(name: str, process: Process | None) -> str:
    """Return what people call a group, or a role for a unit: by the routine's lane, else by the organisation."""
    role, _, unit = name.partition("@")
    called = _lane(role, process) or _called(Role, role)
    if not unit:
        return called
    return str(gettext("%(role)s in %(unit)s", role=called, unit=_called(Unit, unit)))


def unit(key: str) -> str:
    """Return what a unit is called in the reader's language; a key that is none stays as it is."""
    return _called(Unit, key)


def _lane(role: str, process: Process | None) -> str | None:
    lanes = (each.lane for each in process.elements.values()) if process else ()
    return next((each.name for each in lanes if each is not None and each.role == role), None)


def _called(kind: type[Role] | type[Unit], key: str) -> str:
    """Return the name of a role or a unit in the reader's language; a key that is neither stays as it is."""
    known: dict[tuple[str, str], str] = g.setdefault("organisation", {})
    if (kind.__tablename__, key) not in known:
        names = organisation.names(uow().session, kind, key) or (key, key)
        known[kind.__tablename__, key] = in_the_readers_language(*names)
    return known[kind.__tablename__, key]


def in_the_readers_language(in_swedish: str, in_english: str) -> str:
    return in_english if str(get_locale()).startswith("en") else in_swedish


def whom(task: Task) -> str:
    """Say who has a task, or for whom it is."""
    if task.assignee is not None:
        return person(task.assignee)
    names = [person(name) for name in task.candidate_users]
    if task.candidate_groups:
        process = _process(task)
        names += [group(name, process) for name in task.candidate_groups]
    if task.is_for_nobody:
        return str(gettext("nobody yet"))
    if not names:
        return str(gettext("anybody"))
    return format_list(names, style="or", locale=get_locale())


def for_whom(task: Task | Waiting) -> str:
    """Say the same in the organisation's words alone, for lists: no routine is read for it."""
    if task.assignee is not None:
        return person(task.assignee)
    names = [person(each) for each in task.candidate_users]
    names += [group(each, None) for each in task.candidate_groups]
    if not names:
        return str(gettext("anybody"))
    return format_list(names, style="or", locale=get_locale())


def _process(task: Task) -> Process | None:
    try:
        return DeployedLibrary(uow()).by_identity(task.version_digest).process
    except VersionUnreadable:
        return None


def in_a_row(names: Iterable[str]) -> str:
    """Put names in a row as the language does it: a, b and c."""
    return format_list(list(dict.fromkeys(names)), locale=get_locale())
