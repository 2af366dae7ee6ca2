import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.forms import definition
from bpmn.forms.fields import FieldType, Form

LABEL = {"sv": "Fråga", "en": "Question"}
OPTIONS = [{"value": "a", "label": LABEL}, {"value": "b", "label": LABEL}]


def entry(kind: str = "text", name: str = "question", **more: object) -> dict[str, object]:
    return {"name": name, "type": kind, "label": LABEL, **more}


def source(*fields: object, **more: object) -> bytes:
    return json.dumps({"key": "f", "title": LABEL, "fields": list(fields), **more}).encode()


def read(*fields: object, **more: object) -> Form:
    form, findings = definition.read(source(*fields, **more), "f.form.json")
    assert findings == []
    assert form is not None
    return form


def rules(content: bytes, resource: str = "f.form.json") -> list[str]:
    form, findings = definition.read(content, resource)
    assert (form is None) == bool(findings)
    for finding in findings:
        assert finding.resource == resource
        assert finding.message.encode()
    return [finding.rule for finding in findings]


# ---------------------------------------------------------------- what is read


def test_a_form_is_read_with_its_words_in_both_languages():
    form = read(entry(help={"sv": "Råd", "en": "Advice"}), intro={"sv": "Hej", "en": "Hello"})

    assert form.key == "f"
    assert form.names == ("question",)
    assert form.intro is not None
    assert form.intro.in_language("sv") == "Hej"
    assert form.intro.in_language("en-GB") == "Hello"
    assert form.intro.in_language("fi") == "Hej"
    assert form.fields[0].help is not None
    assert form.fields[0].help.in_language("en") == "Advice"


def test_a_field_is_found_by_its_name():
    form = read(entry(name="one"), entry(name="two"))

    assert form.field("two") is form.fields[1]
    assert form.field("three") is None


@pytest.mark.parametrize("kind", sorted(FieldType))
def test_every_type_is_read(kind):
    extra = {
        "enum": {"options": OPTIONS},
        "multi": {"options": OPTIONS},
        "table": {"columns": [entry(name="cell")]},
        "calc": {"value": "1 + 1"},
        "sign": {"meaning": "read"},
    }

    assert read(entry(kind, **extra.get(kind, {}))).fields[0].type == kind


def test_bounds_and_default_are_read():
    field = read(entry("dec", minimum=0.1, maximum=9, default=1, required=True)).fields[0]

    assert (field.minimum, field.maximum, field.default) == (Decimal("0.1"), 9, 1)
    assert field.required


def test_a_condition_may_look_at_fields_above_and_at_process_variables():
    form = read(entry(name="first"), entry(condition='first = "x" and board'))

    [condition] = form.fields[1].visible_if
    assert condition.text == 'first = "x" and board'
    assert set(condition.names) == {"first", "board"}


def test_a_byte_order_mark_is_passed_over():
    assert rules(b"\xef\xbb\xbf" + source(entry())) == []


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ({"type": "text", "label": LABEL}, "form-missing-key"),
        ({"name": "question", "label": LABEL}, "form-missing-key"),
        (entry(name="_token"), "form-name"),
        (entry(name="två"), "form-name"),
        (entry(name="a-b"), "form-name"),
        (entry(name="1a"), "form-name"),
        (entry(name="in"), "form-name"),
        (entry(name="a" * 65), "form-name"),
        (entry(name=["a"]), "form-value"),
        (entry("file"), "form-type"),
        (entry(["text"]), "form-value"),
        (entry(requried=True), "form-unknown-key"),
        (entry(options=OPTIONS), "form-unknown-key"),
        (entry("date", minimum=1), "form-unknown-key"),
        (entry(required="yes"), "form-value"),
        ({"name": "question", "type": "text"}, "form-text"),
        (entry(help="Råd"), "form-text"),
        (entry(help={"sv": "Råd"}), "form-text"),
        (entry(help={"sv": "Råd", "en": " "}), "form-text"),
        (entry(help={"sv": "Råd", "en": "A", "fi": "N"}), "form-unknown-key"),
        (entry(help={"sv": "Råd\x00", "en": "A"}), "form-text"),
        (entry(help={"sv": "\ud800", "en": "A"}), "form-text"),
        (entry(help={"sv": "Råd", "en": 5}), "form-text"),
        (entry("enum"), "form-missing-key"),
        (entry("enum", options=[]), "form-limit"),
        (entry("enum", options={"a": 1}), "form-value"),
        (entry("enum", options=["a"]), "form-value"),
        (entry("enum", options=[OPTIONS[0], OPTIONS[0]]), "form-options"),
        (entry("enum", options=[{"value": "a b", "label": LABEL}]), "form-options"),
        (entry("enum", options=[{"value": "a", "label": LABEL, "x": 1}]), "form-unknown-key"),
        (entry(condition="question =="), "form-condition"),
        (entry(condition="question = 1"), "form-condition"),
        (entry(condition="below = 1"), "form-condition"),
        (entry(condition="board == 1"), "form-condition"),
        (entry(condition="board = 'a'"), "form-condition"),
        (entry(condition="not board"), "form-condition"),
        (entry(condition=True), "form-value"),
        (entry(condition=""), "form-value"),
        (entry("int", minimum=2, maximum=1), "form-bounds"),
        (entry("int", minimum=0.5), "form-bounds"),
        (entry("int", minimum=True), "form-bounds"),
        (entry("int", maximum=10**400), "form-bounds"),
        (entry("text", maximum=1001), "form-bounds"),
        (entry("text", maxLength=1001), "form-bounds"),
        (entry("text", maxLength=5, maximum=5), "form-unknown-key"),
        (entry("users", minimum=-1), "form-bounds"),
        (entry("int", default="many"), "form-default"),
        (entry("int", minimum=2, default=1), "form-default"),
        (entry(default=""), "form-default"),
        (entry("enum", options=OPTIONS, default="c"), "form-default"),
        (entry("multi", options=OPTIONS, default=[["a"]]), "form-default"),
        (entry("table"), "form-missing-key"),
        (entry("table", columns=[entry("table", name="cell")]), "form-type"),
        (entry("table", columns=[entry("users", name="cell")]), "form-type"),
        (entry("table", columns=[entry(name="c", condition="a")]), "form-unknown-key"),
        (entry("table", columns=[entry(), entry()]), "form-duplicate-name"),
        (entry("table", columns=[entry(name="cell")], default=[]), "form-unknown-key"),
    ],
)
def test_a_mistake_in_a_field_is_found(field, rule):
    assert rule in rules(source(field, entry(name="below")))


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"key": "Other Key"}, "form-key"),
        ({"key": "other"}, "form-key"),
        ({"key": None}, "form-missing-key"),
        ({"title": "Titel"}, "form-text"),
        ({"intro": 1}, "form-text"),
        ({"fields": []}, "form-limit"),
        ({"fields": [1]}, "form-value"),
        ({"fields": None}, "form-missing-key"),
        ({"layout": "wide"}, "form-unknown-key"),
    ],
)
def test_a_mistake_in_the_form_is_found(more, rule):
    content = json.loads(source(entry())) | more

    assert rule in rules(json.dumps(content).encode())


def test_a_name_is_used_once():
    assert rules(source(entry(), entry("int"))) == ["form-duplicate-name"]


def test_the_columns_of_tables_count_as_fields():
    def table(name):
        return entry("table", name, columns=[entry(name=f"c{n}") for n in range(120)])

    assert rules(source(table("t"))) == []
    assert rules(source(table("t"), table("u"))) == ["form-limit"]
    assert rules(source(*(entry(name=f"f{n}") for n in range(201)))) == ["form-limit"]


def test_all_mistakes_are_told_at_once():
    assert rules(source(entry(name="_a"), entry("file"), {"type": "int", "name": "b"})) == [
        "form-name",
        "form-type",
        "form-text",
    ]


def test_a_finding_says_where_it_is():
    _, findings = definition.read(
        source(entry("enum", options=[{"value": "a", "label": {"sv": "A"}}])), "f.form.json"
    )

    assert [each.message for each in findings] == [
        "fields[0].options[0]: 'label' has no words in en."
    ]


# ---------------------------------------------------------------- what is no JSON, or hostile


def test_broken_json_is_found_with_its_line():
    _, findings = definition.read(b'{\n  "key": "f",\n  oops\n}', "f.form.json")

    assert [(each.rule, each.line) for each in findings] == [("form-json", 3)]


def test_other_encodings_are_found_with_their_line():
    _, findings = definition.read('{\n"key": "å"}'.encode("latin-1"), "f.form.json")

    assert [(each.rule, each.line) for each in findings] == [("form-json", 2)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b'{"key": NaN}',
        b'{"key": -Infinity}',
        b'{"key": 1' + b"0" * 5000 + b"}",
        b'{"key": 1e999999999999999999999999}',
        b"[" * 100_000,
        b'{"a":' * 40_000,
    ],
    ids=range(9),
)
def test_what_is_no_form_is_found(content):
    assert "form-json" in rules(content)


def test_a_key_that_stands_twice_is_found():
    assert "form-json" in rules(source(entry())[:-1] + b', "key": "g"}', "g.form.json")


def test_a_form_has_a_greatest_size():
    assert rules(source(entry(), intro={"sv": "x" * 300_000, "en": "x"})) == ["form-size"]


@given(st.binary(max_size=200))
def test_any_bytes_give_a_form_or_findings(content):
    rules(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=5,
)
keys = st.sampled_from(
    [
        "name",
        "type",
        "label",
        "help",
        "required",
        "options",
        "columns",
        "condition",
        "default",
        "minimum",
        "maximum",
        "value",
        "sv",
        "en",
        "key",
        "title",
        "intro",
        "fields",
    ]
)


@given(st.sampled_from(sorted(FieldType)), st.dictionaries(keys, json_values, max_size=3))
def test_any_value_in_any_place_gives_a_form_or_findings(kind, noise):
    base = entry(kind, options=OPTIONS, columns=[entry(name="cell")])

    rules(source(base | noise))
    rules(source(entry("table", columns=[base | noise])))
    rules(source(entry("enum", options=[OPTIONS[0] | noise])))
    rules(source(entry(), **noise))
