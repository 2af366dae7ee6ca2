"""Where a request comes from: the client's address, and its browser in a few words."""

import re
from ipaddress import ip_address

from flask import request

BROWSERS = {
    "Edge": r"Edg(?:e|A|iOS)?/",
    "Opera": r"OPR/",
    "Samsung Internet": r"SamsungBrowser/",
    "Firefox": r"(?:Firefox|FxiOS)/",
    "Chrome": r"(?:Chrome|CriOS|Chromium)/",
    "Safari": r"Safari/",
}
"""The order matters: most browsers claim to be others, too."""

SYSTEMS = {
    "iPhone": r"iPhone",
    "iPad": r"iPad",
    "Android": r"Android",
    "Windows": r"Windows",
    "macOS": r"Macintosh|Mac OS X",
    "ChromeOS": r"CrOS",
    "Linux": r"Linux|X11",
}


def agent() -> str:
    """Return browser and system as people know them; empty where they are not known."""
    told = request.headers.get("User-Agent", "")[:500]
    return ", ".join(_first(names, told) for names in (BROWSERS, SYSTEMS) if _first(names, told))


def address() -> str | None:
    """
    Return the client's address, None where it is not known.

    A request from this machine comes from a proxy that RUTIN_PROXIES does not speak of: everybody has its address,
    and locking it would lock out everybody.
    """
    given = request.remote_addr
    if not given:
        return None
    try:
        return None if ip_address(given).is_loopback else given
    except ValueError:
        return given[:100]


def _first(names: dict[str, str], told: str) -> str:
    return next((name for name, pattern in names.items() if re.search(pattern, told)), "")
