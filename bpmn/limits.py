"""How much a model may ask of the machine; exceeding one of these is an incident, never a hang."""

from dataclasses import dataclass, field

from bpmn.feel import Limits as ExpressionLimits


@dataclass(frozen=True, slots=True)
class Limits:
    steps: int = 5_000
    """Elements that may be executed between two waits."""
    depth: int = 30
    """Sub-processes and called processes inside one another."""
    tokens: int = 10_000
    """Tokens that may be alive in one instance."""
    value_nodes: int = 100_000
    """Texts, numbers, lists and entries in the variables handed over at once."""
    value_characters: int = 2_000_000
    """Characters and bytes in the variables handed over at once."""
    value_depth: int = 60
    """Lists and mappings inside one another in a variable."""
    expressions: ExpressionLimits = field(
        default_factory=lambda: ExpressionLimits(steps=200_000, items=20_000)
    )
    """Of each condition, mapping and script."""
