"""Texts break into lines that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.diagram import lettering


def test_a_text_that_fits_is_one_line():
    assert lettering.lines("Granska utkast", 100, 12) == ["Granska utkast"]


def test_a_text_breaks_between_words():
    assert lettering.lines("Granska utkast noga", 66, 12) == ["Granska", "utkast noga"]


def test_a_text_breaks_after_a_hyphen():
    assert lettering.lines("sub-process", 45, 12) == ["sub-", "process"]


def test_a_word_that_is_too_long_is_broken():
    lines = lettering.lines("Försörjningsstödsutredning", 60, 12)

    assert len(lines) > 1
    assert "".join(lines) == "Försörjningsstödsutredning"


def test_lines_of_the_text_are_kept():
    assert lettering.lines("a\n\n  b", 100, 12) == ["a", "", "  b"]


@given(text=st.text(max_size=60), room=st.floats(20, 200))
def test_every_line_fits_and_nothing_is_lost(text, room):
    lines = lettering.lines(text, room, 12)

    assert all(lettering.width(each, 12) <= room or len(each) == 1 for each in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_name_is_written_as_large_as_it_fits():
    assert lettering.fitted("Granska", (100, 80), (12, 9))[0] == 12
    assert lettering.fitted("Granska utkastet och allt som hör till", (60, 44), (12, 9))[0] == 9


def test_a_long_word_is_rather_small_than_broken():
    assert lettering.fitted("Hjälpmedelscentral", (90, 80), (12, 11, 10, 9))[0] < 12


def test_what_does_not_fit_is_cut():
    _, lines = lettering.fitted("ett två tre fyra fem sex sju åtta", (30, 25), (12, 9))

    assert len(lines) == 2
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("text", "wide"), [("", 0), ("iii", 8.28), ("漢字", 24), ("e\u0301", 6.84), ("\u200b", 0)]
)
def test_letters_have_their_widths(text, wide):
    assert lettering.width(text, 12) == pytest.approx(wide)
