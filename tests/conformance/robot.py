"""
A robot that runs any model to its end: it completes tasks, serves jobs, sends messages and moves the clock.

It knows nothing of the model. Where a model asks for variables that nobody has set, it tries plausible ones; where
a process is called that is not in the file, it stands in for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

from bpmn import deployment, dmn
from bpmn.deployment import Checked, DecisionVersion, ExecutableProcess, Options
from bpmn.description import Element, MultiInstance, Process, Trigger, Work
from bpmn.dmn import Decisions
from bpmn.errors import BpmnError
from bpmn.feel import Function
from bpmn.forms import checking
from bpmn.forms.fields import Field, FieldType, Form
from bpmn.limits import Limits
from bpmn.progress import Failure, Wait, WaitKind
from bpmn.scripting.seen import Seen
from bpmn.spiff.builder import build
from bpmn.stores import Stores
from bpmn.workflow import NotStartedSo, Workflow

NEWEST_DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Stockholm")
ROUNDS = 400
LIMITS = Limits(steps=2_000)
GUESSES: tuple[Any, ...] = (
    True,
    False,
    1,
    "yes",
    ["a", "b"],
    "PT1M",
    {},
    0,
    100,
    "2026-05-01T09:00:00Z",
)
ATTEMPTS = 150
UNKNOWN = re.compile(r"'([^'\W]\w*)'")
NAME = re.compile(r"(?<![.\w'\"])[^\W\d]\w*")
PATH = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+(?!\w*\()")
ENTRY = re.compile(r"([^\W\d]\w*)(?:\.get\(|\[)['\"](\w+)['\"]")
VARIABLE = re.compile(r"getVariable\(['\"](\w+)['\"]\)")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
NUMBER = re.compile(r"(?<![\w.'\"])\d{1,6}(?![\w'\"])")
WORDS = frozenset(
    {
        "and",
        "or",
        "not",
        "true",
        "false",
        "null",
        "None",
        "True",
        "False",
        "empty",
        "in",
        "if",
        "else",
    }
)
HINTS: dict[str, Any] = {
    "values of the types": 1,
    "to be a name": "demo",
    "to be a whole number": 50,
    "to be names": "demo",
    "not a list": ["a", "b"],
    "not a whole number": 2,
    "neither a name nor a time": "PT1M",
    "neither a date": "PT1M",
    "due date is to be a time": "PT1M",
    "not installed": "demo",
    "not the number of a version": 1,
}
"""What a sentence of ours tells about the value that is needed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    verdict: str
    """`runs`, `stuck`, `refused` or `drawing`."""
    detail: str = ""
    findings: tuple[Any, ...] = ()


@dataclass(slots=True)
class Robot:
    """One run of one process."""

    checked: Checked
    process: ExecutableProcess
    guesses: dict[str, int] = field(default_factory=dict)
    hinted: set[tuple[str, str]] = field(default_factory=set)
    """Variables that were given what a sentence asks for."""
    failures: dict[str, int] = field(default_factory=dict)
    now: datetime = NOW
    time_first: bool = False
    """Whether time passes before people do anything, as when a join waits for a timer beside a task."""

    # what the robot's workflow asks for as its library

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo("Europe/Stockholm")

    @property
    def stores(self) -> Stores:
        return self.checked.stores

    @property
    def functions(self) -> Mapping[str, Function]:
        return self.checked.functions

    def called(self, key: str, version: int | None = None) -> ExecutableProcess:  # noqa: ARG002
        return self.checked.processes.get(key) or stand_in(key)

    def decision(
        self,
        key: str,
        *,
        version: int | None = None,  # noqa: ARG002
        beside: ExecutableProcess | None = None,  # noqa: ARG002
    ) -> DecisionVersion:
        return self.checked.decisions.get(key) or DecisionVersion(key, undecided(key))

    def by_identity(self, identity: str) -> ExecutableProcess:
        for each in self.checked.processes.values():
            if each.identity == identity:
                return each
        return stand_in(identity)

    def run(self, at: str | None) -> str:
        """Run to the end; return what kept it from getting there, or nothing."""
        try:
            workflow = self.started(at)
        except BpmnError as error:
            return error.template.format_map(error.values)
        pending: dict[int, Failure] = {}
        for _ in range(ROUNDS):
            happened = workflow.happened()
            pending.update({each.token: each for each in happened.failures})
            workflow = Workflow.load(self.process, workflow.dump(), library=self, limits=LIMITS)
            if workflow.finished:
                return ""
            failed = next(
                (pending[v.token] for v in workflow.standing() if v.state == "incident"), None
            )
            if failed is not None:
                if throws_an_error(failed.element) and "was not caught" in failed.template:
                    return ""  # so the model ends: whoever calls it is to catch that
                if not self.mend(workflow, failed):
                    return failed.template.format_map(failed.values)
            elif not self.act(workflow):
                return "nothing moves"
        return "it goes round in circles"

    def act(self, workflow: Workflow) -> bool:
        """Do the next thing: work first, then events, time last."""
        waits = workflow.waits()
        if self.time_first and self.pass_time(workflow, waits):
            return True
        for kinds in (
            {WaitKind.USER_TASK, WaitKind.MANUAL_TASK, WaitKind.JOB},
            {WaitKind.MESSAGE},
            {WaitKind.SIGNAL},
        ):
            wait = self.least_recent([each for each in waits if each.kind in kinds])
            if wait is not None:
                self.end(workflow, wait)
                return True
        return self.pass_time(workflow, waits) or self.satisfy(workflow, waits)

    def pass_time(self, workflow: Workflow, waits: list[Wait]) -> bool:
        due = min((each.due for each in waits if each.due is not None), default=None)
        if due is None:
            return False
        self.now = max(self.now, due)
        workflow.fire_due(now=self.now)
        return True

    def started(self, at: str | None) -> Workflow:
        """Start, with a variable that the process asks for at once."""
        names: dict[str, Any] = {}
        for _ in range(ATTEMPTS):
            try:
                return Workflow.start(
                    self.process, names, library=self, now=self.now, limits=LIMITS, at=at
                )
            except NotStartedSo as error:
                missing = str(error.values.get("name", ""))
                if not missing or missing in names:
                    raise
                names[missing] = "PT1M"
        raise NotStartedSo("It asks for more than can be guessed.")

    def least_recent(self, waits: list[Wait]) -> Wait | None:
        """Take what was done least, so that a loop does not hide the way out of it."""
        ordered = sorted(waits, key=lambda each: self.failures.get(f"did {each.element.id}", 0))
        for wait in ordered[:1]:
            key = f"did {wait.element.id}"
            self.failures[key] = self.failures.get(key, 0) + 1
        return next(iter(ordered), None)

    def end(self, workflow: Workflow, wait: Wait) -> None:
        self.now += timedelta(seconds=1)
        turn = self.failures.get(f"did {wait.element.id}", 0)
        answers = (
            {
                name: GUESSES[(index + turn // 3) % len(GUESSES)]
                for name, index in self.guesses.items()
            }
            if turn > 3
            else {}
        )
        form = self.form_of(wait)
        if form is not None:
            answers = filled(form, workflow.variables)
        if wait.kind in {WaitKind.MESSAGE, WaitKind.SIGNAL}:
            workflow.deliver(wait.token, answers, now=self.now, event=wait.event)
        else:
            workflow.complete(wait.token, answers, now=self.now)

    def form_of(self, wait: Wait) -> Form | None:
        work = wait.element.work
        forms = self.by_identity(wait.version).forms
        return forms.get(work.form_key or "") if work else None

    def satisfy(self, workflow: Workflow, waits: list[Wait]) -> bool:
        """Nothing but conditions is left: set what they ask for to one value after the other."""
        conditions = [each for each in waits if each.kind == WaitKind.CONDITION]
        if not conditions:
            return False
        text = " ".join(each.text or "" for wait in conditions for each in wait.element.events)
        names = [each for each in NAME.findall(QUOTED.sub("", text)) if each not in WORDS]
        literals = [each[1:-1] for each in QUOTED.findall(text)]
        literals += [int(each) + more for each in NUMBER.findall(text) for more in (0, 1, -1)]
        for value in (*literals, *GUESSES):
            workflow._instance.assign(dict.fromkeys(names, value))
            workflow._instance.advance()
            if workflow.waits() != waits:
                return True
        return False

    def mend(self, workflow: Workflow, failure: Failure) -> bool:
        """Set another value for a variable that a failing element speaks of, and try again."""
        key = f"failed {failure.element.id}"
        self.failures[key] = count = self.failures.get(key, 0) + 1
        names = self.names_in(failure)
        if not names or count > ATTEMPTS:
            return False
        said = failure.template.format_map(failure.values)
        hint = next((value for words, value in HINTS.items() if words in said), None)
        name = names[(count - 1) % len(names)]
        guesses = [*self.literals(), *GUESSES]
        index = self.guesses.get(name, -1) + 1
        if hint is None or (name, said) in self.hinted:
            self.guesses[name] = index
            value = guesses[index % len(guesses)]
        else:
            self.hinted.add((name, said))
            value = hint
        workflow._instance.assign({name: self.nested(name, failure, value)})
        workflow.retry(failure.token, now=self.now)
        return True

    def nested(self, name: str, failure: Failure, value: Any) -> Any:
        """Where a model asks for `a.b.c`, put the value there, and where it asks for entries, those."""
        whole: dict[str, Any] = {}
        for path in PATH.findall(" ".join([*self.texts, self.near(failure)])):
            first, *rest = path.split(".")
            if first != name:
                continue
            inside = whole
            for part in rest[:-1]:
                inside = inside.setdefault(part, {})
            inside[rest[-1]] = self.gone_through(path, value)
        for of, key in ENTRY.findall(" ".join(self.texts)):
            if of == name:
                whole[key] = value
        return whole or value

    def gone_through(self, path: str, value: Any) -> Any:
        """Where a list is gone through by items of which the model asks `item.part`, let each have that part."""
        parts = {
            rest.split(".")[0]
            for process in self.checked.processes.values()
            for each in process.process.elements.values()
            if isinstance(each.loop, MultiInstance) and path in (each.loop.collection or "")
            for first, _, rest in (found.partition(".") for found in PATH.findall(self.all_texts))
            if first == each.loop.item
        }
        if not parts or not isinstance(value, list):
            return value
        return [dict.fromkeys(parts, value) for _ in value]

    def names_in(self, failure: Failure) -> list[str]:
        """Return the variables that could be meant: those the sentence names, then those of the model's texts."""
        told = UNKNOWN.findall(failure.template.format_map(failure.values))
        said = [each for each in told if each not in WORDS]
        near = [each for each in NAME.findall(self.near(failure)) if each not in WORDS]
        named = [each for each in said if each in near] if near else said
        return list(dict.fromkeys([*named, *near, *said]))

    def near(self, failure: Failure) -> str:
        """Return the expressions of an element and of the flows after it."""
        element = failure.element
        process = next(
            (
                each.process
                for each in self.checked.processes.values()
                if element.id in each.process.elements
            ),
            self.process.process,
        )
        flows = [process.flows[each].condition or "" for each in element.outgoing]
        work = element.work
        people = _asked_of(work, failure.template) if work else []
        loop = element.loop
        loops = [
            getattr(loop, name, None)
            for name in ("collection", "cardinality", "completion", "condition", "output_item")
        ]
        moves = [each.source for each in element.inputs + element.outputs if not each.literal]
        borders = [each for each in process.elements.values() if each.attached_to == element.id]
        events = [each.text or each.name or "" for of in (element, *borders) for each in of.events]
        version = element.call.version
        script = [element.script.text] if element.script else []
        texts = [
            *flows,
            *people,
            *loops,
            *moves,
            *events,
            *script,
            element.activation,
            element.called,
            version,
        ]
        asked = [name for each in flows for name in VARIABLE.findall(each)]
        return " ; ".join([*asked, *(QUOTED.sub("", each) for each in texts if each)])

    def literals(self) -> list[Any]:
        """Return the texts and numbers that the model compares with."""
        found: list[Any] = []
        for text in self.texts:
            found += [each[1:-1] for each in QUOTED.findall(text)]
            found += [int(each) + more for each in NUMBER.findall(text) for more in (0, 1, -1)]
        plain = list(dict.fromkeys(found))[:40]
        return [*plain, *([each] for each in plain)]

    @property
    def texts(self) -> list[str]:
        """Return what decides, and what is moved."""
        described = [each.process for each in self.checked.processes.values()]
        conditions = [flow.condition or "" for each in described for flow in each.flows.values()]
        return conditions + [
            move.source
            for process in described
            for each in process.elements.values()
            for move in each.inputs + each.outputs
            if not move.literal
        ]

    @property
    def all_texts(self) -> str:
        loops = [
            each.loop.collection or ""
            for process in self.checked.processes.values()
            for each in process.process.elements.values()
            if isinstance(each.loop, MultiInstance)
        ]
        return " ; ".join([*self.texts, *loops])


def _asked_of(work: Work, sentence: str) -> list[str | None]:
    """Return the texts of an assignment that a sentence is about; all where it does not say."""
    texts = {
        "assignee": [work.assignee],
        "Candidates": [work.candidate_users, work.candidate_groups],
        "due date": [work.due_date],
        "priority": [work.priority],
    }
    said = [
        each
        for word, each in texts.items()
        if f" {word} is to be" in f" {sentence}" or f" {word} are to be" in f" {sentence}"
    ]
    return [text for each in said or texts.values() for text in each]


PEOPLE = ("ada", "bo", "cecilia", "david")


def filled(form: Form, known: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answer a form as somebody would who wants to be done: the first option, a person for each question."""
    answers: dict[str, Any] = {}
    for number, field_ in enumerate(form.fields):
        answers[field_.name] = _answer(field_, PEOPLE[number % len(PEOPLE)])
    people = [each for each in form.fields if each.type in {FieldType.USER, FieldType.USERS}]
    for number, field_ in enumerate(people):
        several = field_.type is FieldType.USERS
        answers[field_.name] = [f"r{number}", f"s{number}"] if several else f"u{number}"
    seen = Seen(known, now=NOW, zone=ZONE)
    told = [each.name for each in checking.check(form, answers, seen).errors]
    answers = {name: each for name, each in answers.items() if name not in told}
    return checking.check(form, answers, seen).values


def _answer(field_: Field, person: str) -> Any:
    options = [each.value for each in field_.options]
    return {
        FieldType.ENUM: options[:1] and options[0],
        FieldType.MULTI: options[:1],
        FieldType.INT: max(field_.minimum or 0, 1),
        FieldType.DEC: max(field_.minimum or 0, 1),
        FieldType.BOOL: True,
        FieldType.DATE: "2026-06-01",
        FieldType.DT: "2026-06-01T08:00",
        FieldType.TABLE: [
            {
                each.name: _answer(each, person)
                for each in field_.columns
                if not each.is_written_here
            }
        ],
        FieldType.CLAUSES: ["text"],
        FieldType.FILES: ["01990000-0000-7000-8000-000000000001"],
    }.get(field_.type, "text")


def examine(resources: dict[str, bytes]) -> Verdict:
    """Say what becomes of one file; the other resources are the forms it uses."""
    checked = deployment.check(resources, options=Options(execute_unmarked=True))
    if checked.refused:
        errors = tuple(each for each in checked.findings if each.severity == "error")
        return Verdict("refused", findings=errors)
    if not checked.processes:
        return Verdict("drawing", findings=checked.findings)
    for process in checked.processes.values():
        for at in starts(process.process):
            stuck = Robot(checked, process).run(at)
            if stuck and Robot(checked, process, time_first=True).run(at):
                return Verdict("stuck", f"{process.key} from {at}: {stuck}")
    return Verdict("runs")


def starts(process: Process) -> list[str | None]:
    """Return how a process can begin: by hand, or by each of its events."""
    top = process.children(process.id)
    events: list[str | None] = [
        each.id
        for each in top
        if (each.type == "startEvent" and each.events) or _instantiates(each, process)
    ]
    plain = [each for each in top if each.type == "startEvent" and not each.events]
    by_hand: list[str | None] = [None]
    return by_hand + events if plain or not events else events


def _instantiates(element: Element, process: Process) -> bool:
    if element.type == "receiveTask" and element.instantiate:
        return True
    sources = [process.elements.get(process.flows[each].source) for each in element.incoming]
    return any(each is not None and each.instantiate for each in sources)


def throws_an_error(element: Element) -> bool:
    return element.type == "endEvent" and any(
        each.trigger is Trigger.ERROR for each in element.events
    )


def undecided(key: str) -> Decisions:
    """A decision that says nothing, for one that is called and is not there."""
    source = (
        f'<definitions xmlns="{NEWEST_DMN}" name="stand in" namespace="https://rutin.example/robot">'
        f"<decision id={quoteattr(key)} name={quoteattr(key)}>"
        "<literalExpression><text>null</text></literalExpression></decision></definitions>"
    )
    return dmn.read(source.encode(), "stand-in.dmn")


def stand_in(key: str) -> ExecutableProcess:
    """A process that does nothing, for one that is called and is not there."""
    element = Element(id="nothing", type="task", scope=key)
    process = Process(key, "", None, True, None, {"nothing": element}, {})
    return ExecutableProcess(key, process, build(process, LIMITS), {})
