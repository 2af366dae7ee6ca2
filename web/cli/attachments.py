import click
from rich.console import Console

from engine.attachments import commands, store
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin, look


@click.group()
def attachments() -> None:
    """The files that people attach to cases."""


@attachments.command()
@click.pass_obj
def sweep(installation: Installation) -> None:
    """
    Remove files that nobody tied to a case within a day, and what no case refers to.

    What belongs to a case, or did by the record, is never removed. Run it once a day.
    """
    files = store.of(installation)
    with Console(stderr=True).status("The files are compared with what refers to them …"):
        with begin(installation, SYSTEM) as uow:
            expired = commands.expire(uow)
            uow.commit()
        with files.held(alone=True), look(installation, SYSTEM) as uow:
            removed = commands.clear(uow, files)
    click.echo(f"{expired} unused uploads and {removed} files were removed.")
