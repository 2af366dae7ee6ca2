"""
One evaluation: what it sees, and what it may still spend.

Steps are paid in advance, by statement and by round of a loop, with the number of operations written
there: a price that is known when the text is read costs nothing per operation when it runs. Work that
depends on the size of a value is paid where it happens, in proportion.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bpmn.scripting.errors import BudgetExceeded
from bpmn.scripting.limits import Limits

LOOKED_AT_PER_STEP = 10
COPIED_PER_STEP = 200
CHARACTERS_PER_STEP = 1_000


class Run:
    __slots__ = ("assigned", "fuel", "limits", "names", "slots")

    def __init__(
        self, names: Mapping[str, Any], limits: Limits, assigned: dict[str, Any] | None = None
    ) -> None:
        self.names = names
        self.limits = limits
        self.fuel = limits.steps
        self.assigned: dict[str, Any] = {} if assigned is None else assigned
        """What a script has assigned; `names` shows it, too."""
        self.slots: dict[int, Any] = {}
        """The variables of loops, each under a number of its own."""

    def burn(self, steps: int) -> None:
        self.fuel -= steps
        if self.fuel < 0:
            raise BudgetExceeded(
                "This takes more than {limit} steps; a script is no place for long calculations.",
                limit=self.limits.steps,
            )

    def look(self, length: int) -> None:
        """Pay for looking at so many items."""
        self.burn(1 + length // LOOKED_AT_PER_STEP)

    def read(self, characters: int) -> None:
        """Pay for going through a text that exists."""
        if characters >= CHARACTERS_PER_STEP:
            self.burn(characters // CHARACTERS_PER_STEP)

    def room_for_text(self, length: int) -> None:
        """Pay for a text of this length before it is built."""
        if length > self.limits.characters:
            raise BudgetExceeded(
                "A text may not be longer than {limit} characters.", limit=self.limits.characters
            )
        self.read(length)

    def room_for_items(self, length: int) -> None:
        """Pay for a list or dict of this length before it is built."""
        if length > self.limits.items:
            raise BudgetExceeded(
                "A list may not hold more than {limit} items.", limit=self.limits.items
            )
        self.burn(length // COPIED_PER_STEP)


Evaluate = Callable[[Run], Any]
"""An expression, ready to be evaluated."""

Store = Callable[[Run, Any], None]
"""A place that takes a value: a variable, an entry of one, the variable of a loop."""
