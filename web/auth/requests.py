"""
Finding out who sends a request, before anything else is done with it.

That a session or a token was used is noted now and then, in a transaction of its own: most requests only read.

A token in the `Authorization` header stands for an account and is never sent by a browser on its own, so it needs
no protection against forged requests. A cookie is sent by the browser whoever made it send the request; every
changing request with one must carry the CSRF token of a form or of the `X-CSRFToken` header.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect

from engine.accounts import sessions, tokens
from engine.clock import now
from engine.errors import NotSignedIn
from engine.identity.actor import Actor
from engine.installation import Installation
from engine.organisation import callers
from engine.uow import begin
from web.transactions import SAFE, installation

View = TypeVar("View", bound=Callable[..., Any])

COOKIE = "rutin_session"
ANONYMOUS = Actor("anonymous")

csrf = CSRFProtect()


FILES = {"static", "assets"}
"""Who asks does not matter for these."""


class Sessions(SecureCookieSessionInterface):
    """What pages remember from one to the next, in a cookie. A program with a token has nothing to remember."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if "Authorization" in request.headers and request.path.startswith("/api/"):
            return self.make_null_session(app)
        return super().open_session(app, request)


def register(app: Flask) -> None:
    app.session_interface = Sessions()
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,  # asked for below, when a cookie or nobody stands behind a request
        WTF_CSRF_TIME_LIMIT=None,  # a form may lie open over lunch; it ends with the session
        WTF_CSRF_SSL_STRICT=False,  # a proxy may end TLS; the token itself is the protection
    )
    csrf.init_app(app)

    @app.before_request
    def find_actor() -> None:
        g.actor = ANONYMOUS
        g.by_token = False
        if request.endpoint in FILES or request.blueprint == "operations":
            return
        header = request.headers.get("Authorization", "")
        cookie = request.cookies.get(COOKIE)
        if header:
            g.actor = _by_token(installation(), header)
            g.by_token = True
        elif cookie:
            g.actor = _by_cookie(installation(), cookie)

    @app.before_request
    def refuse_forged_requests() -> None:
        if request.method in SAFE or g.by_token or _is_asked_by_a_server(app):
            return
        if g.actor is ANONYMOUS and request.path.startswith("/api/"):
            return  # will be told to sign in
        csrf.protect()


def asks_no_cookie(view: View) -> View:
    """Mark a view that another server calls: what it is sent proves itself, and no session counts there."""
    view.asks_no_cookie = True  # type: ignore[attr-defined]
    return view


def asked_by_the_page(view: View) -> View:
    """Mark a view that open pages ask on their own: that it is asked does not mean that anybody is there."""
    view.asked_by_the_page = True  # type: ignore[attr-defined]
    return view


def remember(response: Response, cookie: str, *, hours: int, secure: bool) -> None:
    """Give the browser its session."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=hours * 3600,
        httponly=True,
        secure=secure,
        samesite="Lax",
    )


def forget(response: Response) -> None:
    response.delete_cookie(COOKIE)


def _is_asked_by_a_server(app: Flask) -> bool:
    return getattr(app.view_functions.get(request.endpoint or ""), "asks_no_cookie", False)


def _is_asked_by_a_page() -> bool:
    return getattr(
        current_app.view_functions.get(request.endpoint or ""), "asked_by_the_page", False
    )


def _by_token(installation: Installation, header: str) -> Actor:
    scheme, _, secret = header.partition(" ")
    caller = None
    if scheme.lower() == "bearer" and secret.strip():
        caller = callers.by_token(installation, secret.strip(), now())
    if caller is None:
        raise NotSignedIn("The token is not valid.")
    if caller.is_worth_noting:
        with begin(installation, caller.actor) as unit:
            tokens.used(unit, caller.way_in)
            unit.commit()
    return caller.actor


def _by_cookie(installation: Installation, cookie: str) -> Actor:
    caller = callers.by_cookie(installation, cookie, now())
    if caller is None:
        return ANONYMOUS
    if caller.is_worth_noting and not _is_asked_by_a_page():
        with begin(installation, caller.actor) as unit:
            sessions.seen(unit, caller.way_in)
            unit.commit()
    return caller.actor
