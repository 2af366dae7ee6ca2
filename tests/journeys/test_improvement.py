"""
A deviation and an improvement proposal, as people of the demonstration go through them.

Anna works in home care, Bo beside her; David manages the department above, and so whatever nobody manages nearer.
"""

from datetime import timedelta

import pytest

from engine.accounts import repository, tokens
from engine.clock import now
from engine.definitions.repository import with_shortcut
from engine.identity.actor import SYSTEM
from engine.identity.permissions import SCOPES
from engine.uow import begin
from qms import demonstration
from tests.factories.callers import Caller, InProcess
from tests.factories.problems import problem

TODAY = now().date()
SOON, LATER = ((TODAY + timedelta(days=days)).isoformat() for days in (30, 60))
REPORT = {
    "what_happened": "Fel dos delades ut vid morgonrundan.",
    "when": "2026-03-02T07:30",
    "where": "hemtjanst",
    "affected": "user",
    "contained": "Ringde sjuksköterskan.",
}
ASSESSMENT = {
    "severity": "high",
    "cause": "Listan skrivs ut kvällen före.",
    "decision": "measure",
    "action": "Skriv ut listan på morgonen.",
    "owner": "bo",
    "due": SOON,
}
PROPOSAL = {"idea": "Samåk till teamträffarna.", "benefit": ["environment", "money"]}
DECISION = {
    "decision": "accept",
    "reason": "Det sparar både bränsle och tid.",
    "owner": "bo",
    "due": SOON,
}


@pytest.fixture
def staff(app, installation):
    with begin(installation, SYSTEM) as uow:
        people = [each.name for each in demonstration.load(uow)]
        accounts = {name: repository.by_name(uow.session, name) for name in people}
        later = uow.now + timedelta(days=1)
        keys = {
            name: tokens.create(uow, account.id, name="t", scopes=SCOPES, expires_at=later).secret
            for name, account in accounts.items()
        }
        uow.commit()
    return {name: Caller(name, key, InProcess(app)) for name, key in keys.items()}


@pytest.fixture
def deviation(staff):
    return begun(staff["anna"], "deviation", "Task_Report", REPORT)


@pytest.fixture
def proposal(staff):
    return begun(staff["anna"], "improvement-proposal", "Task_Propose", PROPOSAL)


def begun(who, key, first, answers):
    """Start a case in home care, where its first task is at once the starter's, and do that."""
    answer = who.post("/process-instances", json={"definition_key": key, "unit": "hemtjanst"})
    assert answer.status == 201, answer.text
    assert who.tasks(answer.json)[first]["assignee"] == who.name
    do(who, answer.json, first, **answers)
    return answer.json


def do(who, case, element, **answers):
    answer = who.complete(who.tasks(case)[element], **answers)
    assert answer.status == 200, answer.text


def ended(who, case):
    """Return where a case ended, and its variables."""
    told = who.instance(case)
    assert told["state"] == "completed"
    passed = who.get(f"/process-instances/{case['id']}/elements").json["items"]
    return passed[-1]["element_id"], told["variables"]


def test_each_button_of_the_first_page_starts_its_routine(installation, staff):
    with installation.database.reading() as session:
        started = {name: each.key for name, each in with_shortcut(session).items()}

    assert started == {
        "report-deviation": "deviation",
        "propose-improvement": "improvement-proposal",
    }


def test_a_measure_without_effect_is_taken_up_again_until_it_has_one(staff, deviation):
    bo, david = staff["bo"], staff["david"]
    do(david, deviation, "Task_Assess", **ASSESSMENT)
    first = bo.tasks(deviation)["Task_Act"]
    assert (first["assignee"], first["due_at"][:10]) == ("bo", SOON)
    do(bo, deviation, "Task_Act", action_result="Skrivs nu ut klockan sex.")
    do(david, deviation, "Task_Check", effect="no", evidence="Hände igen.", new_due=LATER)

    again = bo.tasks(deviation)["Task_Act"]
    assert (again["assignee"], again["due_at"][:10]) == ("bo", LATER)
    assert david.instance(deviation)["variables"]["effect"] is None
    do(bo, deviation, "Task_Act", action_result="Två läser listan.")
    do(david, deviation, "Task_Check", effect="yes", evidence="Inget fel på en månad.")

    end, variables = ended(staff["anna"], deviation)
    assert end == "End_Effective"
    assert variables["earlier_evidence"] == "Hände igen."
    assert staff["anna"].verification(deviation).json["intact"] is True


def test_a_deviation_may_need_no_measure_and_says_why(staff, deviation):
    david = staff["david"]
    task = david.tasks(deviation)["Task_Assess"]
    short = {"severity": "low", "cause": "Blixten slog ner.", "decision": "no_measure"}
    assert list(problem(david.complete(task, **short), 422)["fields"]) == ["no_measure_reason"]

    do(david, deviation, "Task_Assess", **short, no_measure_reason="Kan inte förebyggas.")

    assert ended(staff["anna"], deviation)[0] == "End_NoMeasure"


def test_whoever_carried_out_the_measure_does_not_check_it(staff, deviation):
    """The manager takes over what was given to bo, and so somebody else has to check it."""
    do(staff["david"], deviation, "Task_Assess", **ASSESSMENT)
    act = staff["bo"].tasks(deviation)["Task_Act"]
    assert staff["admin"].assign(act, "david").status == 200
    do(staff["david"], deviation, "Task_Act", action_result="Gjorde det själv.")
    check = staff["admin"].tasks(deviation)["Task_Check"]

    problem(staff["david"].complete(check, effect="yes", evidence="Jag var där."), 403)
    problem(staff["admin"].assign(check, "david"), 403)


def test_the_only_manager_of_a_unit_is_not_chosen_for_the_measure(staff, deviation):
    task = staff["david"].tasks(deviation)["Task_Assess"]

    refused = problem(staff["david"].complete(task, **ASSESSMENT | {"owner": "david"}), 422)

    assert list(refused["fields"]) == ["owner"]


def test_what_happened_has_happened_and_what_is_due_is_to_come(staff, deviation):
    anna, david = staff["anna"], staff["david"]
    case = anna.start("deviation")
    to_come = REPORT | {"when": f"{SOON}T12:00"}
    refused = problem(anna.complete(anna.tasks(case)["Task_Report"], **to_come), 422)
    assert list(refused["fields"]) == ["when"]

    task = david.tasks(deviation)["Task_Assess"]
    refused = problem(david.complete(task, **ASSESSMENT | {"due": "2026-01-01"}), 422)
    assert list(refused["fields"]) == ["due"]


@pytest.mark.parametrize("case", ["deviation", "proposal"])
def test_colleagues_learn_nothing_of_a_case_that_is_not_theirs(staff, case, request):
    case = request.getfixturevalue(case)

    assert staff["bo"].tasks(case) == staff["cecilia"].tasks(case) == {}
    problem(staff["cecilia"].get(f"/process-instances/{case['id']}"), 404)


def test_tasks_are_found_by_how_severe_the_deviation_is(staff, deviation):
    do(staff["david"], deviation, "Task_Assess", **ASSESSMENT)

    def found(severity):
        answer = staff["bo"].get("/inbox", tab="mine", variable=f"severity={severity}")
        assert answer.status == 200, answer.text
        return len(answer.json["items"])

    assert (found("high"), found("low")) == (1, 0)


def test_a_proposal_that_is_accepted_is_carried_out_and_told_of(staff, proposal):
    do(staff["david"], proposal, "Task_Decide", **DECISION)
    do(staff["bo"], proposal, "Task_Carry", action_result="En lista hänger på tavlan.")
    do(staff["david"], proposal, "Task_Feedback", benefit_realised="Tre bilar färre i veckan.")

    end, variables = ended(staff["anna"], proposal)
    assert end == "End_Done"
    assert variables["benefit_realised"] == "Tre bilar färre i veckan."
    assert staff["anna"].verification(proposal).json["intact"] is True


@pytest.mark.parametrize(
    ("decision", "end"), [("decline", "End_Declined"), ("later", "End_Later")]
)
def test_a_proposal_that_is_not_accepted_gets_a_reason(staff, proposal, decision, end):
    david = staff["david"]
    bare = problem(david.complete(david.tasks(proposal)["Task_Decide"], decision=decision), 422)
    assert list(bare["fields"]) == ["reason"]

    do(david, proposal, "Task_Decide", decision=decision, reason="Det är för dyrt i år.")

    assert ended(staff["anna"], proposal)[0] == end
