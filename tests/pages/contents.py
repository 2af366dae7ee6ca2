"""
What is on the sites whose pages are looked at: one with some of everything, and a bare one with people alone.

The one with everything begins as the demonstration does, and then people work: through the API, as programs do.
Rows name what they need of it: `{task}` in an address is the identity of what is called `task` here. Nothing on
a site changes while its pages are looked at, but for drafts, which are written beside `unsure` alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from engine.accounts import passwords
from engine.accounts.models import Account
from engine.clock import now
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin
from qms import demonstration
from tests.bpmn.dmn.models import decision, file, input_data, literal
from tests.bpmn.forms.forms import field
from tests.bpmn.sketch import end, model, script, start, user
from tests.factories import papers
from tests.factories.callers import Answer, Caller, Door
from tests.factories.diagrams import OFFICER
from tests.factories.doors import create_people
from tests.factories.drawings import pools
from tests.pages import contents_administration, contents_people

PEOPLE = {
    "alice": ("officer",),
    "bob": ("officer",),
    "charlie": (),
    "owner": ("process_owner",),
    "auditor": ("auditor",),
    "root": (),
}
"""alice has much to do, charlie nothing; `root` is the administrator (`admin` is one of the demonstration)."""
NAMES = {
    "alice": "Alice Alm",
    "bob": "Bob Björk",
    "charlie": "Charlie Ceder",
    "owner": "Olga Ohlsson",
    "auditor": "Axel Åberg",
    "root": "Rut Rosén",
}
PASSWORD = "korrekt häst batteri"


def words(sv: str, en: str) -> dict[str, str]:
    return {"sv": sv, "en": en}


OPTIONS = [
    {"value": "fall", "label": words("Fall", "A fall")},
    {"value": "medicine", "label": words("Läkemedel", "Medicine")},
]
MANY = [
    {"value": f"place-{number}", "label": words(f"Plats {number}", f"Place {number}")}
    for number in range(12)
]
COLUMNS = [
    field("text", "what", label=words("Åtgärd", "Action"), required=True),
    field("user", "whose", label=words("Ansvarig", "Responsible")),
    field("date", "until", label=words("Klar senast", "Done by")),
]
FORM = {
    "key": "near-miss",
    "title": words("Avvikelse", "Deviation"),
    "intro": words("Skriv det du vet.", "Write what you know."),
    "fields": [
        field("text", "title", label=words("Rubrik", "Heading"), required=True, help=words("Kort.", "Short.")),
        field("note", "story", label=words("Vad hände?", "What happened?"), required=True),
        field("int", "people", label=words("Antal berörda", "How many people"), required=True, minimum=1),
        field("dec", "cost", label=words("Kostnad", "Cost")),
        field("bool", "told", label=words("Är personen underrättad?", "Is the person told?"), required=True),
        field("bool", "again", label=words("Det har hänt förut", "It has happened before")),
        field("date", "day", label=words("Dag", "Day"), required=True),
        field("dt", "found", label=words("Upptäckt", "Found")),
        field("enum", "kind", label=words("Slag", "Kind"), options=OPTIONS, required=True),
        field("enum", "place", label=words("Plats", "Place"), options=MANY, required=True),
        field("multi", "causes", label=words("Orsaker", "Causes"), options=OPTIONS, required=True),
        field("user", "witness", label=words("Vittne", "Witness")),
        field("users", "others", label=words("Andra", "Others")),
    ],
    "sections": [
        {
            "title": words("Åtgärder", "Actions"),
            "intro": words("Vad görs, och av vem?", "What is done, and by whom?"),
            "fields": [
                field("role", "role", label=words("Roll", "Role")),
                field("unit", "unit", label=words("Enhet", "Unit")),
                field("doc", "document", label=words("Dokument", "Document")),
                field("proc", "routine", label=words("Rutin", "Routine")),
                field("inst", "case", label=words("Ärende", "Case")),
                field("clauses", "clauses", label=words("Krav", "Requirements")),
                field("files", "files", label=words("Bilagor", "Files")),
                field("table", "actions", label=words("Åtgärder", "Actions"), columns=COLUMNS, required=True),
                field("calc", "twice", label=words("Dubbelt", "Twice"), value="people * 2"),
                field("text", "board", label=words("Nämnd", "Board"), readonlyIf="true"),
                field("sign", "signed", label=words("Underskrift", "Signature"), meaning="read", required=True),
            ],
        }
    ],
}  # fmt: skip
ABOUT = "<documentation>Läs vad som är rapporterat.\n\nSkriv sedan vad som görs.</documentation>"
DEVIATION = model(
    "near-miss",
    start(),
    user("investigate", ABOUT, name="Utred avvikelsen", rutin__formKey="near-miss", **OFFICER),
    user("follow-up", name="Följ upp", **OFFICER),
    end(),
    flows="s > investigate > follow-up > e",
)
REPORT = model(
    "report",
    start(),
    user("write", name="Skriv rapporten", **OFFICER),
    end(),
    flows="s > write > e",
)
DIVISION = model(
    "division",
    start(),
    user("ask", name="Fråga efter antalet", **OFFICER),
    script("share", "part = 10 / n", name="Dela upp"),
    end(),
    flows="s > ask > share > e",
)
NOBODYS = model(
    "orphan",
    start(),
    user("wait", name="Pröva ansökan", rutin__candidateGroups="mas"),
    end(),
    flows="s > wait > e",
)
SECRET = {
    "confidentiality": "secret",
    "secrecy_ground": "OSL 26 kap. 1 §",
    "readers": ["alice", "bob"],
}
RISK = file(input_data("n", "number"), decision("Risk", literal("n * 2"), data=["n"]))


@dataclass(frozen=True)
class Contents:
    """A site as rows speak of it: who may be asked to sign in there, and what is called how."""

    installation: Installation
    things: Mapping[str, str]

    def address(self, template: str) -> str:
        return template.format_map(self.things)


def bare(installation: Installation, door: Door) -> Contents:
    """People, and nothing that anybody has done."""
    _people(installation, door)
    return Contents(installation, {})


def everything(installation: Installation, door: Door) -> Contents:
    with begin(installation, SYSTEM) as uow:
        demonstration.load(uow)
        uow.commit()
    people = _people(installation, door)
    things = {**_deployed(people["owner"]), **_cases(people)}
    marked = [things[each] for each in ("taken", "unsure", "draft")]
    things |= contents_people.batches(installation, marked)
    things |= contents_administration.made(installation, people["root"])
    return Contents(installation, things)


def _people(installation: Installation, door: Door) -> dict[str, Caller]:
    people = create_people(installation, door, PEOPLE, admins={"root"})
    kept = passwords.kept(PASSWORD)
    with begin(installation, SYSTEM) as uow:
        for name, display_name in NAMES.items():
            values = {"display_name": display_name, "password_hash": kept}
            uow.session.execute(update(Account).where(Account.name == name).values(values))
        uow.commit()
    return people


def _deployed(owner: Caller) -> dict[str, str]:
    """Deploy routines, a drawing and a decision, the first two in two versions."""
    form = json.dumps(FORM).encode()
    files = {"near-miss.bpmn": DEVIATION, "near-miss.form.json": form}
    old = DEVIATION.replace("Följ upp".encode(), "Följ upp efter en vecka".encode())
    definition(owner.deploy(files | {"near-miss.bpmn": old}))
    definition(owner.deploy(pools("Ask")))
    for source in (REPORT, DIVISION, NOBODYS):
        definition(owner.deploy(source))
    return {
        "routine": definition(owner.deploy(files)),
        "drawing": definition(owner.deploy(pools("Apply"))),
        "decision": definition(owner.deploy({"risk.dmn": RISK})),
    }


def _cases(people: Mapping[str, Caller]) -> dict[str, str]:
    alice, bob, owner, root = (people[each] for each in ("alice", "bob", "owner", "root"))
    case = opened(alice, "near-miss", business_key="AVV 2026-17")
    task = alice.tasks(case)["investigate"]
    unsure = opened(alice, "near-miss", business_key="AVV 2026-18")
    kept = opened(alice, "near-miss", business_key="AVV 2026-19")
    secret = opened(alice, "report", header=SECRET)
    completed = opened(alice, "report", business_key="R 1")
    done = alice.tasks(completed)["write"]
    fine(alice.complete(done))
    failed = opened(alice, "division", business_key="D 1")
    fine(alice.complete(alice.tasks(failed)["ask"], n=0))
    opened(alice, "orphan", business_key="A 1")
    taken = opened(bob, "report", business_key="R 2")
    fine(bob.assign(bob.tasks(taken)["write"], "bob"))
    fine(alice.assign(task, "alice"))
    late = now() - timedelta(days=3)
    fine(owner.patch(f"/user-tasks/{task['id']}/plan", json={"due_at": late.isoformat()}))
    draft = alice.tasks(kept)["investigate"]
    answers = {"answers": {"title": "Fall i trappan"}}
    fine(alice.put(f"/user-tasks/{draft['id']}/draft", json=answers))
    for number in range(3):
        said(alice, case, f"Kan du titta på det här, @bob? ({number})")
    answered = said(bob, case, "Jag var där, @alice, och såg det.")
    attached = papers.uploaded(alice, "protokoll.pdf")
    fine(papers.tie(alice, attached, case=case))
    fine(papers.tie(alice, papers.uploaded(alice, "skiss.png", papers.PNG), task=task))
    view = {"name": "Försenat", "tab": "groups", "filters": {"overdue": True}}
    fine(alice.post("/saved-views", json=view))
    fine(root.get("/accounts"))
    stopped = opened(alice, "report", business_key="R 3")
    return {
        **contents_people.paused(alice, stopped),
        **contents_people.away(bob),
        **contents_people.key(alice),
        "case": case["id"],
        "task": task["id"],
        "unsure": alice.tasks(unsure)["investigate"]["id"],
        "draft": draft["id"],
        "secret": secret["id"],
        "completed": completed["id"],
        "done": done["id"],
        "failed": failed["id"],
        "taken": bob.tasks(taken)["write"]["id"],
        "comment": answered["id"],
        "attachment": attached["id"],
    }


def opened(caller: Caller, key: str, **more: Any) -> dict[str, Any]:
    return fine(caller.post("/process-instances", json={"definition_key": key, **more}))


def said(caller: Caller, case: Mapping[str, Any], text: str) -> dict[str, Any]:
    return fine(caller.post(f"/process-instances/{case['id']}/comments", json={"text": text}))


def definition(answer: Answer) -> str:
    """Return the identity of what was deployed, besides the forms of it."""
    [found] = [each["id"] for each in fine(answer)["definitions"] if each["kind"] != "form"]
    return str(found)


def fine(answer: Answer) -> Any:
    assert answer.status in {200, 201, 204}, answer.text
    return answer.json if answer.body else None
