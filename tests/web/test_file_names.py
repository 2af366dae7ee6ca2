"""Whatever a stranger calls a file, it is kept as a plain name and given out as a plain header."""

import contextlib
import re
from unicodedata import category
from urllib.parse import unquote

from hypothesis import example, given
from hypothesis import strategies as st

from engine.attachments import names
from engine.errors import Invalid
from engine.texts import can_be_kept
from web.downloads import disposition

HEADER = re.compile(r"attachment; filename=\"[\w.,() -]*\"; filename\*=UTF-8''[\w.~%-]+", re.ASCII)


@given(st.text(max_size=300))
@example("../" * 50 + "a.txt")
@example("a" * 149 + "\u0308.txt")
@example("x." + "y" * 300)
@example("x" * 148 + " ..txt")
@example("\ufdfa" * 20 + ".txt")
def test_a_kept_name_is_short_plain_and_stays_as_it_is(given_name):
    with contextlib.suppress(Invalid):
        kept = names.cleaned(given_name)

        assert 1 <= len(kept) <= names.LONGEST
        assert not {"/", "\\"} & set(kept)
        assert not {category(each) for each in kept} & names.INVISIBLE
        assert can_be_kept(kept)
        assert kept == kept.strip(" .")
        assert names.cleaned(kept) == kept


@given(st.text(max_size=200).filter(can_be_kept))
@example("a\"; filename*=UTF-8''evil.html; x=\"")
@example("a\r\nX-Evil: 1")
@example("%0d%0aX-Evil: 1")
def test_a_header_holds_the_name_and_nothing_besides(name):
    said = disposition(name or "x")

    assert HEADER.fullmatch(said)
    assert unquote(said.rpartition("''")[2]) == (name or "x")
