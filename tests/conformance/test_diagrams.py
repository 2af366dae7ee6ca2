"""
Every element of BPMN in every position, as drawn models and what happens with them.

Each scenario is played twice, with saving and loading after every step and without; both must go the same way.
"""

from importlib.resources import as_file, files
from itertools import pairwise

import pytest
from lxml import etree

from bpmn import xml
from bpmn.namespaces import BPMN
from bpmn.reader.tags import FLOW_NODES
from tests.conformance.__main__ import judged
from tests.conformance.scenario import Scenario, Then
from tests.conformance.scenarios import events, patterns
from tests.conformance.stage import DIAGRAMS, SCENARIOS, file_of, play

DI = {
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "dd": "http://www.omg.org/spec/DD/20100524/DI",
}
AREAS = ("activities", "data", "events", "gateways", "lanes", "patterns")
DRAWN = sorted(path for area in AREAS for path in (DIAGRAMS / area).glob("*.bpmn"))
B = f"{{{BPMN}}}"


def named(path) -> str:
    return path.relative_to(DIAGRAMS).with_suffix("").as_posix()


# ---------------------------------------------------------------- what happens


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.diagram)
def test_a_scenario_goes_as_it_says_whether_it_is_saved_or_not(scenario):
    assert play(scenario, saving=True) == play(scenario, saving=False)


def test_every_scenario_says_what_must_be_so():
    assert [
        each.diagram
        for each in SCENARIOS
        if each.refused_at is None
        and each.not_started is None
        and not each.is_drawing
        and not any(isinstance(step, Then) for step in each.steps)
    ] == []


def test_every_diagram_is_played_and_every_played_diagram_is_there():
    assert {each.diagram for each in SCENARIOS} == {named(path) for path in DRAWN}


def test_every_cell_of_the_table_of_events_has_a_scenario():
    cells = {
        (row.element, row.aspect)
        for each in SCENARIOS
        for row in each.proves
        if row.table == "events"
    }
    every = {(trigger, place) for trigger in events.TRIGGERS for place in events.POSITIONS}

    assert cells == every - events.UNSAYABLE


def test_every_pattern_that_bpmn_can_express_has_a_scenario():
    numbers = {
        int(row.element) for each in SCENARIOS for row in each.proves if row.table == "patterns"
    }

    assert numbers == patterns.NAMES.keys() - patterns.NOT_IN_BPMN.keys()


def verdict(scenario: Scenario) -> str:
    if scenario.refused_at is not None:
        return "refused"
    return "drawing" if scenario.is_drawing else "runs"


VERDICTS = {each.diagram: verdict(each) for each in SCENARIOS}


@pytest.mark.parametrize("path", DRAWN, ids=named)
def test_the_robot_comes_to_the_same_verdict(path):
    line = judged(path, DIAGRAMS)

    assert line["verdict"] == VERDICTS[named(path)], line


# ---------------------------------------------------------------- how it is drawn


@pytest.fixture(scope="module")
def schema():
    folder = files("SpiffWorkflow") / "bpmn" / "parser" / "schema"
    with as_file(folder) as path:
        return etree.XMLSchema(file=str(path / "BPMN20.xsd"))


@pytest.mark.parametrize("path", DRAWN, ids=named)
def test_a_diagram_is_valid_by_the_schema(path, schema):
    schema.assertValid(xml.parse(path.read_bytes()))


@pytest.mark.parametrize("path", DRAWN, ids=named)
def test_a_diagram_is_drawn_whole(path):
    drawing = Drawing(xml.parse(path.read_bytes()))

    assert drawing.nodes() - set(drawing.boxes) == set()
    assert drawing.flows() - drawing.edges() == set()
    assert drawing.beside_their_hosts() == []
    assert drawing.outside_their_scopes() == []


class Drawing:
    """What is drawn of a file: boxes by the element's id, and lines."""

    def __init__(self, root) -> None:
        self.root = root
        self.boxes = {
            shape.get("bpmnElement"): tuple(
                float(bounds.get(each)) for each in ("x", "y", "width", "height")
            )
            for shape in root.iterfind(".//di:BPMNShape", DI)
            for bounds in shape.iterfind("dc:Bounds", DI)
        }

    def nodes(self) -> set[str]:
        return {
            each.get("id")
            for each in self.root.iter(f"{B}*")
            if xml.local_name(each) in FLOW_NODES - {"event"}
        } | {each.get("id") for tag in ("participant", "lane") for each in self.root.iter(B + tag)}

    def flows(self) -> set[str]:
        return {
            each.get("id")
            for tag in ("sequenceFlow", "messageFlow", "association")
            for each in self.root.iter(B + tag)
        }

    def edges(self) -> set[str]:
        """Return what is drawn as a line of at least two different points."""
        return {
            edge.get("bpmnElement")
            for edge in self.root.iterfind(".//di:BPMNEdge", DI)
            for points in [[(p.get("x"), p.get("y")) for p in edge.iterfind("dd:waypoint", DI)]]
            if len(points) > 1 and all(one != other for one, other in pairwise(points))
        }

    def beside_their_hosts(self) -> list[str]:
        """Return the boundary events whose middle is not on the border of their activity."""
        return [
            each.get("id")
            for each in self.root.iter(f"{B}boundaryEvent")
            if not self._on_border(
                self.boxes[each.get("id")], self.boxes[each.get("attachedToRef")]
            )
        ]

    @staticmethod
    def _on_border(event, host) -> bool:
        x, y = event[0] + event[2] / 2, event[1] + event[3] / 2
        left, top, width, height = host
        on_edge = min(abs(x - left), abs(x - left - width), abs(y - top), abs(y - top - height))
        return on_edge <= 1 and left <= x <= left + width and top <= y <= top + height

    def outside_their_scopes(self) -> list[str]:
        """Return what is drawn outside of the sub-process that it stands in."""
        return [
            each.get("id")
            for each in self.root.iter(f"{B}*")
            if each.get("id") in self.boxes
            and each.getparent().get("id") in self.boxes
            and not _inside(self.boxes[each.get("id")], self.boxes[each.getparent().get("id")])
        ]


def _inside(inner, outer) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[0] + inner[2] <= outer[0] + outer[2]
        and inner[1] + inner[3] <= outer[1] + outer[3]
    )


def test_a_scenario_that_goes_otherwise_is_noticed():
    scenario = next(each for each in SCENARIOS if each.diagram == "events/none-end")
    wrong = Scenario(scenario.diagram, scenario.proves, (Then(waiting=["slut"]),))

    with pytest.raises(AssertionError, match="waiting"):
        play(wrong, saving=False)
    assert file_of(wrong).exists()
