"""Edges begin and end at borders, and show what they are."""

import pytest

from bpmn.diagram import docking
from bpmn.diagram.canvas import BODY, KNOCKED_OUT, LABEL, LINE, SHADED, SOLID
from bpmn.diagram.geometry import Box, Point
from tests.bpmn.diagram.picture import Picture, edge, label, model, plane, shape, whole


def flow(
    inside: str = "", *, said: str = "", source: str = '<task id="a"/>', place: str = ""
) -> Picture:
    return Picture(
        model(
            f'{source}<task id="b"/>'
            f'<sequenceFlow id="f" sourceRef="a" targetRef="b" {said}>{inside}</sequenceFlow>',
            shape("a", 0, 0, 100, 80),
            shape("b", 200, 0, 100, 80),
            edge("f", (100, 40), (200, 40), inside=place),
        )
    )


def test_a_sequence_flow_ends_in_a_filled_arrowhead_at_the_border():
    picture = flow()

    [head] = picture.all("f", "path", SOLID)
    assert head.get("d") == "M189 35.5L200 40L189 44.5Z"
    assert picture.all("f", "path", LINE)[0].get("d") == "M100 40L190 40"


def test_a_condition_shows_as_a_diamond_where_an_activity_decides():
    condition = "<conditionExpression>x</conditionExpression>"

    assert len(flow(condition).all("f", "path", BODY)) == 1
    assert flow(condition, source='<exclusiveGateway id="a"/>').all("f", "path", BODY) == []
    assert flow().all("f", "path", BODY) == []


def test_the_default_flow_has_a_stroke_across():
    picture = flow(source='<exclusiveGateway id="a" default="f"/>')

    assert len(picture.all("f", "path", LINE)) == 2
    assert picture.title("f") == "sequence flow, default"


def test_the_name_of_a_flow_stands_above_its_middle():
    picture = flow(said='name="yes"')

    [line] = picture.all("f", "tspan")
    assert float(line.get("x")) == 150
    assert 25 < float(line.get("y")) < 40
    assert picture.all("f", "text", LABEL)


def test_the_name_of_a_flow_stands_where_the_drawing_says():
    [line] = flow(said='name="yes"', place=label(110, 60, 30, 14)).all("f", "tspan")

    assert (float(line.get("x")), float(line.get("y"))) == (125, pytest.approx(70.45))


def test_corners_are_round():
    picture = Picture(
        model(
            '<task id="a"/><task id="b"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>',
            shape("a", 0, 0, 10, 10),
            shape("b", 95, 100, 10, 10),
            edge("f", (10, 5), (100, 5), (100, 100)),
        )
    )

    assert "L95 5Q100 5 100 10L" in picture.paths("f")[0]


# ------------------------------------------------------------------------------ other edges


def collaboration(edges: str, *drawn: str) -> Picture:
    return Picture(
        whole(
            '<collaboration id="c"><participant id="x" name="X"/><participant id="y" name="Y"/>',
            f'{edges}</collaboration><message id="m" name="Order"/>',
            plane("c", shape("x", 0, 0, 200, 60), shape("y", 0, 200, 200, 60), *drawn),
        )
    )


@pytest.mark.parametrize(
    ("visible", "look"), [("", None), ("initiating", BODY), ("non_initiating", SHADED)]
)
def test_a_message_flow_has_a_ring_an_open_head_and_perhaps_an_envelope(visible, look):
    picture = collaboration(
        '<messageFlow id="f" sourceRef="x" targetRef="y" messageRef="m"/>',
        edge("f", (100, 60), (100, 200), messageVisibleKind=visible),
    )

    assert picture.all("f", "path", LINE)[0].get("stroke-dasharray")
    assert len(picture.all("f", "circle", BODY)) == 1
    assert picture.all("f", "path", BODY)[0].get("d") == "M104.5 189L100 200L95.5 189Z"
    assert [each.get("class") for each in picture.all("f", "rect")] == ([look] if look else [])
    assert picture.lines("f") == ["Order"]


@pytest.mark.parametrize(("direction", "heads"), [("None", 0), ("One", 1), ("Both", 2)])
def test_an_association_is_dotted_and_points_where_it_says(direction, heads):
    picture = Picture(
        model(
            '<task id="a"/><textAnnotation id="b"><text>Note</text></textAnnotation>'
            f'<association id="f" sourceRef="a" targetRef="b" associationDirection="{direction}"/>',
            shape("a", 0, 0, 100, 80),
            shape("b", 200, 0, 100, 80),
            edge("f", (100, 40), (200, 40)),
        )
    )

    dotted, *others = picture.all("f", "path", LINE)
    assert dotted.get("stroke-dasharray")
    assert len(others) == heads


def test_a_data_association_points_from_the_data_to_the_activity():
    picture = Picture(
        model(
            '<dataObjectReference id="d"/><task id="a"><dataInputAssociation id="f">'
            "<sourceRef>d</sourceRef></dataInputAssociation></task>",
            shape("d", 0, 0, 40, 40),
            shape("a", 100, 0, 100, 40),
            edge("f", (20, 20), (150, 20)),
        )
    )

    line, head = picture.all("f", "path", LINE)
    assert line.get("d") == "M40 20L100 20"
    assert head.get("d") == "M91 15L100 20L91 25"


def test_a_conversation_link_is_double():
    picture = collaboration(
        '<conversationLink id="f" sourceRef="x" targetRef="y"/>', edge("f", (100, 60), (100, 200))
    )

    assert [each.get("class") for each in picture.all("f", "path")] == [LINE, KNOCKED_OUT]


# ------------------------------------------------------------------------------ borders

BOX = Box(0, 0, 40, 40)


@pytest.mark.parametrize(
    ("outline", "border"),
    [(docking.rectangle, 40), (docking.circle, 40), (docking.diamond, 40), (docking.hexagon, 40)],
)
@pytest.mark.parametrize("start", [20, 30, 40, 45])
def test_an_edge_is_led_to_the_border_from_inside_and_from_close_by(outline, border, start):
    def holds(point):
        return outline(BOX, point)

    points = docking.docked((Point(start, 20), Point(100, 20)), holds, None)

    assert points[0].x == pytest.approx(border, abs=0.01)
    assert docking.docked(points[::-1], None, holds)[-1].x == pytest.approx(border, abs=0.01)


def test_an_edge_is_led_to_a_slanting_border():
    def holds(point):
        return docking.diamond(BOX, point)

    points = docking.docked((Point(30, -5), Point(30, -50)), holds, None)

    assert (points[0].x, points[0].y) == (30, -5)  # too far away
    points = docking.docked((Point(30, 0), Point(30, -50)), holds, None)
    assert points[0].y == pytest.approx(10, abs=0.01)


def test_corners_inside_a_shape_are_left_away():
    def holds(point):
        return docking.rectangle(BOX, point)

    points = docking.docked((Point(20, 20), Point(30, 20), Point(30, 90)), holds, None)

    assert points == (Point(30, pytest.approx(40, abs=0.01)), Point(30, 90))


def test_an_edge_that_never_leaves_a_shape_stays():
    def holds(point):
        return docking.rectangle(BOX, point)

    points = (Point(10, 10), Point(20, 20))

    assert docking.docked(points, holds, holds) == points


def test_an_edge_that_ends_far_from_its_shape_stays():
    def holds(point):
        return docking.rectangle(BOX, point)

    points = (Point(60, 20), Point(90, 20))

    assert docking.docked(points, holds, None) == points
