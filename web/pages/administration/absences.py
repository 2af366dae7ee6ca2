"""When people are away, and who acts for them."""

import re
from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.errors import Conflict, NotFound
from engine.organisation import absences, repository, substitutions
from engine.organisation.absences import Reason
from engine.organisation.periods import Period, today
from engine.organisation.substitutions import Scope, ScopeKind
from engine.uow import UnitOfWork
from web.pages import notices, people
from web.pages.administration import endings, forms, names, rights, words
from web.pages.administration.endings import Ending
from web.pages.administration.forms import Form
from web.transactions import uow

MOST_SUGGESTED = 500
CHOOSE = "Choose one of the options."

blueprint = Blueprint("administration_absences", __name__, url_prefix="/administration")


def _to(account_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("administration_people.show", account_id=account_id), 303)


def _trail(account: Account) -> list[tuple[str, str]]:
    there = url_for("administration_people.show", account_id=account.id)
    return [
        (gettext("People"), url_for("administration_people.listed")),
        (account.display_name, there),
    ]


# ------------------------------------------------------------ absences


def _absence(unit: UnitOfWork, form: Form, account_id: UUID) -> str:
    account = accounts.get(unit.session, account_id)
    return render_template("administration/people/absence.html", form=form, account=account)


@blueprint.get("/people/<uuid:account_id>/absences")
@rights.looks_after_the_organisation
def new_absence(account_id: UUID) -> str:
    day = today(uow()).isoformat()
    return _absence(uow(), forms.opened(kind=Reason.VACATION, valid_from=day), account_id)


@blueprint.post("/people/<uuid:account_id>/absences")
@forms.shown_again_by(_absence, {Conflict: "valid_from"})
@rights.looks_after_the_organisation
def create_absence(account_id: UUID) -> ResponseReturnValue:
    account = accounts.get(uow().session, account_id)
    kind = forms.text("kind")
    if kind not in set(Reason):
        raise forms.wrong("kind", CHOOSE)
    absences.create(uow(), account.name, Reason(kind), forms.period())
    notices.tell(gettext("It is noted when “%(name)s” is away.", name=account.display_name))
    return _to(account_id)


def _absence_ending(unit: UnitOfWork, form: Form, absence_id: UUID) -> str:
    entry = absences.get(unit, absence_id)
    account = accounts.named(unit.session, entry.person)
    called = {"name": account.display_name, "kind": str(words.REASONS[entry.reason])}
    ending = Ending(
        gettext("The last day of an absence"),
        gettext("%(name)s is away: %(kind)s.", **called),
        [gettext("From the day after, the person is there again.")],
        _trail(account),
        Period(entry.valid_from, entry.valid_to),
        today(unit),
    )
    return endings.page(ending, form)


@blueprint.get("/absences/<uuid:absence_id>/ending")
@rights.looks_after_the_organisation
def absence_ending(absence_id: UUID) -> str:
    return _absence_ending(uow(), endings.opened(today(uow())), absence_id)


@blueprint.post("/absences/<uuid:absence_id>/ending")
@forms.shown_again_by(_absence_ending, endings.AT)
@rights.looks_after_the_organisation
def end_absence(absence_id: UUID) -> ResponseReturnValue:
    row = absences.end(uow(), absence_id, forms.day("valid_to"))
    notices.tell(endings.given(row.valid_from, row.valid_to))
    return _to(row.account_id)


# ------------------------------------------------------------ substitutes


def _substitute(unit: UnitOfWork, form: Form, account_id: UUID) -> str:
    return render_template(
        "administration/people/substitute.html",
        form=form,
        account=accounts.get(unit.session, account_id),
        names=names.known(unit, today(unit)),
        people=accounts.active(unit.session, limit=MOST_SUGGESTED),
    )


@blueprint.get("/people/<uuid:account_id>/substitutes")
@rights.looks_after_the_organisation
def new_substitute(account_id: UUID) -> str:
    day = today(uow()).isoformat()
    return _substitute(uow(), forms.opened(scope=ScopeKind.ALL, valid_from=day), account_id)


@blueprint.post("/people/<uuid:account_id>/substitutes")
@forms.shown_again_by(_substitute, {Conflict: "substitute", NotFound: "substitute"})
@rights.looks_after_the_organisation
def create_substitute(account_id: UUID) -> ResponseReturnValue:
    account = accounts.get(uow().session, account_id)
    substitute = forms.needed("substitute")
    row = substitutions.create(uow(), account.name, substitute, forms.period(), _scope())
    other = accounts.get(uow().session, row.substitute_id)
    called = {"name": account.display_name, "other": other.display_name}
    notices.tell(gettext("“%(other)s” may act for “%(name)s”.", **called))
    return _to(account_id)


def _scope() -> Scope:
    kind = forms.text("scope")
    if kind not in set(ScopeKind):
        raise forms.wrong("scope", CHOOSE)
    keys = tuple(key for each in re.split(r"[\s,;]+", forms.text("keys")) if (key := each.strip()))
    if ScopeKind(kind) is ScopeKind.ALL:
        return Scope()
    if not keys:
        raise forms.wrong("keys", forms.FILL_IN)
    if ScopeKind(kind) is ScopeKind.ROLES:
        _check_roles(keys)
    return Scope(ScopeKind(kind), keys)


def _check_roles(keys: Sequence[str]) -> None:
    for each in keys:
        with forms.told_at("keys"):
            repository.role(uow().session, each)


def _substitute_ending(unit: UnitOfWork, form: Form, substitution_id: UUID) -> str:
    entry = substitutions.get(unit, substitution_id)
    account = accounts.named(unit.session, entry.person)
    called = {"name": account.display_name, "other": people.person(entry.substitute)}
    ending = Ending(
        gettext("The last day of a substitute"),
        gettext("%(other)s may act for %(name)s.", **called),
        [gettext("From the day after, the substitute sees and takes no tasks for the person.")],
        _trail(account),
        Period(entry.valid_from, entry.valid_to),
        today(unit),
    )
    return endings.page(ending, form)


@blueprint.get("/substitutions/<uuid:substitution_id>/ending")
@rights.looks_after_the_organisation
def substitute_ending(substitution_id: UUID) -> str:
    return _substitute_ending(uow(), endings.opened(today(uow())), substitution_id)


@blueprint.post("/substitutions/<uuid:substitution_id>/ending")
@forms.shown_again_by(_substitute_ending, endings.AT)
@rights.looks_after_the_organisation
def end_substitute(substitution_id: UUID) -> ResponseReturnValue:
    row = substitutions.end(uow(), substitution_id, forms.day("valid_to"))
    notices.tell(endings.given(row.valid_from, row.valid_to))
    return _to(row.account_id)
