import sys

import click

from engine.accounts import commands
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin


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


@click.group()
def token() -> None:
    """Keys for programs."""


@token.command("create")
@click.argument("name")
@click.pass_obj
def create_token(installation: Installation, name: str) -> None:
    """Print a new token for an account, alone on a line. It cannot be shown again."""
    with begin(installation, SYSTEM) as uow:
        secret = commands.create_token(uow, name)
        uow.commit()
    click.echo(secret)
