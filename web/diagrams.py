"""The picture of a version, with words in the reader's language."""

from flask_babel import gettext
from sqlalchemy.orm import Session

from bpmn.diagram import svg
from bpmn.diagram.words import english
from bpmn.errors import InvalidXml
from engine.definitions import repository
from engine.definitions.models import Definition
from engine.errors import Conflict
from web.language import say


def picture(session: Session, definition: Definition) -> str:
    """
    Draw the file of a version as SVG that a page may hold as it is.

    Raises `Conflict` where the file cannot be drawn.
    """
    try:
        return svg.draw(repository.content(session, definition), words=word)
    except InvalidXml as error:
        raise Conflict(
            "The picture cannot be drawn: {reason}", reason=say(error.template, error.values)
        ) from error


def word(code: str) -> str:
    """Return what modellers call a kind of shape, or what is particular about it."""
    return str(gettext(english(code)))
