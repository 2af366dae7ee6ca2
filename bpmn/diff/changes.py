"""What is new, gone, different or only drawn differently, element by element."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bpmn.diff import contents, showing
from bpmn.diff.contents import Contents
from bpmn.diff.pairs import Pairs, pair
from bpmn.diff.subjects import Subject
from bpmn.diff.vocabulary import What
from bpmn.diff.writing import Token

TOLD_FIRST = {what.value: number for number, what in enumerate(What)}


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"
    """It has a new id, and is what it was; perhaps it is drawn elsewhere."""
    MOVED = "moved"
    """It is drawn elsewhere or otherwise, and is what it was."""


@dataclass(frozen=True, slots=True)
class Difference:
    what: str
    """A `What`, or `attribute:<name>`, `extension:<name>`, `part:<tag>`."""
    before: str | None
    """What was said, shortened; None where nothing was. What is referred to is called by its name."""
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    kind: Kind
    element_id: str | None
    """In the new file; in the old one where the element was removed. Flows need not have an id."""
    element_type: str
    """The name of the tag, as BPMN 2.0 has it."""
    label: str
    """What the element is called among people: its name, its text, what a flow connects; else its id."""
    name_before: str | None = None
    name_after: str | None = None
    former_id: str | None = None
    """The id in the old file, where it was another one."""
    differences: tuple[Difference, ...] = ()


def compare(before: bytes, after: bytes) -> tuple[Change, ...]:
    """
    Return what changed: in the order of the new file, then what was removed, in the order of the old one.

    Raises `InvalidXml` where one of the files is no XML that we read, or no BPMN, or too much of it.
    """
    old, new = contents.read(before), contents.read(after)
    return tuple(_changes(old, new, pair(old, new)))


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the files, and how its subjects are called in the new one."""

    file: Contents
    in_new: Callable[[int], int]


def _changes(old: Contents, new: Contents, pairs: Pairs) -> Iterator[Change]:
    sides = (
        _Side(old, lambda number: pairs.new.get(number, -1 - number)),
        _Side(new, int),
    )
    reordered = dict(_reordered(old, new, pairs))
    for number, subject in enumerate(new.subjects):
        former = pairs.old.get(number)
        if former is None:
            yield _one_sided(Kind.ADDED, new, subject)
            continue
        differences = [
            *_differences(old.subjects[former], subject, sides),
            *reordered.get(number, ()),
        ]
        change = _two_sided(old.subjects[former], subject, _sorted(differences), new)
        if change is not None:
            yield change
    for number, subject in enumerate(old.subjects):
        if number not in pairs.new:
            yield _one_sided(Kind.REMOVED, old, subject)


def _one_sided(kind: Kind, file: Contents, subject: Subject) -> Change:
    name = showing.name(subject)
    return Change(
        kind,
        subject.id,
        subject.type,
        showing.label(subject, file),
        name_before=name if kind is Kind.REMOVED else None,
        name_after=name if kind is Kind.ADDED else None,
    )


def _two_sided(
    old: Subject, new: Subject, differences: tuple[Difference, ...], file: Contents
) -> Change | None:
    former_id = old.id if old.id and new.id and old.id != new.id else None
    if differences:
        kind = Kind.CHANGED
    elif former_id:
        kind = Kind.RENAMED
    elif sorted(old.looks) != sorted(new.looks):
        kind = Kind.MOVED
    else:
        return None
    return Change(
        kind,
        new.id,
        new.type,
        showing.label(new, file),
        showing.name(old),
        showing.name(new),
        former_id,
        differences,
    )


# ---------------------------------------------------------------- what is different


def _differences(
    before: Subject, after: Subject, sides: tuple[_Side, _Side]
) -> Iterator[Difference]:
    for what in before.facts.keys() | after.facts.keys():
        facts = before.facts.get(what), after.facts.get(what)
        one, other = (_meaning(fact, side) for fact, side in zip(facts, sides, strict=True))
        if one != other:
            yield _difference(what, facts, sides)


def _meaning(fact: list[Token] | None, side: _Side) -> list[Hashable] | None:
    """Return what can be compared with the fact of the other file: what is referred to, not the id."""
    return None if fact is None else [_of_token(token, side) for token in fact]


def _of_token(token: Token, side: _Side) -> Hashable:
    number = side.file.referred(token)
    if number is not None:
        return side.in_new(number)
    part = side.file.part(token.text) if token.kind == "reference" else None
    return token if part is None else (side.in_new(part[0]), *part[1:])


def _reordered(
    old: Contents, new: Contents, pairs: Pairs
) -> Iterator[tuple[int, list[Difference]]]:
    """Return the exclusive gateways that try the conditions which they kept in another order."""
    before, after = _conditional_flows(old), _conditional_flows(new)
    for number, flows in after.items():
        former = [pairs.new.get(flow, -1) for flow in before.get(pairs.old.get(number, -1), ())]
        kept = set(former) & set(flows)
        one = [flow for flow in former if flow in kept]
        other = [flow for flow in flows if flow in kept]
        if one != other:
            shown = (
                ", ".join(showing.label(new.subjects[flow], new) for flow in flows)
                for flows in (one, other)
            )
            yield number, [Difference(What.ORDER, *showing.excerpts(*shown))]


def _conditional_flows(file: Contents) -> dict[int, list[int]]:
    """Return the flows out of exclusive gateways that have a condition, in the order in which they are tried."""
    found: dict[int, list[int]] = {}
    for number, subject in enumerate(file.subjects):
        if subject.type == "sequenceFlow" and What.CONDITION in subject.facts:
            source, _ = file.ends(subject)
            if source is not None and file.subjects[source].type == "exclusiveGateway":
                found.setdefault(source, []).append(number)
    return found


def _sorted(differences: list[Difference]) -> tuple[Difference, ...]:
    last = len(TOLD_FIRST)
    return tuple(
        sorted(differences, key=lambda each: (TOLD_FIRST.get(each.what, last), each.what))
    )


def _difference(
    what: str,
    facts: tuple[list[Token] | None, list[Token] | None],
    sides: tuple[_Side, _Side],
) -> Difference:
    """Show both; exactly where they would read the same."""
    before, after = _shown(facts, sides, exact=False)
    if before == after:
        before, after = _shown(facts, sides, exact=True)
    return Difference(what, *showing.excerpts(before, after))


def _shown(
    facts: tuple[list[Token] | None, list[Token] | None],
    sides: tuple[_Side, _Side],
    *,
    exact: bool,
) -> tuple[str | None, str | None]:
    (old, new), (before, after) = sides, facts
    return (
        showing.fact(before, old.file, exact=exact),
        showing.fact(after, new.file, exact=exact),
    )
