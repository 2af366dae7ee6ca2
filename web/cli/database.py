import click
from rich.console import Console

from engine import migrations
from engine.installation import Installation


@click.group()
def db() -> None:
    """The database."""


@db.command()
@click.pass_obj
def upgrade(installation: Installation) -> None:
    """Make the database, or bring it to this release. Doing it again changes nothing."""
    with Console(stderr=True).status("The database is brought up to date …"):
        migrations.upgrade(installation.settings.database_url)
    click.echo("The database is up to date.")
