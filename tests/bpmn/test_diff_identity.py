"""The same element is found again, however the file is written and whatever ids a tool gives."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bpmn import xml
from bpmn.diff import Kind, What, compare
from bpmn.diff.vocabulary import DEFAULTS
from tests.bpmn.sketch import (
    BPMN,
    NAMESPACES,
    definitions,
    element,
    end,
    model,
    process,
    start,
    sub,
    task,
    user,
    xor,
)
from tests.bpmn.versions import APPROVAL, B, renamed, respelled, told
from tests.conformance.__main__ import CORPORA

ROUTINES = Path(__file__).parents[2] / "bpmn" / "routines"


# ---------------------------------------------------------------- what is no change


def test_how_a_file_is_written_is_no_change():
    assert b"<m:userTask" in respelled(APPROVAL).decode("UTF-16").encode()
    assert compare(APPROVAL, respelled(APPROVAL)) == ()
    assert compare(respelled(APPROVAL), APPROVAL) == ()


def test_what_the_flows_say_is_not_read_a_second_time():
    said = user("a", "<outgoing>a&gt;b</outgoing>")

    assert (
        compare(
            model("p", user("a"), user("b"), flows="a > b"),
            model("p", said, user("b"), flows="a > b"),
        )
        == ()
    )


def test_a_prefix_of_a_reference_is_read_as_its_namespace():
    head = f"<definitions xmlns='{BPMN}' xmlns:{{0}}='urn:own' xmlns:{{1}}='{{2}}' targetNamespace='urn:own'>"
    body = "<itemDefinition id='i' structureRef='{1}:string'/><dataStore id='d' itemSubjectRef='{0}:i'/>"

    def written(*prefixes):
        return (head + body + "</definitions>").format(*prefixes).encode()

    one = written("a", "xsd", "urn:types")

    assert compare(one, written("b", "xs", "urn:types")) == ()
    assert told(one, written("a", "xsd", "urn:others")) == [
        ("changed", "i", "attribute:structureRef")
    ]


def test_defaults_are_those_of_the_schema():
    spiff = pytest.importorskip("SpiffWorkflow.bpmn.parser.BpmnParser")
    schema = xml.parse((Path(spiff.__file__).parent / "schema" / "Semantic.xsd").read_bytes())
    defaults = {}
    for node in schema.iter("{*}attribute"):
        if node.get("default") is not None:
            defaults.setdefault(node.get("name"), set()).add(node.get("default"))

    unambiguous = {name: next(iter(said)) for name, said in defaults.items() if len(said) == 1}
    assert unambiguous == DEFAULTS


FILES = sorted(ROUTINES.rglob("*.bpmn")) + sorted((CORPORA / "miwg").rglob("*.bpmn"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_the_same_as_itself_also_with_new_ids(path):
    source = path.read_bytes()

    assert compare(source, source) == ()
    assert {each.kind for each in compare(source, renamed(source))} <= {Kind.RENAMED}


# ---------------------------------------------------------------- ids


def test_an_element_with_a_new_id_is_the_same_element():
    found = compare(APPROVAL, renamed(APPROVAL))

    assert {each.kind for each in found} == {Kind.RENAMED}
    assert {each.element_id: each.former_id for each in found}["new-ask"] == "ask"
    assert len(found) == APPROVAL.count(b" id=") - 4  # the lane set and three shapes


def test_a_change_is_found_among_new_ids():
    after = renamed(APPROVAL).replace(b"amount &gt; 10", b"amount &gt; 20")
    after = after.replace(b"Be kind.", b"Be quick.")

    changes = [each for each in compare(APPROVAL, after) if each.kind is not Kind.RENAMED]

    assert [(each.former_id, each.differences[0].what) for each in changes] == [
        ("yes", What.DOCUMENTATION),
        ("g--yes", What.CONDITION),
    ]


def test_a_step_between_others_is_new_also_where_all_ids_are():
    steps = user("a", name="A"), user("b", name="B"), end("e")
    before = model("p", *steps, flows="a > b > e")
    after = model("p", user("n", name="New"), *steps, flows="a > n > b > e")

    found = [each[:2] for each in told(before, renamed(after)) if each[0] != "renamed"]

    assert found == [
        ("added", "new-n"),
        ("added", "new-a--n"),
        ("added", "new-n--b"),
        ("removed", "a--b"),
    ]


def test_what_has_no_name_is_known_by_what_stands_beside_it():
    steps = start(), task("a", name="A"), xor("g"), xor("h"), task("b", name="B"), end()
    before = model("p", *steps, flows="s > a > g > h > b > e")
    after = model("p", *steps, end("e2"), flows="s > a > g > h > b > e; g > e2; h > e2")

    found = [each for each in told(before, renamed(after)) if each[0] != "renamed"]

    assert found == [("added", "new-e2"), ("added", "new-g--e2"), ("added", "new-h--e2")]


def test_two_of_one_name_are_known_by_their_neighbours():
    steps = task("one", name="One"), task("two", name="Two")
    checks = task("x", name="Check"), task("y", name="Check")
    before = model("p", *steps, *checks, flows="one > x; two > y")
    after = model("p", *steps, *reversed(checks), flows="one > x; two > y")

    former = {each.element_id: each.former_id for each in compare(before, renamed(after))}

    assert (former["new-x"], former["new-y"]) == ("x", "y")


def test_a_process_is_known_by_its_place():
    before = definitions(process("p", start(), task("a"), end(), flows="s > a > e", name="Old"))
    after = definitions(process("p", start(), task("a"), end(), flows="s > a > e", name="New"))

    found = [each for each in told(before, renamed(after)) if each[0] != "renamed"]

    assert found == [("changed", "new-p", "name")]


def test_a_process_is_known_by_what_stands_in_it():
    def pools(one, two, *steps, flows):
        return definitions(
            "<collaboration id='pools'>"
            f"<participant id='one' name='{one}' processRef='p'/>"
            f"<participant id='two' name='{two}' processRef='q'/></collaboration>",
            process("p", *steps, flows=flows),
            process("q", task("x", name="Sell")),
        )

    steps = task("a", name="A"), task("b", name="B"), task("c", name="C")
    before = pools("Customer", "Shop", *steps, flows="a > b > c")
    after = pools("Client", "Store", *steps, task("n", name="New"), flows="a > b > n > c")

    found = [each for each in told(before, renamed(after)) if each[0] != "renamed"]

    assert found == [
        ("added", "new-one"),
        ("added", "new-two"),
        ("added", "new-n"),
        ("added", "new-b--n"),
        ("added", "new-n--c"),
        ("removed", "one"),
        ("removed", "two"),
        ("removed", "b--c"),
    ]


def test_references_to_parts_follow_their_ids():
    inputs = (
        "<ioSpecification><dataInput id='in1'/><dataInput id='in2'/></ioSpecification>"
        "<dataInputAssociation><sourceRef>d</sourceRef><targetRef>in1</targetRef></dataInputAssociation>"
    )
    before = model("p", element("dataObject", "d", name="Data"), task("x", inputs))

    assert {each.kind for each in compare(before, renamed(before))} == {Kind.RENAMED}
    assert told(before, before.replace(b"<targetRef>in1", b"<targetRef>in2")) == [
        ("changed", "x", "data")
    ]


@pytest.mark.parametrize(
    "after",
    [
        model("p", start(), end(), user("y", name="Other"), flows="s > y > e"),
        model("p", start(), end(), task("y", name="Ask"), flows="s > y > e"),
        model("p", start(), end(), sub("u", user("y", name="Ask")), flows="s > e"),
        model("p", start(), end(), user("y", name="Ask"), user("z", name="Ask"), flows="s > e"),
    ],
    ids=["name", "type", "place", "which one is not known"],
)
def test_an_element_with_a_new_id_and_another(after):
    before = model("p", start(), end(), user("x", name="Ask"), flows="s > x > e")

    kinds = {each.kind for each in compare(before, after) if each.element_id in {"x", "y"}}

    assert kinds == {Kind.ADDED, Kind.REMOVED}


def test_flows_without_ids_are_known_by_their_ends():
    def nameless(*flows):
        return re.sub(
            rb"<sequenceFlow id=\"[^\"]*\"",
            b"<sequenceFlow",
            model("p", xor("g"), task("a"), task("b"), flows="; ".join(flows)),
        )

    before = nameless("g > a ? x", "g > b", "a > b")

    assert told(before, nameless("g > b", "a > b", "g > a ? y")) == [
        ("changed", None, "condition")
    ]
    assert told(before, nameless("g > b", "g > a ? x")) == [("removed", None)]


def test_elements_without_ids_are_compared():
    one = model("p", "<task name='A'/><task/><task/>", task("x"))

    assert compare(one, one) == ()
    assert told(one, one.replace(b"<task/>", b"<task/><task/>", 1)) == [("added", None)]
    assert told(one, one.replace(b"<task name='A'/>", b"")) == [("removed", None)]


def test_elements_of_one_id_are_compared():
    one = model("p", task("x"), task("x"), task("x", name="X"))

    assert compare(one, one) == ()
    assert told(one, one.replace(b'name="X"', b"")) == [("added", "x"), ("removed", "x")]


# ---------------------------------------------------------------- any edits


def find(root, identity):
    return next(node for node in root.iter(f"{B}*") if node.get("id") == identity)


def rename(root, node):
    node.set("name", "Quite another name")
    return ("changed", node.get("id"), "name")


def document(root, node):
    etree.SubElement(node, f"{B}documentation").text = "Do it."
    return ("changed", node.get("id"), "documentation")


def assign(root, node):
    node.set(f"{{{NAMESPACES[':camunda']}}}assignee", "ann")
    return ("changed", node.get("id"), "assignee")


def morph(root, node):
    node.tag = f"{B}manualTask"
    return ("changed", node.get("id"), "type")


def give_new_id(root, node):
    old = node.get("id")
    for each in root.iter(f"{B}sequenceFlow"):
        for end_ in ("sourceRef", "targetRef"):
            if each.get(end_) == old:
                each.set(end_, f"{old}-new")
    node.set("id", f"{old}-new")
    return ("renamed", f"{old}-new")


def redirect(root, node):
    leaving = next(
        each for each in root.iter(f"{B}sequenceFlow") if each.get("sourceRef") == node.get("id")
    )
    leaving.set("targetRef", "e")
    return ("changed", leaving.get("id"), "target")


def add_beside(root, node):
    node.addnext(etree.Element(f"{B}task", id=f"{node.get('id')}-beside", name="Brand new"))
    return ("added", f"{node.get('id')}-beside")


def note(root, node):
    beside = etree.Element(f"{B}textAnnotation", id=f"{node.get('id')}-note")
    node.addprevious(beside)
    return ("added", f"{node.get('id')}-note")


EDITS = (rename, document, assign, morph, give_new_id, redirect, add_beside, note)


@settings(deadline=None)
@given(
    st.integers(2, 8),
    st.dictionaries(st.integers(0, 7), st.sampled_from(EDITS), max_size=8),
    st.booleans(),
)
def test_any_edits_are_told_and_nothing_else(size, edits, written_otherwise):
    names = [f"t{number}" for number in range(size)]
    tasks = [user(each, name=f"Task {each}") for each in names]
    before = model("p", start(), *tasks, end(), flows=f"s > {' > '.join(names)} > e")
    edits = {each: edit for each, edit in edits.items() if each < size - (edit is redirect)}
    root = xml.parse(before)

    made = [edit(root, find(root, f"t{each}")) for each, edit in edits.items()]
    after = etree.tostring(root)

    assert sorted(told(before, respelled(after) if written_otherwise else after)) == sorted(made)
