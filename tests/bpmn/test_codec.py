"""Saved state: small, lossless, and readable for ever."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.errors import StateUnreadable
from bpmn.workflow import Workflow, variables
from tests.bpmn.running import Run
from tests.bpmn.sketch import model, start, user

FORMAT_1 = (
    "0128b52ffd209d9d0400740892029287a6616d6f756e74c7050431322e3530a26174c71901323032362d30352d"
    "30315430383a30303a30302ba3626967c7160531313830353931363230373137343131333033343234a3646179"
    "c70a02a47370616ec70a06333630a474657874a6c3a5c3a4c3b6a474696d65d70330383a33303a3030919502a1"
    "612000cf000650bcf7b26000030078f604c2bea62d65"
)

WAITS = model("p", start(), user("a"), flows="s > a")

ATOMS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    | st.binary()
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.just(UTC))
    | st.timedeltas()
)
VALUES = st.recursive(
    ATOMS,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            inside,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(VALUES)
def test_every_value_comes_back_as_what_it_was(value):
    run = Run(WAITS, variables={"value": value})

    restored = variables(run.workflow.dump())["value"]

    assert restored == value
    assert type(restored) is type(value)


def test_no_name_in_a_variable_is_interpreted():
    value = {"typename": "datetime", "value": "rubbish", "__class__": "x", "": {"typename": 1}}

    assert Run(WAITS, variables={"value": value}).variables["value"] == value


def test_a_state_of_format_1_is_readable_for_ever():
    """Written by the first release; when this fails, a running case somewhere cannot go on."""
    saved = bytes.fromhex(FORMAT_1)

    assert variables(saved) == {
        "amount": Decimal("12.50"),
        "at": datetime(2026, 5, 1, 8, tzinfo=UTC),
        "big": 2**70,
        "day": date(2026, 5, 1),
        "span": timedelta(hours=1),
        "text": "åäö",
        "time": time(8, 30),
    }
    run = Run(WAITS)
    workflow = Workflow.load(run.process, saved, library=run.library)
    assert [each.element.id for each in workflow.waits()] == ["a"]


def test_a_waiting_instance_takes_few_bytes():
    assert len(Run(WAITS).workflow.dump()) < 100


@pytest.mark.parametrize("saved", [b"", b"\x07abc", b"\x01", b"\x01not zstd at all"])
def test_what_cannot_be_read_is_said(saved):
    with pytest.raises(StateUnreadable):
        variables(saved)


def test_variables_from_outside_are_copied():
    inside: dict[str, object] = {"list": [1]}
    run = Run(WAITS, variables=inside)

    inside["list"].append(2)  # type: ignore[attr-defined]

    assert run.variables == {"list": [1]}
