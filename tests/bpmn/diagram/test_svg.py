"""The picture is fit for a strict page: named, escaped, the same every time, and bounded."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bpmn import xml
from bpmn.diagram import layout, marking, reading, sanitising, svg
from bpmn.diagram.marking import Mark, State
from bpmn.diagram.words import ENGLISH
from bpmn.errors import InvalidXml
from tests.bpmn.diagram.picture import SVG, Picture, edge, model, plane, shape, whole

ROOT = Path(__file__).parents[3]
HOSTILE = "\"'><script>alert(1)</script><!-- ]]> &amp; \u202e"
ESCAPED = (
    HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
)


def task(name: str = "Write", key: str = "t") -> bytes:
    return model(f'<userTask id="{key}" name="{name}"/>', shape(key, 100, 100, 100, 80))


def test_the_picture_is_an_image_with_a_title():
    root = Picture(task()).root

    assert root.get("role") == "img"
    [title] = root.iterchildren(f"{SVG}title")
    assert root.get("aria-labelledby") == title.get("id") == "bpmn-title"
    assert title.text == "diagram of a process"


def test_the_title_is_the_name_of_what_is_drawn():
    source = whole('<process id="p" name="Care"><task id="t"/></process>', plane("p", shape("t")))

    assert Picture(source).root.findtext(f"{SVG}title") == "Care"


def test_several_pictures_can_stand_on_one_page():
    one, other = Picture(task(), prefix="case"), Picture(task(), prefix="routine-2")

    ids = [each.root.xpath("//@id") for each in (one, other)]
    assert ids == [["case-title"], ["routine-2-title"]]


def test_an_element_has_its_id_its_classes_and_a_title():
    picture = Picture(task())

    assert picture.ids == ["t"]
    assert picture.group("t").get("class") == "bpmn-element bpmn-task bpmn-user-task"
    assert picture.title("t") == "Write – user task"
    assert picture.lines("t") == ["Write"]


def test_the_words_are_those_of_the_reader():
    swedish = {"userTask": "användaruppgift", "diagram": "processbild"}

    picture = Picture(task(), words=lambda code: swedish.get(code, code))

    assert picture.title("t") == "Write – användaruppgift"
    assert picture.root.findtext(f"{SVG}title") == "processbild"


def test_there_is_a_word_for_whatever_is_drawn():
    assert {*reading.SHAPES, *reading.EDGES, *reading.TRIGGERS} - set(ENGLISH) == set()


def test_marks_are_classes():
    picture = Picture(task(), marks={"t": "is-active has-incident", "gone": "late"})

    assert picture.group("t").get("class").endswith(" bpmn-user-task is-active has-incident")


@pytest.mark.parametrize("mark", ['x" onload="', "Big", "a1", "a/b", "é"])
def test_a_mark_that_is_no_plain_name_is_refused(mark):
    with pytest.raises(ValueError, match="class"):
        svg.draw(task(), marks={"t": mark})


@pytest.mark.parametrize("prefix", ["", "1", 'x"', "a b", "X"])
def test_a_prefix_that_is_no_plain_name_is_refused(prefix):
    with pytest.raises(ValueError, match="prefix"):
        svg.draw(task(), prefix=prefix)


@pytest.mark.parametrize("diagram", [1, -1])
def test_a_drawing_that_is_not_there_is_refused(diagram):
    with pytest.raises(IndexError):
        svg.draw(task(), diagram=diagram)


def test_another_drawing_of_the_file_can_be_drawn():
    source = whole(
        '<process id="p"><subProcess id="s" name="Part"><task id="t"/></subProcess></process>',
        plane("p", shape("s")),
        plane("s", shape("t")),
    )

    assert Picture(source).ids == ["s"]
    assert Picture(source, diagram=1).ids == ["t"]
    assert Picture(source, diagram=1).root.findtext(f"{SVG}title") == "Part"


@pytest.mark.parametrize(
    "source", [b"", b"no", b"<a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff\xfe"]
)
def test_what_is_no_xml_is_refused(source):
    with pytest.raises(InvalidXml):
        svg.draw(source)


@pytest.mark.parametrize("source", [b"<a/>", whole(), model(""), whole("<collaboration/>")])
def test_a_file_with_nothing_to_draw_says_so(source):
    picture = Picture(source)

    assert picture.ids == []
    assert "".join(picture.root.itertext(f"{SVG}tspan")) == "There is nothing to draw."


# ------------------------------------------------------------------------------ strangers


def test_hostile_names_are_text():
    source = whole(
        f'<process id="p" name="{ESCAPED}"><userTask id="{ESCAPED}" name="{ESCAPED}"/>'
        f'<startEvent id="s" name="{ESCAPED}"/><textAnnotation id="n"><text>{ESCAPED}</text>'
        f'</textAnnotation><sequenceFlow id="f" name="{ESCAPED}" sourceRef="s" targetRef="s"/></process>',
        plane("p", shape(ESCAPED), shape("s"), shape("n"), edge("f", (0, 0), (50, 0))),
    )

    picture = Picture(source)

    assert HOSTILE in picture.ids
    assert picture.title(HOSTILE) == f"{HOSTILE} – user task"
    assert "<script" not in picture.text
    assert "<!--" not in picture.text


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=80))
def test_any_name_can_be_drawn(name):
    root = etree.Element("name", name=name)
    said = etree.tostring(root, encoding="unicode").removeprefix("<name name=")[:-2]
    source = model(
        f"<userTask id='t' name={said}/><endEvent id='e' name={said}/>", shape("t"), shape("e")
    )

    picture = Picture(source)

    assert picture.ids == ["t", "e"]
    assert ("".join("".join(picture.lines("e")).split()).rstrip("…")) in "".join(name.split())


@given(
    box=st.tuples(*[st.floats() | st.integers(-(10**6), 10**6)] * 4),
    point=st.tuples(*[st.floats() | st.integers(-(10**6), 10**6)] * 2),
)
def test_any_numbers_can_be_drawn(box, point):
    picture = Picture(
        model(
            '<task id="a" name="A"/><startEvent id="b" name="B"/><subProcess id="c"/><exclusiveGateway id="d"/>'
            '<dataStoreReference id="e"/><sequenceFlow id="f" name="F" sourceRef="a" targetRef="b"/>'
            '<textAnnotation id="g"><text>Note</text></textAnnotation>',
            *(shape(each, *box) for each in "abcdeg"),
            edge("f", (0, 0), point, (1, 1)),
        )
    )

    assert "nan" not in picture.text
    assert "inf" not in picture.text
    assert all(abs(float(each)) < 1e6 for each in picture.root.get("viewBox").split())


def test_long_names_are_cut():
    long = "x" * 2_000_000

    text = Picture(
        model(
            f'<task id="t" name="{long}"/><startEvent id="s" name="{long}"/>',
            shape("t"),
            shape("s"),
        )
    ).text

    assert len(text) < 10_000


def test_what_is_left_out_is_counted_below_the_picture(monkeypatch):
    monkeypatch.setattr(layout, "MAX_DRAWN", 2)
    tasks = "".join(f'<task id="t{each}"/>' for each in range(5))

    picture = Picture(model(tasks, *(shape(f"t{each}") for each in range(5))))

    assert picture.ids == ["t0", "t1"]
    assert "".join(picture.root.itertext(f"{SVG}tspan")).endswith("not known: 3")


def test_no_more_is_remembered_than_the_limit(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ELEMENTS", 3)
    tasks = "".join(f'<task id="t{each}"/>' for each in range(5))

    picture = Picture(model(tasks, *(shape(f"t{each}") for each in range(5))))

    assert picture.ids == ["t0", "t1"]  # the process is remembered as well
    assert "".join(picture.root.itertext(f"{SVG}tspan")).endswith("not known: 3")


@pytest.mark.parametrize(
    "process",
    [
        '<sequenceFlow id="f" sourceRef="f" targetRef="f"/><association id="a" sourceRef="f" targetRef="a"/>',
        '<boundaryEvent id="b" attachedToRef="b"/><boundaryEvent id="c" attachedToRef="d"/>'
        '<boundaryEvent id="d" attachedToRef="c"/>',
        '<subProcess id="p"><task id="p"/><subProcess id="p"/></subProcess>',
        '<subProcess id="s"><task id="t"/></subProcess><sequenceFlow id="f" sourceRef="s" targetRef="t"/>',
        "<task/><task/><sequenceFlow/><dataObjectReference/><textAnnotation/><lane/><laneSet><lane/></laneSet>",
        '<laneSet><lane id="l"><flowNodeRef>l</flowNodeRef></lane></laneSet><task id="l"/>',
        '<participant id="a"/><task id="t"/><messageFlow id="f" sourceRef="a" targetRef="t"/>',
        '<callActivity calledElement="p"/><callActivity calledElement=":"/><callActivity calledElement=""/>',
    ],
)
def test_a_model_that_makes_no_sense_is_drawn_as_far_as_it_goes(process):
    Picture(model(process))
    Picture(model(process, *(shape(each, 0, 0, 9, 9) for each in "abcdflpst")))


# ------------------------------------------------------------------------------ the look


def test_the_same_file_gives_the_same_picture():
    source = (ROOT / "bpmn/routines/document-approval/routine.bpmn").read_bytes()

    assert svg.draw(source) == svg.draw(source)


def test_the_picture_holds_all_that_is_drawn_and_a_margin():
    box = [float(each) for each in Picture(task()).root.get("viewBox").split()]

    assert box == [80, 80, 140, 120]


def test_edges_are_inside_the_picture():
    source = model(
        '<task id="a"/><task id="b"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>',
        shape("a", 0, 0, 10, 10),
        shape("b", 50, 0, 10, 10),
        edge("f", (5, 0), (5, -300), (55, -300), (55, 0)),
    )

    assert Picture(source).root.get("viewBox").split()[1] == "-320"


def test_the_stylesheet_speaks_of_classes_that_are_drawn():
    rules = (ROOT / "web/frontend/src/css/diagram.css").read_text(encoding="utf-8")
    source = whole(
        '<collaboration id="c"><participant id="x"/><association id="a" sourceRef="n" targetRef="x"/>'
        '<group id="g"/><textAnnotation id="n"><text>Note</text></textAnnotation>'
        '<messageFlow id="m" sourceRef="x" targetRef="x" name="M"/><task id="bad"/></collaboration>',
        '<process id="p"><sendTask id="s"/></process>',
        plane(
            "c",
            *(shape(each) for each in "xgns"),
            '<bpmndi:BPMNShape bpmnElement="bad"/>',
            edge("a", (0, 0), (9, 9)),
            edge("m", (0, 0), (90, 9), messageVisibleKind="non_initiating"),
        ),
    )

    marked = [
        marking.mark(picture, marking.places(task()), {"t": Mark(each, "", "", times=2)})
        for picture in (svg.draw(task()), sanitising.clean(svg.draw(task()).encode(), "T"))
        for each in State
    ]
    roots = [Picture(source).root, *(xml.parse(each.encode()) for each in marked)]
    drawn = {each for root in roots for said in root.xpath("//@class") for each in said.split()}
    assert set(re.findall(r"\.(bpmn-[a-z-]+)", rules)) - drawn == set()


def test_the_stylesheet_uses_the_colours_of_the_product():
    rules = (ROOT / "web/frontend/src/css/diagram.css").read_text(encoding="utf-8")
    tokens = (ROOT / "web/frontend/src/css/tokens.css").read_text(encoding="utf-8")

    used = set(re.findall(r"var\((--[a-z-]+)\)", rules))
    assert used
    assert used <= set(re.findall(r"(--[a-z-]+):", tokens + rules))
    assert not re.search(r":[^;{}]*#[0-9a-fA-F]{3}", rules)
