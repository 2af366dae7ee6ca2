"""
Whatever is sent as the answers to whatever form: taken, or refused by the name of the answer.

What is refused leaves no trace; what is taken is kept as the schema of the form reads it.
"""

import json
import re
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bpmn.forms import checking, definition
from bpmn.forms.answers import kinds
from bpmn.forms.answers.texts import printable
from bpmn.forms.fields import FieldType
from bpmn.forms.vocabulary import WRITTEN_HERE
from bpmn.workflow import variables
from engine.execution.library import DeployedLibrary
from engine.identity.actor import SYSTEM
from engine.instances.models import ProcessInstance
from engine.uow import look
from tests.bpmn.forms import forms
from tests.factories import answers
from tests.factories.diagrams import one_task
from tests.factories.problems import problem

FORMS = {"sqlite": 22, "postgresql": 4}
"""How many are tried, by the kind of database."""
SENT = 8
"""How much is sent to each form."""
BEGINNINGS = st.dictionaries(
    st.sampled_from([*forms.NAMES, "board", "known"]),
    st.sampled_from(["a", "b", 2, 7, True, None, ["a"], {"c0": "a"}, [{"c0": "a"}]]),
)
EVERY_KIND = {
    "key": "f",
    "title": forms.LABEL,
    "fields": [
        forms.field("text", "f0", required=True),
        *(forms.field(each, f"a_{each}") for each in FieldType),
    ],
}
CELL = re.compile(r"([A-Za-z0-9_]+)-([0-9]+)-(.*)", re.DOTALL)


class Case:
    """A case that waits for the answers to a form."""

    def __init__(self, alice, installation, version, begun):
        self._alice = alice
        self._installation = installation
        body = {"definition_id": version, "variables": begun}
        self._id = alice.post("/process-instances", json=body).json["id"]
        self._task = alice.tasks({"id": self._id})["a"]["id"]
        assert alice.get(f"/user-tasks/{self._task}/form").status == 200

    def send(self, body):
        path = f"/user-tasks/{self._task}/completion"
        return self._alice.send("POST", path, body=body, content_type="application/json")

    def shown(self):
        answer = self._alice.get(f"/process-instances/{self._id}")
        assert answer.status == 200, answer.text
        return answer.json["variables"]

    def told(self):
        """Return what is told of the task, and of what happened in the case."""
        task = self._alice.get(f"/user-tasks/{self._task}")
        events = self._alice.get(f"/process-instances/{self._id}/events", limit=1000)
        assert (task.status, events.status) == (200, 200)
        return task.json, events.json

    def read(self, form, sent, known):
        """Read answers to a form as the case would."""
        with look(self._installation, SYSTEM) as uow:
            return checking.check(form, sent, DeployedLibrary(uow).seen(known))

    def kept(self):
        """Return the variables as they are stored, with their types."""
        with look(self._installation, SYSTEM) as uow:
            instance = uow.session.get(ProcessInstance, UUID(self._id))
            return variables(instance.saved)


def test_any_answers_to_any_form_are_taken_as_they_are_read_or_refused_by_name(
    owner, alice, installation
):
    zone = installation.settings.zone

    @settings(
        max_examples=FORMS[installation.database.engine.dialect.name],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to look for less takes minutes
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(st.data())
    def tried(data):
        content = data.draw(forms.definitions())
        form, version = _deployed(owner, content)
        begun = data.draw(BEGINNINGS)
        bodies = st.lists(answers.bodies(_fields(content)), min_size=SENT, max_size=SENT)
        case = Case(alice, installation, version, begun)
        known, told = case.kept(), case.told()
        for body in data.draw(bodies):
            answer = case.send(body)

            if answer.status == 200:
                _is_kept(form, _sent(body), known, case, zone)
                case = Case(alice, installation, version, begun)
                known, told = case.kept(), case.told()
            else:
                _is_refused(form, answer, body)
                assert (case.kept(), case.told()) == (known, told)

    tried()


def test_bodies_that_no_writer_of_json_makes_are_refused_and_leave_no_trace(
    owner, alice, installation, subtests
):
    form, version = _deployed(owner, EVERY_KIND)
    case = Case(alice, installation, version, {})
    known, told = case.kept(), case.told()
    for body in answers.STRANGE:
        with subtests.test(repr(body[:40])):
            answer = case.send(body)

            _is_refused(form, answer, body)
            assert (case.kept(), case.told()) == (known, told)


def _deployed(owner, content):
    source = json.dumps(content).encode()
    answer = owner.deploy({"p.bpmn": one_task(rutin__formKey="f"), "f.form.json": source})
    assert answer.status in {200, 201}, answer.text
    form, _ = definition.read(source, "f.form.json")
    [version] = [each["id"] for each in answer.json["definitions"] if each["kind"] == "process"]
    return form, version


def _fields(content):
    sections = content.get("sections", [])
    return [*content.get("fields", []), *(field for each in sections for field in each["fields"])]


def _sent(body):
    return json.loads(body).get("variables", {}) if body else {}


def _is_kept(form, sent, known, case, zone):
    """The case holds what the form reads, and nothing else; each answer is what the schema loads."""
    kept = case.kept()
    checked = case.read(form, sent, known)
    assert checked.errors == ()
    assert kept == known | checked.values
    assert list(map(type, kept.values())) == list(map(type, (known | checked.values).values()))
    task, _ = case.told()
    assert task["state"] == "completed"
    assert case.shown().keys() == kept.keys()
    _is_loaded(form.fields, kept, sent, zone)


def _is_loaded(fields, kept, sent, zone):
    """What is always asked, and was answered, is what the schema loads; so are the cells of a table."""
    assert sent.keys() <= {field.name for field in fields}
    reading = kinds.sheet(fields, zone).read(sent)
    for field in fields:
        if field.visible_if or field.readonly_if or field.name not in sent:
            continue
        assert field.type not in WRITTEN_HERE
        assert field.name not in reading.wrong
        loaded = reading.answered.get(field.name)
        if field.type is FieldType.TABLE:
            assert len(kept[field.name]) == len(loaded or [])
            for row, read in zip(kept[field.name], loaded or [], strict=True):
                _is_loaded(field.columns, row, sent[field.name][read.number], zone)
        elif loaded is None:
            assert kept[field.name] in (None, False, [])
            assert not field.required
        else:
            assert kept[field.name] == loaded


def _is_refused(form, answer, body):
    """It is said what is wrong, and with which answer, by a name that the page has too."""
    said = problem(answer, answer.status)
    assert answer.status in {400, 422}
    if answer.status == 400 or "errors" in said:
        return
    assert said["fields"]
    sent = _sent(body)
    for name, sentences in said["fields"].items():
        assert sentences
        assert all(sentences)
        assert _is_there(form, name, sent), name


def _is_there(form, name, sent):
    cell = CELL.fullmatch(name)
    if cell:
        table = form.field(cell[1])
        return table.type is FieldType.TABLE and int(cell[2]) < len(sent[cell[1]])
    return name == "" or form.field(name) or name in {printable(each) for each in sent}
