"""
How much one evaluation may ask of the machine.

A limit is checked *before* the work it bounds is done: what is refused only after it was computed has
already stopped the server.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    steps: int = 10_000
    """Operations and rounds of loops in one evaluation."""
    text: int = 20_000
    """Characters of source."""
    depth: int = 60
    """Expressions inside one another, and lists and dicts inside one another."""
    items: int = 10_000
    """Length of any list or dict that is built."""
    characters: int = 100_000
    """Length of any text that is built."""
    digits: int = 1_000
    """Decimal digits of any integer; Python itself writes and reads at most 4300."""
    result_nodes: int = 100_000
    """Values in everything that one evaluation hands back."""
    result_characters: int = 2_000_000
    """Characters, bytes and digits in everything that one evaluation hands back."""
    largest: int = field(init=False, repr=False, compare=False)
    """The first integer with too many digits."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "largest", 10**self.digits)


DEFAULT = Limits()
