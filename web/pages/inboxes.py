"""An inbox: what somebody can do, the most urgent first, each row with its case and the reason why it is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from engine.cases import reading
from engine.cases.reading import Case
from engine.execution import separation, sight
from engine.identity.holdings import Proxy
from engine.instances import repository as instances
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from web.pages import people, urgency
from web.pages.urgency import Urgency

MOST = 200


@dataclass(frozen=True, slots=True)
class Row:
    task: UserTask
    case: Case
    why: str
    is_mine: bool
    is_barred: bool
    """The rules on separation of duties keep the task from this person."""


@dataclass(frozen=True, slots=True)
class Inbox:
    groups: Mapping[Urgency, Sequence[Row]]

    @property
    def count(self) -> int:
        return sum(len(rows) for rows in self.groups.values())

    @property
    def late(self) -> int:
        return len(self.groups.get(Urgency.LATE, ()))

    @property
    def is_full(self) -> bool:
        """Tell whether there may be more than is shown."""
        return self.count >= MOST


def of(unit: UnitOfWork) -> Inbox:
    found = tasks.inbox(unit.session, unit.actor, limit=MOST)
    rows_of = instances.several(unit.session, (task.instance_id for task in found))
    cases = {case.id: case for case in reading.of(unit, list(rows_of.values()))}

    def row(task: UserTask) -> Row:
        case = cases[task.instance_id]
        mine = task.assignee == unit.actor.name
        proxy = None if mine else sight.represented(unit, task, rows_of[task.instance_id])
        barred = not mine and not separation.may_do(unit, task, rows_of[task.instance_id])
        return Row(task, case, _why(task, proxy, mine=mine), mine, barred)

    groups = urgency.grouped(found, unit.now, unit.installation.settings.zone)
    return Inbox({each: [row(task) for task in group] for each, group in groups.items()})


def _why(task: UserTask, proxy: Proxy | None, *, mine: bool) -> str:
    if proxy is not None:
        return str(gettext("On behalf of %(person)s", person=people.person(proxy.name)))
    if mine:
        return str(gettext("Assigned to you"))
    return str(gettext("For %(whom)s", whom=people.whom(task)))
