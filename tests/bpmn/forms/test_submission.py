from bpmn.forms.fields import Field, FieldType, Form, Option, Text
from bpmn.forms.submission import from_pairs
from tests.bpmn.forms.checked import check

T = Text("Fråga", "Question")
FORM = Form(
    "f",
    T,
    None,
    (
        Field("title", FieldType.TEXT, T),
        Field("ready", FieldType.BOOL, T),
        Field("kinds", FieldType.MULTI, T, options=(Option("a", T), Option("b", T))),
        Field("people", FieldType.USERS, T),
        Field(
            "comments",
            FieldType.TABLE,
            T,
            columns=(Field("section", FieldType.TEXT, T), Field("done", FieldType.BOOL, T)),
        ),
    ),
)


def test_a_post_becomes_answers():
    submitted = from_pairs(
        FORM,
        [
            ("title", "Rutin"),
            ("ready", "on"),
            ("kinds", "b"),
            ("kinds", "a"),
            ("people", "alice, bob"),
            ("people", "charlie"),
            ("comments-0-section", "1"),
            ("comments-0-done", "on"),
            ("comments-1-section", "2"),
        ],
    )

    assert check(FORM, submitted).values == {
        "title": "Rutin",
        "ready": True,
        "kinds": ["a", "b"],
        "people": ["alice", "bob", "charlie"],
        "comments": [{"section": "1", "done": True}, {"section": "2", "done": False}],
    }


def test_an_empty_post_leaves_everything_open():
    assert check(FORM, from_pairs(FORM, [])).values == {
        "title": None,
        "ready": False,
        "kinds": [],
        "people": [],
        "comments": [],
    }


def test_rows_come_in_the_order_of_their_numbers():
    pairs = [("comments-10-section", "c"), ("comments-2-section", "b"), ("comments-0-section", "")]

    assert from_pairs(FORM, pairs)["comments"] == [
        {"section": ""},
        {"section": "b"},
        {"section": "c"},
    ]


def test_what_belongs_to_the_page_is_passed_over():
    assert from_pairs(FORM, [("_csrf_token", "x"), ("_complete", "1")]) == {}


def test_what_does_not_fit_stays_for_the_check_to_refuse():
    pairs = [
        ("title", "one"),
        ("title", "two"),
        ("comments", "flat"),
        ("people-0-section", "x"),
        ("outcome", "approve"),
    ]

    checked = check(FORM, from_pairs(FORM, pairs))

    assert {error.name for error in checked.errors} == {
        "title",
        "comments",
        "people-0-section",
        "outcome",
    }


def test_odd_row_numbers_are_no_cells():
    for number in ("-1", "1e3", "٣", "9999999", ""):
        name = f"comments-{number}-section"
        assert from_pairs(FORM, [(name, "x")]) == {name: "x"}


def test_many_cells_are_taken_in_one_walk():
    pairs = [(f"comments-{n}-section", "x") for n in range(100_000)]

    (error,) = check(FORM, from_pairs(FORM, pairs)).errors

    assert error.name == "comments"


def test_a_flat_answer_gives_way_to_cells():
    pairs = [("comments", "flat"), ("comments-0-section", "x")]

    assert from_pairs(FORM, pairs)["comments"] == [{"section": "x"}]
