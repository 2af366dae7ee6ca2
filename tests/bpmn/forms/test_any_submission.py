"""Whatever is submitted, there are values or errors, and never an exception."""

from hypothesis import given
from hypothesis import strategies as st

from bpmn import feel
from bpmn.forms.fields import Field, FieldType, Form, Option, Text
from bpmn.forms.submission import from_pairs
from tests.bpmn.forms.checked import check

T = Text("Fråga", "Question")
SIMPLE = [kind for kind in FieldType if kind not in {"multi", "users", "table"}]
OPTIONS = (Option("a", T), Option("b", T))
COLUMNS = tuple(Field(f"c_{kind}", kind, T, options=OPTIONS) for kind in SIMPLE)
FORM = Form(
    "any",
    T,
    None,
    tuple(
        Field(
            f"{kind}_{number}",
            kind,
            T,
            required=bool(number),
            options=OPTIONS,
            columns=COLUMNS,
            condition=feel.read('enum_0 = "a"') if number and kind != "enum" else None,
        )
        for number in (0, 1)
        for kind in FieldType
    ),
)

texts = st.text(st.characters(exclude_categories=()), max_size=30)  # with lone surrogates
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.datetimes() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
)
rows = st.lists(st.dictionaries(st.sampled_from([f"c_{kind}" for kind in SIMPLE]), json_values))
names = st.sampled_from(FORM.names)
submissions = st.dictionaries(names | texts, json_values | rows | st.sampled_from(["a", "b"]))


@given(submissions, submissions)
def test_any_json_gives_values_or_errors(submitted, known):
    checked = check(FORM, submitted, known)

    assert bool(checked.values) != bool(checked.errors)
    assert not checked.values or tuple(checked.values) == FORM.names
    for error in checked.errors:
        (error.message + error.name).encode()  # can be shown


@given(submissions)
def test_what_was_accepted_is_accepted_again(submitted):
    accepted = check(
        FORM, {name: value for name, value in submitted.items() if name in FORM.names}
    )

    if accepted.values:
        assert check(FORM, accepted.values) == accepted


cells = st.builds(
    "{}-{}-{}".format, st.sampled_from(["table_0", "text_0", "x"]), st.integers(-9, 10**9), texts
)


@given(st.lists(st.tuples(names | cells | texts, texts)))
def test_any_post_gives_values_or_errors(pairs):
    checked = check(FORM, from_pairs(FORM, pairs))

    assert bool(checked.values) != bool(checked.errors)
