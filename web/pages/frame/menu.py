"""The menu beside each page: what one comes for daily, the parts of the management system, and one's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from engine.execution import notifications
from engine.identity.actor import Actor
from engine.identity.permissions import Permission, allows
from web.pages.frame.areas import AREAS
from web.transactions import current

WITHIN: Mapping[str, str] = {
    "additions": "cases",
    "batches": "tasks",
    "bulk": "tasks",
    "feedback": "administration",
    "confirmation": "account",
    "decisions": "areas/governance",
    "drawings": "areas/processes",
    "drawing-pages": "areas/processes",
    "headers": "cases",
    "my_absences": "account",
    "my_substitutions": "account",
    "password": "account",
    "routines": "areas/processes",
    "tokens": "account",
}
"""Pages that lie below an entry of another name."""


@dataclass(frozen=True, slots=True)
class Entry:
    address: str
    name: LazyString
    icon: str = ""
    section: str = ""
    waiting: int = 0
    waiting_for: LazyString | str = ""
    """What the number counts, for those who hear it."""
    on_phone: bool = False
    """It stands in the bar at the foot of a small screen."""

    @property
    def is_here(self) -> bool:
        """Tell whether it is the very page that is shown, and not only its part of the service."""
        return self.address == request.path


def section(said: str | None = None) -> str:
    """Return in which part of the menu the page of this request lies; a page may say it itself."""
    blueprint = said or request.blueprint or ""
    if blueprint == "areas":
        return _area((request.view_args or {}).get("name"))
    if blueprint.startswith("administration_"):
        return "administration"
    return WITHIN.get(blueprint, blueprint)


def daily() -> list[Entry]:
    unread = _counted(notifications.unread)
    return [
        Entry(url_for("home.show"), _("Start"), "home", "home", on_phone=True),
        Entry(url_for("tasks.inbox"), _("To do"), "inbox", "tasks", on_phone=True),
        Entry(
            url_for("notifications.listed"),
            _("Notifications"),
            "bell",
            "notifications",
            unread,
            _("not read"),
            on_phone=True,
        ),
        Entry(url_for("cases.listed"), _("Cases"), "case", "cases"),
    ]


def areas() -> list[Entry]:
    return [
        Entry(url_for("areas.show", name=name), each.name, each.icon, _area(name))
        for name, each in AREAS.items()
    ]


def own(me: Actor, help_address: str) -> list[Entry]:
    found = [Entry(url_for("account.show"), _("Profile"), "settings", "account")]
    if allows(me, Permission.CHANGE_ORGANISATION):
        found.append(
            Entry(url_for("administration.show"), _("Administration"), "unit", "administration")
        )
    found.append(Entry(help_address, _("Help"), "help", "help"))
    return found


def foot(help_address: str) -> list[Entry]:
    return [
        Entry(help_address, _("Help")),
        Entry(url_for("keyboard.show"), _("Keyboard")),
        Entry(url_for("components.show"), _("Components")),
        Entry(url_for("about.licences"), _("Licences")),
        Entry(url_for("accessibility.show", page=request.path), _("Accessibility")),
    ]


def _area(name: Any) -> str:
    return f"areas/{name}"


def _counted(count: Callable[[Any], int]) -> int:
    """Count what the menu tells; on a page that has no unit of work, such as of an error, it is left out."""
    unit = current()
    return count(unit) if unit else 0
