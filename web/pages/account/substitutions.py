"""Naming who acts for oneself, when and in what, and ending it."""

from typing import NoReturn
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bpmn.deployment import Kind
from engine.accounts import repository as accounts
from engine.definitions import repository as definitions
from engine.errors import Conflict, EngineError, Invalid, NotFound
from engine.identity.permissions import Permission
from engine.organisation import standing, substitutions
from engine.organisation.periods import A_DAY, today
from engine.organisation.substitutions import MOST_KEYS, Scope, ScopeKind
from engine.uow import UnitOfWork
from web import errors
from web.auth.permissions import requires
from web.pages import afresh, notices, people
from web.pages.account import contents
from web.pages.forms import filled
from web.pages.forms.filled import Filled
from web.transactions import uow

MOST_PEOPLE = 200

blueprint = Blueprint("my_substitutions", __name__, url_prefix="/account/substitutes")


@blueprint.get("/new")
@requires(Permission.CHANGE_ABSENCE)
def new() -> str:
    begun = {"valid_from": today(uow()).isoformat(), "scope": ScopeKind.ALL.value}
    return _form(uow(), Filled(begun))


@blueprint.post("")
@requires(Permission.CHANGE_ABSENCE)
def create() -> ResponseReturnValue:
    row = substitutions.create(
        uow(), uow().actor.name, _substitute(), filled.period(request.form), _scope()
    )
    named = substitutions.get(uow(), row.id).substitute
    notices.tell(gettext("%(person)s is your substitute.", person=people.person(named)))
    return _back()


@blueprint.get("/<uuid:substitution_id>/ending")
@requires(Permission.CHANGE_ABSENCE)
def ending(substitution_id: UUID) -> str:
    return _ending(uow(), substitution_id, Filled({"valid_to": today(uow()).isoformat()}))


@blueprint.post("/<uuid:substitution_id>/ending")
@requires(Permission.CHANGE_ABSENCE)
def end(substitution_id: UUID) -> ResponseReturnValue:
    """Give it a last day; what has not begun is withdrawn."""
    entry = substitutions.own(uow(), substitution_id)
    name = people.person(entry.substitute)
    if entry.valid_from > today(uow()):
        substitutions.end(uow(), substitution_id, entry.valid_from - A_DAY)
        notices.tell(gettext("%(person)s will not act for you.", person=name))
    else:
        last = filled.day("valid_to", request.form.get("valid_to", ""))
        substitutions.end(uow(), substitution_id, last)
        notices.tell(gettext("It has a last day until when %(person)s acts for you.", person=name))
    return _back()


@blueprint.errorhandler(Invalid)
@blueprint.errorhandler(Conflict)
def fill_in_again(error: Invalid | Conflict) -> ResponseReturnValue:
    """Nothing was changed: show the form once more, with what was typed."""
    wrong, sentence = filled.wrong(error)
    chosen = {name: frozenset(request.form.getlist(name)) for name in ("role", "routine")}
    form = Filled(request.form, chosen, wrong, sentence)
    substitution_id = (request.view_args or {}).get("substitution_id")
    with afresh.reading() as unit:
        page = _ending(unit, substitution_id, form) if substitution_id else _form(unit, form)
        return page, errors.STATUS[type(error)]


def _form(unit: UnitOfWork, form: Filled) -> str:
    who = unit.actor.id
    roles = standing.of(unit.session, who, today(unit)).roles if who else []
    known = definitions.listed(unit.session, Kind.PROCESS, only_latest=True, limit=MOST_KEYS)
    return render_template(
        "account/substitute.html",
        form=form,
        roles=[(each.key, contents.called(each)) for each in roles],
        routines=sorted(
            ((each.key, each.name) for each in known), key=lambda each: each[1].casefold()
        ),
        people=[
            each
            for each in accounts.active(unit.session, limit=MOST_PEOPLE)
            if each.id != unit.actor.id
        ],
    )


def _ending(unit: UnitOfWork, substitution_id: UUID, form: Filled) -> str:
    entry = substitutions.own(unit, substitution_id)
    return render_template(
        "account/substitute_ending.html",
        entry=entry,
        form=form,
        has_begun=entry.valid_from <= today(unit),
    )


def _substitute() -> str:
    """Read who is named. Raises `Invalid` at the field for whom nobody can name."""
    name = request.form.get("substitute", "").strip().lower()
    try:
        if not name:
            _refuse_person(Invalid("Say who shall act for you."))
        account = accounts.named(uow().session, name)
    except NotFound as error:
        _refuse_person(error)
    if account.id == uow().actor.id:
        _refuse_person(Conflict("Nobody is their own substitute."))
    if not account.is_active:
        _refuse_person(Conflict("The account '{name}' is closed.", name=account.name))
    return account.name


def _refuse_person(error: EngineError) -> NoReturn:
    filled.refuse("substitute", error)


def _scope() -> Scope:
    """Read in what somebody acts. Raises `Invalid` at the field."""
    given = request.form.get("scope", "")
    if given not in {each.value for each in ScopeKind}:
        filled.refuse("scope", Invalid("Choose one of the options."))
    kind = ScopeKind(given)
    fields = {ScopeKind.ROLES: "role", ScopeKind.PROCESSES: "routine"}
    keys = tuple(request.form.getlist(fields[kind])) if kind in fields else ()
    if kind in fields and not keys:
        filled.refuse(fields[kind], Invalid("Choose at least one."))
    return Scope(kind, keys)


def _back() -> ResponseReturnValue:
    return redirect(url_for("account.show", _anchor="away"), 303)
