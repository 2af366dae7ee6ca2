"""Who does it. An actor is never missing: what no person does, the system does."""

from dataclasses import dataclass, field
from uuid import UUID

from engine.identity.holdings import Holdings, Proxy


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    """The name to sign in with; `system` for the system."""
    id: UUID | None = None
    """The account, None for the system."""
    groups: frozenset[str] = field(default_factory=frozenset)
    """Whose tasks it may take: groups and roles, and roles for a unit (`mas@hemtjänst`)."""
    is_admin: bool = False
    display_name: str = ""
    """What others call the person."""
    session: UUID | None = None
    """The browser session that it acts in; None for a token and for the system."""
    scopes: frozenset[str] | None = None
    """The permissions that its token carries; None where nothing is held back."""
    must_change_password: bool = False
    """It signed in with a one-time password, and may do nothing before it has chosen its own."""
    offices: frozenset[str] = field(default_factory=frozenset)
    """Groups, and roles held for the whole organisation: what permissions look at."""
    audits: frozenset[str] = field(default_factory=frozenset)
    """The units whose cases it sees as an auditor."""
    proxies: tuple[Proxy, ...] = ()
    """For whom it may act."""
    language: str | None = None
    """What its person has chosen to read in; None for programs, and where none was chosen."""
    holdings: Holdings | None = field(default=None, compare=False, repr=False)
    """The roles of everybody, as they were when it came in; None where they are asked for when needed."""

    @property
    def reference(self) -> str:
        """Return the pseudonym under which the record knows the actor."""
        return f"person:{self.id}" if self.id else self.name


SYSTEM = Actor("system", is_admin=True)
"""What a command on the server or a timer does."""
