"""Tasks that were marked in a list: what they are, what was done with them, and why not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext, ngettext

from engine.inbox import reading
from engine.inbox.reading import Line
from engine.uow import UnitOfWork
from web.pages import people


@dataclass(frozen=True, slots=True)
class Marked:
    """A task that was marked, and why nothing was done with it."""

    id: UUID
    line: Line | None
    """None where it is none that the reader may see."""
    refused: str = ""


def found(unit: UnitOfWork, ids: Collection[UUID], refused: Mapping[UUID, str]) -> list[Marked]:
    lines = reading.several(unit, list(ids))
    return [Marked(each, lines.get(each), refused.get(each, "")) for each in ids]


def why(result: Mapping[str, Any]) -> str:
    """Say why nothing was done with a task; what its form asks is answered on its own page."""
    if result.get("fields"):
        sentence = gettext(
            "It has questions that must be answered: open it, and complete it there."
        )
        return str(sentence)
    return str(result["detail"])


def receipt(asked: str, done: int, user: str) -> str:
    if not done:
        return str(gettext("Nothing was done."))
    sentences = {
        "claim": ngettext("%(num)s task is yours now.", "%(num)s tasks are yours now.", done),
        "release": ngettext("%(num)s task is given back.", "%(num)s tasks are given back.", done),
        "assign": ngettext(
            "%(person)s has got %(num)s task.",
            "%(person)s has got %(num)s tasks.",
            done,
            person=people.person(user),
        ),
        "complete": ngettext("%(num)s task is done.", "%(num)s tasks are done.", done),
    }
    return str(sentences[asked])
