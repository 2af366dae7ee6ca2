"""Pages for people: plain documents and forms, made on the server, that need no script."""

from flask import Blueprint

from web.pages import administration
from web.pages.account import (
    absences,
    confirmation,
    openid,
    password,
    sign_in,
    substitutions,
    tokens,
)
from web.pages.account.views import blueprint as account_blueprint
from web.pages.cases import additions, headers, pauses
from web.pages.cases.views import blueprint as cases_blueprint
from web.pages.frame import areas, layout, search
from web.pages.home import notifications, oversight
from web.pages.home.views import blueprint as home_blueprint
from web.pages.routines import decisions, drawings
from web.pages.routines.views import blueprint as routines_blueprint
from web.pages.service import about, accessibility, components, feedback, help_pages, keyboard
from web.pages.tasks import batches, bulk, hands, news, onward
from web.pages.tasks.views import blueprint as tasks_blueprint

BLUEPRINTS: tuple[Blueprint, ...] = (
    layout.blueprint,
    accessibility.blueprint,
    feedback.blueprint,
    home_blueprint,
    about.blueprint,
    components.blueprint,
    areas.blueprint,
    search.blueprint,
    sign_in.blueprint,
    openid.blueprint,
    confirmation.blueprint,
    account_blueprint,
    absences.blueprint,
    substitutions.blueprint,
    password.blueprint,
    tokens.blueprint,
    tasks_blueprint,
    hands.blueprint,
    news.blueprint,
    onward.blueprint,
    bulk.blueprint,
    batches.blueprint,
    keyboard.blueprint,
    notifications.blueprint,
    notifications.former,
    routines_blueprint,
    oversight.blueprint,
    drawings.blueprint,
    decisions.blueprint,
    cases_blueprint,
    pauses.blueprint,
    headers.blueprint,
    additions.blueprint,
    *administration.BLUEPRINTS,
    help_pages.blueprint,
)
