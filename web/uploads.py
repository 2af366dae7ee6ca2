"""
Files that people send: written to the disk as they arrive, never held in memory, kept before a transaction begins.

1. A view says that it receives a file. Only then is more read than other requests may send, and what is a file in
   the body goes straight into the store, which counts and hashes it.
2. The file is looked into and gets its name in the store.
3. The row is written, with whatever the view does besides, in a transaction of its own.

A file that is refused or not asked for leaves nothing behind: it goes with the request.
"""

from collections.abc import Callable
from typing import IO, Any, TypeVar, cast

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import UnsupportedMediaType

from engine.attachments import commands, store
from engine.attachments.models import Attachment
from engine.attachments.store import Incoming
from engine.errors import Invalid
from engine.uow import UnitOfWork, begin
from web.transactions import TransactionalFlask, actor, installation

PART = "file"
BESIDE = 64 * 1024
"""Bytes of a request beside its file: names, the token of the form."""
IN_MEMORY = 2 * BESIDE
"""
Bytes held at once. A body is read in pieces of 64 KiB, and the end of a piece waits for the next one where a
boundary may begin in it, which is at every line break: room for one piece alone would refuse files by where their
lines end.
"""
MOST_PARTS = 8

View = TypeVar("View", bound=Callable[..., Any])
Kept = TypeVar("Kept")


def receives_a_file(view: View) -> View:
    """Mark a view whose request may be as large as an attachment."""
    view.receives_a_file = True  # type: ignore[attr-defined]
    return view


class ReceivingRequest(Request):
    @property
    def receives_a_file(self) -> bool:
        view = current_app.view_functions.get(self.endpoint or "")
        return getattr(view, "receives_a_file", False)

    def _get_file_stream(self, *given: Any, **named: Any) -> IO[bytes]:
        if not self.receives_a_file:
            return super()._get_file_stream(*given, **named)
        incoming = store.of(_installed().installation).incoming(_most())
        return cast("IO[bytes]", incoming)


def register(app: Flask) -> None:
    """Stands before whatever else looks into the body."""
    app.request_class = ReceivingRequest

    @app.before_request
    def expect_a_file() -> None:
        if cast("ReceivingRequest", request).receives_a_file:
            request.max_content_length = _most() + BESIDE
            request.max_form_memory_size = IN_MEMORY
            request.max_form_parts = MOST_PARTS


def keep(then: Callable[[UnitOfWork, Attachment], Kept]) -> Kept:
    """
    Keep the file of the request, and do what the view does with it in the same transaction.

    Raises `TooLarge`, and `Invalid` for a file that is not taken.
    """
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    sent = request.files.getlist(PART)
    others = {*request.files, *request.form} - {PART, current_app.config["WTF_CSRF_FIELD_NAME"]}
    if len(sent) != 1 or others:
        raise Invalid("Send one file, in the part '{part}'.", part=PART)
    name, incoming = sent[0].filename or "", cast("Incoming", sent[0].stream)
    files = store.of(installation())
    with files.held():
        taken = commands.take(files, incoming, name)
        with begin(installation(), actor()) as unit:
            kept = then(unit, commands.keep(unit, taken))
            unit.commit()
    return kept


def _most() -> int:
    return _installed().installation.settings.max_attachment_bytes


def _installed() -> TransactionalFlask:
    return cast("TransactionalFlask", current_app)
