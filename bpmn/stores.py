"""
Data stores that are read: registers and other systems, by connectors of the installation (BPMN 2.0 §10.4.1).

A data store without a connector is documentation. What is drawn from it into an activity is then left out, as the
arrow of a drawing; nothing is ever written to one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bpmn import values
from bpmn.errors import BpmnError
from bpmn.limits import Limits

Connector = Callable[[], Any]
"""
Returns what a data store holds: what JSON has, dates and decimals.

It is called while a step is executed and everything that belongs to the step waits for it, so it has to answer
from what is at hand, or soon.
"""


@dataclass(frozen=True, slots=True)
class Stores:
    connectors: Mapping[str, Connector] = field(default_factory=dict)
    """By the name of the data store in the model."""

    def __contains__(self, name: str) -> bool:
        return name in self.connectors

    def read(self, name: str, limits: Limits) -> Any:
        """Return what the data store of that name holds. Raises `BpmnError` where it cannot be read."""
        try:
            found = self.connectors[name]()
        except Exception as error:
            raise BpmnError("The data store '{store}' could not be read.", store=name) from error
        return values.taken_in({"store": found}, limits)["store"]
