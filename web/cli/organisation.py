import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console

from engine.errors import Invalid
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.organisation.exchange import commands, tables
from engine.organisation.exchange.book import Book, What
from engine.organisation.exchange.tables import Row, Table
from engine.uow import begin, look


@click.group()
def organisation() -> None:
    """Units, the people in them, and who is appointed to what."""


@organisation.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@click.pass_obj
def take_in(installation: Installation, files: tuple[Path, ...], *, dry_run: bool) -> None:
    """
    Take in tables: units.csv, people.csv, appointments.csv, or a .json with all of them.

    A table's file begins with its name (units-2026.csv is one of units). All rows are taken in, or none: then
    every reason is printed, and the exit status is 1.
    """
    rows = [row for path in files for row in _rows(path)]
    with (
        Console(stderr=True).status("The tables are read and checked …"),
        begin(installation, SYSTEM) as uow,
    ):
        book = commands.rehearse(uow, rows)
        if not book.problems and not dry_run:
            commands.write(uow, book)
            uow.commit()
    _tell(book)
    if book.problems:
        click.echo("rutin: there are rows that cannot be taken in; nothing was changed.", err=True)
        sys.exit(1)
    counts = Counter(each.what for each in book.changes)
    told = ", ".join(f"{counts[each]} {each}" for each in What)
    click.echo(f"{told}{' (nothing was changed)' if dry_run else ''}.")


@organisation.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def give_out(installation: Installation, folder: Path) -> None:
    """Write units.csv, people.csv and appointments.csv into a folder, as they can be taken in."""
    with look(installation, SYSTEM) as uow:
        exported = commands.export(uow)
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in exported.items():
        (folder / f"{table}.csv").write_bytes(tables.to_csv(table, rows))
        click.echo(f"{table}.csv: {len(rows)} rows")


def _rows(path: Path) -> Iterable[Row]:
    if path.stat().st_size > tables.MOST_BYTES:
        raise Invalid("{name} is too large to be taken in.", name=path.name)
    if path.suffix == ".json":
        try:
            return tables.from_json(json.loads(path.read_bytes()))
        except (ValueError, RecursionError) as error:
            raise Invalid("{name} is not JSON.", name=path.name) from error
    for table in Table:
        if path.name.startswith(table.value):
            return tables.from_csv(table, path.read_bytes())
    raise Invalid("{name} begins with none of {known}.", name=path.name, known=", ".join(Table))


def _tell(book: Book) -> None:
    for each in book.problems:
        sentence = each.template.format_map(each.values) if each.values else each.template
        click.echo(f"{each.table}:{each.row}: {each.column}: {sentence}", err=True)
