"""Who holds which role: for everybody at once, as tasks and permissions ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

NOTHING: frozenset[str] = frozenset()
AUDITOR = "auditor"
"""The role that sees what it is appointed to audit, and changes nothing there."""


def for_unit(role: str, unit: str) -> str:
    """Return the name under which a role is held for a unit."""
    return f"{role}@{unit}"


def role_of(group: str) -> str:
    """Return the role of what may be a role for a unit."""
    return group.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Proxy:
    """In whose place somebody may act, and in what."""

    account: UUID
    """Of the person who is represented."""
    name: str
    groups: frozenset[str]
    """Whose tasks the person may take, as far as the substitute may."""
    processes: frozenset[str] | None
    """The keys of the only routines that it is for; None for all."""
    is_personal: bool
    """Also what is for the person and for no role."""
    display_name: str = ""
    """What others call the person."""

    def covers(self, process: str) -> bool:
        return self.processes is None or process in self.processes


@dataclass(frozen=True, slots=True)
class Holdings:
    """The roles of a day. It is worked out anew when something is changed that it was worked out from."""

    identity: str
    """The day, and the states of the chains in which such changes are recorded."""
    groups: Mapping[UUID, frozenset[str]]
    """By account: the roles held for any unit (`mas`), and those held for each (`mas@hemtjänst`)."""
    offices: Mapping[UUID, frozenset[str]]
    """By account: the roles held for the whole organisation."""
    held: frozenset[str]
    """All roles and groups that somebody holds."""
    audits: Mapping[UUID, frozenset[str]]
    """By account: the units whose cases an auditor sees, those below included."""
    roles: frozenset[str]
    """All the roles that people can be appointed to; other groups know no units."""
    units: frozenset[str]
    """All the units of the day."""
    proxies: Mapping[UUID, tuple[Proxy, ...]]
    """By account of the substitute."""

    def groups_of(self, account: UUID | None) -> frozenset[str]:
        return self.groups.get(account, NOTHING) if account else NOTHING

    def offices_of(self, account: UUID | None) -> frozenset[str]:
        return self.offices.get(account, NOTHING) if account else NOTHING

    def audits_of(self, account: UUID | None) -> frozenset[str]:
        return self.audits.get(account, NOTHING) if account else NOTHING

    def proxies_of(self, account: UUID | None) -> tuple[Proxy, ...]:
        return self.proxies.get(account, ()) if account else ()

    def candidates(self, group: str, unit: str | None) -> str:
        """Return whom a task of a case in a unit is for, when its model says a group."""
        if unit is None or "@" in group or group not in self.roles or unit not in self.units:
            return group
        return for_unit(group, unit)
