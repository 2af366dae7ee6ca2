"""What every page shares: who is signed in, in which language, and how names and times are written."""

import re
from typing import Any

from flask import Blueprint, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from engine.accounts import commands
from engine.clock import now
from engine.identity.actor import Actor
from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.auth.requests import ANONYMOUS
from web.language import COOKIE, LANGUAGES, say
from web.pages import addresses, moments, people, words
from web.pages.frame import menu
from web.transactions import actor, by_itself, opens_its_own

A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("layout", __name__)


@blueprint.app_context_processor
def shell() -> dict[str, Any]:
    """Give templates what the frame around a page shows; also where an error came before a person was found."""
    who = g.get("actor", ANONYMOUS)
    return {
        "here": addresses.here(),
        "language": str(get_locale().language),
        "languages": LANGUAGES,
        "me": None if who is ANONYMOUS else who,
        "menu": menu,
        "now": now(),
        "say": say,
        "standing_in": standing_in(who),
        "words": words,
    }


def standing_in(who: Actor) -> str:
    """Say for whom somebody acts today, if for anybody; signing in has told it, so nothing is asked."""
    return people.in_a_row(each.display_name or each.name for each in who.proxies)


@blueprint.post("/language")
@opens_its_own
@requires(Permission.PUBLIC)
def choose_language() -> ResponseReturnValue:
    """Choose a language for this browser and, where somebody is signed in, for their account."""
    response = redirect(addresses.local(request.form.get("next")), 303)
    language = request.form.get("language", "")
    if language in LANGUAGES:
        if actor() is not ANONYMOUS:
            with by_itself() as unit:
                commands.choose_language(unit, language)
        response.set_cookie(
            COOKIE,
            language,
            max_age=A_YEAR,
            httponly=True,
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            samesite="Lax",
        )
    return response


@blueprint.app_template_filter("paragraphs")
def paragraphs(text: str | None) -> list[str]:
    return [each.strip() for each in (text or "").split("\n\n") if each.strip()]


@blueprint.app_template_test("web_address")
def is_web_address(text: str) -> bool:
    """Tell whether a text is one address on the web and nothing else; then it may become a link."""
    return re.fullmatch(r"https?://[^\s/]+\S*", text) is not None


def _time(value: Any) -> Markup:
    return moments.stamp(value)


@blueprint.app_template_filter("recorded")
def recorded(text: str) -> Markup:
    """Write a point in time of the record."""
    return moments.stamp(moments.read(text))


blueprint.add_app_template_filter(people.person, "person")
blueprint.add_app_template_filter(people.unit, "unit")
blueprint.add_app_template_filter(_time, "time")
blueprint.add_app_template_filter(moments.moment, "moment")
blueprint.add_app_template_filter(moments.day, "day")
blueprint.add_app_template_filter(moments.left, "left")
blueprint.add_app_template_filter(moments.length, "length_of_time")
blueprint.add_app_template_filter(moments.deadline, "deadline")
