"""For whom a task is: the role of its lane in the unit of its case, as of today, and whoever acts for them."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bpmn.workflow import variables
from engine.clock import now
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.inbox import repository as inboxes
from engine.inbox.asking import Asked, Filters, Sort, Tab
from engine.instances import repository as instances
from engine.organisation import appointments, holders, holdings, substitutions
from engine.organisation.models import Appointment
from engine.organisation.periods import Period
from engine.organisation.substitutions import Scope, ScopeKind
from engine.uow import look
from engine.verification import checking
from tests.bpmn.sketch import end, model, start, user
from tests.engine import cases
from tests.engine.organisations import ASKED, EVER, Organisation

TWO_STEPS = model(
    "p",
    start(),
    user("first", rutin__candidateGroups="unit_manager"),
    user("second", rutin__candidateGroups="mas", rutin__notPerformerOf="first"),
    end(),
    flows="s > first > second > e",
)


@pytest.fixture
def organisation(installation):
    organisation = Organisation(installation)
    organisation.build()
    for name in ("anna", "bo", "cecilia", "david", "eva"):
        organisation.person(name)
    organisation.appoint("unit_manager", "anna", "hemtjanst")
    organisation.appoint("unit_manager", "bo", "boende")
    organisation.appoint("mas", "cecilia", "vof")
    return organisation


@pytest.fixture
def begun(organisation, installation, deploy):
    """Start a case in a unit, and return its open tasks by their elements."""

    def begun(source=TWO_STEPS, unit="hemtjanst", by="eva"):
        deploy(source)
        case = cases.start(installation, organisation.actor(by), in_unit=unit)
        return case, cases.open_tasks(installation, organisation.actor(by), case)

    return begun


def inbox(organisation, name):
    with organisation.look() as session:
        items = [
            item
            for tab in (Tab.OPEN, Tab.BEHALF)
            for item in inboxes.page(
                session, organisation.actor(name), Asked(tab, Sort.DUE, Filters(), None, 50), now()
            )[0]
        ]
        return {item.task.element_id for item in items}


def test_a_task_is_for_whoever_holds_the_role_of_its_lane_in_the_unit(organisation, begun):
    _, found = begun()

    assert found["first"].candidate_groups == ["unit_manager@hemtjanst"]
    assert inbox(organisation, "anna") == {"first"}
    assert inbox(organisation, "bo") == set()


def test_a_role_that_is_searched_upward_is_found_there(organisation, installation, begun):
    _, found = begun()
    cases.complete(installation, organisation.actor("anna"), found["first"])

    assert inbox(organisation, "cecilia") == {"second"}


def test_an_open_task_follows_the_role(organisation, installation, begun):
    _, found = begun()

    organisation.appoint("unit_manager", "david", "hemtjanst")
    with organisation.change() as uow:
        [row] = [
            each
            for each in appointments.listed(uow, person="anna", after=None, limit=10)
            if each.role == "unit_manager"
        ]
        appointments.end(uow, row.id, now().date() - timedelta(days=1))

    assert inbox(organisation, "david") == {"first"}
    assert inbox(organisation, "anna") == set()
    with pytest.raises(NotFound):
        cases.complete(installation, organisation.actor("anna"), found["first"])
    assert cases.complete(installation, organisation.actor("david"), found["first"])


def test_without_a_unit_a_task_is_for_everybody_who_holds_the_role(organisation, begun):
    _, found = begun(unit=None)

    assert found["first"].candidate_groups == ["unit_manager"]
    assert inbox(organisation, "anna") == inbox(organisation, "bo") == {"first"}
    assert inbox(organisation, "cecilia") == set()


def test_a_case_is_not_begun_in_a_unit_that_is_not_there(organisation, begun):
    with pytest.raises(Invalid, match="There is no unit 'ingenstans' today"):
        begun(unit="ingenstans")


def test_a_model_asks_the_organisation(organisation, installation, begun):
    organisation.place("eva", "hemtjanst")
    case, found = begun(ASKED)

    assert found["first"].candidate_users == ["cecilia"]
    cases.complete(installation, organisation.actor("cecilia"), found["first"])
    found = cases.open_tasks(installation, organisation.actor("eva"), case)
    assert found["second"].assignee == "anna"


def test_a_role_in_one_unit_gives_no_office(organisation, begun):
    """Who owns processes in a school does not deploy for the municipality."""
    organisation.appoint("process_owner", "david", "skola")

    assert organisation.actor("david").offices == frozenset()
    organisation.appoint("process_owner", "eva")
    assert organisation.actor("eva").offices == {"process_owner"}


def test_a_substitute_sees_and_does_the_task_and_both_are_recorded(
    organisation, installation, begun
):
    case, found = begun()
    organisation.substitute("anna", "david")
    anna, david = organisation.actor("anna"), organisation.actor("david")

    assert inbox(organisation, "david") == {"first"}
    done = cases.complete(installation, david, found["first"])

    assert (done.completed_by, done.on_behalf_of) == (david.id, anna.id)
    with look(installation, anna) as uow:
        [row] = [
            each for each in instances.history(uow.session, case.id) if each.element_id == "first"
        ]
        assert (row.performer, row.on_behalf_of) == (david.id, anna.id)
        assert checking.verify_instance(uow.session, case.id) is None


def test_a_task_that_the_person_has_taken_is_the_substitutes_too(
    organisation, installation, begun
):
    _, found = begun()
    anna, david = organisation.actor("anna"), organisation.actor("david")
    cases.assign(installation, anna, found["first"], anna)
    with pytest.raises(NotFound):
        cases.complete(installation, david, found["first"])

    organisation.substitute("anna", "david")

    assert cases.complete(installation, organisation.actor("david"), found["first"])


def test_a_colleague_does_not_hand_a_taken_task_to_the_substitute(
    organisation, installation, begun
):
    _, found = begun()
    organisation.appoint("unit_manager", "bo", "hemtjanst")
    organisation.substitute("anna", "david")
    anna, bo, david = (organisation.actor(name) for name in ("anna", "bo", "david"))
    cases.assign(installation, anna, found["first"], anna)

    with pytest.raises(Conflict):
        cases.assign(installation, bo, found["first"], david)
    assert cases.assign(installation, david, found["first"], david).on_behalf_of == anna.id


def test_what_a_substitute_claims_is_done_for_the_person(organisation, installation, begun):
    case, found = begun()
    organisation.substitute("anna", "david")
    anna, david = organisation.actor("anna"), organisation.actor("david")

    claimed = cases.assign(installation, david, found["first"], david)
    assert (claimed.assignee, claimed.on_behalf_of) == ("david", anna.id)
    with look(installation, anna) as uow:
        assert checking.verify_instance(uow.session, case.id) is None

    done = cases.complete(installation, david, claimed)
    assert done.on_behalf_of == anna.id


def test_a_claim_ends_with_the_substitution(organisation, installation, begun):
    _, found = begun()
    row = organisation.substitute("anna", "david")
    david = organisation.actor("david")
    claimed = cases.assign(installation, david, found["first"], david)

    with organisation.change() as uow:
        substitutions.end(uow, row.id, now().date() - timedelta(days=1))

    with pytest.raises(NotAllowed, match="no longer act"):
        cases.complete(installation, organisation.actor("david"), claimed)


def test_a_substitute_acts_only_within_the_scope(organisation, begun):
    begun()
    organisation.substitute("anna", "david", Scope(ScopeKind.ROLES, ("mas",)))
    organisation.substitute("anna", "eva", Scope(ScopeKind.PROCESSES, ("another",)))
    assert inbox(organisation, "david") == set()
    assert inbox(organisation, "eva") == set()

    organisation.substitute("anna", "bo", Scope(ScopeKind.ROLES, ("unit_manager",)))
    organisation.substitute("anna", "cecilia", Scope(ScopeKind.PROCESSES, ("p",)))
    assert inbox(organisation, "bo") == inbox(organisation, "cecilia") == {"first"}


ACTS = {
    "claim": lambda at, task, who: cases.assign(at.installation, who, task, who),
    "assign": lambda at, task, who: cases.assign(at.installation, at.actor("cecilia"), task, who),
    "complete": lambda at, task, who: cases.complete(at.installation, who, task),
}


@pytest.mark.parametrize("act", ACTS)
def test_nobody_satisfies_both_sides_by_a_substitute(organisation, installation, begun, act):
    """David does the first step for Anna; then neither of them does the second, for whomever it is."""
    case, found = begun()
    organisation.appoint("mas", "anna", "hemtjanst")
    organisation.appoint("mas", "cecilia", "hemtjanst")
    organisation.substitute("anna", "david")
    organisation.substitute("cecilia", "david")
    cases.complete(installation, organisation.actor("david"), found["first"])
    [second] = cases.open_tasks(installation, organisation.actor("eva"), case).values()

    for name in ("anna", "david"):
        who = organisation.actor(name)
        with pytest.raises(NotAllowed, match="earlier step"):
            ACTS[act](organisation, second, who)
    assert cases.complete(installation, organisation.actor("cecilia"), second)


def test_a_substitute_of_whoever_did_the_first_step_does_not_do_the_second(
    organisation, installation, begun
):
    case, found = begun()
    organisation.appoint("mas", "anna", "hemtjanst")
    organisation.substitute("anna", "david")
    cases.complete(installation, organisation.actor("anna"), found["first"])
    [second] = cases.open_tasks(installation, organisation.actor("eva"), case).values()

    with pytest.raises(NotAllowed, match="earlier step"):
        cases.complete(installation, organisation.actor("david"), second)


def test_a_substitute_of_a_substitute_does_nothing(organisation, begun):
    begun()
    organisation.substitute("anna", "david")
    organisation.substitute("david", "eva")

    assert inbox(organisation, "eva") == set()


def test_what_one_has_and_another_acts_for_is_not_taken_by_a_third(
    organisation, installation, begun
):
    _, found = begun()
    organisation.substitute("anna", "david")
    david, bo = organisation.actor("david"), organisation.actor("bo")
    cases.assign(installation, david, found["first"], david)

    organisation.appoint("unit_manager", "bo", "hemtjanst")
    with pytest.raises(Conflict, match="already taken"):
        cases.assign(installation, organisation.actor("bo"), found["first"], bo)


PEOPLE = ("anna", "bo", "cecilia")
UNITS = ("kommun", "vof", "hemtjanst", "boende", "skola")
appointed = st.lists(
    st.tuples(
        st.sampled_from(("unit_manager", "mas", "safety_rep")),
        st.sampled_from(PEOPLE),
        st.sampled_from((None, *UNITS)),
        st.integers(-3, 3),
        st.integers(-3, 5),
    ),
    max_size=8,
    unique_by=lambda each: each[:3],
)


@given(appointed)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_worked_out_at_once_is_what_each_question_answers(installation, rows):
    organisation = Organisation(installation)
    with organisation.look() as session:
        is_new = not holdings.held(installation, session, now()).units
    if is_new:
        organisation.build()
        for name in PEOPLE:
            organisation.person(name)
    today = now().astimezone(installation.settings.zone).date()
    for role, name, unit, first, days in rows:
        begins = today + timedelta(days=first)
        period = Period(begins, begins + timedelta(days=max(days, 0)))
        organisation.appoint(role, name, unit, period)

    with organisation.look() as session:
        known = holdings.held(installation, session, now())
        for role in ("unit_manager", "mas", "safety_rep"):
            for unit in UNITS:
                asked = {each.id for each in holders.holders(session, role, unit, today)}
                told = {
                    account for account, held in known.groups.items() if f"{role}@{unit}" in held
                }
                assert told == asked, (role, unit)
    with installation.database.writing() as session:  # as if it had not been
        session.execute(delete(Appointment))
        session.commit()
    installation.holdings.clear()


def test_roles_are_worked_out_once_for_each_state(organisation, installation):
    with organisation.look() as session:
        first = holdings.held(installation, session, now())
        assert holdings.held(installation, session, now()) is first

    organisation.appoint("mas", "david", "skola", EVER)

    with organisation.look() as session:
        assert holdings.held(installation, session, now()) is not first


COUNTED = model(
    "p",
    start(),
    user(
        "first",
        rutin__candidateGroups="unit_manager",
        rutin__dueDate='=date and time(working days after(today(), 5), time("16:00:00@Europe/Stockholm"))',
    ),
    user("second", rutin__candidateGroups="unit_manager", rutin__dueDate="5BD"),
    end(),
    flows="s > first > second > e",
)


def test_expressions_count_working_days_as_due_dates_do(organisation, installation, begun):
    case, found = begun(COUNTED)
    cases.complete(installation, organisation.actor("anna"), found["first"])
    then = cases.open_tasks(installation, organisation.actor("anna"), case)

    assert found["first"].due_at == then["second"].due_at


ASKING = {
    "key": "answer",
    "title": {"sv": "F", "en": "F"},
    "fields": [
        {
            "name": "asked",
            "type": "user",
            "label": {"sv": "Vem", "en": "Who"},
            "prefill": "manager of(initiator)",
            "readonlyIf": "true",
        },
        {
            "name": "why",
            "type": "text",
            "label": {"sv": "Skäl", "en": "Reason"},
            "required": True,
            "visibleIf": 'list contains(holders("mas", unit), initiator)',
        },
    ],
}


def test_a_form_asks_the_organisation(organisation, installation, deploy):
    organisation.place("cecilia", "hemtjanst")
    organisation.place("eva", "hemtjanst")
    form = json.dumps(ASKING).encode()
    element = user("first", rutin__candidateGroups="unit_manager", rutin__formKey="answer")
    deploy(
        model("p", start(), element, end(), flows="s > first > e"), **{"answer.form.json": form}
    )
    eva, cecilia = organisation.actor("eva"), organisation.actor("cecilia")
    anna = organisation.actor("anna")

    case = cases.start(installation, eva, in_unit="hemtjanst")
    [task] = cases.open_tasks(installation, eva, case).values()
    cases.complete(installation, anna, task)
    with look(installation, anna) as uow:
        assert variables(instances.locked(uow.session, case.id).saved)["asked"] == "anna"

    case = cases.start(installation, cecilia, in_unit="hemtjanst")
    [task] = cases.open_tasks(installation, cecilia, case).values()
    with pytest.raises(Invalid) as refused:
        cases.complete(installation, anna, task)
    assert set(refused.value.fields) == {"why"}
