"""The people behind the candidates of a new task: who of them may take it, and to whom it is given at once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from bpmn.description import Choice, Work
from engine.accounts import repository as accounts
from engine.execution import separation
from engine.execution.separation import Place
from engine.inbox import lists
from engine.inbox.models import InboxEntry
from engine.instances import secrecy
from engine.instances.held import Instance
from engine.instances.models import Confidentiality
from engine.organisation import absences, holdings
from engine.organisation.periods import today
from engine.tasks import turns
from engine.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a task is for, as names."""

    users: Sequence[str]
    groups: Sequence[str]
    is_for_nobody: bool
    """The model says whom, and that came out as nobody."""

    @property
    def is_for_everybody(self) -> bool:
        return not (self.users or self.groups or self.is_for_nobody)


def only(name: str) -> Named:
    """Say that a task is for one person."""
    return Named([name], [], is_for_nobody=False)


class Candidates:
    """Those of the tasks that one step opens: what is given to somebody counts for the next."""

    def __init__(self, uow: UnitOfWork, instance: Instance) -> None:
        self._uow = uow
        self._instance = instance
        self._given: Counter[str] = Counter()
        self._in_rounds: dict[int, set[UUID]] = {}

    def is_anybody_left(self, work: Work, place: Place, named: Named) -> bool:
        """Tell whether somebody may take a task; the database is asked only where rules or secrecy matter."""
        if named.is_for_everybody:
            return True
        if self.is_ruled(work):
            return bool(self.may(work, place, named))
        return bool(named.users) or not holdings.known(self._uow).held.isdisjoint(named.groups)

    def is_ruled(self, work: Work) -> bool:
        """Tell whether more is asked of somebody than to be among those the task is for."""
        ruled = work.not_performer_of or work.performer_of or work.is_by_distinct_people
        return bool(ruled) or self._is_secret

    @property
    def _is_secret(self) -> bool:
        return self._instance.confidentiality == Confidentiality.SECRET.value

    def may(self, work: Work, place: Place, named: Named) -> Mapping[UUID, str]:
        """Return those who may take a task, with their names: not those whom rules or secrecy keep from it."""
        found = self._people(named)
        if self._is_secret:
            readers = secrecy.readers(self._uow.session, self._instance.id)
            found = {each: name for each, name in found.items() if each in readers}
        left = separation.leaves(self._uow, self._instance, work, place, found)
        if work.is_by_distinct_people:
            given = self._in_rounds.get(place.repeated_in or 0, set())
            left = {each: name for each, name in left.items() if each not in given}
        return left

    def take_turns(self, elements: Collection[str]) -> None:
        """Hold the turns at several elements in one order: two cases never wait for one another's."""
        for element_id in sorted(elements):
            turns.held(self._uow.session, self._instance.definition.key, element_id)

    def chosen(self, work: Work, place: Place, named: Named) -> str | None:
        """Return to whom the model wants a task given; None where it is left to them. Who is away comes last."""
        if work.given_to is None:
            return None
        may = self.may(work, place, named)
        if not may:
            return None
        away = absences.absent(self._uow.session, set(may), today(self._uow))
        names = {name: each for each, name in may.items() if each not in away} or {
            name: each for each, name in may.items()
        }
        if work.given_to == Choice.LEAST_LOADED:
            loads = self._loads(names)
            name = min(names, key=lambda each: (loads[each], each))
        else:
            name = self._next(place, names)
        self._given[name] += 1
        if place.repeated_in is not None:
            self._in_rounds.setdefault(place.repeated_in, set()).add(names[name])
        return name

    def _people(self, named: Named) -> Mapping[UUID, str]:
        roles = holdings.known(self._uow)
        groups = set(named.groups)
        holders = [each for each, held in roles.groups.items() if not groups.isdisjoint(held)]
        return accounts.active_among(self._uow.session, holders, named.users)

    def _loads(self, names: Collection[str]) -> Mapping[str, int]:
        """Return how many open tasks each has."""
        places = {lists.held(name): name for name in names}
        counted = self._uow.session.execute(
            select(InboxEntry.place, func.count())
            .where(InboxEntry.place.in_(places))
            .group_by(InboxEntry.place)
        )
        return Counter({places[place]: count for place, count in counted}) + self._given

    def _next(self, place: Place, names: Collection[str]) -> str:
        """Take turns at an element of a routine, whatever its version: the next by name after the last."""
        element = (self._instance.definition.key, place.element_id)
        turn = turns.held(self._uow.session, *element)
        turn.last = min((each for each in names if each > turn.last), default=min(names))
        return turn.last
