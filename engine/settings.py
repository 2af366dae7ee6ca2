"""
How an installation is set up: read once from the environment, at the start.

Each setting is `RUTIN_` and its name in capitals. A value that cannot be used stops the start with a sentence.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, time
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "RUTIN_"
VAR = Path("var")
STOCKHOLM = ZoneInfo("Europe/Stockholm")
LANGUAGES = ("sv", "en")
"""Those that everything is written in."""


class WrongSetting(Exception):
    """A setting has a value that cannot be used."""


class LinkBy(StrEnum):
    """By what an account is found for somebody who comes from the provider for the first time."""

    NOTHING = "no"
    EMAIL = "email"
    NAME = "preferred_username"


class Names(tuple[str, ...]):
    """Names with spaces between, as they are written."""

    __slots__ = ()

    def __str__(self) -> str:
        return " ".join(self)


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Which values of a claim make which groups."""

    rows: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return ", ".join(f"{value}: {group}" for value, group in self.rows)

    @property
    def decided(self) -> frozenset[str]:
        """Return the groups that the provider decides about; all others are given here."""
        return frozenset(group for _, group in self.rows)

    def of(self, values: object) -> frozenset[str]:
        """Return the groups of a claim: a text, or a list of texts."""
        told = {values} if isinstance(values, str) else set()
        if isinstance(values, list):
            told = {each for each in values if isinstance(each, str)}
        return frozenset(group for value, group in self.rows if value in told)


def is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _web_address(text: str) -> str:
    """Return an address by HTTPS, or by HTTP on this machine."""
    parts = urlsplit(text)
    plain = parts.scheme == "http" and is_loopback(parts.hostname)
    if not (parts.scheme == "https" or plain) or not parts.hostname or parts.query:
        raise ValueError(text)
    if "@" in parts.netloc or parts.fragment or any(each <= " " for each in text):
        raise ValueError(text)
    return text


def _own_address(text: str) -> str:
    address = _web_address(text).rstrip("/")
    if urlsplit(address).path:
        raise ValueError(text)
    return address


ASYMMETRIC = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
SYMMETRIC = frozenset({"HS256", "HS384", "HS512"})


def _algorithms(text: str) -> Names:
    names = Names(text.split())
    if not names or not ASYMMETRIC.union(SYMMETRIC).issuperset(names):
        raise ValueError(text)
    return names


def _scopes(text: str) -> Names:
    names = Names(text.split())
    if "openid" not in names:
        raise ValueError(text)
    return names


def _groups(text: str) -> GroupTable:
    table = json.loads(text)
    if not isinstance(table, dict):
        raise ValueError(text)  # noqa: TRY004  it is told like every other value that cannot be used
    rows = []
    for value, groups in table.items():
        for group in groups if isinstance(groups, list) else [groups]:
            if not isinstance(group, str) or not group.strip():
                raise ValueError(text)
            rows.append((value, group.strip()))
    return GroupTable(tuple(rows))


def _yes(text: str) -> bool:
    if text.lower() not in {"yes", "no", "true", "false", "1", "0"}:
        raise ValueError(text)
    return text.lower() in {"yes", "true", "1"}


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _time_of_day(text: str) -> time:
    return datetime.strptime(text, "%H:%M").replace(tzinfo=UTC).time()


def _database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError(text)
    make_url(text)  # raises for a port that is none, and the like
    return text.replace("postgresql://", "postgresql+psycopg://", 1)


def _secret(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError(text)
    return text


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError(text)
    return text


def _setting(
    default: Any, read: Callable[[str], Any], expected: str, *, secret: bool = False
) -> Any:
    return field(default=default, metadata={"read": read, "expected": expected, "secret": secret})


@dataclass(frozen=True)
class Settings:
    database_url: str = _setting(
        "sqlite:///var/rutin.db",
        _database,
        "a URL that begins with sqlite:/// or postgresql://",
        secret=True,  # it may hold a password
    )
    """Where everything is kept. SQLite is the embedded default; PostgreSQL 15 or newer for several machines."""

    secret_key: str = _setting("", _secret, "at least 32 characters", secret=True)
    """Signs forms against forgery (CSRF). Without it one is made at the first start and kept under `var/`."""

    files: Path = _setting(VAR, Path, "a folder")
    """The folder for what is kept beside the database."""

    zone: ZoneInfo = _setting(STOCKHOLM, ZoneInfo, "a time zone such as Europe/Stockholm")
    """The organisation's time zone: in it days begin and end."""

    eves_free: bool = _setting(True, _yes, "yes or no")  # noqa: FBT003
    """Nobody works on Midsummer Eve, Christmas Eve and New Year's Eve: they are no working days."""

    working_day_ends: time = _setting(time(16), _time_of_day, "a time such as 16:00")
    """What is due on a working day is due at this time of it, in the organisation's zone."""

    language: str = _setting("sv", _language, "sv or en")
    """The language for those who have not chosen one."""

    organisation: str = _setting("", str.strip, "a text")
    """What the organisation is called: it answers for the service in the statement on accessibility."""

    contact: str = _setting("", str.strip, "a text")
    """How to reach the organisation about accessibility: an address of e-mail, a telephone number."""

    cookie_secure: bool = _setting(False, _yes, "yes or no")  # noqa: FBT003  the default comes first
    """Send the session cookie over HTTPS only. Set it to yes wherever the service is reached over HTTPS."""

    session_hours: int = _setting(12, _positive, "a whole number of hours, at least 1")
    """How long a person stays signed in at most."""

    session_idle_minutes: int = _setting(120, _positive, "a whole number of minutes, at least 1")
    """How long a person stays signed in without doing anything."""

    proxies: int = _setting(0, _count, "a whole number")
    """Proxies before the service, each of which writes `X-Forwarded-For`: attempts to sign in are counted for each
    address behind them."""

    address: str = _setting(
        "", _own_address, "an address that begins with https://, without a path"
    )
    """Where people reach the service. Needed for OpenID Connect: the provider sends them back there."""

    openid_issuer: str = _setting("", _web_address, "an address that begins with https://")
    """The OpenID provider that people sign in with, as it calls itself. Without it only passwords
    open a session."""

    openid_client_id: str = _setting("", str, "a text")
    """What the provider calls this service."""

    openid_client_secret: str = _setting("", str, "a text", secret=True)
    """What this service proves itself with to the provider; without one it is a public client.
    PKCE is used always."""

    openid_name: str = _setting("OpenID Connect", str, "a text")
    """What people call the provider: the button says *Sign in with* and this."""

    openid_scopes: Names = _setting(
        Names(("openid", "profile", "email")),
        _scopes,
        "names with spaces between, openid among them",
    )
    """What the provider is asked for."""

    openid_algorithms: Names = _setting(
        Names(("RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA")),
        _algorithms,
        "names of signature algorithms with spaces between, never none",
    )
    """How the provider may sign. HS256 and its like, by which whoever knows the secret can sign, only where named
    here."""

    openid_create: bool = _setting(False, _yes, "yes or no")  # noqa: FBT003
    """Give an account to whoever the provider vouches for and who has none."""

    openid_link: LinkBy = _setting(LinkBy.NOTHING, LinkBy, "no, email or preferred_username")
    """By what the provider tells, an account is found the first time; only one without a password and without
    administrator's rights."""

    openid_groups_claim: str = _setting("groups", str, "a text")
    """The claim that names groups of the provider."""

    openid_groups: GroupTable = _setting(
        GroupTable(), _groups, 'JSON such as {"value of the claim": "group"}'
    )
    """Which value of that claim makes which group. These groups follow the provider at each sign-in; all others do
    not."""

    openid_unit_claim: str = _setting("", str, "a text")
    """The claim that names the key of the unit somebody works in. Where there is such a unit, the person is placed
    in it."""

    max_upload_bytes: int = _setting(20_971_520, _positive, "a whole number of bytes")
    """The largest request that is read, apart from attachments."""

    max_attachment_bytes: int = _setting(26_214_400, _positive, "a whole number of bytes")
    """The largest file that is attached to a case."""

    max_attachments: int = _setting(200, _positive, "a whole number")
    """Files that one case can have."""

    max_steps: int = _setting(5_000, _positive, "a whole number")
    """Elements that may be executed between two waits; one more is an incident."""

    max_depth: int = _setting(30, _positive, "a whole number")
    """Sub-processes and called routines inside one another; one more is an incident."""

    cached_versions: int = _setting(200, _positive, "a whole number")
    """Versions of routines that are kept ready in memory, for each server process."""

    threads: int = _setting(8, _positive, "a whole number")
    """Requests that one server process answers at the same time."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raises `WrongSetting` with a sentence that names the setting and what it expects."""
        given: dict[str, Any] = {}
        known = {PREFIX + each.name.upper(): each for each in fields(cls)}
        for name in sorted(environment):
            if not name.startswith(PREFIX):
                continue
            if name not in known:
                raise WrongSetting(f"{name} is not a setting; see docs/reference/settings.md.")
            setting = known[name]
            text = environment[name]
            try:
                given[setting.name] = setting.metadata["read"](text)
            except (ValueError, KeyError, OSError, ArgumentError) as error:
                shown = "the value given" if setting.metadata["secret"] else f"'{text}'"
                raise WrongSetting(
                    f"{name} expects {setting.metadata['expected']}; {shown} cannot be used."
                ) from error
        settings = cls(**given)
        settings.check()
        return settings

    def check(self) -> None:
        """Raises `WrongSetting` for settings that do not go together."""
        if not self.openid_issuer:
            return
        for name in ("address", "openid_client_id"):
            if not getattr(self, name):
                raise WrongSetting(f"{PREFIX}OPENID_ISSUER needs {PREFIX}{name.upper()}.")
        if SYMMETRIC.intersection(self.openid_algorithms) and not self.openid_client_secret:
            raise WrongSetting(f"HS256 and its like need {PREFIX}OPENID_CLIENT_SECRET.")
