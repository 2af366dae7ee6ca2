"""A picture that is ready to be used again, and where the elements stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn.diagram.geometry import Box


@dataclass(frozen=True, slots=True)
class Drawn:
    identity: str
    """What it was made from: the same identity is the same picture."""
    svg: str
    places: Mapping[str, Box]
    """By the ids of the elements; lines between them have no place."""
