"""Who held which role where and when, and who leads whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from engine.accounts.models import Account
from engine.db import new_id
from engine.identity.actor import SYSTEM
from engine.organisation import holders, repository
from engine.organisation.models import Appointment, Belonging, Role, Unit, UnitPlacement
from engine.organisation.periods import Period
from engine.uow import begin
from tests.engine.organisations import EVER, NOW, Organisation

LATER = date(2026, 9, 1)
A_DAY = timedelta(days=1)
PEOPLE = ("anna", "bo", "cecilia", "david", "eva")


@pytest.fixture
def organisation(installation):
    organisation = Organisation(installation)
    organisation.build()
    organisation.accounts = {each: organisation.person(each).id for each in PEOPLE}
    return organisation


@pytest.fixture
def held(organisation):
    def held(role, unit, on=NOW):
        with organisation.look() as session:
            return [each.name for each in holders.holders(session, role, unit, on)]

    return held


@pytest.fixture
def managers(organisation):
    def managers(person, on=NOW):
        with organisation.look() as session:
            found = holders.manager_of(session, organisation.accounts[person], on)
            return [each.name for each in found]

    return managers


def test_a_role_is_found_in_the_unit_itself_before_the_units_above(organisation, held):
    organisation.appoint("mas", "anna", "kommun")
    organisation.appoint("mas", "bo", "vof")

    assert held("mas", "hemtjanst") == held("mas", "vof") == ["bo"]
    assert held("mas", "skola") == held("mas", "kommun") == ["anna"]


def test_a_role_that_is_not_searched_upward_is_found_in_its_unit_only(organisation, held):
    organisation.appoint("reviewer", "anna", "vof")
    organisation.appoint("reviewer", "bo", "vof")

    assert held("reviewer", "vof") == ["anna", "bo"]
    assert held("reviewer", "hemtjanst") == []


@pytest.mark.parametrize("role", ["dpo", "reviewer"])
def test_the_whole_organisation_is_asked_last(organisation, held, role):
    organisation.appoint(role, "anna")
    organisation.appoint(role, "bo", "vof")

    assert held(role, "vof") == ["bo"]
    assert held(role, "skola") == ["anna"]
    assert held(role, None) == ["anna"]


def test_what_was_and_what_will_be_are_told_as_what_is(organisation, held):
    organisation.appoint("mas", "anna", "vof", Period(EVER.first, NOW))
    organisation.appoint("mas", "bo", "vof", Period(NOW + A_DAY))

    assert held("mas", "hemtjanst", NOW) == ["anna"]
    assert held("mas", "hemtjanst", NOW + A_DAY) == ["bo"]
    assert held("mas", "hemtjanst", EVER.first - A_DAY) == []


def test_a_unit_asks_those_that_were_above_it_on_the_day(organisation, held):
    organisation.appoint("dept_head", "anna", "vof")
    organisation.appoint("dept_head", "bo", "buf")
    organisation.move("boende", "buf", LATER)

    assert held("dept_head", "boende", LATER - A_DAY) == ["anna"]
    assert held("dept_head", "boende", LATER) == ["bo"]


def test_a_unit_that_is_not_there_has_what_the_whole_organisation_has(organisation, held):
    organisation.appoint("dpo", "anna")
    organisation.appoint("dpo", "bo", "kommun")

    assert held("dpo", "nowhere") == ["anna"]
    assert held("dpo", "skola") == ["bo"]


def test_the_units_above_are_those_of_the_day(organisation):
    organisation.move("boende", "buf", LATER)

    with organisation.look() as session:

        def above(on):
            return [each.key for each in repository.ancestors(session, "boende", on)]

        assert above(NOW) == ["vof", "kommun"]
        assert above(LATER) == ["buf", "kommun"]
        assert above(EVER.first - A_DAY) == []


def test_what_somebody_is_appointed_to_is_told_for_a_day(organisation):
    organisation.appoint("mas", "anna", "vof")
    organisation.appoint("dpo", "anna")
    organisation.appoint("mas", "anna", "buf", Period(LATER))

    with organisation.look() as session:
        anna = organisation.accounts["anna"]
        now = holders.roles_of(session, [anna], NOW)[anna]
        later = holders.roles_of(session, [anna], LATER)[anna]

    assert now == [("dpo", None), ("mas", "vof")]
    assert later == [("dpo", None), ("mas", "buf"), ("mas", "vof")]


def test_a_person_is_led_by_who_leads_the_unit_and_its_leader_by_the_next_above(
    organisation, managers
):
    for person, unit in (("anna", "hemtjanst"), ("bo", "hemtjanst"), ("cecilia", "kommun")):
        organisation.place(person, unit)
    organisation.appoint("unit_manager", "bo", "hemtjanst")
    organisation.appoint("unit_manager", "cecilia", "kommun")

    assert managers("anna") == ["bo"]
    assert managers("bo") == ["cecilia"]
    assert managers("cecilia") == []
    assert managers("david") == []


def test_who_leads_a_unit_and_the_one_above_is_led_from_further_up(organisation, managers):
    organisation.place("anna", "hemtjanst")
    organisation.appoint("unit_manager", "anna", "hemtjanst")
    organisation.appoint("unit_manager", "anna", "vof")
    organisation.appoint("unit_manager", "bo")

    assert managers("anna") == ["bo"]


def test_two_who_lead_together_are_both_led_from_above(organisation, managers):
    for person in ("anna", "bo", "cecilia"):
        organisation.place(person, "hemtjanst")
    organisation.appoint("unit_manager", "anna", "hemtjanst")
    organisation.appoint("unit_manager", "bo", "hemtjanst")
    organisation.appoint("unit_manager", "david", "vof")

    assert managers("cecilia") == ["anna", "bo"]
    assert managers("anna") == managers("bo") == ["david"]


def test_of_several_units_the_one_worked_in_longest_counts(organisation, managers):
    organisation.place("anna", "skola", Period(EVER.first + A_DAY))
    organisation.place("anna", "hemtjanst", Period(EVER.first, NOW))
    organisation.appoint("unit_manager", "bo", "hemtjanst")
    organisation.appoint("unit_manager", "cecilia", "skola")

    assert managers("anna", NOW) == ["bo"]
    assert managers("anna", NOW + A_DAY) == ["cecilia"]


def test_who_leads_is_searched_upward_whatever_the_role_says(organisation, managers):
    organisation.place("anna", "hemtjanst")
    organisation.appoint("unit_manager", "bo", "vof")
    with organisation.change() as uow:
        uow.session.get(Role, "unit_manager").searched_upward = False

    assert managers("anna") == ["bo"]


def test_every_question_is_one_statement_whatever_the_depth(organisation, installation):
    organisation.place("anna", "hemtjanst")
    organisation.appoint("mas", "bo", "kommun")
    asked = []
    event.listen(
        installation.database.engine,
        "before_cursor_execute",
        lambda *of: asked.append(of[2]),
    )

    with organisation.look() as session:
        anna = organisation.accounts["anna"]
        counts = []
        for ask in (
            lambda: holders.holders(session, "mas", "hemtjanst", NOW),
            lambda: holders.holders_of_every_role(session, "hemtjanst", NOW),
            lambda: holders.roles_of(session, [anna], NOW),
            lambda: repository.ancestors(session, "hemtjanst", NOW),
            lambda: holders.manager_of(session, anna, NOW),
        ):
            asked.clear()
            ask()
            counts.append(len([each for each in asked if "SELECT" in each]))

    assert counts == [1, 1, 1, 1, 2]


# ---------------------------------------------------------------- any organisation

UNITS, ROLES, PERSONS, DAYS = range(6), ("mas", "reviewer"), range(4), range(8)
FIRST = date(2026, 1, 1)
SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)
days = st.sampled_from(DAYS)
spans = st.tuples(days, st.one_of(st.none(), days))
tables = st.fixed_dictionaries(
    {
        "parents": st.lists(
            st.tuples(st.integers(-1, 4), st.integers(-1, 4), days), min_size=6, max_size=6
        ),
        "appointments": st.lists(
            st.tuples(
                st.sampled_from(ROLES),
                st.sampled_from(PERSONS),
                st.one_of(st.none(), st.sampled_from(UNITS)),
                spans,
            ),
            max_size=12,
        ),
    }
)


def day(number):
    return FIRST + timedelta(days=number)


def covers(span, number):
    return span[0] <= number and (span[1] is None or number <= span[1])


def parent_on(drawn, unit, number):
    """Every unit changes its place once; above it are units drawn before it only, so there is no circle."""
    before, after, when = drawn["parents"][unit]
    parent = before if number < when else after
    return parent if 0 <= parent < unit else None


def naive_holders(drawn, role, unit, number):
    def here(place):
        return {
            person
            for of_role, person, at, span in drawn["appointments"]
            if of_role == role and at == place and covers(span, number)
        }

    climbed = unit
    while climbed is not None:
        if here(climbed):
            return here(climbed)
        climbed = parent_on(drawn, climbed, number) if role == "mas" else None
    return here(None)


def fill(session, drawn):
    units = [
        Unit(id=new_id(), key=f"u{each}", name_sv="U", name_en="U", kind="") for each in UNITS
    ]
    people = [
        Account(
            id=new_id(), name=f"p{each}", display_name="P", created_at=SOME_TIME, memberships=[]
        )
        for each in PERSONS
    ]
    for each in units:
        each.valid_from = FIRST
    session.add_all([*units, *people])
    session.flush()
    for number, unit in enumerate(units):
        when = drawn["parents"][number][2]
        for first, last in ((0, when - 1), (when, None)):
            if last is None or last >= first:
                parent = parent_on(drawn, number, first)
                session.add(
                    UnitPlacement(
                        unit_id=unit.id,
                        parent_id=None if parent is None else units[parent].id,
                        valid_from=day(first),
                        valid_to=None if last is None else day(last),
                    )
                )
    for role, person, unit, (first, last) in drawn["appointments"]:
        session.add(
            Appointment(
                role_key=role,
                account_id=people[person].id,
                unit_id=None if unit is None else units[unit].id,
                valid_from=day(first),
                valid_to=None if last is None else day(last),
            )
        )
    session.flush()


@given(tables)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_holders_are_those_that_a_person_would_find_by_hand(installation, drawn):
    with begin(installation, SYSTEM) as uow:  # and is never committed
        fill(uow.session, drawn)
        for role in ROLES:
            for unit in UNITS:
                for number in DAYS:
                    found = holders.holders(uow.session, role, f"u{unit}", day(number))

                    assert {each.name for each in found} == {
                        f"p{each}" for each in naive_holders(drawn, role, unit, number)
                    }


def test_a_withdrawn_appointment_never_counted(organisation, held):
    appointed = organisation.appoint("mas", "anna", "vof", Period(LATER))
    with organisation.change() as uow:
        row = repository.one(uow.session, Appointment, appointed.id)
        row.valid_to = LATER - A_DAY

    assert held("mas", "vof", LATER) == held("mas", "vof", LATER - A_DAY) == []


def test_belongings_of_many_are_read_at_once(organisation):
    organisation.place("anna", "skola")
    organisation.place("anna", "vof", Period(NOW))
    organisation.place("bo", "vof", Period(LATER))

    with organisation.look() as session:
        found = repository.units_of_several(session, list(organisation.accounts.values()), NOW)
        there = repository.people(session, NOW, unit="vof", limit=9)
        assert session.query(Belonging).count() == 3

    assert {name: found.get(each) for name, each in organisation.accounts.items()} == {
        "anna": ["skola", "vof"],
        "bo": None,
        "cecilia": None,
        "david": None,
        "eva": None,
    }
    assert [each.name for each in there] == ["anna"]
