"""
How much one evaluation may ask of the machine.

A limit is checked *before* the work it bounds is done: what is refused only after it was computed has
already stopped the server.
"""

from dataclasses import dataclass

from bpmn.feel.errors import BudgetExceeded


@dataclass(frozen=True, slots=True)
class Limits:
    steps: int = 1_000_000
    """Operations, rounds of loops, items and characters looked at (by the hundred) in one evaluation."""
    depth: int = 120
    """Calls inside one another."""
    nesting: int = 100
    """Expressions inside one another, and lists and contexts inside one another."""
    items: int = 100_000
    """Length of any list or context, and of any range that is gone through."""
    characters: int = 1_000_000
    """Length of any text that is built."""
    text: int = 100_000
    """Characters of source."""
    seconds: float = 0.5
    """Time for regular expressions, all together."""
    warnings: int = 100
    """Warnings kept from one evaluation."""


DEFAULT = Limits()


class Budget:
    """What is left to one evaluation, and to those that it starts."""

    __slots__ = ("depth", "limits", "seconds", "steps")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = limits.steps
        self.depth = limits.depth
        self.seconds = limits.seconds

    def pay(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise BudgetExceeded(
                "The evaluation takes more than {limit} steps.", limit=self.limits.steps
            )

    def enter(self) -> None:
        """Go into a call; `leave` it again."""
        self.depth -= 1
        if self.depth < 0:
            raise BudgetExceeded(
                "Calls are nested more than {limit} deep.", limit=self.limits.depth
            )

    def leave(self) -> None:
        self.depth += 1

    def items(self, length: int) -> None:
        """Pay for a list before it is made."""
        if length > self.limits.items:
            raise BudgetExceeded(
                "A list would have more than {limit} items.", limit=self.limits.items
            )
        self.pay(length)

    def characters(self, length: int) -> None:
        """Pay for a text before it is made."""
        if length > self.limits.characters:
            raise BudgetExceeded(
                "A text would have more than {limit} characters.", limit=self.limits.characters
            )
        self.pay(length // 100)
