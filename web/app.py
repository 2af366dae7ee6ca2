"""All meet here, only here: the application out of its doors, for one installation."""

from flask import Response
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.installation import Installation
from engine.settings import Settings
from web import assets, errors, language, operations, secret, uploads
from web.api import (
    absences,
    account,
    accounts,
    appointments,
    attachments,
    belongings,
    closures,
    comments,
    decision_definitions,
    deployments,
    documentation,
    drafts,
    drawings,
    forms,
    inbox,
    incidents,
    mentions,
    notifications,
    organisation,
    people,
    process_definitions,
    process_instances,
    roles,
    saved_views,
    search,
    substitutions,
    units,
    user_tasks,
)
from web.auth import provider, requests
from web.json import JsonProvider
from web.pages import BLUEPRINTS as PAGES
from web.transactions import TransactionalFlask

API = [
    deployments.blueprint,
    process_definitions.blueprint,
    forms.blueprint,
    decision_definitions.blueprint,
    drawings.blueprint,
    process_instances.blueprint,
    user_tasks.blueprint,
    comments.blueprint,
    mentions.blueprint,
    notifications.blueprint,
    attachments.blueprint,
    drafts.blueprint,
    inbox.blueprint,
    saved_views.blueprint,
    search.blueprint,
    incidents.blueprint,
    units.blueprint,
    roles.blueprint,
    people.blueprint,
    belongings.blueprint,
    appointments.blueprint,
    absences.blueprint,
    substitutions.blueprint,
    closures.blueprint,
    organisation.blueprint,
    account.blueprint,
    accounts.blueprint,
]

CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and send: nothing but what is ours."""

HEADERS = {
    "Content-Security-Policy": CONTENT,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(settings: Settings, installation: Installation | None = None) -> TransactionalFlask:
    app = TransactionalFlask("web")
    app.installation = installation or Installation(settings)
    app.json = JsonProvider(app)
    app.config.update(
        SECRET_KEY=secret.key(settings),
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_upload_bytes,
        MAX_FORM_PARTS=1_000,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.cookie_secure,
    )
    app.url_map.strict_slashes = False
    if (
        settings.proxies
    ):  # each adds the address that it was called from; nothing else of theirs is believed
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, x_proto=0)  # type: ignore[method-assign]
    operations.register(app)
    language.register(app, settings)
    assets.register(app)
    uploads.register(app)
    requests.register(app)
    provider.register(app, settings)
    errors.register(app)
    documentation.register(app, API)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    app.after_request(_protect)
    return app


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype in {"text/html", "application/json", "application/problem+json"}:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
