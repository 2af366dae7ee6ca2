"""Pages for people: plain documents and forms, made on the server, that need no script."""

from flask import Blueprint

from web.pages import account, cases, decisions, drawings, home, layout, routines, sign_in, tasks

BLUEPRINTS: tuple[Blueprint, ...] = (
    layout.blueprint,
    home.blueprint,
    sign_in.blueprint,
    account.blueprint,
    tasks.blueprint,
    routines.blueprint,
    drawings.blueprint,
    decisions.blueprint,
    cases.blueprint,
)
