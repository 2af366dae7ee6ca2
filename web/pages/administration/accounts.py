"""Accounts: created, changed, given another password, closed and opened again."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from engine.accounts import administration, commands, passwords, repository, ways_in
from engine.accounts.administration import LONGEST_REASON
from engine.accounts.models import Account
from engine.errors import Conflict
from engine.identity.permissions import Permission
from engine.organisation.periods import today
from engine.tasks import repository as tasks
from engine.uow import UnitOfWork
from web.auth import passwords as resets
from web.auth import provider
from web.auth.permissions import requires
from web.pages import afresh, notices
from web.pages.administration import forms, names
from web.pages.administration.forms import Form
from web.transactions import actor, by_itself, installation, opens_its_own, uow

BY_PASSWORD = "password"  # noqa: S105  a choice in a form
ELSEWHERE = "provider"

blueprint = Blueprint("administration_accounts", __name__, url_prefix="/administration/people")


def _to(account_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("administration_people.show", account_id=account_id), 303)


# ------------------------------------------------------------ a new one


def _new(unit: UnitOfWork, form: Form) -> str:
    return render_template(
        "administration/people/new.html",
        form=form,
        provider=provider.known(),
        names=names.known(unit, today(unit)),
    )


@blueprint.get("/new")
@requires(Permission.CHANGE_ACCOUNT)
def new() -> str:
    return _new(uow(), forms.opened(first=BY_PASSWORD))


@blueprint.post("/new")
@opens_its_own
@forms.shown_again_by(_new, {Conflict: "name"})
@requires(Permission.CHANGE_ACCOUNT)
def create() -> ResponseReturnValue:
    """Create an account, and show its one-time password on the page that answers: it is kept nowhere."""
    name, display_name = forms.needed("name"), forms.needed("display_name")
    elsewhere = provider.known() is not None and forms.text("first") == ELSEWHERE
    given = None if elsewhere else passwords.one_time()  # slow, so before the transaction
    with by_itself() as unit:
        account = administration.create(
            unit,
            name,
            display_name=display_name,
            groups=_groups(),
            is_admin="is_admin" in request.form,
            given=given,
        )
        created = account.id
    if given is None:
        notices.tell(gettext("“%(name)s” has an account now.", name=display_name))
        return _to(created)
    until = unit.now + commands.ONE_TIME
    return _password(created, display_name, given.password, until, is_new=True), 201


# ------------------------------------------------------------ name, groups, rights


def _change(unit: UnitOfWork, form: Form, account_id: UUID) -> str:
    return render_template(
        "administration/people/change.html",
        form=form,
        account=repository.get(unit.session, account_id),
        names=names.known(unit, today(unit)),
    )


@blueprint.get("/<uuid:account_id>/account")
@requires(Permission.CHANGE_ACCOUNT)
def change(account_id: UUID) -> str:
    account = repository.get(uow().session, account_id)
    texts = {"display_name": account.display_name, "groups": _written(account)}
    rights = {"is_admin": ["yes"]} if account.is_admin else {}
    return _change(
        uow(), Form(texts | {f"was-{k}": v for k, v in texts.items()}, rights), account_id
    )


@blueprint.post("/<uuid:account_id>/account")
@requires(Permission.CHANGE_ACCOUNT)
@forms.shown_again_by(_change, {Conflict: "is_admin"})
def save(account_id: UUID) -> ResponseReturnValue:
    """Change what was changed on the page, so that nobody undoes what somebody else has done meanwhile."""
    unit = uow()
    account = repository.hold(unit.session, account_id)
    unit.session.refresh(account, ["memberships"])  # what it was before the lock does not count
    wanted, was = _groups(), set(_read_groups(forms.text("was-groups")))
    now = {each.group for each in account.memberships}
    display_name = forms.needed("display_name")
    is_admin = "is_admin" in request.form
    changed = administration.change(
        unit,
        account_id,
        display_name=display_name if display_name != forms.text("was-display_name") else None,
        groups=(now | (set(wanted) - was)) - (was - set(wanted)),
        is_admin=is_admin if is_admin != ("was-is_admin" in request.form) else None,
    )
    notices.tell(
        gettext("What “%(name)s” is called and may do is saved.", name=changed.display_name)
    )
    return _to(account_id)


# ------------------------------------------------------------ a password, and what has got stuck


@blueprint.get("/<uuid:account_id>/password")
@requires(Permission.RESET_PASSWORD)
def password(account_id: UUID) -> str:
    return _reset(uow(), Form(), account_id)


def _reset(unit: UnitOfWork, form: Form, account_id: UUID) -> str:
    account = repository.get(unit.session, account_id)
    return render_template(
        "administration/people/reset.html",
        form=form,
        account=account,
        ways_in=ways_in.of(unit, account),
    )


@blueprint.post("/<uuid:account_id>/password")
@opens_its_own
@forms.shown_again_by(_reset)
@requires(Permission.RESET_PASSWORD)
def reset_password(account_id: UUID) -> ResponseReturnValue:
    """Give somebody a one-time password, and show it on the page that answers: it is kept nowhere."""
    reset = resets.reset(installation(), actor(), account_id)
    with afresh.reading() as unit:
        name = repository.get(unit.session, account_id).display_name
        return _password(account_id, name, reset.password, reset.expires_at, is_new=False), 201


def _password(account_id: UUID, name: str, given: str, until: object, *, is_new: bool) -> str:
    return render_template(
        "administration/people/password.html",
        account_id=account_id,
        name=name,
        password=given,
        until=until,
        is_new=is_new,
    )


@blueprint.post("/<uuid:account_id>/unlocking")
@requires(Permission.UNLOCK_ACCOUNT)
def unlock(account_id: UUID) -> ResponseReturnValue:
    account = commands.unlock(uow(), account_id)
    notices.tell(gettext("“%(name)s” can try to sign in again.", name=account.display_name))
    return _to(account_id)


@blueprint.post("/<uuid:account_id>/sessions/revocation")
@requires(Permission.CLOSE_ACCOUNT)
def end_sessions(account_id: UUID) -> ResponseReturnValue:
    number = ways_in.end_sessions(uow(), account_id)
    notices.tell(ngettext("%(num)s session is ended.", "%(num)s sessions are ended.", number))
    return _to(account_id)


@blueprint.post("/<uuid:account_id>/tokens/<uuid:token_id>/revocation")
@requires(Permission.CLOSE_ACCOUNT)
def revoke_token(account_id: UUID, token_id: UUID) -> ResponseReturnValue:
    token = ways_in.revoke_token(uow(), account_id, token_id)
    notices.tell(gettext("The key “%(name)s” opens nothing any more.", name=token.name))
    return _to(account_id)


# ------------------------------------------------------------ closing, and opening again


def _closing(unit: UnitOfWork, form: Form, account_id: UUID) -> str:
    account = repository.get(unit.session, account_id)
    return render_template(
        "administration/people/closing.html",
        form=form,
        account=account,
        ways_in=ways_in.of(unit, account),
        open_tasks=tasks.count_open_with(unit.session, account.name),
        longest=LONGEST_REASON,
    )


@blueprint.get("/<uuid:account_id>/closing")
@requires(Permission.CLOSE_ACCOUNT)
def closing(account_id: UUID) -> str:
    return _closing(uow(), Form(), account_id)


@blueprint.post("/<uuid:account_id>/closing")
@requires(Permission.CLOSE_ACCOUNT)
@forms.shown_again_by(_closing)
def close(account_id: UUID) -> ResponseReturnValue:
    unit = uow()
    account = administration.close(unit, account_id, forms.needed("reason"))
    left = tasks.count_open_with(unit.session, account.name)
    closed = gettext("The account of “%(name)s” is closed.", name=account.display_name)
    if not left:
        notices.tell(closed)
        return _to(account_id)
    waiting = ngettext(
        "%(num)s open task still waits for it.", "%(num)s open tasks still wait for it.", left
    )
    there = {"more": gettext("Tasks that nobody can take"), "address": url_for("tasks.nobodys")}
    notices.warn(f"{closed} {waiting}", **there)
    return _to(account_id)


def _reopening(unit: UnitOfWork, form: Form, account_id: UUID) -> str:
    account = repository.get(unit.session, account_id)
    return render_template("administration/people/reopening.html", form=form, account=account)


@blueprint.get("/<uuid:account_id>/reopening")
@requires(Permission.CLOSE_ACCOUNT)
def reopening(account_id: UUID) -> str:
    return _reopening(uow(), Form(), account_id)


@blueprint.post("/<uuid:account_id>/reopening")
@requires(Permission.CLOSE_ACCOUNT)
@forms.shown_again_by(_reopening)
def reopen(account_id: UUID) -> ResponseReturnValue:
    account = administration.reopen(uow(), account_id)
    notices.tell(gettext("“%(name)s” can sign in again.", name=account.display_name))
    return _to(account_id)


# ------------------------------------------------------------ groups, one on each line


def _groups() -> list[str]:
    return _read_groups(forms.text("groups"))


def _read_groups(typed: str) -> list[str]:
    return list(dict.fromkeys(name for line in typed.splitlines() if (name := line.strip())))


def _written(account: Account) -> str:
    return "\n".join(sorted(each.group for each in account.memberships))
