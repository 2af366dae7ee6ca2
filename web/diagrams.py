"""The picture of a version, with words in the reader's language."""

from flask_babel import get_locale, gettext

from bpmn.diagram import marking, svg
from bpmn.diagram.drawn import Drawn
from bpmn.diagram.words import english
from bpmn.errors import InvalidXml
from engine.definitions import pictures, repository
from engine.definitions.models import Definition
from engine.errors import Conflict
from engine.uow import UnitOfWork
from web.language import say

LARGEST = 2_000_000
"""Characters of a picture that stands on a page, and is kept ready; a larger one is looked at alone."""


def picture(unit: UnitOfWork, definition: Definition) -> str:
    """
    Return the picture of a version as SVG that a page may hold as it is: the one that came with it, else our own.

    Raises `Conflict` where the file cannot be drawn.
    """
    return drawn(unit, definition).svg


def drawn(unit: UnitOfWork, definition: Definition) -> Drawn:
    """Return the picture and where the steps stand in it. Raises `Conflict` where the file cannot be drawn."""
    given = pictures.digest(unit.session, definition.id)
    identity = f"{definition.id} {given or get_locale().language}"
    shelf = unit.installation.pictures
    found = shelf.get(identity)
    if found is None:
        found = _made(unit, definition, identity, is_given=given is not None)
        if len(found.svg) <= LARGEST:
            shelf.put(found)
    return found


def _made(unit: UnitOfWork, definition: Definition, identity: str, *, is_given: bool) -> Drawn:
    source = repository.content(unit.session, definition)
    try:
        places = marking.places(source)
        if is_given:
            return Drawn(identity, pictures.content(unit.session, definition.id), places)
        return Drawn(identity, svg.draw(source, words=word), places)
    except InvalidXml as error:
        raise Conflict(
            "The picture cannot be drawn: {reason}", reason=say(error.template, error.values)
        ) from error


def word(code: str) -> str:
    """Return what modellers call a kind of shape, or what is particular about it."""
    return str(gettext(english(code)))
