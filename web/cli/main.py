"""`rutin`: everything an operator does."""

import os
import sys
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from bpmn.errors import BpmnError
from engine.errors import EngineError
from engine.installation import Installation
from engine.settings import Settings, WrongSetting
from web.cli import (
    accounts,
    attachments,
    audit,
    database,
    definitions,
    demonstration,
    organisation,
    server,
)


class Commands(click.Group):
    """Tells errors of the house as sentences, and leaves with status 1."""

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

    Settings are read from the environment (RUTIN_DATABASE_URL and others; see docs/run/settings.md). Without any,
    everything is kept in an SQLite database under var/.

    \b
    First steps:
      rutin db upgrade        make the database, or bring it up to date
      rutin demo load         people and routines to try it with
      rutin serve             answer on http://127.0.0.1:8000
    """  # noqa: D301  click reads the backslash as "keep these lines as they are"
    settings = Settings.from_environment(os.environ)
    context.obj = Installation(settings)
    context.call_on_close(context.obj.close)


for command in (
    server.serve,
    database.db,
    definitions.deploy,
    accounts.user,
    accounts.token,
    organisation.organisation,
    audit.audit,
    attachments.attachments,
    demonstration.demo,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
