"""A file of somebody who wants to hide a change, or to keep the machine busy."""

from collections import Counter

import pytest

from bpmn.diff import compare
from bpmn.errors import InvalidXml
from tests.bpmn.sketch import MESSAGE, boundary, element, model, script, task, timer, user
from tests.bpmn.versions import LANES, assigned, extended, lane, renamed, told


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"<definitions",
        b"<html/>",
        b"<definitions/>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"<a>" * 5000,
        model("p", "<task/>" * 200_000),
    ],
    ids=lambda source: repr(source[:20]),
)
def test_what_is_no_model_is_refused(source):
    good = model("p")

    for one, other in ((good, source), (source, good)):
        with pytest.raises(InvalidXml):
            compare(one, other)


KEPT = " camunda:errorCodeVariable='v'"
CAUGHT = f"<errorEventDefinition errorRef='one'{KEPT}/>"
OTHER = "<errorEventDefinition errorRef='two'/>"
HIDDEN = [
    ("<conditionExpression>x</conditionExpression>", "<condition>x</condition>"),
    (script("x", "a = 1"), element("scriptTask", "x", "<script xmlns=''>a = 1</script>")),
    (timer("PT1H"), "<timerEventDefinition/><timeDuration>PT1H</timeDuration>"),
    (timer("PT1H"), extended(timer("PT1H"))),
    (user("x"), extended(user("x"))),
    (LANES.format(lane("l", "a")), lane("l", "a")),
    (LANES.format(""), LANES.format(user("x"))),
    ("<timerEventDefinition/>", f"<timerEventDefinition>{lane('l')}</timerEventDefinition>"),
    (assigned("a"), assigned("a").replace("potentialOwner", "humanPerformer")),
    (
        "<ioSpecification><dataInput name='a'/></ioSpecification>",
        "<ioSpecification>&lt;dataInput name=&quot;a&quot;></ioSpecification>",
    ),
    (
        '<ioSpecification><dataInput name="a&quot; b=&quot;c"/></ioSpecification>',
        '<ioSpecification><dataInput name="a" b="c"/></ioSpecification>',
    ),
    (extended("<q xmlns='urn:q' a='1'/>"), extended("<q xmlns='urn:p' a='1'/>")),
    (extended("<rutin:x/>"), "<rutin:x/>"),
    (CAUGHT + OTHER, CAUGHT.replace(KEPT, "") + OTHER.replace("/>", f"{KEPT}/>")),
    (MESSAGE + timer("P1D"), timer("P1D") + MESSAGE.replace("msg", "msg2")),
]


@pytest.mark.parametrize(("one", "other"), HIDDEN)
def test_nothing_can_be_hidden_by_writing_it_where_nobody_looks(one, other):
    before, after = (
        model("p", task("a"), element("intermediateCatchEvent", "y", each))
        for each in (one, other)
    )

    assert compare(before, after) != ()
    for change in compare(before, after):
        assert all(each.before != each.after for each in change.differences)


def test_strange_connections_end():
    strange = model(
        "p",
        "<association id='a' sourceRef='b' targetRef='b'/>",
        "<association id='b' sourceRef='a' targetRef='nowhere'/>",
        "<association id='c' sourceRef='c' targetRef='c'/>",
        element("subProcess", "p", task("p"), boundary("x", "x", MESSAGE)),
        LANES.format(lane("l", "l", "l")),
    )

    assert compare(strange, strange) == ()
    assert told(strange, model("p"))[-1][0] == "removed"


def test_ten_thousand_elements_are_compared():
    def large(name):
        names = [f"t{number}" for number in range(5000)]
        tasks = (user(each, name=f"{name} {each}") for each in names)
        return model("p", *tasks, flows=" > ".join(names))

    found = compare(large("Old"), renamed(large("New")))

    assert Counter(each.kind.value for each in found)["added"] == 9_999
