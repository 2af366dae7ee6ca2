"""
What a scenario is: a drawn model, what is done with it, and what must be so then.

    scenario(
        "events/message-boundary-interrupting",
        Row("events", "message", "boundary"),
        then(waiting=["handlagg"], listening=["handelse"]),
        send("Komplettering"),
        then(waiting=["atgarda"], listening=[]),
    )

Each tells which rows of the page on BPMN support it is the evidence for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bpmn.limits import Limits


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of the page; in the table of events, one of its cells."""

    table: str
    element: str
    aspect: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done with a case: one of the verbs of `Run`."""

    verb: str
    target: str | None = None
    arguments: tuple[Any, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Then:
    """What must be so; None is not looked at."""

    waiting: Sequence[str] | None = None
    """The elements where a person or a program has to do something, in the order of the alphabet."""
    listening: Sequence[str] | None = None
    """The elements that wait for an event, in the order of the alphabet."""
    passed: Sequence[str] | None = None
    """Elements in the order they were left; those that are not named do not count."""
    never: Sequence[str] | None = None
    """Elements that were not left."""
    variables: Mapping[str, Any] | None = None
    """All variables of the case."""
    finished: bool | None = None
    failures: Sequence[str] | None = None
    """A part of each sentence about what failed in the last step."""
    incidents: Sequence[str] | None = None
    """The elements at which a token waits that has failed, in the order of the alphabet."""
    thrown: Sequence[str] | None = None
    """The names of what the last step sent out of the case."""
    carried: Sequence[Mapping[str, Any]] | None = None
    """The variables that went with each of them."""
    awaited: Sequence[str] | None = None
    """The elements at which the last step began to wait for an event."""
    jobs: Mapping[str, str] | None = None
    """The types of the jobs that wait, by their element."""
    people: Mapping[str, tuple[str | None, Sequence[str], Sequence[str]]] | None = None
    """Assignee, candidate users and candidate groups of the tasks that the last step opened."""


@dataclass(frozen=True, slots=True)
class Scenario:
    diagram: str
    """The path of the file below `tests/diagrams`, without its ending."""
    proves: tuple[Row, ...]
    steps: tuple[Step | Then, ...] = ()
    refused_at: str | None = None
    """The element at which the model is refused."""
    is_drawing: bool = False
    """Whether the model is kept as a drawing, having nothing to execute."""
    not_started: str | None = None
    """A part of the sentence that says why the case is not started."""
    variables: Mapping[str, Any] = field(default_factory=dict)
    """What the case starts with."""
    at: str | None = None
    """The event that starts the case."""
    key: str | None = None
    """The process that is started; None: the first of the file."""
    limits: Limits | None = None
    note: str | None = None
    """What the page adds to the verdict."""


def scenario(
    diagram: str, proves: Row | tuple[Row, ...], *steps: Step | Then, **more: Any
) -> Scenario:
    return Scenario(diagram, proves if isinstance(proves, tuple) else (proves,), steps, **more)


def refused(diagram: str, proves: Row | tuple[Row, ...], element: str, **more: Any) -> Scenario:
    """A model that BPMN 2.0 does not allow, or that could not be executed, is not deployed."""
    return scenario(diagram, proves, refused_at=element, **more)


then = Then


def do(element: str, /, **variables: Any) -> Step:
    """A person or a program completes what waits there longest."""
    return Step("do", element, values=variables)


def send(message: str, /, **variables: Any) -> Step:
    return Step("send", message, values=variables)


def signal(name: str, /, **variables: Any) -> Step:
    return Step("signal", name, values=variables)


def pass_time(**span: float) -> Step:
    return Step("pass_time", values=span)


def fail(element: str, code: str, text: str = "", /, **variables: Any) -> Step:
    """A person or a program throws a BPMN error."""
    return Step("fail", element, (code, text), variables)


def escalate(element: str, code: str, /) -> Step:
    return Step("escalate", element, (code,))


def retry(element: str, /) -> Step:
    return Step("retry", element)
