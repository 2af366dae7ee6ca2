"""A case as its page shows it: how it stands, what was done and what is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bpmn.progress import ElementState
from engine.accounts import repository as accounts
from engine.cases import headers, reading
from engine.cases.headers import CaseHeader, Linked
from engine.cases.reading import Case, Step, Told
from engine.execution import header, sight
from engine.identity.permissions import Permission, allows
from engine.incidents.models import Incident
from engine.instances import repository as instances
from engine.instances.models import ENDED, Confidentiality, InstanceState
from engine.organisation import holdings
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork
from web.pages import people, values, words
from web.pages.cases import addition_lists, asked_forms, diagrams, histories, step_lists
from web.pages.cases.addition_lists import Additions
from web.pages.cases.diagrams import CaseDiagram
from web.pages.cases.histories import History, Line
from web.pages.cases.step_lists import Steps
from web.pages.values import Answers

TOLD_FIRST = 5
"""Open tasks that are told of above everything else."""
HELPERS = 3
PROCESS_OWNER = "process_owner"
FAR = datetime.max.replace(tzinfo=UTC)


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

    @property
    def is_paused(self) -> bool:
        return self.case.state == InstanceState.SUSPENDED


@dataclass(frozen=True, slots=True)
class Failed:
    """An open incident, and the step that it is about."""

    incident: Incident
    step: str
    in_picture: bool


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do with a case."""

    change: bool
    suspend: bool
    resume: bool
    cancel: bool
    retry: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    case: Case
    header: CaseHeader
    referring: Sequence[Linked]
    """The cases that refer to this one, as far as the reader may see them."""
    waiting: Sequence[Waiting]
    """The soonest due first."""
    pause: Told | None
    diagram: CaseDiagram
    steps: Steps
    standing: Sequence[Step]
    """Where the case waits for something else than a person: a time, a message, another product."""
    incidents: Sequence[Failed]
    helpers: Sequence[str]
    """Who can have a failed step tried again, where the reader cannot."""
    data: Answers
    history: History
    events: int
    """How many the record of the case holds."""
    additions: Additions
    may: May

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
    def first_waiting(self) -> Sequence[Waiting]:
        return self.waiting[:TOLD_FIRST]


def listed(unit: UnitOfWork, cases: Sequence[Case]) -> list[ListedCase]:
    """Put to each case whom it waits for."""
    people.learn(case.started_by for case in cases)
    waiting = tasks.open_of_several(unit.session, (case.id for case in cases))
    return [
        ListedCase(case, _waiting(unit, waiting[case.id]) if case.id in waiting else ())
        for case in cases
    ]


def of(
    unit: UnitOfWork, case: Case, *, before: int | None = None, whole: bool = False
) -> CasePage:
    """
    Gather the page of a case that the actor may see.

    `before` asks for the milestones before an event, `whole` for every step.
    """
    held = reading.held(unit, case.id)
    told = case.header or headers.of(unit, held)
    people.learn(told.readers)
    steps = reading.steps(unit, case.id)
    every = tasks.all_of(unit.session, case.id)
    waiting = _waiting(unit, [each for each in every if each.state == UserTaskState.CREATED])
    shown = step_lists.of(
        case, steps, {each.task.token: each.whom for each in waiting}, whole=whole
    )
    open_ = [each.task for each in waiting]
    diagram = diagrams.of(unit, case, steps, shown.told, open_)
    forms = asked_forms.of(unit, case, every)
    about = histories.context(unit, case, names(steps), forms, every)
    incidents = _incidents(unit, case, about.names, diagram)
    may = may_of(unit, case)
    return CasePage(
        case=case,
        header=told,
        referring=headers.referring(unit, case.id),
        waiting=waiting,
        pause=histories.reason_of(unit, case),
        diagram=diagram,
        steps=shown,
        standing=[each for each in steps if _stands(each)],
        incidents=incidents,
        helpers=_helpers(unit, told) if incidents and not may.retry else (),
        data=values.answers(about.forms, case.variables or {}),
        history=histories.of(unit, about, before),
        events=held.audit_seq,
        additions=addition_lists.of(unit, case.id, every),
        may=may,
    )


def record(unit: UnitOfWork, case: Case, events: Sequence[Told]) -> list[Line]:
    """Tell events of any kind as sentences."""
    called = names(reading.steps(unit, case.id))
    return histories.told(events, histories.context(unit, case, called, (), ()))


def names(steps: Sequence[Step]) -> dict[str, str]:
    """Return what the steps are called, by their elements."""
    return {step.element_id: step.name or words.element(step.element_type) for step in steps}


def may_of(unit: UnitOfWork, case: Case) -> May:
    instance = instances.get(unit.session, case.id)
    subject = sight.of_instance(unit, instance)
    is_open, is_paused = case.state not in ENDED, case.state == InstanceState.SUSPENDED
    suspend = is_open and allows(unit.actor, Permission.SUSPEND_INSTANCE, subject)
    retry = is_open and allows(unit.actor, Permission.RETRY_INCIDENT, subject)
    return May(
        change=header.may(unit, instance).change,
        suspend=suspend and not is_paused,
        resume=suspend and is_paused,
        cancel=is_open and allows(unit.actor, Permission.CANCEL_INSTANCE, subject),
        retry=retry and not is_paused,
    )


def _stands(step: Step) -> bool:
    by_itself = step.element_type not in words.BY_PEOPLE | words.CONTAINERS
    return step.state == ElementState.ACTIVE and by_itself


def _incidents(
    unit: UnitOfWork, case: Case, called: Mapping[str, str], diagram: CaseDiagram
) -> list[Failed]:
    return [
        Failed(
            each,
            called.get(each.element_id, each.element_id),
            each.element_id in diagram.places,
        )
        for each in reading.incidents(unit, case.id)
    ]


def _helpers(unit: UnitOfWork, told: CaseHeader) -> list[str]:
    """Return who looks after processes; of a secret case, those of them who see it."""
    offices = holdings.known(unit).offices
    owners = [account for account, held in offices.items() if PROCESS_OWNER in held]
    found = sorted(accounts.names(unit.session, owners).values())
    if told.confidentiality == Confidentiality.SECRET:
        found = [each for each in found if each in told.readers]
    people.learn(found)
    return [people.person(each) for each in found[:HELPERS]]


def _waiting(unit: UnitOfWork, found: Sequence[UserTask]) -> list[Waiting]:
    people.learn(task.assignee for task in found)
    return [
        Waiting(
            task,
            people.whom(task),
            task.assignee == unit.actor.name
            or (task.assignee is None and tasks.is_candidate(task, unit.actor)),
        )
        for task in sorted(found, key=lambda each: (each.due_at or FAR, each.token))
    ]
