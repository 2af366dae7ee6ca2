"""What a row of the table of pages says, and the words to write one with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ANYBODY = None
"""Who looks at a page without having signed in."""


class State(StrEnum):
    NORMAL = "normal"
    EMPTY = "empty"
    """There is nothing to show; asked on the bare site, unless the row says another address."""
    WRONG = "wrong"
    """A form came back because something in it has to be put right."""
    REFUSED = "refused"
    """There is no such page, or not for this person."""


@dataclass(frozen=True)
class Row:
    endpoint: str
    address: str
    state: State
    who: str | None = "alice"
    variant: str = ""
    """Tells rows of one page apart."""
    is_bare: bool = False
    status: int = 200
    form: str = ""
    """Where the form is sent whose answer is looked at: the end of its action."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What is typed into it, by the names of its fields; all else stays as the page gave it."""

    @property
    def name(self) -> str:
        state = "" if self.state is State.NORMAL else self.state.value
        return "-".join(each for each in (self.endpoint, self.variant, state) if each)


def normal(
    endpoint: str,
    address: str,
    who: str | None = "alice",
    variant: str = "",
    *,
    is_bare: bool = False,
) -> Row:
    return Row(endpoint, address, State.NORMAL, who, variant, is_bare)


def empty(endpoint: str, address: str, who: str | None = "alice", *, is_bare: bool = True) -> Row:
    return Row(endpoint, address, State.EMPTY, who, is_bare=is_bare)


def wrong(
    endpoint: str,
    address: str,
    who: str | None = "alice",
    variant: str = "",
    *,
    form: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 422,
) -> Row:
    return Row(
        endpoint,
        address,
        State.WRONG,
        who,
        variant,
        form=form or address,
        typed=typed or {},
        status=status,
    )


def refused(address: str, status: int, who: str | None = "alice") -> Row:
    variant = str(status) if who else f"{status}-outside"
    return Row("error", address, State.REFUSED, who, variant, status=status)
