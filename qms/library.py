"""The routines that come with the product, deployed like any other."""

from bpmn import routines
from engine.definitions import commands
from engine.definitions.commands import Deployed
from engine.uow import UnitOfWork


def deploy(uow: UnitOfWork) -> list[Deployed]:
    """Deploy every shipped routine; what is there already stays the version it is."""
    return [commands.deploy(uow, key, routines.resources(key)) for key in routines.shipped()]
