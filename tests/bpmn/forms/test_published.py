"""The published schema of definitions agrees with the code that reads them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn import routines
from bpmn.forms import definition, published, vocabulary
from bpmn.forms.fields import FieldType
from tests.bpmn.forms import forms
from tests.factories.json_schemas import problems

KEPT = Path(__file__).parents[3] / "docs/reference/form.schema.json"
SCHEMA = json.loads(KEPT.read_text("utf-8"))
STRUCTURAL = {"form-unknown-key", "form-missing-key", "form-type", "form-value", "form-text"}


def rules(content) -> set[str]:
    source = json.dumps(content).encode()
    return {each.rule for each in definition.read(source, "f.form.json")[1]}


def test_it_is_what_the_code_says():
    assert KEPT.read_text("utf-8") == published.text()


@given(forms.definitions())
def test_what_is_read_is_valid(content):
    assert rules(content) == set()
    assert list(problems(SCHEMA, json.loads(json.dumps(content)))) == []


@pytest.mark.parametrize("path", sorted(routines.ROOT.glob("*/*.form.json")), ids=lambda p: p.name)
def test_the_shipped_forms_are_valid(path):
    assert list(problems(SCHEMA, json.loads(path.read_text("utf-8")))) == []


@given(
    forms.definitions(),
    st.sampled_from(["label", "type", "name", "options", "columns", "value", "meaning"]),
    st.sampled_from(["gone", None, 5, "nonsense"]),
)
def test_what_is_valid_has_no_mistake_of_structure_and_the_reverse(content, key, put):
    content = json.loads(json.dumps(content))
    entry = (content.get("fields") or content["sections"][0]["fields"])[0]
    if put == "gone":
        entry.pop(key, None)
    else:
        entry[key] = put

    found = rules(content)

    assert bool(found & STRUCTURAL) <= bool(list(problems(SCHEMA, content)))
    if not found:
        assert list(problems(SCHEMA, content)) == []


@pytest.mark.parametrize("kind", sorted(FieldType))
def test_every_key_of_every_type_is_described(kind):
    described = SCHEMA["$defs"][f"field-{kind}"]["properties"]

    assert set(described) == {
        *vocabulary.keys(kind, column=False),
        *vocabulary.old_keys(kind, column=False),
    }


def test_a_wrong_form_is_not_valid():
    wrong = {"key": "f", "title": forms.LABEL, "fields": [forms.field("text", "a", options=[])]}

    assert list(problems(SCHEMA, wrong))
