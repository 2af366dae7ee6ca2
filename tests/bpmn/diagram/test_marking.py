"""How a case stands is put into the picture: by a shape, a word and a class, and by links that need no script."""

import pytest
from lxml import etree

from bpmn.diagram import marking, sanitising, svg
from bpmn.diagram.marking import Lead, Mark, State
from tests.bpmn.diagram.picture import SVG, edge, model, plane, shape, whole

SOURCE = model(
    '<startEvent id="s"/><userTask id="ask" name="Ask"/><endEvent id="e"/>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="ask"/>',
    shape("s", 0, 20, 36, 36),
    shape("ask", 100, 0, 100, 80),
    shape("e", 300, 20, 36, 36),
    edge("f", (36, 38), (100, 38)),
)
STORED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">
<g class="djs-group"><g data-element-id="ask" transform="matrix(1 0 0 1 100 0)"><rect/></g></g>
<g data-element-id="ask_label"><text>Ask</text></g></svg>"""


def said(state=State.DONE, **more):
    given = {"word": "Done", "label": "Ask: done", "leads_to": "#step-ask", **more}
    return Mark(state, **given)


def marked(marks, picture=None, **how):
    drawn = picture or svg.draw(SOURCE)
    return etree.XML(marking.mark(drawn, marking.places(SOURCE), marks, **how))


def step(root, key="ask"):
    [found] = root.xpath(f"//*[@data-step='{key}']")
    return found


def badge(root):
    [found] = [each for each in root.iter(f"{SVG}g") if "bpmn-badge" in each.get("class", "")]
    return found


def test_a_step_is_marked_by_a_shape_a_word_and_a_class():
    root = marked({"ask": said()})

    assert step(root).get("class") == "bpmn-step bpmn-is-done"
    assert badge(root).get("class") == "bpmn-badge bpmn-badge-done"
    assert [each.text for each in badge(root).iter(f"{SVG}title")] == ["Done"]
    assert badge(root)[0].get("transform") == "translate(200 0)"


def test_each_state_has_a_shape_of_its_own():
    shapes = set()
    for state in State:
        drawn = badge(marked({"ask": said(state)}))
        shapes.add(tuple((each.tag, each.get("d")) for each in drawn.iter() if each.get("class")))

    assert len({each[1:] for each in shapes}) == len(State)


def test_a_step_leads_to_where_it_is_told_of():
    root = marked({"ask": said()})

    link = step(root)
    assert link.tag == f"{SVG}a"
    assert link.get("id") == "bpmn-element-ask"
    assert (link.get("href"), link[0].text) == ("#step-ask", "Ask: done")
    assert link[1].get("data-element-id") == "ask"
    assert root.get("role") == "group"


def test_without_a_place_to_lead_to_there_is_no_link():
    assert step(marked({"ask": said(leads_to="")})).tag == f"{SVG}g"


@pytest.mark.parametrize("away", ["javascript:alert(1)", "https://evil.example", "/cases"])
def test_a_link_stays_on_the_page(away):
    with pytest.raises(ValueError, match="page"):
        marked({"ask": said(leads_to=away)})


@pytest.mark.parametrize(("times", "expected"), [(1, []), (2, ["×2"]), (13, ["×13"])])
def test_what_was_done_several_times_says_how_often(times, expected):
    found = badge(marked({"ask": said(times=times)}))

    assert [each.text for each in found.iter(f"{SVG}tspan")] == expected


@pytest.mark.parametrize("key", ["gone", "f", "p", ""])
def test_what_has_no_place_in_the_picture_is_not_marked(key):
    drawn = svg.draw(SOURCE)

    assert marking.mark(drawn, marking.places(SOURCE), {key: said()}) == drawn


def test_the_rest_of_the_picture_stays_as_it_was():
    before, after = etree.XML(svg.draw(SOURCE)), marked({"ask": said()})

    for root in (before, after):
        for each in root.xpath("//*[@data-element-id='ask' or @data-step='ask']"):
            each.getparent().remove(each)
    after.set("role", "img")
    assert etree.tostring(before) == etree.tostring(after)


def test_a_stored_picture_is_marked_as_well():
    stored = sanitising.clean(STORED.encode(), "p")

    root = marked({"ask": said(times=2)}, stored, prefix="case")

    assert step(root).get("id") == "case-element-ask"
    assert step(root).getparent().getparent().get("class") == "bpmn-diagram bpmn-stored"
    assert badge(root).get("stroke") == "currentColor"
    assert len(root.xpath("//*[@data-step]")) == 1


def test_a_strange_id_stays_an_attribute():
    key = "a\"'<b>&å"
    written = "a&quot;'&lt;b&gt;&amp;å"
    source = whole(f'<process id="p"><task id="{written}"/></process>', plane("p", shape(written)))
    label = '"><script>alert(1)</script>'

    root = etree.XML(
        marking.mark(
            svg.draw(source), marking.places(source), {key: said(word=label, label=label)}
        )
    )

    link = next(root.iter(f"{SVG}a"))
    assert link.get("data-step") == key
    assert link[0].text == label
    assert not root.xpath("//*[local-name()='script']")


def test_a_step_leads_on_without_saying_how_it_stands():
    leads = {"ask": Lead("Ask", "#step-ask"), "elsewhere": Lead("x", "#x")}
    root = etree.XML(marking.lead(svg.draw(SOURCE), marking.places(SOURCE), leads))

    link = step(root)
    assert (link.tag, link.get("href"), link.get("id")) == (
        f"{SVG}a",
        "#step-ask",
        "bpmn-element-ask",
    )
    assert link.get("class") == "bpmn-step"
    assert link[0].text == "Ask"
    assert root.get("role") == "group"
    assert [each.get("data-step") for each in root.iter() if each.get("data-step")] == ["ask"]


def test_a_lead_stays_on_the_page():
    with pytest.raises(ValueError, match="not on the page"):
        marking.lead(
            svg.draw(SOURCE), marking.places(SOURCE), {"ask": Lead("Ask", "https://evil.example")}
        )
