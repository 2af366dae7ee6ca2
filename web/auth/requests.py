"""
Finding out who sends a request, before anything else is done with it.

A token in the `Authorization` header stands for an account and is never sent by a browser on its own, so it needs
no protection against forged requests. A cookie is sent by the browser whoever made it send the request; every
changing request with one must carry the CSRF token of a form or of the `X-CSRFToken` header.
"""

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import Session

from engine.accounts import commands as accounts
from engine.accounts import repository
from engine.clock import now
from engine.errors import NotSignedIn
from engine.identity.actor import Actor
from engine.installation import Installation
from web.transactions import SAFE

COOKIE = "rutin_session"
ANONYMOUS = Actor("anonymous")

csrf = CSRFProtect()


def register(app: Flask, installation: Installation) -> None:
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
        if request.endpoint == "static" or request.blueprint == "operations":
            return
        header = request.headers.get("Authorization", "")
        cookie = request.cookies.get(COOKIE)
        if header:
            with installation.database.reading() as session:
                g.actor = _by_token(session, header)
            g.by_token = True
        elif cookie:
            with installation.database.reading() as session:
                account = repository.by_sign_in(session, accounts.digest(cookie), at=now())
                g.actor = repository.actor(account) if account else ANONYMOUS

    @app.before_request
    def refuse_forged_requests() -> None:
        if request.method in SAFE or g.by_token:
            return
        if g.actor is ANONYMOUS and request.path.startswith("/api/"):
            return  # will be told to sign in
        csrf.protect()


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


def _by_token(session: Session, header: str) -> Actor:
    scheme, _, token = header.partition(" ")
    account = None
    if scheme.lower() == "bearer" and token.strip():
        account = repository.by_token(session, accounts.digest(token.strip()))
    if account is None:
        raise NotSignedIn("The token is not valid.")
    return repository.actor(account)
