"""One's own account as a page: who one is, who acts for whom, where one is signed in, and one's keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from engine.accounts import identities, sessions, tokens
from engine.accounts.models import ApiToken, SignIn
from engine.definitions import repository as definitions
from engine.errors import NotAllowed
from engine.inbox import reading
from engine.inbox.asking import Tab
from engine.inbox.repository import Count
from engine.organisation import absences, standing, substitutions
from engine.organisation import repository as organisation
from engine.organisation.absences import Entry as Absence
from engine.organisation.models import Role, Unit
from engine.organisation.periods import today
from engine.organisation.standing import Office
from engine.organisation.substitutions import Entry as Substitution
from engine.organisation.substitutions import Scope, ScopeKind
from engine.uow import UnitOfWork
from web.auth import provider
from web.auth.provider import Provider
from web.pages import people

MOST = 50
"""Absences, and substitutions, that are shown; there are hardly ever more to come."""


@dataclass(frozen=True, slots=True)
class Acting:
    entry: Substitution
    scope: str
    """In what, as people say it."""


@dataclass(frozen=True, slots=True)
class Profile:
    units: Sequence[str]
    offices: Sequence[str]
    """The roles held today, as people say it."""
    absences: Sequence[Absence]
    substitutes: Sequence[Acting]
    """Who acts for the reader."""
    represented: Sequence[Acting]
    """For whom the reader acts."""
    is_more: bool
    """More is noted than is shown."""
    waiting: Count | None
    """The tasks that standing in gives the reader; None where there is nobody to stand in for."""
    sessions: Sequence[SignIn]
    tokens: Sequence[ApiToken]
    provider: Provider | None
    connected: bool
    today: date


def of(unit: UnitOfWork) -> Profile:
    who = unit.actor.id
    if who is None:
        raise NotAllowed
    there = provider.known()
    mine = standing.of(unit.session, who, today(unit))
    away = absences.to_come(unit, limit=MOST + 1)
    acting = substitutions.to_come(unit, limit=MOST + 1)
    shown = _acting(unit, acting[:MOST])
    return Profile(
        units=[called(each) for each in mine.units],
        offices=[_office(each) for each in mine.offices],
        absences=away[:MOST],
        substitutes=[each for each in shown if each.entry.person == unit.actor.name],
        represented=[each for each in shown if each.entry.substitute == unit.actor.name],
        is_more=len(away) > MOST or len(acting) > MOST,
        waiting=reading.counts(unit)[Tab.BEHALF] if unit.actor.proxies else None,
        sessions=sessions.own(unit),
        tokens=tokens.of(unit, who),
        provider=there,
        connected=there is not None and identities.own(unit, there.issuer) is not None,
        today=today(unit),
    )


def called(noun: Role | Unit) -> str:
    return people.in_the_readers_language(noun.name_sv, noun.name_en)


def _acting(unit: UnitOfWork, found: Sequence[Substitution]) -> list[Acting]:
    """Look up at once what the rows name."""
    people.learn(name for each in found for name in (each.person, each.substitute))
    kinds = {each.scope.kind for each in found}
    keys = {key for each in found for key in each.scope.keys}
    names: dict[tuple[ScopeKind, str], str] = {}
    if ScopeKind.ROLES in kinds:
        roles = organisation.roles(unit.session)
        names |= {(ScopeKind.ROLES, each.key): called(each) for each in roles}
    if ScopeKind.PROCESSES in kinds:
        routines = definitions.names(unit.session, keys)
        names |= {(ScopeKind.PROCESSES, key): name for key, name in routines.items()}
    return [Acting(each, _scope(each.scope, names)) for each in found]


def _scope(given: Scope, names: Mapping[tuple[ScopeKind, str], str]) -> str:
    if given.kind is ScopeKind.ALL:
        return str(gettext("in everything"))
    told = people.in_a_row(names.get((given.kind, key), key) for key in given.keys)
    if given.kind is ScopeKind.ROLES:
        return str(gettext("in what is for these roles: %(roles)s", roles=told))
    return str(gettext("in these routines: %(routines)s", routines=told))


def _office(office: Office) -> str:
    if office.role is None:
        return office.key
    names = {"role": called(office.role)}
    if office.unit is None:
        return str(gettext("%(role)s for the whole organisation", **names))
    return str(gettext("%(role)s in %(unit)s", unit=called(office.unit), **names))
