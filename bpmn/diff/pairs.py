"""
Which subject of the old file is which of the new one.

The id decides. Some tools write new ids each time they save; so a subject whose id is gone is the same as one
whose id is new, if both have the same type and name, and have the same neighbours, or are the only ones of that
name in the same place, or stand beside what is known to be the same. Flows are the same if they connect the same
two; they often have no ids at all.

Every step looks at each subject and each connection once.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from bpmn.diff.contents import Contents
from bpmn.diff.subjects import Subject
from bpmn.diff.vocabulary import FLOWS, KNOWN_BY_PLACE, What

PLACES = frozenset({What.INSIDE, What.LANE})
"""To stand in the same place makes no neighbours."""

Neighbours = list[list[tuple[str, int]]]
"""For each subject, how it is connected with which others."""


@dataclass(slots=True)
class Pairs:
    new: dict[int, int] = field(default_factory=dict)
    """The new one of an old subject."""
    old: dict[int, int] = field(default_factory=dict)

    def join(self, old: int, new: int) -> bool:
        """Note two as the same, unless one of them is known already."""
        if old in self.new or new in self.old:
            return False
        self.new[old], self.old[new] = new, old
        return True


def pair(old: Contents, new: Contents) -> Pairs:
    pairs = Pairs()
    pairs.join(0, 0)  # the file itself
    _by_id(old, new, pairs)
    around_old, around_new = _neighbours(old), _neighbours(new)
    _by_neighbours(
        _signatures(old, around_old, pairs.new), _signatures(new, around_new, pairs.old), pairs
    )
    _by_one_neighbour((old, around_old), (new, around_new), pairs)
    _by_place(old, new, pairs)
    _by_one_neighbour((old, around_old), (new, around_new), pairs)
    for tag in FLOWS:
        _by_ends(old, new, tag, pairs)
    return pairs


def _by_id(old: Contents, new: Contents, pairs: Pairs) -> None:
    for identity, number in old.by_id.items():
        same = new.by_id.get(identity)
        if same is not None and _is_flow(old, number) == _is_flow(new, same):
            pairs.join(number, same)


def _neighbours(contents: Contents) -> Neighbours:
    near: Neighbours = [[] for _ in contents.subjects]
    for number, subject in enumerate(contents.subjects):
        connections = (
            _ends(contents, subject) if subject.type in FLOWS else _facts(contents, number)
        )
        for how, one, other in connections:
            near[one].append((how, other))
            if how not in PLACES:
                near[other].append((f"{how} from", one))
    return near


def _ends(contents: Contents, flow: Subject) -> Iterator[tuple[str, int, int]]:
    source, target = contents.ends(flow)
    if source is not None and target is not None:
        yield flow.type, source, target


def _facts(contents: Contents, number: int) -> Iterator[tuple[str, int, int]]:
    for what, fact in contents.subjects[number].facts.items():
        for token in fact:
            other = contents.referred(token)
            if other is not None:
                yield what, number, other


def _signatures(
    contents: Contents, around: Neighbours, known: dict[int, int]
) -> dict[Hashable, list[int]]:
    """Return the subjects that are not known yet, by type, name and neighbours."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    subjects = contents.subjects
    for number, subject in enumerate(subjects):
        if number not in known and subject.type not in FLOWS:
            near = sorted(
                (how, subjects[other].type, subjects[other].name or "")
                for how, other in around[number]
            )
            found[subject.type, subject.name, tuple(near)].append(number)
    return found


def _by_neighbours(
    old: dict[Hashable, list[int]], new: dict[Hashable, list[int]], pairs: Pairs
) -> None:
    """Where several look the same, the order of the document decides."""
    for signature, numbers in old.items():
        for one, other in zip(numbers, new.get(signature, ()), strict=False):
            pairs.join(one, other)


def _by_place(old: Contents, new: Contents, pairs: Pairs) -> None:
    left, right = _placed(old, pairs.new), _placed(new, pairs.old)
    for place, called in left.items():  # from the outside in
        here = right.get(pairs.new.get(place, -1), {})
        for name, numbers in called.items():
            same = here.get(name, [])
            if len(numbers) == len(same) == 1:
                pairs.join(numbers[0], same[0])


def _placed(contents: Contents, known: dict[int, int]) -> dict[int, dict[Hashable, list[int]]]:
    """Return what is not known yet in each place, by type and name."""
    found: dict[int, dict[Hashable, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, subject in enumerate(contents.subjects):
        named = subject.name is not None or subject.type in KNOWN_BY_PLACE
        if named and number not in known and subject.type not in FLOWS:
            place = int(subject.facts[What.INSIDE][0].text)
            found[place][_called(subject)].append(number)
    return found


def _by_one_neighbour(
    old: tuple[Contents, Neighbours], new: tuple[Contents, Neighbours], pairs: Pairs
) -> None:
    """Go from each pair to what stands next to it, as far as that is the only one of its type and name there."""
    waiting = list(pairs.new.items())
    while waiting:
        one, other = waiting.pop()
        left = _next_to(one, *old, pairs.new)
        right = _next_to(other, *new, pairs.old)
        for how, numbers in left.items():
            same = right.get(how, set())
            if len(numbers) == len(same) == 1:
                found = next(iter(numbers)), next(iter(same))
                if pairs.join(*found):
                    waiting.append(found)


def _next_to(
    number: int, contents: Contents, around: Neighbours, known: dict[int, int]
) -> dict[Hashable, set[int]]:
    found: dict[Hashable, set[int]] = defaultdict(set)
    for how, other in around[number]:
        if other not in known and not _is_flow(contents, other):
            found[how, *_called(contents.subjects[other])].add(other)
    return found


def _by_ends(old: Contents, new: Contents, tag: str, pairs: Pairs) -> None:
    """Between the same two, flows of the same name are the same, then others in the order of the document."""
    for named in (True, False):
        left = _between(old, tag, pairs.new, pairs.new.get, named=named)
        right = _between(new, tag, pairs.old, int, named=named)
        for ends, numbers in left.items():
            for one, other in zip(numbers, right.get(ends, ()), strict=False):
                pairs.join(one, other)


def _between(
    contents: Contents,
    tag: str,
    known: dict[int, int],
    in_new: Callable[[int], int | None],
    *,
    named: bool,
) -> dict[Hashable, list[int]]:
    """Return the flows that are not known yet by what they connect, as it is called in the new file."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for number, flow in enumerate(contents.subjects):
        if flow.type != tag or number in known:
            continue
        source, target = (
            flow.reference(what) if end is None else in_new(end)
            for what, end in zip((What.SOURCE, What.TARGET), contents.ends(flow), strict=True)
        )
        if source is not None and target is not None:
            found[source, target, flow.name if named else None].append(number)
    return found


def _called(subject: Subject) -> tuple[str, str | None]:
    return subject.type, None if subject.type in KNOWN_BY_PLACE else subject.name


def _is_flow(contents: Contents, number: int) -> bool:
    return contents.subjects[number].type in FLOWS
