"""
The reader's language: of the account, else chosen in this browser, else the browser's, else the organisation's.

Swedish and English are finished.
"""

from collections.abc import Mapping

from flask import Flask, g, request
from flask_babel import Babel, get_locale, gettext

from bpmn.forms.fields import Text
from engine.settings import Settings

LANGUAGES = {"sv": "Svenska", "en": "English"}
COOKIE = "rutin_language"


def register(app: Flask, settings: Settings) -> None:
    def chosen() -> str:
        own = getattr(g.get("actor"), "language", None)
        if own in LANGUAGES:
            return str(own)
        cookie = request.cookies.get(COOKIE)
        if cookie in LANGUAGES:
            return cookie
        return request.accept_languages.best_match(LANGUAGES) or settings.language

    Babel(
        app,
        default_locale=settings.language,
        default_timezone=settings.zone.key,
        locale_selector=chosen,
    )


def say(template: str, values: Mapping[str, object] | None = None) -> str:
    """Say a sentence of the lower floors in the reader's language."""
    sentence: str = gettext(template)
    return (
        sentence.format_map({k: _said(each) for k, each in values.items()}) if values else sentence
    )


def _said(value: object) -> object:
    """Choose among the words of a definition, which it brings along in each language."""
    return value.in_language(str(get_locale().language)) if isinstance(value, Text) else value
