"""
What a process is to the rest of the house: plain frozen values, free of XML and of SpiffWorkflow.

The reader makes them once for each version; lint, the engine's specs, the step list and the pages all see
the same description, so a thing that is not here does not exist for anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# ---------------------------------------------------------------- what is drawn


@dataclass(frozen=True, slots=True)
class Part:
    """Something inside an element that changes how it is executed and that we do not execute."""

    name: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute that decides what is executed, with a value that BPMN does not know."""

    element_id: str
    label: str
    line: int | None
    name: str
    value: str
    known: tuple[str, ...]
    """The values it can have; none for a number."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference that leads nowhere, or to something that cannot be meant."""

    element_id: str
    label: str
    line: int | None
    name: str
    """The attribute or the tag that refers: `messageRef`."""
    identity: str
    """What is referred to."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Who does the work in a part of the pool (BPMN 2.0 §10.8)."""

    name: str
    role: str
    """The candidate group: `rutin:role`, else the lane's name."""


class Choice(StrEnum):
    """By what one of the candidates of a task is chosen."""

    ROUND_ROBIN = "roundRobin"
    """In turn, by name."""
    LEAST_LOADED = "leastLoaded"
    """Whoever has the fewest open tasks."""


@dataclass(frozen=True, slots=True)
class Work:
    """How a user task is assigned and presented, whatever dialect said it."""

    assignee: str | None = None
    candidate_users: str | None = None
    candidate_groups: str | None = None
    due_date: str | None = None
    priority: str | None = None
    """A number: the higher, the more urgent. 50 is as usual."""
    form_key: str | None = None
    not_performer_of: tuple[str, ...] = ()
    """Elements whose performer may not do this one (separation of duties)."""
    performer_of: tuple[str, ...] = ()
    """Elements whose performer must do this one."""
    distinct_performers: str | None = None
    """`true`: nobody does two of the rounds of the multi-instance activity that it is, or stands in."""
    given_to: str | None = None
    """A `Choice` of one of the candidates, to whom the task is given at once."""

    @property
    def is_by_distinct_people(self) -> bool:
        return self.distinct_performers == "true"


@dataclass(frozen=True, slots=True)
class Script:
    text: str
    format: str | None
    line: int | None
    result: str | None = None
    """The variable that holds the value of a script which is one expression."""

    @property
    def language(self) -> str:
        """The format without its media type, in small letters: `python`, `feel`, empty where none is given."""
        return (self.format or "").strip().lower().rpartition("/")[2].removeprefix("x-")

    @property
    def is_expression(self) -> bool:
        """The script is a value, and not statements."""
        return self.result is not None or self.language in {"feel", "juel"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """An expression in a language that is not ours."""

    element_id: str | None
    line: int | None
    language: str
    """Its name, or where the text is kept that is not in the file."""


class Trigger(StrEnum):
    """What an event is about (BPMN 2.0 §10.5.5); the values are the names of the tags."""

    MESSAGE = "messageEventDefinition"
    SIGNAL = "signalEventDefinition"
    TIMER = "timerEventDefinition"
    ERROR = "errorEventDefinition"
    ESCALATION = "escalationEventDefinition"
    CONDITIONAL = "conditionalEventDefinition"
    COMPENSATION = "compensateEventDefinition"
    CANCEL = "cancelEventDefinition"
    TERMINATE = "terminateEventDefinition"
    LINK = "linkEventDefinition"


class TimerKind(StrEnum):
    DATE = "timeDate"
    DURATION = "timeDuration"
    CYCLE = "timeCycle"


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """One definition of an event, with what it refers to resolved."""

    id: str
    trigger: Trigger
    name: str | None = None
    """The message's, signal's or link's name, or the code of the error or escalation; None catches every code."""
    text: str | None = None
    """The time of a timer or the condition of a conditional event."""
    timer: TimerKind | None = None
    activity: str | None = None
    """The activity that a thrown compensation is for; None: all of the scope."""
    waits: bool = True
    """Whether a thrown compensation waits until it is done."""
    correlation: str | None = None
    """The expression of the value that a message is correlated by."""
    code_variable: str | None = None
    """Where the code of a caught error or escalation is kept."""
    message_variable: str | None = None
    """Where the text of a caught error is kept."""


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """§10.3.7: again while the condition is true."""

    condition: str | None
    test_before: bool
    maximum: str | None


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """§10.3.7: once for each item of a collection, or a number of times."""

    sequential: bool
    cardinality: str | None = None
    collection: str | None = None
    item: str | None = None
    """The variable that holds the item in each instance."""
    output: str | None = None
    """The variable that collects the results, in the order of the items."""
    output_item: str | None = None
    """The expression of one result."""
    completion: str | None = None
    behavior: str = "All"
    thrown: tuple[EventDefinition, ...] = ()
    """What is thrown when an instance is done: at the first (One) or at each (None)."""
    complex: tuple[tuple[str, EventDefinition | None], ...] = ()
    """Conditions and what is thrown when one is true (behaviour Complex)."""


@dataclass(frozen=True, slots=True)
class AdHoc:
    """§10.3.5: the activities inside are done in the order that people choose."""

    sequential: bool
    completion: str | None
    cancel_remaining: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """A list or map of values (`camunda:list`, `camunda:map`)."""

    parts: tuple["Composed | Wording", ...]
    keys: tuple[str, ...] | None = None
    """Of a map, for its parts."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A value as it is written within another."""

    text: str
    literal: bool
    """It is a text, not an expression."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A value that is put into a variable where an activity begins or ends."""

    target: str
    source: str
    """An expression; see `literal` and `composed`."""
    literal: bool = False
    """The source is a text, not an expression."""
    composed: Composed | None = None
    """The source is a list or map of several."""
    everything: bool = False
    """All variables are handed over (`camunda:in variables="all"`)."""
    optional: bool = False
    """A source that is not there is passed over, as data associations do."""
    store: str | None = None
    """The name of a data store that is read instead, where something can read it."""


class Binding(StrEnum):
    """Which version of what is called."""

    LATEST = "latest"
    """The one in force when the call is made."""
    DEPLOYMENT = "deployment"
    """The one that was deployed together with the caller."""
    VERSION = "version"


class ResultKind(StrEnum):
    """What is made of what a decision says, by Camunda 7's words for it."""

    AS_IT_IS = ""
    SINGLE_ENTRY = "singleEntry"
    SINGLE_RESULT = "singleResult"
    COLLECT_ENTRIES = "collectEntries"
    RESULT_LIST = "resultList"


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """Where a business rule task puts what the decision says."""

    variable: str | None = None
    """None: the outputs become variables by their names."""
    kind: ResultKind = ResultKind.AS_IT_IS


@dataclass(frozen=True, slots=True)
class Call:
    """How a called process or decision is found, and what goes in and out where no mapping says it."""

    binding: Binding = Binding.LATEST
    version: str | None = None
    """A number, or an expression of one."""
    gives_all: bool = True
    """All variables of the caller go in."""
    returns_all: bool = True
    """All that the called process has set comes back."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that a program does: what it is called, and how often it is tried."""

    type: str
    retries: int = 3
    foreign: str | None = None
    """The implementation named by another product, which a worker must stand in for."""


@dataclass(frozen=True, slots=True)
class Element:
    """A flow node: an activity, an event or a gateway."""

    id: str
    type: str
    """The name of the tag, as BPMN 2.0 has it: `userTask`, `exclusiveGateway`."""
    scope: str
    """The id of the process or sub-process that it stands in."""
    name: str | None = None
    line: int | None = None
    documentation: str | None = None
    incoming: tuple[str, ...] = ()
    """Ids of sequence flows, in the order of the document."""
    outgoing: tuple[str, ...] = ()
    default: str | None = None
    direction: str | None = None
    """What a gateway says of its flows: that it is converging, diverging, or both at once (mixed)."""
    lane: Lane | None = None
    work: Work | None = None
    script: Script | None = None
    called: str | None = None
    """The key of the process or decision that is called; an expression where it is marked as one."""
    call: Call = Call()
    events: tuple[EventDefinition, ...] = ()
    parallel_multiple: bool = False
    """All of the events must happen, not one of them."""
    attached_to: str | None = None
    """The activity of a boundary event."""
    interrupting: bool = True
    """Boundary events and starts of event sub-processes: whether what goes on is stopped."""
    triggered_by_event: bool = False
    for_compensation: bool = False
    instantiate: bool = False
    """A receive task or event-based gateway that starts the process."""
    event_gateway_parallel: bool = False
    loop: StandardLoop | MultiInstance | None = None
    ad_hoc: AdHoc | None = None
    start_quantity: int = 1
    completion_quantity: int = 1
    activation: str | None = None
    """When a complex gateway goes on."""
    inputs: tuple[Transfer, ...] = ()
    outputs: tuple[Transfer, ...] = ()
    confines: bool = False
    """What is set inside is seen outside only where an output says so."""
    before: Script | None = None
    """A script that is run before the work."""
    after: Script | None = None
    """A script that is run after the work."""
    job: Job | None = None
    decision_result: DecisionResult = DecisionResult()
    initiator: str | None = None
    """A start event: the variable that holds who started the case."""
    unread: tuple[Part, ...] = ()
    foreign: tuple[Part, ...] = ()
    """What a dialect says and we do not read."""

    @property
    def label(self) -> str:
        """Its name in one line, or its id."""
        return " ".join((self.name or "").split()) or self.id

    @property
    def is_activity(self) -> bool:
        return not self.type.lower().endswith(("event", "gateway"))


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow (BPMN 2.0 §10.6)."""

    id: str
    source: str
    target: str
    condition: str | None = None
    name: str | None = None
    line: int | None = None
    foreign: tuple[Part, ...] = ()
    """What a dialect says and we do not read."""

    @property
    def label(self) -> str:
        return " ".join((self.name or "").split()) or self.id


class Shortcut(StrEnum):
    """What the first page has a button for."""

    REPORT_DEVIATION = "report-deviation"
    PROPOSE_IMPROVEMENT = "propose-improvement"


@dataclass(frozen=True, slots=True)
class Process:
    """One pool's process: its elements at every depth, and the flows between them."""

    id: str
    resource: str
    name: str | None
    executable: bool | None
    """None where the file does not say."""
    line: int | None
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    documentation: str | None = None
    area: str | None = None
    """In which part of the management system it belongs."""
    compensations: Mapping[str, str] = field(default_factory=dict)
    """Which activity compensates: from the compensation boundary event to the handler."""
    variables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The data objects and properties that live in a scope, by the scope's id."""
    searchable: tuple[str, ...] = ()
    """The variables by which its cases are searched for."""
    shortcut: str | None = None
    """What the first page has a button for, and this is (`Shortcut`)."""
    unread: tuple[Part, ...] = ()
    foreign: tuple[Part, ...] = ()
    languages: tuple[Spoken, ...] = ()
    """Expressions that are not in a language of ours."""
    astray: tuple[Reference, ...] = ()
    unknown_values: tuple[Attribute, ...] = ()

    def children(self, scope: str) -> list[Element]:
        """Return the elements that stand directly in a process or sub-process."""
        return [element for element in self.elements.values() if element.scope == scope]

    def links_to(self, element: Element) -> list[Element]:
        """Return the link events that lead to one that catches."""
        names = {each.name for each in element.events if each.trigger is Trigger.LINK}
        if not names:
            return []
        return [
            each
            for each in self.elements.values()
            if each.type == "intermediateThrowEvent"
            and each.scope == element.scope
            and any(link.trigger is Trigger.LINK and link.name in names for link in each.events)
        ]

    def is_event_sub_process(self, scope: str) -> bool:
        """Tell whether a scope is a sub-process that begins when something happens."""
        around = self.elements.get(scope)
        return around is not None and around.triggered_by_event


@dataclass(frozen=True, slots=True)
class Model:
    """One BPMN file."""

    resource: str
    processes: tuple[Process, ...]
    name: str | None = None
