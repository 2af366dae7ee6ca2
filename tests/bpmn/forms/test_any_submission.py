"""Whatever is submitted to whatever form, there are values or errors, and never an exception."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bpmn.forms import definition, vocabulary
from bpmn.forms.answers import kinds
from bpmn.forms.checking import Checked
from bpmn.forms.fields import FieldType, Form
from bpmn.forms.registers import NoRegisters, Signature
from bpmn.forms.submission import from_pairs
from tests.bpmn.forms import forms
from tests.bpmn.forms.checked import STOCKHOLM, check

SIMPLE = sorted(vocabulary.COLUMNS)
FORM = forms.form(
    *(
        forms.field(
            kind,
            f"{kind}_{number}",
            **(
                {"columns": [forms.field(each, f"c_{each}") for each in SIMPLE]}
                if kind == "table"
                else {}
            ),
            **({"required": bool(number)} if kind != "calc" else {}),
            **({"visibleIf": 'enum_0 = "a"'} if number and kind != "enum" else {}),
        )
        for number in (0, 1)
        for kind in FieldType
    )
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

plausible = st.one_of(
    st.sampled_from(["a", "b", "ab", "2026-05-01", "2026-05-01T08:00", "alice", "12,5", 1, 2]),
    st.booleans(),
    st.none(),
    st.lists(st.sampled_from(["a", "b", "c"]), max_size=3),
    st.just("01990000-0000-7000-8000-000000000001"),
    st.lists(st.fixed_dictionaries({"c0": st.sampled_from(["a", 1, True, None])}), max_size=2),
)
answers = st.dictionaries(st.sampled_from(forms.NAMES), plausible | json_values)
variables = st.dictionaries(
    st.sampled_from([*forms.NAMES, "board", "known"]), plausible | json_values
)


class AnyRegisters(NoRegisters):
    def query(self, *_):
        return "a"

    def signature(self, *_):
        return Signature("alice", datetime(2026, 5, 1, tzinfo=UTC))


def read(content: dict) -> Form:
    form, findings = definition.read(json.dumps(content).encode(), "f.form.json")
    assert [each.message for each in findings] == []
    return form


def assert_whole(form: Form, checked: Checked) -> None:
    """Values for all names, or errors that can be shown."""
    assert bool(checked.values) != bool(checked.errors)
    assert not checked.values or tuple(checked.values) == form.names
    for error in checked.errors:
        (error.message + error.name).encode()


@given(forms.definitions(), answers, variables, st.sampled_from([NoRegisters(), AnyRegisters()]))
def test_any_json_to_any_form_gives_values_or_errors(content, submitted, known, registers):
    form = read(content)

    assert_whole(form, check(form, submitted, known, registers=registers))


@given(forms.definitions(), answers, variables)
def test_what_is_kept_is_what_the_schema_loads(content, submitted, known):
    form = read(content)
    checked = check(form, submitted, known)

    loaded = kinds.sheet(form.fields, STOCKHOLM).read(submitted).answered
    simple = [field.name for field in form.fields if field.type is not FieldType.TABLE]
    empty = (None, False, [])
    for name in simple if checked.values else ():
        if name in submitted and checked.values[name] not in empty:
            assert checked.values[name] == loaded[name]


@given(submissions, submissions)
def test_any_json_gives_values_or_errors(submitted, known):
    assert_whole(FORM, check(FORM, submitted, known))


@given(submissions)
def test_what_was_accepted_is_accepted_again(submitted):
    accepted = check(
        FORM, {name: value for name, value in submitted.items() if name in FORM.names}
    )

    if accepted.values:
        assert check(FORM, _written(accepted.values)) == accepted


def _written(values):
    """Leave out what the server writes itself."""
    return {
        name: [_written(row) for row in value] if name.startswith("table") else value
        for name, value in values.items()
        if not name.startswith(("sign", "calc", "c_calc"))
    }


cells = st.builds(
    "{}-{}-{}".format, st.sampled_from(["table_0", "text_0", "x"]), st.integers(-9, 10**9), texts
)


@given(st.lists(st.tuples(names | cells | texts, texts)))
def test_any_post_gives_values_or_errors(pairs):
    checked = check(FORM, from_pairs(FORM, pairs))

    assert bool(checked.values) != bool(checked.errors)
