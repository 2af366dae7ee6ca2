"""Receipts: what was done, said on the page that comes next."""

from flask import flash


def tell(text: str, *, more: str | None = None, address: str | None = None) -> None:
    """
    Say a sentence on the next page, with a link if there is more to see.

    It travels in a cookie, so it names things and no more.
    """
    flash({"text": text, "more": more, "address": address}, "done")  # type: ignore[arg-type]
