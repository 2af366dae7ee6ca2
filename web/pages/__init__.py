"""Pages for people: plain documents and forms, made on the server, that need no script."""

from flask import Blueprint

from web.pages import (
    about,
    account,
    additions,
    areas,
    cases,
    components,
    confirmation,
    decisions,
    drawings,
    headers,
    home,
    layout,
    mentions,
    openid,
    password,
    routines,
    search,
    sign_in,
    tasks,
    tokens,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    layout.blueprint,
    home.blueprint,
    about.blueprint,
    components.blueprint,
    areas.blueprint,
    search.blueprint,
    sign_in.blueprint,
    openid.blueprint,
    confirmation.blueprint,
    account.blueprint,
    password.blueprint,
    tokens.blueprint,
    tasks.blueprint,
    mentions.blueprint,
    routines.blueprint,
    drawings.blueprint,
    decisions.blueprint,
    cases.blueprint,
    headers.blueprint,
    additions.blueprint,
)
