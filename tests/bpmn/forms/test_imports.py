"""Forms of other products become forms of ours, or it is said why not."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn import deployment
from bpmn.forms.imports import form_js
from bpmn.forms.imports.carried import Carried
from tests.bpmn.forms.checked import check

CORPORA = Path(__file__).parents[4] / "shared/corpora"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
<process id="{process}" isExecutable="true">{inside}<startEvent id="s"/>
<sequenceFlow id="f" sourceRef="s" targetRef="a"/>
<userTask id="a" name="Ask" {said}>{extensions}</userTask></process></definitions>"""


def model(extensions="", said="", inside="", process="p") -> bytes:
    boxed = f"<extensionElements>{extensions}</extensionElements>" if extensions else ""
    around = f"<extensionElements>{inside}</extensionElements>" if inside else ""
    return MODEL.format(extensions=boxed, said=said, inside=around, process=process).encode()


def deployed(resources):
    """Return the forms of the process `p`, and what was found."""
    checked = deployment.check(resources)
    assert not checked.refused, [each.message for each in checked.findings]
    process = checked.processes["p"]
    key = process.process.elements["a"].work.form_key
    return process.forms.get(key), [(each.rule, each.message) for each in checked.findings]


def carried(*components, **more):
    """Carry over a form of form-js."""
    carrier = Carried("f.form")
    form = form_js.read({"components": list(components), **more}, "f", "Title", carrier)
    for each in carrier.findings:
        assert each.rule == "form-import"
        assert each.message.encode()
    return form, [each.message for each in carrier.findings]


def component(kind, key="q", **more):
    return {"type": kind, "key": key, "id": f"Field_{key}", "label": str(key).upper(), **more}


# ---------------------------------------------------------------- form-js


def test_every_component_that_asks_becomes_a_question():
    values = [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]
    form, said = carried(
        component("textfield", "one", description="Help", validate={"required": True, "maxLength": 9}),
        component("textarea", "two"),
        component("number", "three", decimalDigits=0, validate={"min": 1, "max": 5}),
        component("number", "four", defaultValue=1.5),
        component("checkbox", "five"),
        component("radio", "six", values=values, defaultValue="b"),
        component("select", "seven", values=values),
        component("checklist", "eight", values=values),
        component("taglist", "nine", values=values),
        component("datetime", "ten", subtype="date", dateLabel="Day"),
        component("datetime", "eleven", subtype="datetime"),
        component("filepicker", "twelve"),
        component("expression", "thirteen", expression="=three * 2"),
        component("dynamiclist", "fourteen", components=[component("textfield", "cell")]),
        {"type": "button"},
        {"type": "separator"},
    )  # fmt: skip

    assert said == []
    assert form.key == "f"
    assert [each.type for each in form.fields] == [
        *("text", "note", "int", "dec", "bool", "enum", "enum", "multi", "multi"),
        *("date", "dt", "files", "calc", "table"),
    ]
    one, three, six = form.fields[0], form.fields[2], form.fields[5]
    assert (one.required, one.maximum, one.help.sv) == (True, 9, "Help")
    assert (three.minimum, three.maximum) == (1, 5)
    assert six.default == "b"
    assert form.field("fourteen").columns[0].name == "cell"


def test_conditions_are_feel_and_mean_the_same():
    form, said = carried(
        component("number", "amount"),
        component("textfield", "why", conditional={"hide": "=amount < 10"}, validate={"required": True}),
        component("textfield", "must", validate={"required": "=amount > 20"}),
        component("textfield", "kept", readonly="=amount > 30"),
    )  # fmt: skip

    def names(submitted):
        return [each.name for each in check(form, submitted).errors]

    assert said == []
    assert names({"amount": 5}) == []
    assert names({"amount": 15}) == ["why"]
    assert names({}) == ["why"]  # null hides nothing
    assert names({"amount": 25, "why": "x"}) == ["must"]
    assert names({"amount": 35, "why": "x", "must": "y", "kept": "z"}) == ["kept"]


def test_groups_become_sections_and_hide_what_is_in_them():
    hidden = {"hide": "=more != true"}
    form, said = carried(
        component("checkbox", "more"),
        {
            "type": "group",
            "label": "Further",
            "conditional": hidden,
            "components": [component("textfield", "why", validate={"required": True})],
        },
        {"type": "button"},
    )

    assert said == []
    assert [each.title and each.title.en for each in form.sections] == [None, "Further"]
    assert check(form, {}).errors == ()
    assert [each.name for each in check(form, {"more": True}).errors] == ["why"]


def test_a_group_between_questions_loses_its_heading_but_not_its_condition():
    form, _ = carried(
        component("checkbox", "more"),
        {
            "type": "group",
            "conditional": {"hide": "=more != true"},
            "components": [component("textfield", "why", validate={"required": True})],
        },
        component("textfield", "last"),
    )

    assert form.names == ("more", "why", "last")
    assert form.sections == ()
    assert [each.name for each in check(form, {"more": True}).errors] == ["why"]


@pytest.mark.parametrize(
    ("pattern", "fitting", "other"),
    [
        ("^[a-z]+$", "abc", "abc1"),
        ("[0-9]", "a1b", "ab"),
        ("^a|b$", "xb", "bx"),
        ("^a", "ab", "ba"),
    ],
)
def test_a_pattern_means_what_it_meant(pattern, fitting, other):
    form, said = carried(
        component(
            "textfield", validate={"pattern": pattern, "patternErrorMessage": "Write another."}
        )
    )

    assert said == []
    assert check(form, {"q": fitting}).errors == ()
    assert [each.message for each in check(form, {"q": other}).errors] == ["Write another."]


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ({"type": "text", "text": "# Hello", "id": "x"}, "not shown"),
        ({"type": "html", "content": "<b>", "id": "x"}, "not shown"),
        (component("textfield", validate={"validationType": "phone"}), "not checked"),
        (component("number", validate={"min": "=other"}), "not checked"),
        (component("textfield", label="=name"), "worked out"),
        (component("textfield", "a name", disabled=True), "cannot be the name"),
    ],
)
def test_what_is_left_behind_is_told_and_the_form_is_used(lost, words):
    form, said = carried(lost, component("textfield", "other"))

    assert form is not None
    assert len(said) == 1
    assert words in said[0]


@pytest.mark.parametrize(
    "asked",
    [
        component("textfield", "a name"),
        component("textfield", "order.amount"),
        component("textfield", None),
        component("select", valuesKey="options"),
        component("select", valuesExpression="=options"),
        component("select", values=[{"label": "A b", "value": "a b"}]),
        component("datetime", subtype="time"),
        component("signature"),
        component("textfield", conditional={"hide": "=this is ( no feel"}),
        component("number", defaultValue="many"),
        component("dynamiclist", components=[]),
        component("dynamiclist", components=[component("dynamiclist", "inner")]),
    ],
)
def test_what_cannot_be_asked_leaves_the_task_without_a_form(asked):
    form, said = carried(asked, component("textfield", "other"))

    assert form is None
    assert said[-1] == "The form is not used, and the task takes any answers."


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.just("=a"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
kinds = st.sampled_from(
    [
        *form_js.SIMPLE,
        *form_js.CHOICES,
        *form_js.SHOWN,
        "group",
        "number",
        "datetime",
        "dynamiclist",
    ]
)
keywords = st.sampled_from(
    [
        *("type", "key", "id", "label", "description", "values", "validate", "conditional"),
        *("disabled", "readonly", "defaultValue", "components", "subtype", "decimalDigits"),
        "expression",
    ]
)
noise = st.dictionaries(keywords, json_values, max_size=3)


@given(st.lists(st.builds(lambda kind, more: component(kind) | more, kinds, noise), max_size=3))
def test_any_form_of_form_js_gives_a_form_or_findings(components):
    form, said = carried(*components)

    assert form is not None or said or not components


@given(st.binary(max_size=100))
def test_any_file_gives_findings_or_a_form(source):
    deployment.check({"f.form": source})


# ---------------------------------------------------------------- in a deployment

FORM = json.dumps(
    {"id": "Form_1", "type": "default", "components": [component("textfield", "reason")]}
).encode()


@pytest.mark.parametrize(
    "task",
    [
        model('<zeebe:formDefinition formId="Form_1" />'),
        model(said='camunda:formRef="Form_1"'),
        model(said='camunda:formKey="camunda-forms:deployment:forms/report.form"'),
    ],
)
@pytest.mark.parametrize("name", ["forms/report.form", "report.form.json"])
def test_a_form_beside_the_model_is_found_by_its_id_or_its_file(task, name):
    form, said = deployed({"p.bpmn": task, name: FORM})

    assert said == []
    assert form.names == ("reason",)


def test_a_form_in_the_model_is_found():
    inside = f'<zeebe:userTaskForm id="f1">{FORM.decode()}</zeebe:userTaskForm>'
    task = '<zeebe:formDefinition formKey="camunda-forms:bpmn:f1" />'
    one, other = model(task, inside=inside), model(task, inside=inside, process="other")

    form, said = deployed({"p.bpmn": one, "other.bpmn": other})

    assert said == []
    assert form.names == ("reason",)


DATA = """<camunda:formData>
  <camunda:formField id="reason" label="Skäl" type="string" defaultValue="none"><camunda:validation>
    <camunda:constraint name="required" /><camunda:constraint name="maxlength" config="20" />
  </camunda:validation></camunda:formField>
  <camunda:formField id="amount" type="long" defaultValue="3"><camunda:validation>
    <camunda:constraint name="min" config="2" />
  </camunda:validation></camunda:formField>
  <camunda:formField id="sure" label="Sure?" type="boolean" defaultValue="true" />
  <camunda:formField id="day" label="Day" type="date" />
  <camunda:formField id="kind" label="Kind" type="enum" defaultValue="a">
    <camunda:value id="a" name="First" /><camunda:value id="b" name="Second" />
  </camunda:formField>
  <camunda:formField id="shown" type="string"><camunda:validation>
    <camunda:constraint name="readonly" /></camunda:validation></camunda:formField>
</camunda:formData>"""


def test_questions_in_the_model_become_a_form():
    form, said = deployed({"p.bpmn": model(DATA)})

    assert said == []
    assert form.title.sv == "Ask"
    assert [each.type for each in form.fields] == ["text", "int", "bool", "date", "enum", "text"]
    assert [each.default for each in form.fields] == ["none", 3, True, None, "a", None]
    reason, amount = form.fields[:2]
    assert (reason.label.sv, reason.required, reason.maximum) == ("Skäl", True, 20)
    assert amount.minimum == 2
    assert [option.label.en for option in form.fields[4].options] == ["First", "Second"]
    assert [each.name for each in check(form, {"reason": "x", "shown": "y"}).errors] == ["shown"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ('id="q" type="string" defaultValue="${user}"', "default"),
        ('id="q" type="date" defaultValue="01/02/2026"', "default"),
        ('id="q" type="enum" defaultValue="#{users}"', "default"),
    ],
)
def test_a_default_that_cannot_be_carried_over_is_told(field, words):
    values = '<camunda:value id="a" name="A" />' if "enum" in field else ""
    data = f"<camunda:formData><camunda:formField {field}>{values}</camunda:formField></camunda:formData>"

    form, [(rule, message)] = deployed({"p.bpmn": model(data)})

    assert form is not None
    assert rule == "form-import"
    assert words in message


@pytest.mark.parametrize(
    "field",
    ['id="a b" type="string"', 'id="q" type="invoice"', 'id="q" type="enum"', 'type="string"'],
)
def test_a_question_that_cannot_be_asked_leaves_the_task_without_a_form(field):
    data = f"<camunda:formData><camunda:formField {field} /></camunda:formData>"

    form, said = deployed({"p.bpmn": model(data)})

    assert form is None
    assert {rule for rule, _ in said} == {"form-import"}


def test_a_task_that_names_a_form_does_not_ask_what_stands_in_it():
    said = deployed({"p.bpmn": model(DATA, 'camunda:formKey="x"')})[1]

    assert sorted(rule for rule, _ in said) == ["form-import", "missing-form"]


def test_the_identity_of_a_version_does_not_depend_on_what_is_kept_in_it():
    """The file of the model is counted once, as it was before its forms were read."""
    source = model(DATA)
    ready = deployment.check({"p.bpmn": source}).processes["p"]

    assert ready.forms
    assert ready.identity == sha256(b"p\n" + sha256(source).digest()).hexdigest()


@pytest.mark.skipif(not CORPORA.exists(), reason="the shared corpora are not there")
def test_the_forms_of_the_corpora_are_carried_over_or_told():
    carried_over, told = 0, 0
    for path in sorted(CORPORA.rglob("*.bpmn")):
        source = path.read_bytes()
        if b"formData" in source or b"userTaskForm" in source:
            checked = deployment.check(
                {path.name: source}, options=deployment.Options(execute_unmarked=True)
            )
            carried_over += sum(len(each.forms) for each in checked.processes.values())
            told += any(each.rule == "form-import" for each in checked.findings)

    assert carried_over > 10
    assert told > 0
