import sys
from uuid import UUID

import click
from rich.console import Console
from rich.progress import track

from engine.attachments import store
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import look
from engine.verification import checking


@click.group()
def audit() -> None:
    """The record of what happened."""


@audit.command()
@click.argument("instance", required=False, type=click.UUID)
@click.pass_obj
def verify(installation: Installation, instance: UUID | None) -> None:
    """
    Verify the record of one instance, or of everything.

    Attached files are read, too. Exit status 0: every chain holds, and what is shown is what the record says. 1:
    it does not, and the first break is named.
    """
    files = store.of(installation).look
    with look(installation, SYSTEM) as uow:
        if instance is not None:
            broken = checking.verify_instance(uow.session, instance, files)
            results = iter([(str(instance), broken)])
        else:
            results = checking.verify_everything(uow.session, files)
        count = 0
        for name, broken in track(
            results, "Verifying", transient=True, console=Console(stderr=True)
        ):
            count += 1
            if broken is not None:
                click.echo(f"BROKEN {name}: {broken}")
                sys.exit(1)
    click.echo(f"{count} chains hold.")
