"""
Models that both engines run, SpiffWorkflow as it is and ours, drawn as bytes.

Every element has an id, none is a name that SpiffWorkflow uses itself ("Start", "End", "Root"),
and conditions, scripts and times are in the Python that both read. Stock runs all of them
rightly, if slowly (no join in a loop, no loop over 333 rounds), so that speed is all that is
compared.
"""

import functools
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DECISIONS = "https://www.omg.org/spec/DMN/20191111/MODEL/"
SPIFFWORKFLOW = "http://spiffworkflow.org/bpmn/schema/1.0/core"


@dataclass(frozen=True, slots=True)
class Decision:
    key: str
    source: bytes
    """The decision table, which both read alike."""


@dataclass(frozen=True, slots=True)
class Model:
    key: str
    """Also the id of the process."""
    source: bytes
    cycles: int
    """How many tasks a person completes from start to end."""
    variables: dict[str, Any] = field(default_factory=dict)
    """What the process starts with."""
    decisions: tuple[Decision, ...] = ()
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What a person says besides, by task."""

    def answers(self, element_id: str) -> dict[str, Any]:
        """Give the form of a task; the same whichever engine asks, and in whichever order."""
        said = self.forms.get(element_id, {})
        return {"approved": True, f"{element_id}_note": _note(element_id), **said}


@functools.cache
def _note(element_id: str) -> str:
    """Write something that no compression guesses from what others wrote."""
    return sha256(element_id.encode()).hexdigest()[:24]


def sequence(tasks: int = 10) -> Model:
    """Draw user tasks one after the other."""
    process = _Process("sequence")
    process.chain(
        process.add("startEvent", "begin"),
        *(process.add("userTask", f"step_{number}") for number in range(tasks)),
        process.add("endEvent", "done"),
    )
    return Model("sequence", _document(process), cycles=tasks)


def realistic() -> Model:
    """
    Draw the handling of a deviation: 31 elements, which are 46 task specifications of stock's.

    Two lanes, a decision by table, a choice, two things done in parallel, a sub-process, one more
    for each of three places at once, a called process, a timer that would interrupt, and rework:
    what was carried out is found wanting once and done again.
    """
    deviation = _Process("realistic")
    add, chain = deviation.add, deviation.chain
    chain(
        add("startEvent", "reported", lane="unit"),
        add("userTask", "register", lane="unit"),
        add("businessRuleTask", "assess", lane="unit", inside=_called_decision("risk")),
        add("exclusiveGateway", "is_serious", lane="unit"),
    )
    add("userTask", "act_at_once", lane="unit")
    add("exclusiveGateway", "acted", lane="unit")
    deviation.flow("is_serious", "act_at_once", "severity > 9")
    deviation.flow("is_serious", "acted", default=True)
    chain("act_at_once", "acted", add("parallelGateway", "divide", lane="quality"))
    add("parallelGateway", "gather", lane="quality")
    chain("divide", add("userTask", "investigate", lane="quality"), "gather")
    chain("divide", add("manualTask", "secure_evidence", lane="quality"), "gather")
    for name in ("places", "statements"):
        add("dataObject", name, isCollection="true")
    chain(
        "gather",
        add("subProcess", "plan", lane="quality", inside=_plan()),
        add("subProcess", "consult", lane="quality", inside=_consultation()),
        add("callActivity", "inform", lane="quality", calledElement="information"),
        add("exclusiveGateway", "once_more", lane="unit"),
        add("userTask", "carry_out", lane="unit"),
        add("userTask", "follow_up", lane="quality"),
        add("scriptTask", "count", lane="quality", script="rounds = rounds + 1"),
        add("exclusiveGateway", "is_effective", lane="quality"),
    )
    late = add(
        "boundaryEvent", "late", lane="unit", attachedToRef="carry_out", inside=_duration('"P30D"')
    )
    chain(late, "follow_up")
    deviation.flow("is_effective", "once_more", "rounds < 2")
    deviation.flow("is_effective", add("endEvent", "closed", lane="unit"), default=True)

    information = _Process("information")
    information.chain(
        information.add("startEvent", "information_begins"),
        information.add("userTask", "write_notice"),
        information.add("endEvent", "information_ends"),
    )
    return Model(
        "realistic",
        _document(deviation, information),
        cycles=14,
        variables={"impact": 3, "likelihood": 4, "rounds": 0, "unit": "Solgläntan"},
        decisions=(_risk(),),
        forms={"register": {"places": ["Solgläntan", "Björken", "Eken"]}},
    )


def _plan() -> str:
    plan = _Process("plan")
    plan.chain(
        plan.add("startEvent", "plan_begins"),
        plan.add("userTask", "propose"),
        plan.add("userTask", "approve"),
        plan.add("endEvent", "plan_ends"),
    )
    return plan.flow_elements()


def _consultation() -> str:
    """Draw what is done for each of `places` at once; what was said there becomes `statements`."""
    each = _Process("consult")
    each.chain(
        each.add("startEvent", "consult_begins"),
        each.add("userTask", "ask"),
        each.add("scriptTask", "quote", script='ask_note = place + ": " + ask_note'),
        each.add("endEvent", "consult_ends"),
    )
    return (
        "<multiInstanceLoopCharacteristics>"
        "<loopDataInputRef>places</loopDataInputRef>"
        "<loopDataOutputRef>statements</loopDataOutputRef>"
        '<inputDataItem id="place" name="place"/>'
        '<outputDataItem id="ask_note" name="ask_note"/>'
        "</multiInstanceLoopCharacteristics>"
    ) + each.flow_elements()


def _risk() -> Decision:
    """Draw a table of two inputs; the first rule that fits is the one that counts for stock."""
    rules = ((">= 3", ">= 4", "12"), (">= 3", "< 4", "6"), ("< 3", "-", "3"))

    drawn = "".join(
        _element(
            "input",
            f"{name}_input",
            _text("inputExpression", f"{name}_asked", name),
            {"label": name},
        )
        for name in ("impact", "likelihood")
    )
    drawn += _element("output", "severity_output", "", {"name": "severity", "typeRef": "number"})
    for number, (*entries, output) in enumerate(rules):
        inside = "".join(
            _text("inputEntry", f"entry_{number}_{place}", entry)
            for place, entry in enumerate(entries)
        )
        inside += _text("outputEntry", f"severity_{number}", output)
        drawn += _element("rule", f"rule_{number}", inside, {})
    table = _element("decisionTable", "risk_table", drawn, {"hitPolicy": "UNIQUE"})
    source = (
        f'<definitions xmlns="{DECISIONS}" id="risk_definitions" name="risk" '
        'namespace="https://rutin.example/bench">'
        + _element("decision", "risk", table, {"name": "risk"})
        + "</definitions>"
    ).encode()
    return Decision("risk", source)


def big(blocks: int = 33) -> Model:
    """
    Draw 200 elements: 33 times user task, script, and a choice between a user task and a script.

    The first half of the choices go to a person, the others to the script.
    """
    process = _Process("big")
    add, chain = process.add, process.chain
    last = add("startEvent", "begin")
    for number in range(blocks):
        choice, merge = f"choice_{number}", f"merge_{number}"
        chain(
            last,
            add("userTask", f"work_{number}"),
            add("scriptTask", f"score_{number}", script="score = score + 1"),
            add("exclusiveGateway", choice),
        )
        add("exclusiveGateway", merge)
        person = add("userTask", f"person_{number}")
        machine = add("scriptTask", f"machine_{number}", script="machine = machine + score")
        process.flow(choice, person, "score <= limit")
        process.flow(choice, machine, default=True)
        chain(person, merge)
        chain(machine, merge)
        last = merge
    chain(last, add("endEvent", "done"))
    limit = (blocks + 1) // 2
    return Model(
        "big",
        _document(process),
        cycles=blocks + limit,
        variables={"score": 0, "machine": 0, "limit": limit},
    )


def loop(rounds: int = 200) -> Model:
    """Draw a user task, a script that counts, and a choice that leads back until n is reached."""
    process = _Process("loop")
    process.chain(
        process.add("startEvent", "begin"),
        process.add("userTask", "work"),
        process.add("scriptTask", "count", script="i = i + 1"),
        process.add("exclusiveGateway", "is_enough"),
    )
    process.flow("is_enough", "work", "i < n")
    process.flow("is_enough", process.add("endEvent", "done"), default=True)
    return Model("loop", _document(process), cycles=rounds, variables={"i": 0, "n": rounds})


def parallel(blocks: int, branches: int = 3) -> Model:
    """Draw blocks one after the other, each a user task in every branch between split and join."""
    key = f"parallel_{blocks}"
    process = _Process(key)
    last = process.add("startEvent", "begin")
    for block in range(blocks):
        split = process.add("parallelGateway", f"split_{block}")
        join = process.add("parallelGateway", f"join_{block}")
        process.chain(last, split)
        for branch in range(branches):
            process.chain(split, process.add("userTask", f"work_{block}_{branch}"), join)
        last = join
    process.chain(last, process.add("endEvent", "done"))
    return Model(key, _document(process), cycles=blocks * branches)


def inclusive(blocks: int = 4) -> Model:
    """Draw blocks one after the other, in each of which two of three branches are taken and awaited."""
    process = _Process("inclusive")
    last = process.add("startEvent", "begin")
    for block in range(blocks):
        split = process.add("inclusiveGateway", f"split_{block}")
        join = process.add("inclusiveGateway", f"join_{block}")
        process.chain(last, split)
        for branch in range(3):
            work = process.add("userTask", f"work_{block}_{branch}")
            process.flow(split, work, f"level > {branch}")
            process.flow(work, join)
        last = join
    process.chain(last, process.add("endEvent", "done"))
    return Model("inclusive", _document(process), cycles=2 * blocks, variables={"level": 2})


class _Process:
    """A process being drawn; elements first, then the flows between them."""

    def __init__(self, process_id: str) -> None:
        self.id = process_id
        self._elements: list[tuple[str, str, str, dict[str, str]]] = []
        self._flows: list[str] = []
        self._defaults: dict[str, str] = {}
        self._lanes: dict[str, list[str]] = {}

    def add(
        self,
        tag: str,
        element_id: str,
        *,
        lane: str = "",
        script: str = "",
        inside: str = "",
        **attributes: str,
    ) -> str:
        """Draw an element; return its id."""
        if script:
            inside = f"<script>{escape(script)}</script>"
        self._elements.append((tag, element_id, inside, attributes))
        if lane:
            self._lanes.setdefault(lane, []).append(element_id)
        return element_id

    def flow(
        self, source: str, target: str, condition: str = "", *, default: bool = False
    ) -> None:
        flow_id = f"{source}_to_{target}"
        if default:
            self._defaults[source] = flow_id
        inside = (
            f'<conditionExpression xsi:type="tFormalExpression">{escape(condition)}'
            "</conditionExpression>"
            if condition
            else ""
        )
        ends = {"sourceRef": source, "targetRef": target}
        self._flows.append(_element("sequenceFlow", flow_id, inside, ends))

    def chain(self, *element_ids: str) -> None:
        for source, target in itertools.pairwise(element_ids):
            self.flow(source, target)

    def flow_elements(self) -> str:
        return "".join((*self._drawn(), *self._flows))

    def executable(self) -> str:
        return _element(
            "process", self.id, self._lane_set() + self.flow_elements(), {"isExecutable": "true"}
        )

    def _drawn(self) -> Iterable[str]:
        for tag, element_id, inside, attributes in self._elements:
            default = self._defaults.get(element_id)
            extra = {"default": default} if default else {}
            yield _element(tag, element_id, inside, {"name": element_id, **attributes, **extra})

    def _lane_set(self) -> str:
        if not self._lanes:
            return ""
        lanes = "".join(
            _element(
                "lane",
                f"lane_{name}",
                "".join(f"<flowNodeRef>{member}</flowNodeRef>" for member in members),
                {"name": name},
            )
            for name, members in self._lanes.items()
        )
        return _element("laneSet", f"{self.id}_lanes", lanes, {})


def _element(tag: str, element_id: str, inside: str, attributes: dict[str, str]) -> str:
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f'<{tag} id="{element_id}"{written}>{inside}</{tag}>'


def _text(tag: str, element_id: str, text: str) -> str:
    return _element(tag, element_id, f"<text>{escape(text)}</text>", {})


def _called_decision(key: str) -> str:
    called = f"<spiffworkflow:calledDecisionId>{key}</spiffworkflow:calledDecisionId>"
    return f"<extensionElements>{called}</extensionElements>"


def _duration(text: str) -> str:
    duration = f'<timeDuration xsi:type="tFormalExpression">{escape(text)}</timeDuration>'
    return f'<timerEventDefinition id="after">{duration}</timerEventDefinition>'


def _document(*processes: _Process) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<definitions xmlns="{NAMESPACE}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xmlns:spiffworkflow="{SPIFFWORKFLOW}" '
        f'id="{processes[0].id}_definitions" targetNamespace="https://rutin.example/bench">'
        + "".join(process.executable() for process in processes)
        + "</definitions>"
    ).encode()
