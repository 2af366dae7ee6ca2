"""What holds for all values."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from bpmn import feel
from bpmn.feel import gregorian, iso, text, values
from bpmn.feel.temporal import Date, DateTime, Duration, Time, YearsMonths, fixed
from tests.bpmn.feel.evaluating import holds, setting, value

YEARS = st.integers(-999_999_999, 999_999_999)
DATES = st.builds(Date, YEARS, st.integers(1, 12), st.integers(1, 28))
ZONES = st.none() | st.integers(-14 * 60, 14 * 60).map(lambda minutes: fixed(minutes * 60))
NANOS = st.integers(0, 86_400 * 10**9 - 1)
TIMES = st.builds(Time, NANOS, ZONES)
MOMENTS = st.builds(DateTime, DATES, NANOS, ZONES)
SPANS = st.builds(Duration, st.integers(-(10**20), 10**20)) | st.builds(
    YearsMonths, st.integers(-(10**9), 10**9)
)
NUMBERS = st.integers(-(10**20), 10**20) | st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12
)
NAMES = st.from_regex(r"[a-zåäö]{1,8}( [a-z]{1,5})?", fullmatch=True)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(DATES | TIMES | MOMENTS | SPANS)
def test_a_temporal_value_is_read_as_it_is_written(temporal):
    assert iso.read(iso.text_of(temporal)) == temporal


@given(st.dates())
def test_the_calendar_is_pythons_where_python_has_one(day):
    ours = Date(day.year, day.month, day.day)

    assert ours.number == day.toordinal() - date(1970, 1, 1).toordinal()
    assert gregorian.day_of(ours.number) == (day.year, day.month, day.day)
    assert ours.weekday == day.isoweekday()
    assert ours.week == day.isocalendar().week
    assert ours.day_of_year == day.timetuple().tm_yday


@given(DATES)
def test_the_calendar_has_no_end(day):
    assert Date.numbered(day.number) == day
    assert (day.number + 400 * 365 + 97) == gregorian.number_of(day.year + 400, day.month, day.day)


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001
    st.timedeltas(timedelta(-9999), timedelta(9999)),
)
def test_a_moment_and_a_duration_give_the_moment_of_python(moment, span):
    moment = moment.replace(tzinfo=UTC)

    assert value("m + s", {"m": moment, "s": span}) == moment + span
    assert value("m - s - m", {"m": moment, "s": span}) == -span


@given(VALUES)
def test_a_value_is_read_as_it_is_written(given_value):
    written = text.to_text([given_value])

    assert value(written) == value("[x]", {"x": given_value})


@given(VALUES, VALUES)
def test_equality_has_no_sides(one, other):
    there = {"a": one, "b": other}

    assert value("a = a", there) is True
    assert feel.read("a = b").evaluate(there, setting()) is feel.read("b = a").evaluate(
        there, setting()
    )


@given(NUMBERS, NUMBERS)
def test_numbers_are_computed_as_decimals(one, other):
    there = {"a": one, "b": other}

    assert value("a + b - b", there) == Decimal(one)
    assert value("(a < b) or (a >= b)", there) is True
    assert value("a - b", there) == -value("b - a", there)
    assume(other != 0)
    assert abs(value("a / b * b", there) - one) <= abs(Decimal(one)) * Decimal("1e-32")


@given(NUMBERS, NUMBERS)
def test_modulo_has_the_sign_of_the_divisor(one, other):
    assume(other != 0)
    rest = value("modulo(a, b)", {"a": one, "b": other})

    assert rest == 0 or (rest > 0) == (other > 0)
    assert abs(rest) < abs(other) or rest == 0


@given(st.lists(NUMBERS), st.integers(-5, 5))
def test_lists(items, place):
    there = {"l": items, "n": place}
    ordered = value("sort(l)", there)

    assert ordered == sorted(items)
    assert value("reverse(reverse(l))", there) == value("l", there)
    assert value("count(distinct values(l))", there) == len(set(items))
    assert value("count(concatenate(l, l))", there) == 2 * len(items)
    if place and abs(place) <= len(items):
        assert value("l[n]", there) == items[place - 1 if place > 0 else place]
        assert value("remove(insert before(l, n, 0), n)", there) in (value("l", there), None) or (
            place < 0
        )


@given(NUMBERS, NUMBERS, NUMBERS, st.booleans(), st.booleans())
def test_a_range_is_two_comparisons(tested, one, other, starts, ends):
    low, high = min(one, other), max(one, other)
    there = {"low": low, "high": high}
    written = f"{'[' if starts else '('}low..high{']' if ends else ')'}"
    expected = (low <= tested if starts else low < tested) and (
        tested <= high if ends else tested < high
    )

    assert holds(written, tested, there) is expected
    assert value(f"x in {written}", {**there, "x": tested}) is expected
    assert value("x in r", {"x": tested, "r": value(written, there)}) is expected
    assert value(f"includes({written}, x)", {**there, "x": tested}) is expected


@given(DATES | TIMES | MOMENTS | SPANS, DATES | TIMES | MOMENTS | SPANS)
def test_order_has_no_sides(one, other):
    order = values.compare(one, other)

    assert order is None or order == -values.compare(other, one)
    if order == 0 and type(one) is type(other):
        assert values.equal(one, other) or (one.zone is None) != (other.zone is None)
