"""Where a form may send people on to: addresses of our own and nobody else's; and what an address names."""

from urllib.parse import unquote, urlsplit
from uuid import UUID

from flask import current_app, request


def local(address: str | None, *, otherwise: str = "/") -> str:
    r"""
    Return an address if it leads to a page of ours, else another.

    Browsers read a backslash as a slash and drop tabs and line breaks, so that `/\t/elsewhere` would lead away.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return otherwise
    if "\\" in address or any(ord(character) <= ord(" ") for character in address):
        return otherwise
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    if parts.scheme or parts.netloc or not _is_page(parts.path):
        return otherwise
    return address


def _is_page(path: str) -> bool:
    """Tell whether a browser can go there; an address that only takes forms is no place to go to."""
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(unquote(path), "GET")


def here() -> str:
    """Return the address of this page, to come back to; an address that only takes forms is none."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return "/"
    return request.full_path.rstrip("?")


def identity(text: str | None) -> UUID | None:
    """Read what an address or a form names; what is no identity names nothing."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
