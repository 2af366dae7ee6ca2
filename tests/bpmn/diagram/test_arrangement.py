"""A model without a diagram gets one: readable, and for models of every size and shape."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn import xml
from bpmn.diagram import diagrams
from bpmn.diagram.arrangement.layers import columns
from bpmn.diagram.arrangement.tracks import Tracks
from bpmn.diagram.geometry import Box, Point
from bpmn.diagram.plane import Plane
from tests.bpmn import sketch as s
from tests.bpmn.diagram.picture import Picture, model, whole

DIAMOND = s.model(
    "p",
    s.start("s"),
    s.xor("g", default="g--b"),
    s.user("a"),
    s.user("b"),
    s.xor("j"),
    s.end("e"),
    flows="s > g; g > a ? x; g > b; a > j; b > j; j > e",
)


def arranged(source: bytes) -> Plane:
    return diagrams.read(xml.parse(source)).planes[0]


def boxes(diagram: Plane) -> dict[str, Box]:
    return {each.element_id: each.box for each in diagram.shapes}


def ways(diagram: Plane) -> dict[str, tuple[Point, ...]]:
    return {each.element_id: each.points for each in diagram.edges}


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


def within(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


# ------------------------------------------------------------------------------ order


def test_what_follows_stands_further_to_the_right():
    at = boxes(arranged(DIAMOND))

    assert at["s"].right < at["g"].x < at["a"].x == at["b"].x < at["j"].x < at["e"].x


def test_what_follows_one_another_stands_on_one_line():
    at = boxes(arranged(DIAMOND))

    assert {at[each].centre.y for each in "sgaje"} == {at["s"].centre.y}
    assert at["b"].y > at["a"].bottom


def test_the_longest_way_decides_the_column():
    assert columns("abcd", [("a", "d"), ("a", "b"), ("b", "c"), ("c", "d")]) == {
        "a": 0,
        "b": 1,
        "c": 2,
        "d": 3,
    }


def test_a_way_back_does_not_move_its_target():
    assert columns("abc", [("a", "b"), ("b", "c"), ("c", "b"), ("b", "b")]) == {
        "a": 0,
        "b": 1,
        "c": 2,
    }


def test_a_circle_without_a_start_begins_with_its_first():
    assert columns("ab", [("b", "a"), ("a", "b")]) == {"a": 0, "b": 1}


def test_what_leads_nowhere_stands_below():
    at = boxes(arranged(s.model("p", s.start("s"), s.task("a"), s.task("x"), flows="s > a")))

    assert at["x"].y > at["a"].bottom


# ------------------------------------------------------------------------------ edges


def test_an_edge_on_one_line_is_straight():
    diagram = arranged(DIAMOND)

    at = boxes(diagram)
    assert ways(diagram)["s--g"] == (
        Point(at["s"].right, at["s"].centre.y),
        Point(at["g"].x, at["g"].centre.y),
    )


def test_ways_part_at_the_corners_of_a_gateway():
    diagram = arranged(DIAMOND)

    gateway = boxes(diagram)["g"]
    assert ways(diagram)["g--a"][0] == Point(gateway.right, gateway.centre.y)
    assert ways(diagram)["g--b"][0] == Point(gateway.centre.x, gateway.bottom)


def test_ways_part_at_a_corner_also_where_something_is_in_the_way():
    source = s.model(
        "p",
        s.task("a"),
        s.boundary("t", "a", s.timer("PT1H")),
        s.task("r"),
        s.xor("g"),
        s.end("x"),
        s.end("y"),
        flows="a > g > x; g > y; t > r",
    )

    diagram = arranged(source)

    assert boxes(diagram)["r"].centre.x == boxes(diagram)["g"].centre.x
    assert ways(diagram)["g--y"][0].y == boxes(diagram)["g"].bottom


def test_a_way_back_goes_above():
    diagram = arranged(
        s.model(
            "p", s.start("s"), s.task("a"), s.xor("g"), s.end("e"), flows="s > a > g > e; g > a"
        )
    )

    assert min(each.y for each in ways(diagram)["g--a"]) < boxes(diagram)["a"].y


def test_what_comes_and_what_goes_on_one_line_are_not_seen_as_one():
    source = s.model(
        "p",
        s.xor("g"),
        s.task("a"),
        s.task("b"),
        s.task("c"),
        s.xor("h"),
        s.task("d"),
        s.task("e"),
        s.end("x"),
        flows="g > a; g > b; a > h; h > d; h > e; b > c; c > x",
    )

    diagram = arranged(source)

    lying = [
        (key, *sorted((one.x, other.x)), one.y)
        for key, points in ways(diagram).items()
        for one, other in pairwise(points)
        if one.y == other.y
    ]
    for one, other in combinations(lying, 2):
        same_end = {*one[0].split("--")} & {*other[0].split("--")}
        if one[3] == other[3] and not same_end:
            assert one[2] <= other[1] or other[2] <= one[1], (one, other)


def test_a_boundary_event_stands_on_the_border_of_its_host():
    source = s.model(
        "p",
        s.task("a"),
        s.boundary("b", "a", s.timer("PT1H")),
        s.boundary("c", "a", s.ERROR),
        s.end("e"),
        s.end("f"),
        s.end("g"),
        flows="a > e; b > f; c > g",
    )

    diagram = arranged(source)

    at = boxes(diagram)
    assert at["b"].centre.y == at["c"].centre.y == at["a"].bottom
    assert at["a"].x < at["b"].x < at["b"].right < at["c"].x < at["c"].right <= at["a"].right
    assert ways(diagram)["b--f"][0] == Point(at["b"].centre.x, at["b"].bottom)


def test_tracks_are_shared_by_what_does_not_overlap():
    tracks = Tracks()
    tracks.want(0, "a", 1, 5)
    tracks.want(0, "b", 9, 4)
    tracks.want(0, "c", 6, 8)

    tracks.settle()

    assert tracks.counts == {0: 2}
    assert tracks.given[0, "a"] == tracks.given[0, "c"] != tracks.given[0, "b"]


# ------------------------------------------------------------------------------ bands


LANES = (
    '<collaboration id="c"><participant id="ward" name="Ward" processRef="p"/>'
    '<participant id="lab" name="Lab"/>'
    '<messageFlow id="m" sourceRef="t2" targetRef="lab"/>'
    '<messageFlow id="n" sourceRef="lab" targetRef="t1"/></collaboration>',
    '<process id="p"><laneSet><lane id="staff" name="Staff"><childLaneSet>'
    '<lane id="nurse" name="Nurse"><flowNodeRef>t1</flowNodeRef></lane>'
    '<lane id="doctor" name="Doctor"><flowNodeRef>t2</flowNodeRef></lane></childLaneSet></lane>'
    '<lane id="empty" name="Guests"/></laneSet>'
    '<task id="t1"/><task id="t2"/><sequenceFlow id="f" sourceRef="t1" targetRef="t2"/></process>',
)


def test_pools_and_lanes_are_bands():
    at = boxes(arranged(whole(*LANES)))

    assert within(at["t1"], at["nurse"])
    assert within(at["t2"], at["doctor"])
    assert within(at["nurse"], at["staff"])
    assert within(at["doctor"], at["staff"])
    assert within(at["staff"], at["ward"])
    assert within(at["empty"], at["ward"])
    assert at["nurse"].bottom == at["doctor"].y
    assert at["lab"].y > at["ward"].bottom
    assert not overlap(at["nurse"], at["doctor"])


def test_messages_go_from_border_to_border():
    diagram = arranged(whole(*LANES))

    at, way = boxes(diagram), ways(diagram)
    assert (way["m"][0].y, way["m"][-1].y) == (at["t2"].bottom, at["lab"].y)
    assert (way["n"][0].y, way["n"][-1].y) == (at["lab"].y, at["t1"].bottom)


def test_pools_without_processes_stand_below_one_another():
    source = whole(
        '<collaboration id="c">',
        *(f'<participant id="p{each}" name="P"/>' for each in range(4)),
        '<messageFlow id="m" sourceRef="p0" targetRef="p3"/>',
        '<messageFlow id="n" sourceRef="p2" targetRef="p1"/></collaboration>',
    )

    diagram = arranged(source)

    at = boxes(diagram)
    assert at["p0"].bottom < at["p1"].y < at["p1"].bottom < at["p2"].y
    assert (ways(diagram)["m"][0].y, ways(diagram)["m"][-1].y) == (at["p0"].bottom, at["p3"].y)


# ------------------------------------------------------------------------------ inside and beside


def test_a_sub_process_is_open_around_what_is_in_it():
    inner = s.sub("in", s.task("x"), s.boundary("b", "x", s.ERROR), s.end("y"), flows="b > y")
    source = s.model(
        "p", s.start("s"), s.sub("out", s.task("a"), inner, flows="a > in"), flows="s > out"
    )

    diagram = arranged(source)

    at = boxes(diagram)
    assert all(within(at[each], at["in"]) for each in "xby")
    assert within(at["in"], at["out"])
    assert within(at["a"], at["out"])
    assert {each.element_id for each in diagram.shapes if each.expanded} == {"in", "out"}


def test_an_empty_sub_process_is_closed():
    picture = Picture(s.model("p", s.sub("out")))

    assert picture.title("out") == "sub-process, collapsed"


def test_data_and_notes_stand_beside_what_they_belong_to():
    source = model(
        '<task id="a"/><task id="b"><dataInputAssociation id="i"><sourceRef>d</sourceRef>'
        '</dataInputAssociation></task><sequenceFlow id="f" sourceRef="a" targetRef="b"/>'
        '<dataObjectReference id="d"/><textAnnotation id="n"><text>Note</text></textAnnotation>'
        '<association id="o" sourceRef="f" targetRef="n"/>'
    )

    diagram = arranged(source)

    at = boxes(diagram)
    assert at["d"].centre.x == at["b"].centre.x
    assert at["n"].centre.x == at["a"].centre.x
    assert set(ways(diagram)) == {"f", "i", "o"}


def test_all_that_the_model_has_is_drawn_and_has_its_marks():
    picture = Picture(DIAMOND)

    assert set(picture.ids) == {*"sgabje", "s--g", "g--a", "g--b", "a--j", "b--j", "j--e"}
    assert picture.paths("g")  # nothing says that its cross is hidden


def test_what_has_no_id_is_drawn():
    source = model('<task name="A"/><task name="B"/>')

    assert Picture(source).ids == ["task-without-id-1", "task-without-id-2"]


def test_an_arrangement_is_the_same_every_time():
    assert arranged(DIAMOND) == arranged(DIAMOND)


# ------------------------------------------------------------------------------ size


def chain(length: int) -> bytes:
    names = [f"t{each}" for each in range(length)]
    return s.model("p", *map(s.task, names), flows=" > ".join(names))


def test_a_chain_of_ten_thousand_is_drawn():
    diagram = arranged(chain(10_000))

    assert len(diagram.shapes) == 10_000
    assert len(diagram.edges) == 9_999
    assert diagram.left_out == 0


def test_deep_nesting_is_drawn():
    opened = "".join(f'<subProcess id="s{each}">' for each in range(200))
    source = model(f'{opened}<task id="t"/>{"</subProcess>" * 200}')

    assert len(Picture(source).ids) == 201


@pytest.mark.parametrize("ends", ["g > {}", "{} > g"])
def test_very_many_ways_from_or_to_one_place_are_drawn(ends):
    names = [f"t{each}" for each in range(3_000)]
    flows = ";".join(ends.format(each) for each in names)

    diagram = arranged(s.model("p", s.both("g"), *map(s.task, names), flows=flows))

    assert len(diagram.edges) == 3_000


@settings(max_examples=60, deadline=None)
@given(
    flows=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=24, unique=True),
    lanes=st.lists(st.integers(0, 2), min_size=12, max_size=12),
    gateways=st.sets(st.integers(0, 11)),
)
def test_whatever_is_connected_how_no_two_overlap_and_edges_are_orthogonal(flows, lanes, gateways):
    nodes = "".join(
        f'<{"exclusiveGateway" if each in gateways else "task"} id="n{each}" name="Step {each}"/>'
        for each in range(12)
    )
    refs = [
        "".join(f"<flowNodeRef>n{each}</flowNodeRef>" for each in range(12) if lanes[each] == lane)
        for lane in range(3)
    ]
    in_lanes = "".join(f'<lane id="l{lane}">{there}</lane>' for lane, there in enumerate(refs))
    edges = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="n{one}" targetRef="n{other}" name="way"/>'
        for number, (one, other) in enumerate(flows)
    )
    source = model(f"<laneSet>{in_lanes}</laneSet>{nodes}{edges}")

    diagram = arranged(source)

    at = boxes(diagram)
    steps = [at[f"n{each}"] for each in range(12)]
    assert not any(overlap(*pair) for pair in combinations(steps, 2))
    assert all(within(at[f"n{each}"], at[f"l{lanes[each]}"]) for each in range(12))
    assert len(diagram.edges) == len(flows)
    for points in ways(diagram).values():
        for one, other in pairwise(points):
            assert one.x == other.x or one.y == other.y
            assert not any(_crosses(one, other, box) for box in steps)
    Picture(source)


def _crosses(one: Point, other: Point, box: Box) -> bool:
    """Tell whether a straight line goes through a box, more than along or into its border."""
    low_x, high_x = sorted((one.x, other.x))
    low_y, high_y = sorted((one.y, other.y))
    inner = box.inset(1)
    return low_x < inner.right and high_x > inner.x and low_y < inner.bottom and high_y > inner.y
