"""One box for everything: tasks, cases and routines that hold the words, or a case by its number."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bpmn.deployment import Kind
from engine.cases import reading
from engine.cases.reading import Case
from engine.definitions import repository as definitions
from engine.definitions.models import Definition
from engine.identity.permissions import Permission
from engine.inbox import search
from engine.inbox.search import Hit
from engine.uow import UnitOfWork
from web.auth.permissions import requires
from web.transactions import uow

AT_ONCE = 50
MOST_NUMBERED = 20
LONGEST = 200

blueprint = Blueprint("search-pages", __name__, url_prefix="/search")


@dataclass(frozen=True, slots=True)
class Found:
    numbered: list[Case]
    """The cases of that very reference or registration number."""
    routines: list[Definition]
    hits: list[Hit]
    is_complete: bool

    @property
    def number(self) -> int:
        return len(self.numbered) + len(self.routines) + len(self.hits)


@blueprint.get("")
@requires(Permission.READ_INSTANCE)
def show() -> ResponseReturnValue:
    """Show what is found; the number of one case leads to it."""
    text = " ".join(request.args.get("q", "").split())[:LONGEST]
    if not text:
        return render_template("search/show.html", searched_for="", found=None)
    found = _found(uow(), text)
    if len(found.numbered) == 1 and found.number == 1:
        return redirect(url_for("cases.show", case_id=found.numbered[0].id))
    return render_template("search/show.html", searched_for=text, found=found, most=AT_ONCE)


def _found(unit: UnitOfWork, text: str) -> Found:
    numbered = {
        each.id: each
        for each in (
            *reading.listed(unit, business_key=text, limit=MOST_NUMBERED),
            *reading.listed(unit, registration_no=text, limit=MOST_NUMBERED),
        )
    }
    others = search.find(unit, text, limit=AT_ONCE)
    return Found(
        list(numbered.values()),
        _routines(unit, text),
        [each for each in others.hits if each.task or each.case.id not in numbered],
        others.is_complete,
    )


def _routines(unit: UnitOfWork, text: str) -> list[Definition]:
    """Return the routines in force whose names hold all the words."""
    words = text.casefold().split()
    latest = definitions.listed(unit.session, Kind.PROCESS, only_latest=True, limit=500)
    found = [
        each
        for each in latest
        if all(word in f"{each.name} {each.key}".casefold() for word in words)
    ]
    return sorted(found, key=lambda each: each.name.casefold())
