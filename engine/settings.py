"""
How an installation is set up: read once from the environment, at the start.

Each setting is `RUTIN_` and its name in capitals. A value that cannot be used stops the start with a sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "RUTIN_"
VAR = Path("var")
STOCKHOLM = ZoneInfo("Europe/Stockholm")


class WrongSetting(Exception):
    """A setting has a value that cannot be used."""


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
    if text not in {"sv", "en"}:
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

    cookie_secure: bool = _setting(False, _yes, "yes or no")  # noqa: FBT003  the default comes first
    """Send the session cookie over HTTPS only. Set it to yes wherever the service is reached over HTTPS."""

    session_hours: int = _setting(12, _positive, "a whole number of hours, at least 1")
    """How long a person stays signed in at most."""

    session_idle_minutes: int = _setting(120, _positive, "a whole number of minutes, at least 1")
    """How long a person stays signed in without doing anything."""

    proxies: int = _setting(0, _count, "a whole number")
    """Proxies before the service, each of which writes `X-Forwarded-For`: attempts to sign in are counted for each
    address behind them."""

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
                raise WrongSetting(f"{name} is not a setting; see docs/run/settings.md.")
            setting = known[name]
            text = environment[name]
            try:
                given[setting.name] = setting.metadata["read"](text)
            except (ValueError, KeyError, OSError, ArgumentError) as error:
                shown = "the value given" if setting.metadata["secret"] else f"'{text}'"
                raise WrongSetting(
                    f"{name} expects {setting.metadata['expected']}; {shown} cannot be used."
                ) from error
        return cls(**given)
