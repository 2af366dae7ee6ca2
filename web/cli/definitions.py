import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from rich.console import Console

from bpmn.deployment import MOST_BYTES, Options
from bpmn.findings import Finding
from engine.definitions import commands
from engine.errors import Invalid, Refused
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin

ENDINGS = (".bpmn", ".bpmn20.xml", ".dmn", ".form.json", ".form")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--name", help="What to call the deployment; else the name of the first path.")
@click.option("--only-draw", is_flag=True, help="Keep models as drawings, not to be executed.")
@click.option(
    "--execute-unmarked", is_flag=True, help="Execute processes that do not say isExecutable."
)
@click.option(
    "--refuse-foreign", is_flag=True, help="Refuse tasks that only other products' code can do."
)
@click.pass_obj
def deploy(
    installation: Installation, /, paths: tuple[Path, ...], name: str | None, **options: bool
) -> None:
    """
    Deploy files, or all .bpmn, .dmn, .form.json and .form files in folders, as one deployment.

    All of them are taken, or none: then every reason is printed, and the exit status is 1.
    """
    resources = _read(paths)
    try:
        with (
            Console(stderr=True).status("The files are read and checked …"),
            begin(installation, SYSTEM) as uow,
        ):
            deployed = commands.deploy(
                uow, name or paths[0].resolve().name, resources, Options(**options)
            )
            uow.commit()
    except Refused as refused:
        _tell(refused.findings)
        click.echo(
            "rutin: the deployment was refused; nothing of it was kept. "
            "--only-draw keeps the models as drawings.",
            err=True,
        )
        sys.exit(1)
    _tell(deployed.findings)
    for each in deployed.definitions:
        click.echo(f"{each.kind} {each.key} version {each.version}")


def _read(paths: Iterable[Path]) -> dict[str, bytes]:
    resources: dict[str, bytes] = {}
    for path in _files(paths):
        if path.name in resources:
            raise Invalid("Two files are called {name}.", name=path.name)
        if path.stat().st_size > MOST_BYTES:
            raise Invalid("{name} is too large to be deployed.", name=path.name)
        resources[path.name] = path.read_bytes()
    return resources


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.name.endswith(ENDINGS))
        else:
            yield path


def _tell(findings: Iterable[Finding]) -> None:
    for each in findings:
        place = ":".join(str(part) for part in (each.resource, each.line) if part)
        element = f" [{each.element_id}]" if each.element_id else ""
        click.echo(f"{place}: {each.severity}:{element} {each.message} ({each.rule})", err=True)
