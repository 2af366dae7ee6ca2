"""Each element is drawn as BPMN says, and called what it is."""

import pytest

from bpmn.diagram import icons
from bpmn.diagram.canvas import BODY, KNOCKED_OUT, LINE, SHADED, SOLID
from tests.bpmn.diagram.picture import Picture, edge, label, model, plane, shape, whole


def one(tag: str, inside: str = "", *, others: str = "", said: str = "", **drawn: str) -> Picture:
    """Draw one element `x`, with attributes of its own and of its shape."""
    return Picture(
        model(
            f'<{tag} id="x" name="Name" {said}>{inside}</{tag}>',
            shape("x", **drawn),
            others=others,
        )
    )


# ------------------------------------------------------------------------------ events


@pytest.mark.parametrize(
    ("tag", "rings", "dashed"),
    [
        ("startEvent", 1, False),
        ("intermediateCatchEvent", 2, False),
        ("intermediateThrowEvent", 2, False),
        ("boundaryEvent", 2, False),
        ("endEvent", 1, False),
    ],
)
def test_an_event_has_its_rings(tag, rings, dashed):
    circles = one(tag).all("x", "circle")

    assert len(circles) == rings
    assert [each.get("stroke-dasharray") is not None for each in circles] == [dashed] * rings
    assert (circles[0].get("stroke-width") == "3.5") is (tag == "endEvent")


@pytest.mark.parametrize(
    ("tag", "said"),
    [("startEvent", 'isInterrupting="false"'), ("boundaryEvent", 'cancelActivity="false"')],
)
def test_an_event_that_interrupts_nothing_has_broken_rings(tag, said):
    picture = one(tag, said=said)

    assert all(each.get("stroke-dasharray") for each in picture.all("x", "circle"))
    assert picture.title("x").endswith("event, non-interrupting")


MARKS = {
    "messageEventDefinition": "message",
    "timerEventDefinition": "timer",
    "errorEventDefinition": "error",
    "escalationEventDefinition": "escalation",
    "signalEventDefinition": "signal",
    "conditionalEventDefinition": "conditional",
    "compensateEventDefinition": "compensation",
    "cancelEventDefinition": "cancel",
    "linkEventDefinition": "link",
}


@pytest.mark.parametrize(("definition", "word"), MARKS.items())
@pytest.mark.parametrize("tag", ["intermediateCatchEvent", "intermediateThrowEvent", "endEvent"])
def test_an_event_has_the_mark_of_its_definition_filled_where_it_throws(tag, definition, word):
    picture = one(tag, f"<{definition}/>")

    [outline] = [
        each
        for each in picture.all("x", "path")
        if each.get("d") == icons.EVENTS[definition].outline
    ]
    assert outline.get("class") == (BODY if tag == "intermediateCatchEvent" else SOLID)
    assert word in picture.title("x")


def test_the_marks_can_be_told_apart():
    outlines = [each.outline or each.solid for each in icons.EVENTS.values()]

    assert len(set(outlines)) == len(outlines) == len(MARKS) + 3


def test_a_terminating_end_has_a_filled_disk():
    picture = one("endEvent", "<terminateEventDefinition/>")

    assert [each.get("class") for each in picture.all("x", "path")] == [SOLID]
    assert picture.title("x") == "Name – end event, terminate"


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("", "multipleEventDefinition"),
        ('parallelMultiple="true"', "parallelMultipleEventDefinition"),
    ],
)
def test_several_definitions_have_a_mark_of_their_own(said, mark):
    picture = one(
        "intermediateCatchEvent", "<messageEventDefinition/><timerEventDefinition/>", said=said
    )

    assert picture.paths("x") == [icons.EVENTS[mark].outline]


def test_a_definition_may_stand_elsewhere_in_the_file():
    picture = one(
        "startEvent",
        "<eventDefinitionRef>m:d</eventDefinitionRef>",
        others='<signalEventDefinition id="d"/>',
    )

    assert picture.title("x") == "Name – start event, signal"


# ------------------------------------------------------------------------------ activities


@pytest.mark.parametrize("tag", icons.TASKS)
def test_a_task_has_the_icon_of_its_type(tag):
    assert icons.TASKS[tag].outline in one(tag).paths("x")


def test_a_plain_task_has_no_icon():
    assert one("task").paths("x") == []


def test_a_task_that_sends_is_filled():
    assert one("sendTask").all("x", "path", KNOCKED_OUT)
    assert not one("receiveTask").all("x", "path", KNOCKED_OUT)


def test_a_task_that_receives_and_starts_has_its_envelope_in_a_ring():
    paths = one("receiveTask", said='instantiate="true"').paths("x")

    assert icons.RECEIVE_AND_START.outline in paths


@pytest.mark.parametrize(
    ("inside", "said", "marker", "word"),
    [
        ("<standardLoopCharacteristics/>", "", "standardLoopCharacteristics", "loop"),
        ("<multiInstanceLoopCharacteristics/>", "", "parallelInstances", "several at a time"),
        (
            '<multiInstanceLoopCharacteristics isSequential="true"/>',
            "",
            "sequentialInstances",
            "several in turn",
        ),
        ("", 'isForCompensation="true"', "isForCompensation", "for compensation"),
    ],
)
def test_a_marker_says_how_often_or_what_for(inside, said, marker, word):
    picture = one("userTask", inside, said=said)

    icon = icons.MARKERS[marker]
    assert {icon.outline, icon.solid, icon.details} - {""} <= set(picture.paths("x"))
    assert picture.title("x") == f"Name – user task, {word}"


def test_a_call_activity_has_a_thick_border_and_more_to_show():
    picture = one("callActivity", said='calledElement="p"')

    assert picture.all("x", "rect")[0].get("stroke-width") == "4"
    assert icons.MARKERS["collapsed"].details in picture.paths("x")


def test_a_call_of_a_global_task_has_its_icon_and_no_more_to_show():
    picture = one(
        "callActivity", said='calledElement="m:g"', others='<globalUserTask id="g" name="Global"/>'
    )

    assert icons.TASKS["userTask"].outline in picture.paths("x")
    assert icons.MARKERS["collapsed"].details not in picture.paths("x")


@pytest.mark.parametrize("tag", ["subProcess", "transaction", "adHocSubProcess"])
@pytest.mark.parametrize("expanded", ["true", "false"])
def test_a_closed_sub_process_has_more_to_show(tag, expanded):
    picture = one(tag, isExpanded=expanded)

    closed = expanded == "false"
    assert (icons.MARKERS["collapsed"].details in picture.paths("x")) is closed
    assert picture.title("x").endswith("collapsed") is closed


def test_a_transaction_has_a_double_border():
    assert [each.get("class") for each in one("transaction").all("x", "rect")] == [BODY, LINE]


def test_an_ad_hoc_sub_process_has_a_tilde():
    assert icons.MARKERS["adHoc"].solid in one("adHocSubProcess").paths("x")


def test_an_event_sub_process_is_dotted_and_shows_its_start_when_closed():
    start = '<startEvent id="s" isInterrupting="false"><timerEventDefinition/></startEvent>'
    picture = one("subProcess", start, said='triggeredByEvent="true"')

    assert picture.all("x", "rect")[0].get("stroke-dasharray")
    assert icons.EVENTS["timerEventDefinition"].outline in picture.paths("x")
    assert picture.all("x", "circle")[0].get("stroke-dasharray")


def test_the_start_of_a_plain_sub_process_is_not_its_own():
    start = '<startEvent id="s" isInterrupting="false"><timerEventDefinition/></startEvent>'

    assert one("subProcess", start).title("x") == "Name – sub-process, collapsed"


# ------------------------------------------------------------------------------ gateways


@pytest.mark.parametrize("tag", ["parallelGateway", "complexGateway"])
def test_a_gateway_has_its_mark(tag):
    assert icons.GATEWAYS[tag].solid in one(tag).paths("x")


def test_an_inclusive_gateway_has_a_ring():
    assert len(one("inclusiveGateway").all("x", "circle")) == 1


@pytest.mark.parametrize("visible", ["true", "false"])
def test_an_exclusive_gateway_has_its_cross_where_the_drawing_says(visible):
    paths = one("exclusiveGateway", isMarkerVisible=visible).paths("x")

    assert (icons.GATEWAYS["exclusiveGateway"].solid in paths) is (visible == "true")


@pytest.mark.parametrize(
    ("said", "rings", "inside"),
    [
        ("", 2, icons.EVENTS_OF_GATEWAY),
        ('instantiate="true"', 1, icons.EVENTS_OF_GATEWAY),
        (
            'instantiate="true" eventGatewayType="Parallel"',
            1,
            icons.ALL_EVENTS_OF_GATEWAY,
        ),
    ],
)
def test_a_gateway_of_events_tells_how_it_starts(said, rings, inside):
    picture = one("eventBasedGateway", said=said)

    assert len(picture.all("x", "circle")) == rings
    assert inside.outline in picture.paths("x")


# ------------------------------------------------------------------------------ data and notes


@pytest.mark.parametrize(
    ("tag", "filled"), [("dataInput", False), ("dataOutput", True), ("dataObject", None)]
)
def test_data_is_a_sheet_with_an_arrow_where_it_comes_in_or_goes_out(tag, filled):
    picture = one(tag)

    looks = [each.get("class") for each in picture.all("x", "path")]
    assert looks == [BODY, LINE, *([] if filled is None else [SOLID if filled else BODY])]


def test_a_data_object_has_the_name_state_and_number_of_what_it_refers_to():
    picture = Picture(
        model(
            '<dataObject id="d" name="Order" isCollection="true"/>'
            '<dataObjectReference id="x" dataObjectRef="d"><dataState name="paid"/></dataObjectReference>',
            shape("x", 0, 0, 36, 50),
        )
    )

    assert picture.lines("x") == ["Order [paid]"]
    assert picture.title("x") == "Order [paid] – data object, collection"
    assert icons.MARKERS["parallelInstances"].solid in picture.paths("x")


def test_a_data_store_is_a_drum():
    picture = one("dataStoreReference")

    assert len(picture.all("x", "path", LINE)) == 3
    assert picture.title("x") == "Name – data store"


def test_a_note_has_a_bracket_and_its_lines():
    picture = Picture(
        model(
            '<textAnnotation id="x"><text>One\n  two</text></textAnnotation>',
            shape("x", 0, 0, 90, 40),
        )
    )

    assert picture.lines("x") == ["One", "  two"]
    assert picture.paths("x") == ["M10 0L0 0L0 40L10 40"]


def test_a_group_is_a_broken_frame_named_after_its_category():
    picture = Picture(
        model(
            '<group id="x" categoryValueRef="v"/>',
            shape("x", 0, 0, 200, 90),
            others='<category><categoryValue id="v" value="Night shift"/></category>',
        )
    )

    assert picture.lines("x") == ["Night shift"]
    assert picture.all("x", "rect", LINE)[0].get("stroke-dasharray")


# ------------------------------------------------------------------------------ pools


def pool(said: str = 'processRef="p"', inside: str = "", **drawn: str) -> Picture:
    return Picture(
        whole(
            f'<collaboration id="c"><participant id="x" name="Ward" {said}>{inside}</participant>',
            '</collaboration><process id="p" name="Care"><laneSet><lane id="l" name="Nurse"/></laneSet>',
            "</process>",
            plane("c", shape("x", 0, 0, 600, 250, **drawn), shape("l", 30, 0, 570, 250)),
        )
    )


def test_a_pool_has_its_name_in_a_band_at_the_left():
    picture = pool(isHorizontal="true")

    assert picture.paths("x") == ["M30 0L30 250"]
    assert "rotate(-90)" in picture.all("x", "g")[-1].get("transform")


def test_an_upright_pool_has_its_name_on_top():
    picture = pool(isHorizontal="false")

    assert picture.paths("x") == ["M0 30L600 30"]
    assert len(picture.all("x", "g")) == 1


def test_a_pool_without_a_process_has_its_name_in_the_middle():
    picture = pool("", "<participantMultiplicity/>")

    assert picture.lines("x") == ["Ward"]
    assert len(picture.all("x", "rect")) == 1
    assert picture.title("x") == "Ward – pool, several at a time"


def test_a_pool_without_a_name_has_that_of_its_process():
    picture = Picture(
        whole(
            '<collaboration id="c"><participant id="x" processRef="m:p"/></collaboration>',
            '<process id="p" name="Care"/>',
            plane("c", shape("x", 0, 0, 600, 250)),
        )
    )

    assert picture.lines("x") == ["Care"]


def test_what_is_wide_is_drawn_before_what_stands_in_it():
    source = model(
        '<task id="t"/><boundaryEvent id="b" attachedToRef="sub"/>'
        '<subProcess id="sub"><subProcess id="in"><task id="u"/></subProcess></subProcess>'
        '<sequenceFlow id="f" sourceRef="t" targetRef="sub"/>',
        shape("b"),
        shape("u"),
        shape("t"),
        shape("in"),
        shape("sub"),
        edge("f", (0, 0), (9, 9)),
    )

    assert Picture(source).ids == ["sub", "in", "f", "u", "t", "b"]


# ------------------------------------------------------------------------------ choreographies


def choreography() -> Picture:
    band = {"choreographyActivityShape": "shape-x", "isMessageVisible": "true"}
    return Picture(
        whole(
            '<choreography id="c"><participant id="a" name="Ward"/><participant id="b" name="Lab"/>',
            '<choreographyTask id="x" name="Order a test"><participantRef>a</participantRef>',
            "</choreographyTask></choreography>",
            plane(
                "c",
                shape("x", 0, 0, 120, 90, id="shape-x"),
                shape("a", 0, 0, 120, 20, participantBandKind="top_initiating", **band),
                shape("b", 0, 60, 120, 30, participantBandKind="bottom_non_initiating", **band),
            ),
        )
    )


def test_the_bands_of_a_choreography_task_tell_who_begins():
    picture = choreography()

    assert len(picture.all("a", "path", SHADED)) == 0
    assert len(picture.all("b", "path", SHADED)) == 1
    assert picture.all("b", "rect", SHADED)  # the envelope


def test_the_name_of_a_choreography_task_stands_between_its_bands():
    [line] = choreography().all("x", "tspan")

    assert 20 < float(line.get("y")) < 60


def test_the_messages_of_a_choreography_task_are_in_the_picture():
    box = [float(each) for each in choreography().root.get("viewBox").split()]

    assert box[1] < -30
    assert box[1] + box[3] > 120


@pytest.mark.parametrize("tag", ["conversation", "subConversation", "callConversation"])
def test_a_conversation_is_a_hexagon(tag):
    picture = Picture(
        whole(
            f'<collaboration id="c"><{tag} id="x" name="Talk"/></collaboration>',
            plane("c", shape("x", 0, 0, 80, 40)),
        )
    )

    assert picture.paths("x")[0] == "M0 20L20 0L60 0L80 20L60 40L20 40Z"
    assert (len(picture.paths("x")) > 1) is (tag == "subConversation")


# ------------------------------------------------------------------------------ names


def test_a_name_stands_inside_its_task():
    picture = Picture(
        model(
            f'<userTask id="x" name="{"Ask the patient about everything that matters " * 4}"/>',
            shape("x", 100, 100, 100, 80),
        )
    )

    lines = picture.all("x", "tspan")
    assert all(100 < float(each.get("y")) <= 180 for each in lines)
    assert picture.lines("x")[-1].endswith("…")


def test_a_name_makes_way_for_a_boundary_event():
    host = '<userTask id="x" name="Perform repair (premium level)"/>'
    event = '<boundaryEvent id="b" attachedToRef="x"/>'

    def lowest(*drawn: str) -> float:
        picture = Picture(model(host + event, shape("x", 0, 0, 120, 60), *drawn))
        return max(float(each.get("y")) for each in picture.all("x", "tspan"))

    assert lowest() > 44
    assert lowest(shape("b", 48, 42, 36, 36)) < 42


def test_the_name_of_an_event_stands_below_it():
    picture = Picture(model('<startEvent id="x" name="Begin"/>', shape("x", 0, 0, 36, 36)))

    [line] = picture.all("x", "tspan")
    assert (float(line.get("x")), float(line.get("y"))) == (18, pytest.approx(50.45))


def test_a_name_stands_where_the_drawing_says():
    place = label(100, 200, 60, 14)

    [line] = Picture(
        model('<startEvent id="x" name="Begin"/>', shape("x", 0, 0, 36, 36, inside=place))
    ).all("x", "tspan")

    assert (float(line.get("x")), float(line.get("y"))) == (130, pytest.approx(210.45))


def test_a_name_above_its_shape_grows_upwards():
    place = label(-30, -20, 40, 14)
    name = "Begin with what is most urgent"

    lines = Picture(
        model(f'<startEvent id="x" name="{name}"/>', shape("x", 0, 0, 36, 36, inside=place))
    ).all("x", "tspan")

    assert len(lines) > 2
    assert float(lines[-1].get("y")) < 0
