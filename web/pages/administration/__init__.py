"""
Administration: people and how they come in, units, roles and who holds them, and the organisation as tables.

A page does what the API does, by the same verbs and under the same permissions.
"""

from typing import Any

from flask import Blueprint

from web.pages.administration import (
    absences,
    accounts,
    appointments,
    belongings,
    closures,
    exchange,
    forms,
    people,
    periods,
    roles,
    start,
    units,
    words,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    start.blueprint,
    people.blueprint,
    accounts.blueprint,
    belongings.blueprint,
    absences.blueprint,
    units.blueprint,
    closures.blueprint,
    roles.blueprint,
    appointments.blueprint,
    exchange.blueprint,
)


def _shared() -> dict[str, Any]:
    """Give the templates of these pages their words."""
    return {"terms": words, "days": periods.said}


for each in BLUEPRINTS:
    forms.register(each)
    each.context_processor(_shared)
