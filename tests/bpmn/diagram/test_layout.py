"""What a file says of its own diagram is read as it is meant, and without trust."""

import pytest

from bpmn import xml
from bpmn.diagram import diagrams, layout
from bpmn.diagram.geometry import Box, Point
from tests.bpmn.diagram.picture import bounds, edge, label, model, plane, shape, whole

TASK = '<task id="t"/>'


def read(source):
    return diagrams.read(xml.parse(source)).planes


def test_shapes_and_edges_stand_where_the_file_says():
    source = model(
        '<startEvent id="s"/><task id="t"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>',
        shape("s", 10, 20, 36, 36, inside=label(5, 60, 46, 14)),
        shape("t", 100.5, 0, 100, 80),
        edge("f", (46, 38), (80, 38), (80, 40), (100.5, 40), inside=label(60, 20, 20, 14)),
    )

    [diagram] = read(source)

    assert diagram.element_id == "p"
    assert [(each.element_id, each.box) for each in diagram.shapes] == [
        ("s", Box(10, 20, 36, 36)),
        ("t", Box(100.5, 0, 100, 80)),
    ]
    assert diagram.shapes[0].label == Box(5, 60, 46, 14)
    assert diagram.edges[0].points == (
        Point(46, 38),
        Point(80, 38),
        Point(80, 40),
        Point(100.5, 40),
    )
    assert diagram.edges[0].label == Box(60, 20, 20, 14)
    assert diagram.left_out == 0


def test_a_reference_may_have_a_prefix():
    [diagram] = read(model(TASK, shape("m:t", 0, 0, 10, 10)))

    assert [each.element_id for each in diagram.shapes] == ["t"]


def test_the_drawing_of_the_whole_comes_before_that_of_a_sub_process():
    source = whole(
        '<process id="p"><subProcess id="sub"><task id="t"/></subProcess></process>',
        plane("sub", shape("t")),
        plane("p", shape("sub")),
    )

    assert [each.element_id for each in read(source)] == ["p", "sub"]


def test_a_drawing_of_nothing_is_no_drawing():
    source = whole(f'<process id="p">{TASK}</process>', plane("x"), plane("p", shape("t")))

    assert [each.element_id for each in read(source)] == ["p"]


@pytest.mark.parametrize(
    "box",
    [
        ("nan", 0, 10, 10),
        (0, "inf", 10, 10),
        (0, 0, "-inf", 10),
        (0, 0, 10, -10),
        (0, 0, 0, 10),
        (0, 0, 1e300, 10),
        (1e6, 0, 10, 10),
        ("", 0, 10, 10),
        ("ten", 0, 10, 10),
        ("1" * 5000, 0, 10, 10),
    ],
)
def test_a_shape_without_a_possible_place_is_left_out(box):
    source = model(f'<task id="bad"/>{TASK}', shape("bad", *box), shape("t"))

    [diagram] = read(source)

    assert [each.element_id for each in diagram.shapes] == ["t"]
    assert diagram.left_out == 1


def test_a_shape_without_bounds_is_left_out():
    bare = '<bpmndi:BPMNShape bpmnElement="bad"/>'

    [diagram] = read(model(f'<task id="bad"/>{TASK}', bare, shape("t")))

    assert ([each.element_id for each in diagram.shapes], diagram.left_out) == (["t"], 1)


def test_impossible_points_are_left_out_and_an_edge_of_one_point_with_them():
    flows = "".join(f'<sequenceFlow id="{each}" sourceRef="t" targetRef="t"/>' for each in "fg")
    source = model(
        TASK + flows,
        shape("t"),
        edge("f", (0, 0), ("nan", 5), (0, 0), (9, 9)),
        edge("g", (0, 0), (0, 0), (1e9, 5)),
    )

    [diagram] = read(source)

    assert [(each.element_id, each.points) for each in diagram.edges] == [
        ("f", (Point(0, 0), Point(9, 9)))
    ]
    assert diagram.left_out == 1


def test_a_label_without_a_possible_place_stands_at_its_usual_one():
    [diagram] = read(model(TASK, shape("t", inside=label("nan", 0, 1, 1))))

    assert diagram.shapes[0].label is None


def test_what_refers_to_nothing_is_not_drawn():
    source = model(
        f'{TASK}<sequenceFlow id="f" sourceRef="t" targetRef="t"/>',
        shape("gone"),
        shape("f"),
        shape("p"),
        edge("t", (0, 0), (1, 1)),
        f"<bpmndi:BPMNShape>{bounds(0, 0, 1, 1)}</bpmndi:BPMNShape>",
        shape("t"),
    )

    [diagram] = read(source)

    assert [each.element_id for each in diagram.shapes] == ["t"]
    assert diagram.edges == ()


def test_an_element_is_drawn_once_in_a_drawing():
    [diagram] = read(model(TASK, shape("t", 0, 0, 10, 10), shape("t", 50, 0, 10, 10)))

    assert [each.box.x for each in diagram.shapes] == [0]


def test_no_more_is_drawn_than_the_limit(monkeypatch):
    monkeypatch.setattr(layout, "MAX_DRAWN", 3)
    tasks = "".join(f'<task id="t{each}"/>' for each in range(5))
    flow = '<sequenceFlow id="f" sourceRef="t0" targetRef="t1"/>'

    [diagram] = read(
        model(tasks + flow, *(shape(f"t{each}") for each in range(5)), edge("f", (0, 0), (1, 1)))
    )

    assert (diagram.drawn, diagram.left_out) == (3, 3)


def test_a_sub_process_is_open_where_something_is_drawn_in_it_unless_the_file_says_more():
    inside = "".join(
        f'<subProcess id="{each}"><task id="in-{each}"/></subProcess>' for each in "abc"
    )
    source = model(
        inside,
        shape("a"),
        shape("in-a"),
        shape("b"),
        shape("c", isExpanded="false"),
        shape("in-c"),
    )

    [diagram] = read(source)

    opened = {each.element_id for each in diagram.shapes if each.expanded}
    assert opened == {"a"}


def test_a_lane_lies_as_its_pool_does_where_the_file_does_not_say():
    source = whole(
        '<collaboration id="c"><participant id="pool" processRef="p"/></collaboration>',
        '<process id="p"><laneSet><lane id="l"><childLaneSet><lane id="k"/></childLaneSet></lane>',
        "</laneSet></process>",
        plane(
            "c",
            shape("pool", 0, 0, 600, 700, isHorizontal="false"),
            shape("l", 0, 30, 600, 100),
            shape("k", 0, 60, 600, 70),
        ),
    )

    [diagram] = read(source)

    assert [each.horizontal for each in diagram.shapes] == [False, False, False]


def test_a_file_without_a_drawing_of_the_whole_gets_one_of_ours():
    source = whole(
        '<process id="p"><subProcess id="sub"><task id="t"/></subProcess></process>',
        plane("sub", shape("t", 7, 7, 10, 10)),
    )

    ours, theirs = read(source)

    assert ours.element_id == "p"
    assert {each.element_id for each in ours.shapes} == {"sub", "t"}
    assert (theirs.element_id, theirs.shapes[0].box.x) == ("sub", 7)
