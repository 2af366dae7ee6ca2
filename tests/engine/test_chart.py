"""The tree of units: on every day a tree, whatever is moved and ended."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import Conflict, Invalid
from engine.organisation import chart as charts
from engine.organisation import periods
from engine.organisation.periods import Period

FIRST = date(2026, 1, 1)
DAYS = 40
KEYS = "abcdef"


def day(number):
    return FIRST + timedelta(days=number)


def unit(key, parent=None, first=0, last=None):
    period = Period(day(first), None if last is None else day(last))
    return charts.new(key, name_sv=key, name_en="", kind="", parent=parent, period=period)


def chart(*units):
    return {each.key: each for each in units}


def told(of):
    with pytest.raises(Conflict) as caught:
        charts.check(of)
    return str(caught.value)


def test_a_unit_moves_and_comes_back():
    moved = charts.moved(charts.moved(unit("c", "a"), "b", day(10)), "a", day(20))

    assert [(each.parent, each.period) for each in moved.placings] == [
        ("a", Period(day(0), day(9))),
        ("b", Period(day(10), day(19))),
        ("a", Period(day(20))),
    ]


def test_a_move_before_one_that_is_planned_lasts_until_it():
    moved = charts.moved(charts.moved(unit("c", "a"), "b", day(20)), None, day(10))

    assert [moved.at(day(each)).parent for each in (0, 9, 10, 19, 20)] == [
        "a",
        "a",
        None,
        None,
        "b",
    ]


def test_a_move_on_the_day_of_another_takes_its_place():
    moved = charts.moved(charts.moved(unit("c", "a"), "b", day(10)), None, day(10))

    assert [(each.parent, each.period.first) for each in moved.placings] == [
        ("a", day(0)),
        (None, day(10)),
    ]


def test_a_unit_that_is_not_there_is_not_moved():
    with pytest.raises(Conflict, match="no unit 'c' on 2026-01-11"):
        charts.moved(unit("c", "a", last=9), "b", day(10))


def test_ending_a_unit_withdraws_what_was_planned_for_later_and_a_longer_life_keeps_it_withdrawn():
    planned = charts.moved(unit("c", "a"), "b", day(20))

    ended = charts.ended(planned, planned.period.ended(day(9)))
    longer = charts.ended(ended, ended.period.ended(day(30)))

    assert [each.period for each in ended.placings] == [
        Period(day(0), day(9)),
        Period(day(20), day(19)),
    ]
    assert longer.at(day(30)).parent == "a"
    again = charts.moved(longer, "b", day(20))
    assert [each.period for each in again.placings] == [
        Period(day(0), day(19)),
        Period(day(20), day(30)),
    ]


def test_a_unit_that_never_began_may_begin_after_all():
    withdrawn = charts.ended(unit("c", first=5), Period(day(5)).ended(day(1)))
    again = charts.ended(withdrawn, withdrawn.period.ended(day(9)))

    assert withdrawn.at(day(5)) is None
    assert again.at(day(9)).parent is None


def test_no_unit_is_below_itself():
    assert "'a' would be below itself on 2026-01-01" in told(chart(unit("a", "a")))
    assert "below itself" in told(chart(unit("a", "b"), unit("b", "a")))


def test_no_unit_is_below_itself_on_a_later_day():
    below = charts.moved(unit("b", "a"), None, day(5))
    swapped = charts.moved(unit("a"), "b", day(5))
    charts.check(chart(swapped, below))

    early = charts.moved(unit("a"), "b", day(4))
    assert told(chart(early, below)) == ("'a' would be below itself on 2026-01-05, by way of 'b'.")


def test_what_is_above_is_there_as_long_as_what_is_below():
    assert told(chart(unit("a", last=9), unit("b", "a"))) == (
        "'b' cannot be below 'a' after 2026-01-10, its last day."
    )
    assert told(chart(unit("a", first=1), unit("b", "a"))) == (
        "'b' cannot be below 'a' before 2026-01-02, its first day."
    )
    assert told(chart(unit("b", "a"))) == "There is no unit 'a'."


def test_a_tree_is_not_deeper_than_people_can_follow():
    keys = [f"u{each}" for each in range(charts.MOST_LEVELS + 1)]
    deep = chart(*(unit(key, above) for key, above in zip(keys, [None, *keys], strict=False)))
    charts.check({key: deep[key] for key in keys[:-1]})

    assert told(deep) == "'u30' would have more than 29 levels above it on 2026-01-01."


@pytest.mark.parametrize("key", ["", " ", "a b", "a/b", "-a", "x" * 41, "\0", "<a>"])
def test_a_key_is_short_and_plain(key):
    with pytest.raises(Invalid):
        unit(key)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(1, 1, 1), None),
        (date(9999, 12, 31), None),
        (day(2), day(1)),
        (day(2), date(9999, 12, 31)),
    ],
)
def test_days_are_in_order_and_within_reason(first, last):
    with pytest.raises(Invalid):
        periods.given(first, last)


def test_what_has_ended_is_history():
    assert periods.ending(Period(day(0), day(5)), day(9), day(5)).last == day(9)
    with pytest.raises(Conflict, match="It ended on 2026-01-06"):
        periods.ending(Period(day(0), day(5)), day(9), day(6))


# ---------------------------------------------------------------- any tree, any moves

numbers = st.integers(0, DAYS)
acts = st.lists(
    st.one_of(
        st.tuples(
            st.just("create"), st.sampled_from(KEYS), st.sampled_from([None, *KEYS]), numbers
        ),
        st.tuples(st.just("move"), st.sampled_from(KEYS), st.sampled_from([None, *KEYS]), numbers),
        st.tuples(st.just("end"), st.sampled_from(KEYS), st.none(), numbers),
    ),
    max_size=40,
)


def attempt(of, what, key, parent, number):
    """Return the tree after an act, or as it was when the act is refused."""
    if (what == "create") == (key in of):
        return of
    if what == "create":
        changed = unit(key, parent, first=number)
    elif what == "end":
        changed = charts.ended(of[key], of[key].period.ended(day(number)))
    else:
        try:
            changed = charts.moved(of[key], parent, day(number))
        except Conflict:
            return of
    after = {**of, key: changed}
    try:
        charts.check(after)
    except Conflict:
        return of
    return after


def naively_wrong(of):
    """Look at every unit, and walk up from it on every day, as one would by hand."""
    for start in of.values():
        firsts = [each.period.first for each in start.placings]
        if sorted(set(firsts)) != firsts:
            return f"{start.key} has two places that begin on the same day"
        for number in range(DAYS + 2):
            wrong = wrong_above(of, start.key, day(number))
            if wrong:
                return wrong
    return None


def wrong_above(of, here, on):
    seen = []
    while here is not None and of[here].period.covers(on):
        if here in seen:
            return f"{here} is below itself on {on}"
        seen.append(here)
        places = [each for each in of[here].placings if each.period.covers(on)]
        if len(places) != 1:
            return f"{here} stands in {len(places)} places on {on}"
        here = places[0].parent
        if here is not None and not of[here].period.covers(on):
            return f"{here} is not there on {on}"
    return None


@given(acts)
@settings(max_examples=300, deadline=None)
def test_whatever_is_done_there_is_a_tree_on_every_day(done):
    tree = {}
    for each in done:
        tree = attempt(tree, *each)

        assert naively_wrong(tree) is None


@given(acts, st.sampled_from(KEYS), st.sampled_from(KEYS), numbers)
@settings(max_examples=300, deadline=None)
def test_what_is_refused_would_not_have_been_a_tree(done, key, parent, number):
    tree = {}
    for each in done:
        tree = attempt(tree, *each)
    if key not in tree or parent not in tree or not tree[key].period.covers(day(number)):
        return
    after = {**tree, key: charts.moved(tree[key], parent, day(number))}

    refused = bool(list(charts.problems(after)))

    assert refused == (naively_wrong(after) is not None)
