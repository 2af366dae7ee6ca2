"""`rutin`: everything an operator does."""

import os
import sys
from importlib import import_module
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from bpmn.errors import BpmnError
from engine import tables
from engine.errors import EngineError
from engine.installation import Installation
from engine.settings import Settings, WrongSetting

COMMANDS = {
    "serve": "web.cli.server",
    "db": "web.cli.database",
    "deploy": "web.cli.definitions",
    "user": "web.cli.accounts",
    "token": "web.cli.accounts",
    "organisation": "web.cli.organisation",
    "audit": "web.cli.audit",
    "attachments": "web.cli.attachments",
    "demo": "web.cli.demonstration",
}
"""Each command and the module that has it under its name; only that of the command that is called is imported."""


class Commands(click.Group):
    """Tells errors of the house as sentences, and leaves with status 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (EngineError, BpmnError, WrongSetting) as error:
            click.echo(f"rutin: {error}", err=True)
        except DatabaseError as error:
            click.echo(f"rutin: the database cannot be used: {error.orig}", err=True)
            click.echo("rutin: is it there, and has 'rutin db upgrade' been run?", err=True)
        sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rutin")
@click.pass_context
def main(context: click.Context) -> None:
    """
    Routines drawn in BPMN are executed, and their history can be verified.

    Settings are read from the environment (RUTIN_DATABASE_URL and others; see docs/reference/settings.md). Without
    any, everything is kept in an SQLite database under var/.

    \b
    First steps:
      rutin db upgrade        make the database, or bring it up to date
      rutin demo load         people and routines to try it with
      rutin serve             answer on http://127.0.0.1:8000
    """  # noqa: D301  click reads the backslash as "keep these lines as they are"
    settings = Settings.from_environment(os.environ)
    tables.know()
    context.obj = Installation(settings)
    context.call_on_close(context.obj.close)


if __name__ == "__main__":
    main()
