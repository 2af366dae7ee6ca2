"""Where a form may send people on to: addresses of our own and nobody else's."""

from urllib.parse import urlsplit

from flask import request


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
    return otherwise if parts.scheme or parts.netloc else address


def here() -> str:
    """Return the address of this page, to come back to; an address that only takes forms is none."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return "/"
    return request.full_path.rstrip("?")
