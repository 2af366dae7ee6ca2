"""Receipts: what was done, said on the page that comes next."""

from flask import flash


def tell(text: str, *, more: str | None = None, address: str | None = None) -> None:
    """
    Say a sentence on the next page, with a link if there is more to see.

    It travels in a cookie, so it names things and no more.
    """
    _say("done", text, more, address)


def warn(text: str, *, more: str | None = None, address: str | None = None) -> None:
    """Say a sentence on the next page that somebody has to act upon."""
    _say("waiting", text, more, address)


def _say(kind: str, text: str, more: str | None, address: str | None) -> None:
    flash({"text": text, "more": more, "address": address}, kind)  # type: ignore[arg-type]
