"""What programs are told of the answers to a form."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from bpmn.forms import json_schema
from bpmn.forms.fields import FieldType
from tests.bpmn.forms import forms
from tests.bpmn.forms.checked import check
from tests.factories.json_schemas import problems

LABEL = {"sv": "Fråga", "en": "Question"}
TYPICAL = {
    "text": "a",
    "note": "a\nb",
    "int": 3,
    "dec": 1.5,
    "bool": True,
    "date": "2026-05-01",
    "dt": "2026-05-01T08:00:00+00:00",
    "enum": "a",
    "multi": ["a", "b"],
    "user": "alice",
    "users": ["alice", "bob"],
    "role": "approver",
    "unit": "skola",
    "doc": "Handbok 3",
    "proc": "document-approval",
    "clauses": ["ISO 9001 7.5.2"],
    "inst": "01990000-0000-7000-8000-000000000001",
    "files": ["01990000-0000-7000-8000-000000000001"],
    "table": [{"cell": "a"}],
}


@pytest.mark.parametrize("kind", sorted(TYPICAL))
@pytest.mark.parametrize("required", [False, True])
def test_a_typical_answer_is_valid_and_accepted(kind, required):
    form = forms.form(forms.field(kind, "q", required=required))
    answers = {"q": TYPICAL[kind]}

    assert list(problems(json_schema.of(form, "en"), answers)) == []
    assert check(form, answers).errors == ()


@pytest.mark.parametrize("kind", sorted(TYPICAL))
def test_an_answer_that_is_needed_cannot_be_left_out(kind):
    form = forms.form(forms.field(kind, "q", required=True))
    schema = json_schema.of(form, "en")

    for answers in ({}, {"q": None}):
        assert list(problems(schema, answers))
        assert check(form, answers).errors


def test_what_the_server_writes_is_read_only_and_conditions_are_told():
    form = forms.form(
        forms.field("int", "amount", minimum=1),
        forms.field("text", "why", visibleIf="amount > 5", required=True),
        forms.field("calc", "double", value="amount * 2"),
        forms.field("sign", "signed", meaning="approved"),
        rules=[{"holds": "amount < 9", "message": LABEL, "field": "amount"}],
    )

    schema = json_schema.of(form, "sv")

    assert "required" not in schema
    assert schema["properties"]["why"]["x-visible-if"] == ["amount > 5"]
    assert schema["properties"]["double"]["readOnly"] is True
    assert schema["properties"]["double"]["x-value"] == "amount * 2"
    assert schema["properties"]["signed"]["x-meaning"] == "approved"
    assert schema["x-rules"] == [{"holds": "amount < 9", "message": "Fråga", "field": "amount"}]
    assert schema["additionalProperties"] is False


def test_it_speaks_the_language_asked_for_and_tells_what_questions_begin_with():
    form = forms.form(forms.field("date", "day"), forms.field("dec", "sum", maximum=5))

    schema = json_schema.of(form, "en", {"day": date(2026, 5, 1), "sum": Decimal("1.5")})

    assert schema["properties"]["day"]["title"] == "Question"
    assert schema["properties"]["day"]["default"] == "2026-05-01"
    assert schema["properties"]["sum"]["default"] == 1.5
    assert schema["properties"]["sum"]["maximum"] == 5


@given(forms.definitions())
def test_every_form_has_a_schema(content):
    form = forms.form(*content.pop("fields"), **content)

    schema = json_schema.of(form, "sv")

    assert list(schema["properties"]) == list(form.names)
    assert all(each["x-type"] in set(FieldType) for each in schema["properties"].values())
