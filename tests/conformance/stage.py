"""Where scenarios are played: step by step, and what was there after each of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bpmn import deployment
from bpmn.deployment import Kind
from bpmn.findings import Severity
from bpmn.workflow import NotStartedSo
from tests.bpmn.running import Run
from tests.conformance.scenario import Scenario, Step, Then
from tests.conformance.scenarios import (
    activities,
    data,
    events,
    flows,
    gateways,
    lanes,
    more_events,
    patterns,
    repeated,
    thrown_events,
)

DIAGRAMS = Path(__file__).parents[1] / "diagrams"
SCENARIOS: tuple[Scenario, ...] = tuple(
    each
    for area in (
        events,
        more_events,
        thrown_events,
        activities,
        repeated,
        gateways,
        flows,
        data,
        lanes,
        patterns,
    )
    for each in area.SCENARIOS
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What was there after a step."""

    trace: tuple[str, ...]
    waits: tuple[tuple[Any, ...], ...]
    """Element, kind, number of the event, name, time and correlation."""
    variables: Mapping[str, Any]
    finished: bool
    failures: tuple[str, ...]
    thrown: tuple[tuple[str, str], ...]
    awaited: tuple[str, ...]


class Otherwise(AssertionError):
    """It went otherwise than the scenario says."""


def file_of(scenario: Scenario) -> Path:
    return DIAGRAMS / f"{scenario.diagram}.bpmn"


def play(scenario: Scenario, *, saving: bool) -> list[Scene]:
    """Return what was there at the start and after every step. Raises `Otherwise`."""
    if scenario.refused_at is not None:
        rules_against(scenario)
        return []
    if scenario.is_drawing:
        _drawn(scenario)
        return []
    run = _started(scenario, saving=saving)
    if run is None:
        return []
    scenes = [_scene(run)]
    for number, step in enumerate(scenario.steps, 1):
        if isinstance(step, Then):
            _compare(run, step, number)
        else:
            _take(run, step, number)
            scenes.append(_scene(run))
    return scenes


def rules_against(scenario: Scenario) -> list[str]:
    """Return the rules that refuse the model where the scenario says. Raises `Otherwise`."""
    found = [
        (each.rule, each.element_id)
        for each in deployment.check({"model.bpmn": file_of(scenario).read_bytes()}).findings
        if each.severity is Severity.ERROR
    ]
    rules = [rule for rule, element in found if element == scenario.refused_at]
    if not rules:
        raise Otherwise(f"not refused at {scenario.refused_at}: {found}")
    return list(dict.fromkeys(rules))


def _drawn(scenario: Scenario) -> None:
    checked = deployment.check({"model.bpmn": file_of(scenario).read_bytes()})
    kinds = {each.kind for each in checked.definitions}
    if kinds != {Kind.DRAWING}:
        raise Otherwise(f"kept as {kinds}, not as a drawing")


def _started(scenario: Scenario, *, saving: bool) -> Run | None:
    """Return the case, None where it is not started, as the scenario says."""
    try:
        run = Run(
            file_of(scenario).read_bytes(),
            scenario.key,
            dict(scenario.variables),
            scenario.limits,
            scenario.at,
            saving=saving,
            beside=_decisions(scenario),
        )
    except NotStartedSo as error:
        if scenario.not_started is None or scenario.not_started not in str(error):
            raise Otherwise(f"not started: {error}") from error
        return None
    if scenario.not_started is not None:
        raise Otherwise("it is started")
    return run


def _decisions(scenario: Scenario) -> dict[str, bytes]:
    """Return the file of decisions that belongs to a model."""
    path = file_of(scenario).with_suffix(".dmn")
    return {path.name: path.read_bytes()} if path.exists() else {}


def _take(run: Run, step: Step, number: int) -> None:
    target = () if step.target is None else (step.target,)
    try:
        getattr(run, step.verb)(*target, *step.arguments, **step.values)
    except StopIteration:
        raise Otherwise(
            f"{step.verb} {step.target} (step {number}): there are {run.waiting} and {run.listening}"
        ) from None


def _compare(run: Run, expected: Then, number: int) -> None:
    for name, wanted, found in _pairs(run, expected):
        if wanted != found:
            raise Otherwise(f"{name} (step {number}): {found}, not {wanted}")


def _pairs(run: Run, expected: Then) -> Iterator[tuple[str, Any, Any]]:
    """Return what is wanted and what is found, for all that is said."""
    for each in fields(expected):
        wanted = getattr(expected, each.name)
        if wanted is not None:
            yield each.name, *LOOK[each.name](run, wanted)


def _failures(run: Run, wanted: Any) -> tuple[list[str], list[str]]:
    """A part of the sentence is enough."""
    found = list(run.failures)
    told = len(found) == len(wanted) and all(
        part in said for part, said in zip(wanted, found, strict=True)
    )
    return (found if told else list(wanted)), found


def _incidents(run: Run, wanted: Any) -> tuple[list[str], list[str]]:
    standing = run.workflow.standing()
    return sorted(wanted), sorted(each.element.id for each in standing if each.state == "incident")


def _awaited(run: Run, wanted: Any) -> tuple[list[str], list[str]]:
    return list(wanted), [each.element.id for each in run.happened.awaited if each.kind != "job"]


def _jobs(run: Run, wanted: Any) -> tuple[dict[str, str], dict[str, str | None]]:
    return dict(wanted), {
        each.element.id: each.name for each in run.workflow.waits() if each.kind == "job"
    }


def _people(run: Run, wanted: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return (
        {name: (who, list(users), list(groups)) for name, (who, users, groups) in wanted.items()},
        {
            each.wait.element.id: (
                each.assignment.assignee,
                list(each.assignment.candidate_users),
                list(each.assignment.candidate_groups),
            )
            for each in run.happened.opened
        },
    )


LOOK: Mapping[str, Callable[[Run, Any], tuple[Any, Any]]] = {
    "waiting": lambda run, wanted: (sorted(wanted), run.waiting),
    "listening": lambda run, wanted: (sorted(wanted), run.listening),
    "passed": lambda run, wanted: (list(wanted), run.passed(*wanted)),
    "never": lambda run, wanted: ([], run.passed(*wanted)),
    "variables": lambda run, wanted: (dict(wanted), run.variables),
    "finished": lambda run, wanted: (wanted, run.finished),
    "failures": _failures,
    "incidents": _incidents,
    "thrown": lambda run, wanted: (list(wanted), run.thrown),
    "carried": lambda run, wanted: (
        list(wanted),
        [dict(each.variables) for each in run.happened.thrown],
    ),
    "awaited": _awaited,
    "jobs": _jobs,
    "people": _people,
}
"""What is wanted and what is found, for each thing that can be said."""


def _scene(run: Run) -> Scene:
    waits = [
        (each.element.id, str(each.kind), each.event, each.name, each.due, each.correlation)
        for each in run.workflow.waits()
    ]
    return Scene(
        tuple(run.trace),
        tuple(sorted(waits, key=str)),
        run.variables,
        run.finished,
        tuple(run.failures),
        tuple((str(each.trigger), each.name) for each in run.happened.thrown),
        tuple(each.element.id for each in run.happened.awaited),
    )
