"""What the index says of a cell of literals is what FEEL says."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bpmn import feel
from bpmn.dmn import cells
from bpmn.dmn.index import BLOCK, Index
from tests.bpmn.dmn.models import setting

NUMBERS = st.one_of(
    st.integers(-5, 5), st.decimals(-5, 5, places=1), st.sampled_from([10**30, Decimal("1e-30")])
)
TEXTS = st.sampled_from(["a", "b", "", "a.b", "tre"])
DAYS = st.dates(date(2024, 1, 1), date(2024, 1, 3))
VALUES = st.one_of(NUMBERS, TEXTS, st.booleans(), st.none(), DAYS)


def written(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f'@"{value}"'
    return f'"{value}"' if isinstance(value, str) else f"{value:f}"


ORDERED = st.one_of(NUMBERS, DAYS).map(written)
LITERALS = st.one_of(NUMBERS, TEXTS, DAYS, st.just(False)).map(written)
COMPARISONS = st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">="]), ORDERED)
RANGES = st.builds(
    "{}{}..{}{}".format,
    st.sampled_from("[]("),
    ORDERED,
    ORDERED,
    st.sampled_from("[])"),
)
TESTS = st.lists(st.one_of(LITERALS, COMPARISONS, RANGES), min_size=1, max_size=3).map(", ".join)
CELLS = st.one_of(TESTS, TESTS.map("not({})".format), st.just("-"), st.just('? = "a"'))


@given(st.lists(CELLS, min_size=1, max_size=6), VALUES)
def test_the_index_agrees_with_the_language(written_cells, value):
    index = Index([[cells.read(each)] for each in written_cells], 1)

    tests = [feel.read_tests(each) for each in written_cells]
    found = {
        at
        for at, to_ask in index.candidates([value])
        if not to_ask or tests[at].holds(value, {}, setting()) is True
    }

    assert found == {
        at for at, each in enumerate(tests) if each.holds(value, {}, setting()) is True
    }


def test_true_holds_for_true_and_nothing_else():
    index = Index([[cells.read("true")]], 1)

    assert [bool(list(index.candidates([each]))) for each in (True, False, None, "true", 1)] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_every_cell_of_literals_is_known_without_evaluating():
    for each in (
        "-",
        "",
        "5",
        "-5",
        '"a", "b"',
        "not(1)",
        "< 5",
        "[1..2)",
        "true",
        "1, > 3",
        '@"P1D"',
    ):
        assert cells.read(each) is not None, each
    for each in ("x", "? > 1", "null", "date(x)", 'not(1, "a")', "[1..", "not(-)"):
        assert cells.read(each) is None, each


def test_rules_beyond_the_first_block_are_found():
    index = Index([[cells.read(str(number))] for number in range(BLOCK * 2 + 3)], 1)

    assert list(index.candidates([BLOCK * 2 + 1])) == [(BLOCK * 2 + 1, ())]
