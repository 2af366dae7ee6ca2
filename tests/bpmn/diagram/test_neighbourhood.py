"""A picture of one step and what is near it, cut out of the picture of the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bpmn import xml
from bpmn.diagram import diagrams, neighbourhood, svg
from tests.bpmn.diagram.picture import Picture, edge, model, shape
from tests.bpmn.sketch import boundary, end, start, sub, timer, user, xor
from tests.bpmn.sketch import model as sketched


def row(number: int = 9) -> bytes:
    """Tasks after one another, each joined to the next, in a row from left to right."""
    tasks = "".join(f'<task id="t{each}" name="T{each}"/>' for each in range(number))
    flows = "".join(
        f'<sequenceFlow id="f{each}" name="F{each}" sourceRef="t{each}" targetRef="t{each + 1}"/>'
        for each in range(number - 1)
    )
    drawn = [shape(f"t{each}", 200 * each, 100, 100, 80) for each in range(number)]
    drawn += [
        edge(f"f{each}", (200 * each + 100, 140), (200 * each + 200, 140))
        for each in range(number - 1)
    ]
    return model(tasks + flows, *drawn)


class Around(Picture):
    def __init__(self, source: bytes, *elements: str, **how: object) -> None:
        self.text = svg.draw_around(source, elements, **how)
        self.root = etree.XML(self.text)

    @property
    def steps(self) -> set[str]:
        return {each for each in self.ids if "--" not in each}

    @property
    def frame(self) -> tuple[float, ...]:
        return tuple(map(float, self.root.get("viewBox").split()))


def test_a_step_is_drawn_with_what_is_two_flows_away():
    picture = Around(row(), "t4")

    assert [each for each in picture.ids if each.startswith("t")] == ["t2", "t3", "t4", "t5", "t6"]


def test_the_picture_is_as_large_as_what_is_near():
    left, _, width, _ = Around(row(), "t4").frame

    assert left == 400 - svg.ROOM
    assert width == 900 + 2 * svg.ROOM


def test_flows_that_lead_away_are_cut_off_and_say_nothing():
    picture = Around(row(), "t4")

    assert {each for each in picture.ids if each.startswith("f")} == {
        *("f1", "f2", "f3", "f4", "f5", "f6")
    }
    assert picture.lines("f6") == []
    assert picture.lines("f5") == ["F5"]


def test_how_far_is_near_can_be_said():
    assert {each for each in Around(row(), "t4", reach=0).ids if each[0] == "t"} == {"t4"}
    assert {each for each in Around(row(), "t0", reach=1).ids if each[0] == "t"} == {"t0", "t1"}


def test_several_steps_are_drawn_with_what_is_near_each():
    picture = Around(row(), "t0", "t8", reach=1)

    assert {each for each in picture.ids if each[0] == "t"} == {"t0", "t1", "t7", "t8"}


def test_marks_words_and_ids_are_as_in_the_whole_picture():
    picture = Around(row(), "t4", marks={"t4": "is-here"}, prefix="step", words=str.upper)

    assert picture.group("t4").get("class").endswith("is-here")
    assert picture.root.get("aria-labelledby") == "step-title"
    assert picture.title("t4") == "T4 – TASK"


def test_what_is_beside_the_way_is_left_out():
    """What another branch does is neither before nor after the step."""
    source = sketched(
        "p",
        start(),
        xor("g", default="g--other"),
        user("here"),
        user("other"),
        end(),
        flows="s > g; g > here ? true; g > other; here > e; other > e",
    )

    assert Around(source, "here").steps == {"s", "g", "here", "e"}


def test_an_event_on_the_border_counts_as_its_step():
    source = sketched(
        "p",
        start(),
        user("a"),
        boundary("late", "a", timer("P1D")),
        user("chase"),
        user("b"),
        end(),
        flows="s > a > b > e; late > chase",
    )

    assert Around(source, "a", reach=1).steps == {"s", "a", "late", "b", "chase"}
    assert Around(source, "chase", reach=1).steps == {"a", "late", "chase"}


def test_a_way_back_does_not_go_on_for_ever():
    source = sketched(
        "p",
        start(),
        user("a"),
        user("b"),
        xor("g", default="g--e"),
        end(),
        flows="s > a > b > g > e; g > a ? again",
    )

    assert Around(source, "a").steps == {"s", "a", "b", "g"}


def test_an_open_sub_process_nearby_is_drawn_with_what_is_in_it():
    source = model(
        '<task id="t"/><sequenceFlow id="f" sourceRef="t" targetRef="sub"/>'
        '<subProcess id="sub" name="Part"><task id="inside"/></subProcess>',
        shape("t", 0, 100, 100, 80),
        shape("sub", 200, 50, 300, 200, isExpanded="true"),
        shape("inside", 250, 100, 100, 80),
        edge("f", (100, 140), (200, 140)),
    )

    assert Around(source, "t").ids == ["sub", "f", "t", "inside"]


def test_a_step_inside_a_part_has_its_neighbours_there():
    source = sketched(
        "p",
        start(),
        sub("part", start("s1"), user("a"), user("b"), end("e1"), flows="s1 > a > b > e1"),
        end(),
        flows="s > part > e",
    )

    assert Around(source, "b").steps == {"s1", "a", "b", "e1"}


def test_what_no_diagram_shows_cannot_be_drawn_around():
    with pytest.raises(LookupError):
        svg.draw_around(row(), ["nowhere"])


@pytest.mark.parametrize("mark", ['x" onload="', "Big"])
def test_a_cut_picture_is_as_strict_as_a_whole_one(mark):
    with pytest.raises(ValueError, match="class"):
        svg.draw_around(row(), ["t4"], marks={"t4": mark})
    with pytest.raises(ValueError, match="prefix"):
        svg.draw_around(row(), ["t4"], prefix=mark)


NAMES = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.lists(st.tuples(NAMES, NAMES), max_size=12), NAMES, st.integers(0, 4))
def test_what_is_near_is_near_both_ways(pairs, here, reach):
    """What is so far before a step has the step so far after it."""
    flows = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{one}" targetRef="{other}"/>'
        for number, (one, other) in enumerate(pairs)
    )
    source = model("".join(f'<task id="{each}"/>' for each in "abcde") + flows)
    content = diagrams.read(xml.parse(source)).content

    near = neighbourhood.near_to(content, [here], reach)

    assert here in near
    assert near == {
        other for other in "abcde" if here in neighbourhood.near_to(content, [other], reach)
    }
