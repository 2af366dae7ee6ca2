from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bpmn import feel
from bpmn.forms.checking import Checked
from bpmn.forms.fields import Field, FieldType, Form, Option, Text
from tests.bpmn.forms.checked import check

T = Text("Fråga", "Question")
OPTIONS = tuple(Option(value, T) for value in ("low", "middle", "high"))


def field(kind: str, name: str = "q", condition: str | None = None, **more: Any) -> Field:
    shown = (feel.read(condition),) if condition else ()
    return Field(name, FieldType(kind), T, visible_if=shown, **more)


def form(*fields: Field) -> Form:
    return Form("f", T, None, fields)


def answer(given: Any, kind: str, **more: Any) -> Any:
    """Return the value that an answer becomes."""
    checked = check(form(field(kind, **more)), {"q": given})
    assert checked.errors == ()
    return checked.values["q"]


def refusal(given: Any, kind: str, **more: Any) -> str:
    """Return the sentence that an answer is refused with."""
    checked = check(form(field(kind, **more)), {"q": given})
    assert checked.values == {}
    assert [error.name for error in checked.errors] == ["q"]
    return checked.errors[0].message


def named(checked: Checked) -> list[str]:
    assert bool(checked.errors) != bool(checked.values)
    return [error.name for error in checked.errors]


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" Rutin för å ", "Rutin för å"),
        ("a\u030a", "å"),
        ("a\tb", "a b"),
        ("👩\u200d⚕️", "👩\u200d⚕️"),
        ("x" * 1000, "x" * 1000),
        ("{label} %s <script>", "{label} %s <script>"),
    ],
    ids=lambda _: "text",
)
def test_a_text_is_kept_tidy(given, kept):
    assert answer(given, "text") == kept


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (5, "text"),
        (True, "text"),
        (["a"], "text"),
        ({"a": "b"}, "text"),
        ("a\nb", "one line"),
        ("x" * 1001, "1000"),
        ("x" * 3_000_000, "1000"),
        ("a\x00b", "control"),
        ("a\x1b[2Jb", "control"),
        ("\ud800", "control"),
        ("\u0958" * 999, "1000"),
    ],
    ids=lambda _: "text",
)
def test_a_bad_text_is_refused(given, word):
    assert word in refusal(given, "text")


def test_a_note_keeps_its_lines():
    assert answer("one\r\ntwo\rthree\n", "note") == "one\ntwo\nthree"
    assert "20000" in refusal("x" * 20_001, "note")


def test_a_form_may_narrow_the_length_of_a_text():
    assert answer("abc", "text", minimum=3, maximum=3) == "abc"
    assert refusal("ab", "text", minimum=3) == "Write at least 3 characters."
    assert "there are 4 now" in refusal("abcd", "text", maximum=3)


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (7, 7),
        ("7", 7),
        (" -7 ", -7),
        ("+7", 7),
        ("12 500", 12500),
        (3.0, 3),
        ("−7", -7),
        ("12\xa0500", 12500),
        (Decimal(3), 3),
        ("007", 7),
        (-0.0, 0),
    ],
)
def test_a_whole_number_is_read_as_typed(given, kept):
    value = answer(given, "int")

    assert value == kept
    assert type(value) is int


@pytest.mark.parametrize(
    "given",
    [
        "seven",
        "7.5",
        "7,5",
        7.5,
        True,
        [7],
        "1e3",
        "0x10",
        "--1",
        "٣",
        "1_000",
        "9" * 5000,
        10**15,
        -(10**15),
        10**5000,
        1e300,
        float("nan"),
        float("inf"),
        Decimal("sNaN"),
        Decimal("1e999999"),
        "NaN",
        "Infinity",
        {},
    ],
    ids=lambda _: "number",
)
def test_what_is_no_whole_number_is_refused(given):
    assert "number" in refusal(given, "int")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("12 500,50", "12500.50"),
        (0.1, "0.1"),
        (3, "3"),
        (Decimal("1.10"), "1.10"),
        ("-0,25", "-0.25"),
        (100000.0, "100000.0"),
        ("-0", "0"),
    ],
)
def test_a_decimal_number_is_read_with_comma_or_point(given, kept):
    value = answer(given, "dec")

    assert type(value) is Decimal
    assert str(value) == kept


@pytest.mark.parametrize(
    "given",
    [
        "1.250,50",
        "1,250,50",
        "12,",
        ",5",
        "abc",
        "NaN",
        "1e5",
        float("nan"),
        float("-inf"),
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1e99999"),
        10**400,
        True,
        [1],
        {},
        "9" * 40,
        "0," + "1" * 11,
        1e-300,
    ],
    ids=lambda _: "number",
)
def test_what_is_no_decimal_number_is_refused(given):
    assert refusal(given, "dec")


def test_numbers_have_bounds():
    assert answer("5", "int", minimum=5, maximum=5) == 5
    assert refusal("4", "int", minimum=5) == "Give 5 or more."
    assert refusal("0,6", "dec", maximum=Decimal("0.5")) == "Give 0.5 or less."


# ---------------------------------------------------------------- days and moments


def test_a_date_is_read():
    assert answer("2026-03-31", "date") == date(2026, 3, 31)
    assert answer(date(2026, 3, 31), "date") == date(2026, 3, 31)


@pytest.mark.parametrize(
    "given",
    [
        "31/3 2026",
        "20260331",
        "2026-W10-1",
        "2026-02-30",
        "2026-3-1",
        "0026-03-31",
        "9999-01-01",
        20260331,
        True,
        datetime(2026, 3, 31, tzinfo=UTC),
        ["2026-03-31"],
        "2026-03-31T10:00",
    ],
)
def test_what_is_no_date_is_refused(given):
    assert "year" in refusal(given, "date")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-01-15T10:00", datetime(2026, 1, 15, 9, tzinfo=UTC)),
        ("2026-07-15 10:00", datetime(2026, 7, 15, 8, tzinfo=UTC)),
        ("2026-07-15T10:00:30.5", datetime(2026, 7, 15, 8, 0, 30, 500_000, tzinfo=UTC)),
        ("2026-07-15T10:00Z", datetime(2026, 7, 15, 10, tzinfo=UTC)),
        ("2026-07-15T10:00+05:30", datetime(2026, 7, 15, 4, 30, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 7, 15, 10, tzinfo=UTC), datetime(2026, 7, 15, 10, tzinfo=UTC)),
    ],
)
def test_a_moment_is_taken_on_the_wall_clock_and_kept_in_utc(given, kept):
    value = answer(given, "dt")

    assert value == kept
    assert value.tzinfo is UTC


def test_the_wall_clock_may_be_another():
    checked = check(form(field("dt")), {"q": "2026-01-15T10:00"}, zone=ZoneInfo("Europe/Helsinki"))

    assert checked.values["q"] == datetime(2026, 1, 15, 8, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused():
    assert "skip" in refusal("2026-03-29T02:30", "dt")


@pytest.mark.parametrize(
    "given",
    [
        "2026-01-15",
        "10:00",
        "2026-01-15T25:00",
        "2026-01-15T10:00+99:00",
        1700000000,
        False,
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        date(2026, 1, 15),
        {"at": 1},
    ],
)
def test_what_is_no_moment_is_refused(given):
    assert "year" in refusal(given, "dt")


# ---------------------------------------------------------------- choices


@pytest.mark.parametrize(
    ("given", "kept"), [(True, True), ("true", True), ("on", True), ("no", False), (False, False)]
)
def test_yes_and_no_are_read(given, kept):
    assert answer(given, "bool", required=True) is kept


@pytest.mark.parametrize("given", [1, 0, "ja?", "TRUE", [True], {}])
def test_what_is_neither_yes_nor_no_is_refused(given):
    assert refusal(given, "bool") == "Answer yes or no."


def test_a_box_that_is_not_ticked_says_no_and_an_open_question_nothing():
    assert check(form(field("bool")), {}).values == {"q": False}
    assert named(check(form(field("bool", required=True)), {})) == ["q"]


def test_one_option_is_chosen():
    assert answer("middle", "enum", options=OPTIONS) == "middle"
    for given in ("LOW", "other", 1, ["low"], {"low": 1}, True):
        assert refusal(given, "enum", options=OPTIONS) == "Choose one of the options."


def test_several_options_are_kept_in_the_order_of_the_form():
    assert answer(["high", "low", "high"], "multi", options=OPTIONS) == ["low", "high"]
    assert answer("low", "multi", options=OPTIONS) == ["low"]
    assert answer(["", None], "multi", options=OPTIONS) == []


@pytest.mark.parametrize("given", [["other"], [["low"]], [1], 1, {"low": True}, ["low"] * 500])
def test_what_is_no_option_is_refused(given):
    assert refusal(given, "multi", options=OPTIONS)


def test_options_are_counted():
    assert "2" in refusal(["low"], "multi", options=OPTIONS, minimum=2)
    assert "1" in refusal(["low", "high"], "multi", options=OPTIONS, maximum=1)


# ---------------------------------------------------------------- people


def test_a_person_is_a_username():
    assert answer(" anna.öberg@kommun.example ", "user") == "anna.öberg@kommun.example"
    for given in ("two words", "a,b", "x" * 151, 5, ["alice"], "\ud800", "a\x00"):
        assert "username" in refusal(given, "user")


def test_people_are_kept_in_the_order_given():
    assert answer(["charlie", " alice", ""], "users") == ["charlie", "alice"]


def test_a_person_is_named_once():
    assert "more than once" in refusal(["alice", "alice "], "users")
    assert "more than once" in refusal(["alice", "Alice"], "users")


@pytest.mark.parametrize("given", ["alice", {"alice": 1}, [["alice"]], [5], ["a b"], ["a"] * 101])
def test_what_are_no_people_is_refused(given):
    assert refusal(given, "users")


def test_people_are_counted():
    assert refusal(["alice"], "users", minimum=2) == "Name at least 2."
    assert refusal(["alice", "bob"], "users", maximum=1) == "Name at most 1."


# ---------------------------------------------------------------- tables

COLUMNS = (
    field("text", "section"),
    field("note", "comment", required=True),
    field("int", "page"),
    field("bool", "done"),
)


def test_rows_are_read_and_blank_rows_dropped():
    rows = [
        {"section": "1", "comment": "Hej", "page": "3"},
        {"section": "", "comment": " ", "page": None, "done": False},
        {},
        {"comment": "Och", "done": "on"},
    ]

    assert answer(rows, "table", columns=COLUMNS) == [
        {"section": "1", "comment": "Hej", "page": 3, "done": False},
        {"section": None, "comment": "Och", "page": None, "done": True},
    ]


def test_a_problem_names_row_and_column_as_they_were_submitted():
    rows = [{}, {"section": "1"}, {"comment": "x", "page": "three", "evil": 1}]

    checked = check(form(field("table", columns=COLUMNS)), {"q": rows})

    assert named(checked) == ["q-1-comment", "q-2-page", "q-2-evil"]


@pytest.mark.parametrize("given", ["x", {"0": {}}, [["x"]], [None, 5], 5])
def test_what_is_no_table_is_refused(given):
    assert refusal(given, "table", columns=COLUMNS) == "Fill in the table."


def test_rows_are_counted():
    row = {"comment": "x"}

    assert answer([{}, row], "table", columns=COLUMNS, minimum=1) == answer(
        [row], "table", columns=COLUMNS
    )
    assert "2" in refusal([row], "table", columns=COLUMNS, minimum=2)
    assert "200" in refusal([row] * 201, "table", columns=COLUMNS)
    assert "200" in refusal([row] * 1_000_000, "table", columns=COLUMNS)
    assert answer([{}] * 1_000_000, "table", columns=COLUMNS) == []


def test_a_table_of_blank_rows_is_no_answer():
    assert named(check(form(field("table", columns=COLUMNS, required=True)), {"q": [{}]})) == ["q"]


# ---------------------------------------------------------------- which questions are asked


@pytest.mark.parametrize("blank", [None, "", "  ", []])
@pytest.mark.parametrize("kind", sorted(set(FieldType) - {FieldType.CALC}))
def test_a_required_question_must_be_answered(kind, blank):
    more = {"options": OPTIONS, "columns": COLUMNS}

    assert named(check(form(field(kind, required=True, **more)), {"q": blank})) == ["q"]
    assert named(check(form(field(kind, required=True, **more)), {})) == ["q"]


@pytest.mark.parametrize("kind", sorted(FieldType))
def test_an_open_question_leaves_an_empty_value(kind):
    lists = ("multi", "users", "clauses", "files", "table")
    empty = {"bool": False, **{each: [] for each in lists}}

    assert check(form(field(kind)), {}).values == {"q": empty.get(kind)}


DECISION = form(
    field("enum", "outcome", options=OPTIONS, required=True),
    field("note", "reason", condition='outcome != "low"', required=True),
    field("users", "people", condition='outcome != "low"'),
)


def test_a_question_that_is_asked_must_be_answered():
    assert named(check(DECISION, {"outcome": "high"})) == ["reason"]
    assert check(DECISION, {"outcome": "high", "reason": "Kort"}).values["reason"] == "Kort"


def test_the_answer_to_a_question_that_is_not_asked_is_dropped():
    checked = check(DECISION, {"outcome": "low", "reason": "left over", "people": "bad: no list"})

    assert checked.values == {"outcome": "low", "reason": None, "people": []}


def test_a_question_that_depends_on_a_bad_answer_is_let_be():
    assert named(check(DECISION, {"outcome": "other"})) == ["outcome"]
    assert named(check(DECISION, {"reason": "Kort"})) == ["outcome"]


def test_a_condition_sees_what_the_process_knows_but_the_form_speaks_for_its_own_names():
    asked = form(
        field("text", "first"),
        field("text", "second", condition='board = "skola"', required=True),
        field("text", "third", condition='first = "old"', required=True),
    )

    assert named(check(asked, {}, {"board": "skola", "first": "old"})) == ["second"]
    assert check(asked, {}, {"board": "vård"}).values == {
        "first": None,
        "second": None,
        "third": None,
    }


def test_a_condition_on_something_unknown_does_not_hold():
    asked = form(field("int", "amount"), field("text", condition="amount > 100", required=True))

    assert check(asked, {}).values == {"amount": None, "q": None}
    assert named(check(asked, {"amount": 200})) == ["q"]


@pytest.mark.parametrize("condition", ["board > 100", "board"])
def test_a_condition_that_cannot_be_decided_is_told(condition):
    checked = check(form(field("text", condition=condition)), {}, {"board": "skola"})

    assert [error.name for error in checked.errors] == ["q"]
    assert "cannot be decided" in checked.errors[0].message


# ---------------------------------------------------------------- names from outside


@pytest.mark.parametrize("name", ["review_round", "_state", "__class__", "Meta", "", "q-0", "ö"])
def test_a_name_that_the_form_does_not_define_is_refused(name):
    checked = check(form(field("text")), {"q": "x", name: "y"})

    assert named(checked) == [name]
    assert "no field" in checked.errors[0].message


def test_a_million_foreign_names_are_told_in_short():
    checked = check(form(field("text")), {f"n{n}": n for n in range(1_000_000)})

    assert len(checked.errors) == 21
    assert "999980" in checked.errors[-1].message


def test_a_foreign_name_is_made_printable():
    (error,) = check(form(field("text")), {"\ud800\n" + "x" * 10_000: 1}).errors

    assert len(error.name) == 100
    assert error.name.encode()
    assert "\n" not in error.name


@pytest.mark.parametrize("name", ["Meta", "load", "fields", "validate", "opts", "context"])
def test_a_field_may_have_any_name(name):
    assert check(form(field("int", name)), {name: "5"}).values == {name: 5}


def test_deep_answers_are_refused_like_flat_ones():
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]

    for kind in FieldType:
        more = {"options": OPTIONS, "columns": COLUMNS}
        assert named(check(form(field(kind, **more)), {"q": deep})) == ["q"]
    while deep:  # Python frees a deep list by recursion
        deep = deep.pop()
