"""Pages for people: plain documents and forms, made on the server, that need no script."""

from flask import Blueprint

from web.pages import administration
from web.pages.account import (
    absences,
    account,
    confirmation,
    openid,
    password,
    sign_in,
    substitutions,
    tokens,
)
from web.pages.cases import additions, cases, headers, pauses
from web.pages.frame import areas, layout, search
from web.pages.home import home, notifications, oversight
from web.pages.routines import decisions, drawings, routines
from web.pages.service import about, accessibility, components, feedback, help_pages, keyboard
from web.pages.tasks import batches, bulk, hands, news, onward, tasks

BLUEPRINTS: tuple[Blueprint, ...] = (
    layout.blueprint,
    accessibility.blueprint,
    feedback.blueprint,
    home.blueprint,
    about.blueprint,
    components.blueprint,
    areas.blueprint,
    search.blueprint,
    sign_in.blueprint,
    openid.blueprint,
    confirmation.blueprint,
    account.blueprint,
    absences.blueprint,
    substitutions.blueprint,
    password.blueprint,
    tokens.blueprint,
    tasks.blueprint,
    hands.blueprint,
    news.blueprint,
    onward.blueprint,
    bulk.blueprint,
    batches.blueprint,
    keyboard.blueprint,
    notifications.blueprint,
    notifications.former,
    routines.blueprint,
    oversight.blueprint,
    drawings.blueprint,
    decisions.blueprint,
    cases.blueprint,
    pauses.blueprint,
    headers.blueprint,
    additions.blueprint,
    *administration.BLUEPRINTS,
    help_pages.blueprint,
)
