import sys
from datetime import timedelta
from uuid import UUID

import click

from engine.accounts import administration, commands, identities, passwords, repository, tokens
from engine.identity.actor import SYSTEM
from engine.identity.permissions import SCOPES
from engine.installation import Installation
from engine.tasks import repository as tasks
from engine.uow import begin, look


@click.group()
def user() -> None:
    """People who can sign in."""


@user.command()
@click.argument("name")
@click.option("--group", "groups", multiple=True, help="A group it belongs to; may be repeated.")
@click.option("--admin", is_flag=True, help="May do everything but other people's tasks.")
@click.option("--display-name", help="The name that others see; else the name to sign in with.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def create(  # noqa: PLR0913
    installation: Installation,
    name: str,
    groups: tuple[str, ...],
    *,
    admin: bool,
    display_name: str | None,
    password_stdin: bool,
) -> None:
    """
    Create an account.

    Without --password-stdin it has no password, and signs in by token only.
    """
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with begin(installation, SYSTEM) as uow:
        account = commands.create_account(
            uow,
            name,
            password=password,
            groups=groups,
            is_admin=admin,
            display_name=display_name,
        )
        uow.commit()
    click.echo(f"{account.name} can sign in.")


@user.command()
@click.argument("name")
@click.option("--display-name", help="The name that others see.")
@click.option("--add-group", "added", multiple=True, help="A group to come into; may be repeated.")
@click.option(
    "--remove-group", "removed", multiple=True, help="A group to leave; may be repeated."
)
@click.option("--admin/--no-admin", default=None, help="Grant or revoke administrator's rights.")
@click.pass_obj
def change(  # noqa: PLR0913
    installation: Installation,
    name: str,
    display_name: str | None,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    *,
    admin: bool | None,
) -> None:
    """Change what an account may do, and what others call it; then print its groups."""
    with begin(installation, SYSTEM) as uow:
        found = repository.named(uow.session, name)
        held = repository.hold(uow.session, found.id)  # its groups are those of now
        now = {each.group for each in held.memberships}
        groups = (now | set(added)) - set(removed)
        account = administration.change(
            uow, held.id, display_name=display_name, groups=groups, is_admin=admin
        )
        uow.commit()
    rights = ["administrator"] if account.is_admin else []
    told = [*rights, *sorted(each.group for each in account.memberships)]
    click.echo(f"{account.name}: {', '.join(told) or 'no group'}.")


@user.command()
@click.argument("name")
@click.option("--reason", required=True, help="Why; it is kept in the record.")
@click.pass_obj
def close(installation: Installation, name: str, reason: str) -> None:
    """Let nobody come in by an account any more. Its sessions and tokens end, its tasks stay where they are."""
    with begin(installation, SYSTEM) as uow:
        account = administration.close(uow, repository.named(uow.session, name).id, reason)
        left = tasks.count_open_with(uow.session, account.name)
        uow.commit()
    click.echo(f"{account.name} is closed. Open tasks that wait for it: {left}.")


@user.command()
@click.argument("name")
@click.pass_obj
def reopen(installation: Installation, name: str) -> None:
    """Open a closed account again, with its groups and rights, without its sessions and tokens."""
    with begin(installation, SYSTEM) as uow:
        account = administration.reopen(uow, repository.named(uow.session, name).id)
        uow.commit()
    click.echo(f"{account.name} can sign in.")


@user.command()
@click.argument("name")
@click.pass_obj
def unlock(installation: Installation, name: str) -> None:
    """Let an account be tried again at once, that too many failed attempts have locked."""
    with begin(installation, SYSTEM) as uow:
        account = commands.unlock(uow, repository.named(uow.session, name).id)
        uow.commit()
    click.echo(f"{account.name} can sign in.")


@user.command("reset-password")
@click.argument("name")
@click.pass_obj
def reset_password(installation: Installation, name: str) -> None:
    """
    Print a one-time password for an account, alone on a line, and end its sessions.

    It opens a session for three days, in which another password has to be chosen before anything else.
    """
    given = passwords.one_time()
    with begin(installation, SYSTEM) as uow:
        commands.reset_password(uow, repository.named(uow.session, name).id, given)
        uow.commit()
    click.echo(given.password)


@user.command()
@click.argument("name")
@click.pass_obj
def disconnect(installation: Installation, name: str) -> None:
    """Let nobody sign in to an account from the OpenID provider, and end the sessions that came from there."""
    issuer = installation.settings.openid_issuer
    with begin(installation, SYSTEM) as uow:
        identities.remove(uow, repository.named(uow.session, name).id, issuer)
        uow.commit()
    click.echo(f"{name} cannot sign in from there any more.")


@click.group()
def token() -> None:
    """Keys for programs."""


@token.command("create")
@click.argument("name")
@click.option("--for", "purpose", default="API", show_default=True, help="What the key is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([each.value for each in SCOPES]),
    metavar="PERMISSION",
    help="A permission that it carries; may be repeated. Without any it carries all that a key can.",
)
@click.option(
    "--days",
    default=90,
    show_default=True,
    type=click.IntRange(1, tokens.LONGEST_LIFE.days),
    help="How long it lasts.",
)
@click.pass_obj
def create_token(
    installation: Installation, name: str, purpose: str, scopes: tuple[str, ...], days: int
) -> None:
    """Print a new token for an account, alone on a line. It cannot be shown again."""
    with begin(installation, SYSTEM) as uow:
        created = tokens.create(
            uow,
            repository.named(uow.session, name).id,
            name=purpose,
            scopes=scopes or SCOPES,
            expires_at=uow.now + timedelta(days=days),
        )
        uow.commit()
    click.echo(created.secret)


@token.command("list")
@click.argument("name")
@click.pass_obj
def list_tokens(installation: Installation, name: str) -> None:
    """Print the tokens of an account: identity, end, last use, and what it is for."""
    with look(installation, SYSTEM) as uow:
        found = tokens.of(uow, repository.named(uow.session, name).id)
    for each in found:
        used = f"{each.used_at:%Y-%m-%d}" if each.used_at else "never"
        click.echo(f"{each.id}  until {each.expires_at:%Y-%m-%d}  used {used}  {each.name}")


@token.command("revoke")
@click.argument("identity", type=click.UUID)
@click.pass_obj
def revoke_token(installation: Installation, identity: UUID) -> None:
    """Revoke a token, by the identity that 'list' prints."""
    with begin(installation, SYSTEM) as uow:
        revoked = tokens.revoke(uow, identity)
        uow.commit()
    click.echo(f"{revoked.name} opens nothing any more.")
