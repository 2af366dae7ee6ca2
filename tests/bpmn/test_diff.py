"""What changed between two files is told element by element, with what was said before and after."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.diff import Kind, What, compare, sentences
from bpmn.diff.sentences import DIFFERENCES, OTHERS
from bpmn.diff.vocabulary import SAID_BY_DIALECTS
from bpmn.extensions.people import WORK
from tests.bpmn.sketch import (
    MESSAGE,
    boundary,
    call,
    cardinality,
    catch,
    definitions,
    element,
    link,
    model,
    multi,
    process,
    script,
    sub,
    task,
    timer,
    user,
    xor,
)
from tests.bpmn.versions import (
    APPROVAL,
    LANES,
    assigned,
    difference,
    drawn,
    extended,
    lane,
    shape,
    told,
)

# ---------------------------------------------------------------- each kind


def test_what_is_new_stands_where_the_new_file_has_it_and_what_is_gone_comes_last():
    before = model("p", user("a", name="A"), user("b", name="B"), user("c"), flows="a > b")
    after = model("p", user("d", name="D"), user("a", name="Ask"), user("c"))

    found = compare(before, after)

    assert [(each.kind, each.element_type, each.element_id) for each in found] == [
        (Kind.ADDED, "userTask", "d"),
        (Kind.CHANGED, "userTask", "a"),
        (Kind.REMOVED, "userTask", "b"),
        (Kind.REMOVED, "sequenceFlow", "a--b"),
    ]
    assert [(each.name_before, each.name_after) for each in found] == [
        (None, "D"),
        ("A", "Ask"),
        ("B", None),
        (None, None),
    ]
    assert [each.label for each in found] == ["D", "Ask", "B", "A → B"]


def flowing(condition, target="a", **attributes):
    inside = f"<conditionExpression>{condition}</conditionExpression>"
    return element("sequenceFlow", "f", inside, sourceRef="g", targetRef=target, **attributes)


CHANGED = [
    (task("x", name="Ask"), task("x", name="Answer"), "name", "Ask", "Answer"),
    (task("x"), user("x"), "type", "task", "userTask"),
    (
        user("x", "<documentation>Old</documentation>"),
        user("x", "<documentation>New</documentation>"),
        "documentation",
        "Old",
        "New",
    ),
    (user("x"), user("x", camunda__assignee="ann"), "assignee", None, "ann"),
    (
        user("x", camunda__candidateGroups="a"),
        user("x", extended("<zeebe:assignmentDefinition candidateGroups='b'/>")),
        "candidate_groups",
        "a",
        "b",
    ),
    (
        user("x", camunda__candidateUsers="a"),
        user("x", camunda__candidateUsers="a,b"),
        "candidate_users",
        "a",
        "a,b",
    ),
    (user("x", assigned("a")), user("x", assigned("b")), "potential_owner", "a", "b"),
    (user("x", rutin__dueDate="P1D"), user("x"), "due_date", "P1D", None),
    (user("x", rutin__formKey="f"), user("x", rutin__formKey="g"), "form", "f", "g"),
    (user("x"), user("x", rutin__notPerformerOf="g"), "not_performer_of", None, "Gate"),
    (user("x"), user("x", rutin__performerOf="g,a"), "performer_of", None, "Gate, A"),
    (flowing("a > 1"), flowing("a > 2"), "condition", "a > 1", "a > 2"),
    (flowing("a"), flowing("a", target="b"), "target", "A", "B"),
    (flowing("a"), flowing("a", isImmediate="true"), "attribute:isImmediate", None, "true"),
    (script("x", "a = 1"), script("x", "a = 2"), "script", "a = 1", "a = 2"),
    (catch("x", timer("PT1H")), catch("x", timer("PT2H")), "timer", "PT1H", "PT2H"),
    (
        catch("x", timer("${t}", "timeDate")),
        catch("x", timer("${t}", "timeDuration")),
        "timer",
        "timerEventDefinition/timeDate: ${t}",
        "timerEventDefinition/timeDuration: ${t}",
    ),
    (
        catch("x", "<signalEventDefinition/>"),
        catch("x", "<messageEventDefinition/>"),
        "event",
        "signalEventDefinition",
        "messageEventDefinition",
    ),
    (
        catch("x", MESSAGE),
        catch("x", MESSAGE.replace("msg", "msg2")),
        "refers_to",
        "Message",
        "Other",
    ),
    (
        catch("x", link("A")),
        catch("x", link("B")),
        "event",
        '<linkEventDefinition name="A"></linkEventDefinition>',
        '<linkEventDefinition name="B"></linkEventDefinition>',
    ),
    (boundary("x", "a", MESSAGE), boundary("x", "b", MESSAGE), "attached_to", "A", "B"),
    (call("x", "one"), call("x", "two"), "called", "one", "two"),
    (
        call("x", "one"),
        element("callActivity", "x", extended("<zeebe:calledElement processId='two'/>")),
        "called",
        "one",
        "two",
    ),
    (
        task("x", multi(cardinality("2"))),
        task("x", multi(cardinality("3"))),
        "loop",
        "<loopCardinality>2</loopCardinality>",
        "<loopCardinality>3</loopCardinality>",
    ),
    (xor("x", default="d"), xor("x", default="d2"), "default_flow", "A → B", "B → A"),
    (
        task("x", "<property id='y' name='a'/>"),
        task("x", "<property id='y' name='b'/>"),
        "data",
        '<property name="a"></property>',
        '<property name="b"></property>',
    ),
    (
        task(
            "x", extended("<camunda:properties><camunda:property name='a'/></camunda:properties>")
        ),
        task(
            "x", extended("<camunda:properties><camunda:property name='b'/></camunda:properties>")
        ),
        "extension:camunda:properties",
        '<camunda:property name="a"></camunda:property>',
        '<camunda:property name="b"></camunda:property>',
    ),
    (task("x"), task("x", extended("<q xmlns='urn:q'/>")), "extension:{urn:q}q", None, ""),
    (
        task("x", camunda__asyncBefore="true"),
        task("x"),
        "attribute:camunda:asyncBefore",
        "true",
        None,
    ),
    (task("x"), task("x", "<monitoring/>"), "part:monitoring", None, ""),
    (
        "<textAnnotation id='x'><text>Old</text></textAnnotation>",
        "<textAnnotation id='x'><text>New</text></textAnnotation>",
        "text",
        "Old",
        "New",
    ),
]


@pytest.mark.parametrize(("before", "after", "what", "old", "new"), CHANGED)
def test_a_difference_says_what_was_said_before_and_after(before, after, what, old, new):
    around = (
        element("exclusiveGateway", "g", name="Gate"),
        task("a", name="A"),
        task("b", name="B"),
        element("sequenceFlow", "d", sourceRef="a", targetRef="b"),
        element("sequenceFlow", "d2", sourceRef="b", targetRef="a"),
    )

    found = [
        each
        for change in compare(model("p", *around, before), model("p", *around, after))
        for each in change.differences
    ]

    if shown := [each for each in found if each.what == what]:
        assert [(each.before, each.after) for each in shown] == [(old, new)]
    assert [str(each.what) for each in found] == [what]


def test_to_stand_elsewhere_is_a_change_of_the_element():
    before = model("p", LANES.format(lane("l1", "a") + lane("l2")), sub("u"), user("a"), user("b"))
    after = model("p", LANES.format(lane("l1") + lane("l2", "a")), sub("u", user("b")), user("a"))

    assert told(before, after) == [("changed", "b", "inside"), ("changed", "a", "lane")]


def test_the_innermost_lane_is_the_lane():
    inner = f"<childLaneSet>{lane('in', 'a')}</childLaneSet>"
    other = f"<childLaneSet>{lane('in')}</childLaneSet>"
    before = model("p", LANES.format(lane("out", "a", inside=inner)), user("a"))
    after = model("p", LANES.format(lane("out", "a", inside=other)), user("a"))

    assert (difference(before, after).before, difference(before, after).after) == (
        "Lane in",
        "Lane out",
    )


def test_two_lanes_of_one_name_are_shown_by_their_ids():
    before = model("p", LANES.format(lane("l1", "a") + lane("l2")), user("a"))
    after = model("p", LANES.format(lane("l1") + lane("l2", "a")), user("a"))
    before, after = (re.sub(rb"Lane l\d", b"Lane", each) for each in (before, after))

    assert (difference(before, after).before, difference(before, after).after) == ("l1", "l2")


def test_the_order_of_conditions_is_a_change_where_the_first_true_one_wins():
    flows = ("g > a ? x > 1", "g > b ? x > 2", "g > c")
    nodes = (xor("g", name="Which?"), task("a", name="A"), task("b", name="B"), task("c"))
    before = model("p", *nodes, flows="; ".join(flows))
    swapped = model("p", *nodes, flows="; ".join((flows[1], flows[0], flows[2])))
    default_first = model("p", *nodes, flows="; ".join((flows[2], flows[0], flows[1])))

    found = difference(before, swapped)

    assert (found.what, found.before, found.after) == (
        What.ORDER,
        "Which? → A, Which? → B",
        "Which? → B, Which? → A",
    )
    assert compare(before, default_first) == ()


def test_drawings_of_every_kind_are_compared():
    before = definitions(
        "<collaboration id='c'><participant id='pool' name='Customer'/>"
        "<participant id='other' name='Shop'/>"
        "<messageFlow id='m' sourceRef='pool' targetRef='other'/></collaboration>",
        "<choreography id='ch'><choreographyTask id='t' initiatingParticipantRef='pool'>"
        "<participantRef>pool</participantRef></choreographyTask></choreography>",
        "<dataStore id='store' name='Archive'/><error id='err' errorCode='1'/>",
        "<category><categoryValue id='cv' value='A'/></category>",
        "<timerEventDefinition id='clock'><timeDate>2026-01-01</timeDate></timerEventDefinition>",
    )
    changes = [
        (b"name='Customer'", b"name='Client'", ("changed", "pool", "name")),
        (b"sourceRef='pool'", b"sourceRef='other'", ("changed", "m", "source")),
        (
            b"<participantRef>pool",
            b"<participantRef>other",
            ("changed", "t", "part:participantRef"),
        ),
        (b"name='Archive'", b"name='Store'", ("changed", "store", "name")),
        (b"errorCode='1'", b"errorCode='2'", ("changed", "err", "attribute:errorCode")),
        (b"value='A'", b"value='B'", ("changed", "cv", "attribute:value")),
        (b"2026-01-01", b"2027-01-01", ("changed", "clock", "timer")),
    ]

    for old, new, expected in changes:
        assert told(before, before.replace(old, new)) == [expected]


def test_to_be_drawn_elsewhere_is_told_only_where_nothing_else_changed():
    one = definitions(process("p", task("a"), task("b"), task("c")), drawn(*map(shape, "abc")))
    two = definitions(
        process("p", task("a", name="New"), task("b"), task("c")),
        drawn(shape("a", "200"), shape("b", "200"), shape("c", color__border_color="#f00")),
    ).replace(b"border_color", b"border-color")

    assert told(one, two) == [("changed", "a", "name"), ("moved", "b"), ("moved", "c")]
    assert told(one, definitions(process("p", task("a"), task("b"), task("c")))) == [
        ("moved", "a"),
        ("moved", "b"),
        ("moved", "c"),
    ]


# ---------------------------------------------------------------- sentences


def test_a_change_is_said_in_words():
    after = APPROVAL.replace(b"amount &gt; 10", b"amount &gt; 20").replace(b'"Ask"', b'"Ask them"')
    after = after.replace(b"x='100'", b"x='150'").replace(b"Be kind.", b"Be quick.")
    after = after.replace(b"x='200'", b"x='250'").replace(b'name="Wait"', b"")

    said = [one.text for each in compare(APPROVAL, after) for one in sentences(each)]

    assert said == [
        "'Ask' is now called 'Ask them'.",
        "'g' is drawn elsewhere or otherwise.",
        "The documentation of 'Say yes' was changed.",
        "'Wait' has no name any longer.",
        "The condition of 'g → Say yes' was changed from 'amount > 10' to 'amount > 20'.",
    ]


def test_every_difference_has_words():
    assert set(DIFFERENCES) == set(What)
    assert set(OTHERS) == {"attribute", "extension", "part"}
    assert WORK.keys() <= SAID_BY_DIALECTS.keys()


@settings(deadline=None)
@given(st.sampled_from(CHANGED), st.booleans())
def test_every_change_can_be_said(row, turned):
    before, after = (model("p", each) for each in (row[:2][::-1] if turned else row[:2]))

    for change in compare(before, after):
        said = [sentence.text for sentence in sentences(change)]
        assert len(said) == max(1, len(change.differences))
        assert "None" not in "".join(said)


def test_long_texts_are_shortened_around_the_first_difference():
    same = "a = 1\n" * 1000
    found = difference(
        model("p", script("x", f"{same}b = 1{same}")),
        model("p", script("x", f"{same}b = 2{same}")),
    )

    assert "b = 1" in found.before
    assert "b = 2" in found.after
    assert len(found.before) < 600
    (change,) = compare(model("p"), model("p", task("x", name="n" * 5000)))
    assert len(change.label) == len(change.name_after) < 200
