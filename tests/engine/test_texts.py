"""What people write beside variables is kept as it is, or refused by a sentence of its own each time."""

import pytest

from engine.errors import Invalid
from engine.texts import kept

SENTENCE = "Say why, in at most {limit} characters."


def test_space_around_a_text_is_not_kept():
    assert kept("  norr \n", SENTENCE, shortest=1, longest=4) == "norr"


@pytest.mark.parametrize("text", ["", "   ", "x" * 5, "a\0b", "\ud800"])
def test_what_cannot_be_kept_is_refused(text):
    with pytest.raises(Invalid):
        kept(text, SENTENCE, shortest=1, longest=4)


def test_a_refusal_is_made_each_time():
    """An exception holds the frames it went through: one that is shared would grow, and keep what people wrote."""

    def refusal():
        with pytest.raises(Invalid) as caught:
            kept("", SENTENCE, shortest=1, longest=4)
        return caught.value

    first, second = refusal(), refusal()

    assert first is not second
    assert str(first) == "Say why, in at most 4 characters."
