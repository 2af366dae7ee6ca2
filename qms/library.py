"""The routines that come with the product, deployed like any other."""

from bpmn import routines
from engine.definitions import commands
from engine.definitions.commands import Deployed
from engine.uow import UnitOfWork


def deploy(uow: UnitOfWork) -> list[Deployed]:
    """Deploy every shipped routine that is not there yet in just this version."""
    library = {key: routines.resources(key) for key in routines.shipped()}
    return [
        commands.deploy(uow, key, resources)
        for key, resources in library.items()
        if not commands.is_deployed(uow, resources)
    ]
