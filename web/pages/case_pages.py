"""A case as its page shows it: how it stands, what was done, what is known, and the proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from bpmn.progress import ElementState
from engine.cases import headers, reading
from engine.cases.headers import CaseHeader, Linked
from engine.cases.reading import Case, Step, Verification
from engine.execution import header, sight
from engine.identity.permissions import Permission, allows
from engine.incidents.models import Incident
from engine.instances import repository as instances
from engine.instances.models import ENDED, Confidentiality, InstanceState
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from web.pages import addition_lists, case_forms, histories, people, values, words
from web.pages.addition_lists import Additions
from web.pages.histories import Line
from web.pages.values import Answers


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open task, and whom it is for."""

    task: UserTask
    whom: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ListedCase:
    case: Case
    waiting: Sequence[Waiting]

    @property
    def is_stopped(self) -> bool:
        return self.case.state == InstanceState.INCIDENT


@dataclass(frozen=True, slots=True)
class CasePage:
    case: Case
    header: CaseHeader
    referring: Sequence[Linked]
    """The cases that refer to this one, as far as the reader may see them."""
    waiting: Sequence[Waiting]
    steps: Sequence[Step]
    incidents: Sequence[tuple[Incident, str]]
    """With the name of the step that failed."""
    data: Answers
    history: Sequence[Line]
    verification: Verification
    additions: Additions
    may_change: bool
    may_cancel: bool
    may_retry: bool

    @property
    def is_secret(self) -> bool:
        return self.header.confidentiality == Confidentiality.SECRET

    @property
    def readers(self) -> str:
        return people.in_a_row(people.person(name) for name in self.header.readers)

    @property
    def is_stopped(self) -> bool:
        return self.case.state == InstanceState.INCIDENT

    @property
    def standing(self) -> list[Step]:
        """Where the case waits for something else than a person: a time, a message, another product."""
        return [
            step
            for step in self.steps
            if step.state == ElementState.ACTIVE
            and step.element_type not in words.BY_PEOPLE | words.CONTAINERS
        ]

    def whom(self, step: Step) -> str | None:
        """Return who did a step, or for whom it waits."""
        if step.performer is not None:
            return people.acting(step.performer, step.on_behalf_of)
        if step.state != ElementState.ACTIVE:
            return None
        return next((each.whom for each in self.waiting if each.task.token == step.token), None)


def listed(unit: UnitOfWork, cases: Sequence[Case]) -> list[ListedCase]:
    """Put to each case whom it waits for."""
    people.learn(case.started_by for case in cases)
    waiting = tasks.open_of_several(unit.session, (case.id for case in cases))
    return [
        ListedCase(case, _waiting(unit, waiting[case.id]) if case.id in waiting else ())
        for case in cases
    ]


def of(unit: UnitOfWork, case: Case) -> CasePage:
    """Gather the page of a case that the actor may see."""
    instance = instances.get(unit.session, case.id)
    subject = sight.of_instance(unit, instance)
    told = case.header or headers.of(unit, instance)
    people.learn(told.readers)
    steps = reading.steps(unit, case.id)
    names = {step.element_id: step.name or words.element(step.element_type) for step in steps}
    forms = case_forms.of(unit, case)
    open_ = case.state not in ENDED
    return CasePage(
        case=case,
        header=told,
        referring=headers.referring(unit, case.id),
        waiting=_waiting(unit, tasks.open_of(unit.session, case.id)),
        steps=steps,
        incidents=[
            (each, names.get(each.element_id, each.element_id))
            for each in reading.incidents(unit, case.id)
        ],
        data=values.answers(forms, case.variables or {}),
        history=histories.lines(unit, reading.events(unit, case.id), steps, forms),
        verification=reading.verification(unit, case.id),
        additions=addition_lists.of(unit, case.id),
        may_change=header.may(unit, instance).change,
        may_cancel=open_ and allows(unit.actor, Permission.CANCEL_INSTANCE, subject),
        may_retry=open_ and allows(unit.actor, Permission.RETRY_INCIDENT, subject),
    )


def _waiting(unit: UnitOfWork, found: Sequence[UserTask]) -> list[Waiting]:
    people.learn(task.assignee for task in found)
    return [
        Waiting(
            task,
            people.whom(task),
            task.assignee == unit.actor.name
            or (task.assignee is None and tasks.is_candidate(task, unit.actor)),
        )
        for task in found
    ]
