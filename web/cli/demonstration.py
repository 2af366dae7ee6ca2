import click
from rich.console import Console

from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin
from qms import demonstration


@click.group()
def demo() -> None:
    """A municipality to try things in."""


@demo.command()
@click.pass_obj
def load(installation: Installation) -> None:
    """Load the routine library and people to try it with. Doing it again changes nothing."""
    with (
        Console(stderr=True).status("The demonstration is loaded …"),
        begin(installation, SYSTEM) as uow,
    ):
        people = demonstration.load(uow)
        uow.commit()
    click.echo(f"Sign in with the password {demonstration.PASSWORD} as one of:")
    for person in people:
        click.echo(f"  {person.name:<10} {person.display_name}: {', '.join(person.groups)}")
