"""Changing the organisation: who may, what is refused, and what the record says of it."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from engine.accounts import repository as people
from engine.audit import repository as record
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.identity.actor import SYSTEM
from engine.organisation import (
    absences,
    appointments,
    belongings,
    holdings,
    roles,
    substitutions,
    units,
)
from engine.organisation import repository as organised
from engine.organisation.absences import Reason
from engine.organisation.periods import Period, today
from engine.organisation.substitutions import Scope, ScopeKind
from engine.uow import begin, look
from engine.verification import checking
from tests.engine.organisations import EVER, NOW, Organisation

FAR = date(2100, 1, 1)
FURTHER = date(2101, 1, 1)
A_DAY = timedelta(days=1)


@pytest.fixture
def organisation(installation):
    organisation = Organisation(installation)
    organisation.build()
    return organisation


@pytest.fixture
def anna(organisation):
    return organisation.person("anna")


@pytest.fixture
def bo(organisation):
    return organisation.person("bo")


@pytest.fixture
def charlie(organisation):
    return organisation.person("charlie")


def events(installation):
    with look(installation, SYSTEM) as uow:
        chain = record.named_chain(uow.session, "organisation")
        return [
            (each.type, each.facts, each.actor) for each in record.events(uow.session, chain.id)
        ]


def told(installation):
    return [kind for kind, _, _ in events(installation)]


# ---------------------------------------------------------------- who may


def test_the_system_owner_of_the_whole_organisation_changes_it(organisation, anna, charlie):
    with pytest.raises(NotAllowed):
        organisation.unit("ny", "kommun", by=anna)
    organisation.appoint("system_owner", "anna", "vof")
    with pytest.raises(NotAllowed):
        organisation.unit("ny", "kommun", by=anna)
    organisation.appoint("system_owner", "anna")

    organisation.unit("ny", "kommun", by=anna)

    with pytest.raises(NotAllowed):
        organisation.unit("nyare", "kommun", by=charlie)


def test_a_system_owner_of_yesterday_changes_nothing(organisation, anna, installation):
    with look(installation, SYSTEM) as uow:
        yesterday = today(uow) - A_DAY
    organisation.appoint("system_owner", "anna", None, Period(EVER.first, yesterday))

    with pytest.raises(NotAllowed):
        organisation.unit("ny", by=anna)


def test_the_group_and_the_administrator_change_it_as_well(organisation, anna):
    organisation.unit("ny", by=replace(anna, offices=frozenset({"system_owner"})))
    organisation.unit("nyare", by=replace(anna, is_admin=True))


@pytest.mark.parametrize(
    "act",
    [
        lambda uow: units.create(uow, "x", name_sv="X", period=EVER),
        lambda uow: units.rename(uow, "vof", name_sv="X"),
        lambda uow: units.move(uow, "vof", None, NOW),
        lambda uow: units.end(uow, "hemtjanst", NOW),
        lambda uow: roles.create(uow, "x", name_sv="X"),
        lambda uow: roles.change(uow, "mas", name_sv="X", searched_upward=True),
        lambda uow: belongings.create(uow, "charlie", "vof", EVER),
        lambda uow: appointments.create(uow, "mas", "charlie", "vof", period=EVER),
        lambda uow: absences.create(uow, "anna", Reason.OTHER, EVER),
        lambda uow: substitutions.create(uow, "anna", "charlie", EVER, Scope()),
    ],
)
def test_a_stranger_changes_nothing(organisation, anna, charlie, installation, act):
    before = told(installation)

    with begin(installation, charlie) as uow, pytest.raises(NotAllowed):
        act(uow)

    assert told(installation) == before


# ---------------------------------------------------------------- units


def test_a_unit_cannot_be_moved_below_itself(organisation):
    with pytest.raises(Conflict, match="below itself"):
        organisation.move("kommun", "hemtjanst", FAR)
    with pytest.raises(Conflict, match="below itself"):
        organisation.unit("a", "a")


def test_a_unit_is_below_one_that_is_there(organisation):
    with pytest.raises(Conflict, match="no unit 'nowhere'"):
        organisation.unit("a", "nowhere")
    with pytest.raises(NotFound, match="no unit 'nowhere'"):
        organisation.move("vof", "nowhere", NOW)


def test_a_key_is_given_once_and_in_lower_case(organisation):
    organisation.unit("Ärendet")

    with pytest.raises(Conflict, match="already a unit 'ärendet'"):
        organisation.unit("ÄRENDET")


def test_a_unit_ends_after_what_is_in_it(organisation, anna):
    organisation.place("anna", "hemtjanst")
    with pytest.raises(Conflict, match="cannot be below 'vof' after 2100-01-01"):
        organisation.end("vof", FAR)
    with pytest.raises(Conflict, match="'hemtjanst' has people or appointments after 2100-01-01"):
        organisation.end("hemtjanst", FAR)

    organisation.end("boende", FAR)

    with organisation.look() as session:
        assert organised.unit(session, "boende").valid_to == FAR
        assert [each.period for each in organised.chart(session)["boende"].placings] == [
            Period(EVER.first, FAR)
        ]
        below = organised.units(session, FURTHER, below="vof", limit=10)
        assert [each.key for each, _ in below] == ["hemtjanst"]


def test_moves_of_two_people_at_once_leave_a_tree(organisation):
    """Whoever comes second looks after the first is done: the chain of the organisation is held."""
    for round_ in range(5):
        on, results, barrier = FAR + round_ * A_DAY, [], threading.Barrier(2)

        def attempt(key, parent, on=on, results=results, barrier=barrier):
            barrier.wait()
            try:
                organisation.move(key, parent, on)
                results.append("moved")
            except Conflict as error:
                results.append(str(error))

        threads = [
            threading.Thread(target=attempt, args=pair)
            for pair in (("vof", "buf"), ("buf", "vof"))
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()

        assert ["below itself" in each for each in sorted(results)] == [True, False]
        organisation.move("vof", "kommun", on)
        organisation.move("buf", "kommun", on)


# ---------------------------------------------------------------- people and appointments


def test_nobody_is_in_a_unit_that_is_not_there(organisation, anna):
    organisation.end("boende", FAR)

    with pytest.raises(Conflict, match="not there before 2020-01-01"):
        organisation.place("anna", "boende", Period(EVER.first - A_DAY, FAR))
    with pytest.raises(Conflict, match="not there after 2100-01-01"):
        organisation.appoint("mas", "anna", "boende")
    organisation.appoint("mas", "anna", "boende", Period(EVER.first, FAR))


@pytest.mark.parametrize("unit", ["vof", None])
def test_the_same_appointment_is_made_once(organisation, anna, bo, unit):
    organisation.appoint("mas", "anna", unit, Period(NOW, FAR))
    for days in (Period(NOW, FAR), Period(FAR), Period(EVER.first, NOW), EVER):
        with pytest.raises(Conflict, match="already noted"):
            organisation.appoint("mas", "anna", unit, days)

    organisation.appoint("mas", "anna", unit, Period(FAR + A_DAY))
    organisation.appoint("mas", "anna", unit, Period(EVER.first, NOW - A_DAY))
    organisation.appoint("mas", "bo", unit)
    organisation.appoint("mas", "anna", "buf")


def test_an_appointment_is_ended_prolonged_and_withdrawn(organisation, anna, installation):
    appointed = organisation.appoint("mas", "anna", "vof", Period(FAR))
    other = organisation.appoint("mas", "anna", "vof", Period(NOW, FAR - A_DAY))

    def end(row, last):
        with organisation.change() as uow:
            return appointments.end(uow, row.id, last).valid_to

    with pytest.raises(Conflict, match="already noted from 2100-01-01"):
        end(other, FAR)
    assert end(appointed, FURTHER) == FURTHER
    assert end(appointed, NOW) == FAR - A_DAY
    assert end(other, FAR) == FAR
    assert told(installation)[-3:] == ["appointment.ended"] * 3


def test_what_has_ended_stays(organisation, anna):
    past = organisation.appoint("mas", "anna", "vof", Period(EVER.first, EVER.first))

    with organisation.change() as uow, pytest.raises(Conflict, match="ended on 2020-01-01"):
        appointments.end(uow, past.id, FAR)


def test_people_and_roles_are_those_that_are_there(organisation, anna):
    with pytest.raises(NotFound, match="no role 'king'"):
        organisation.appoint("king", "anna")
    with pytest.raises(NotFound, match="no account 'nobody'"):
        organisation.appoint("mas", "nobody")
    with pytest.raises(NotFound, match="no unit 'nowhere'"):
        organisation.place("anna", "nowhere")


def test_an_organisation_has_roles_of_its_own(organisation, anna):
    with organisation.change() as uow:
        roles.create(uow, "elder", name_sv="Äldste", searched_upward=True)
        roles.change(uow, "mas", name_sv="MAS", name_en="Chief nurse", searched_upward=False)
    organisation.appoint("elder", "anna", "kommun")

    with organisation.change() as uow:
        with pytest.raises(Conflict):
            roles.create(uow, "elder", name_sv="X")
        for key in ("", "Två", "1a", "a" * 65):
            with pytest.raises(Invalid):
                roles.create(uow, key, name_sv="X")


def test_the_shipped_roles_are_there(organisation):
    with organisation.look() as session:
        found = {each.key: each for each in organised.roles(session)}

    assert len(found) == 26
    assert found["mas"].searched_upward
    assert not found["employee"].searched_upward
    assert (found["dpo"].name_sv, found["dpo"].name_en) == (
        "Dataskyddsombud",
        "Data protection officer",
    )


# ---------------------------------------------------------------- absences and substitutes


@pytest.fixture
def led(organisation, anna, bo, charlie):
    """bo leads the unit in which anna works."""
    organisation.place("anna", "hemtjanst")
    organisation.place("charlie", "skola")
    organisation.appoint("unit_manager", "bo", "vof")
    return organisation


def substitute(organisation, by, person="anna", other="charlie", period=EVER, scope=None):
    with organisation.change(by) as uow:
        return substitutions.create(uow, person, other, period, scope or Scope())


def proxies(organisation, name, on):
    """Return for whom somebody may act on a day."""
    noon = datetime.combine(on, time(12), tzinfo=UTC)
    with organisation.look() as session:
        known = holdings.held(organisation.installation, session, noon)
        return known.proxies_of(people.named(session, name).id)


@pytest.mark.parametrize("who", ["anna", "bo", "admin"])
def test_oneself_the_manager_and_an_administrator_name_a_substitute(led, anna, bo, who):
    by = {"anna": anna, "bo": bo, "admin": SYSTEM}[who]

    substitute(led, by)
    with led.change(by) as uow:
        absences.create(uow, "anna", Reason.VACATION, Period(NOW, NOW))

    with led.look() as session:
        assert [each.name for each in proxies(led, "charlie", NOW)] == ["anna"]
        assert absences.absent(session, [anna.id, bo.id], NOW) == {anna.id}
        assert absences.absent(session, [anna.id], NOW + A_DAY) == set()


def test_nobody_names_a_substitute_for_the_manager_or_a_stranger(led, anna, bo, charlie):
    for by, person in ((anna, "bo"), (charlie, "anna"), (bo, "charlie")):
        with pytest.raises(NotAllowed):
            substitute(led, by, person, "anna" if person != "anna" else "bo")


def test_nobody_is_their_own_substitute(led, anna):
    with pytest.raises(Conflict, match="their own"):
        substitute(led, anna, "anna", "anna")


def test_the_same_is_said_once(led, anna):
    substitute(led, anna, period=Period(NOW, FAR))
    substitute(led, anna, scope=Scope(ScopeKind.ROLES, ("mas",)))
    with pytest.raises(Conflict):
        substitute(led, anna, period=Period(FAR))
    with pytest.raises(Conflict):
        substitute(led, anna, scope=Scope(ScopeKind.ROLES, ("mas", "mas")))


def test_a_scope_says_in_what(led, anna, bo, charlie):
    substitute(led, anna, other="charlie", scope=Scope(ScopeKind.ROLES, ("mas", "dpo")))
    substitute(led, anna, other="bo", scope=Scope(ScopeKind.PROCESSES, ("R01",)))

    led.appoint("mas", "anna", "boende", period=EVER)
    led.appoint("author", "anna", "boende", period=EVER)

    [by_role] = proxies(led, "charlie", NOW)
    assert by_role.groups == {"mas", "mas@boende"}
    assert (by_role.processes, by_role.is_personal) == (None, False)
    [by_process] = proxies(led, "bo", NOW)
    assert by_process.groups >= {"mas@boende", "author@boende"}
    assert (by_process.processes, by_process.is_personal) == ({"R01"}, True)
    assert by_process.covers("R01")
    assert not by_process.covers("R02")


@pytest.mark.parametrize(
    "scope",
    [
        Scope(ScopeKind.ALL, ("mas",)),
        Scope(ScopeKind.ROLES),
        Scope(ScopeKind.PROCESSES, ("",)),
        Scope(ScopeKind.PROCESSES, tuple(map(str, range(101)))),
    ],
)
def test_a_scope_that_is_none_is_refused(led, anna, scope):
    with pytest.raises(Invalid):
        substitute(led, anna, scope=scope)


def test_only_one_step_is_followed(led, anna, bo, charlie):
    substitute(led, SYSTEM, "anna", "bo")
    substitute(led, SYSTEM, "bo", "charlie")

    assert [each.name for each in proxies(led, "charlie", NOW)] == ["bo"]
    assert [each.name for each in proxies(led, "bo", NOW)] == ["anna"]


def test_a_substitution_counts_on_its_days(led, anna, charlie):
    row = substitute(led, anna, period=Period(NOW, FAR))
    with led.change(anna) as uow:
        substitutions.end(uow, row.id, FAR - A_DAY)

    counts = [len(proxies(led, "charlie", on)) for on in (NOW - A_DAY, NOW, FAR - A_DAY, FAR)]
    assert counts == [0, 1, 1, 0]


def test_a_substitute_does_not_prolong_what_they_got_and_a_stranger_does_not_learn_of_it(
    led, anna, bo, charlie
):
    row = substitute(led, anna, period=Period(NOW, FAR))

    with led.change(charlie) as uow, pytest.raises(NotAllowed):
        substitutions.end(uow, row.id, FURTHER)
    stranger = led.person("dora")
    with led.change(stranger) as uow, pytest.raises(NotFound):
        substitutions.end(uow, row.id, NOW)


def test_why_somebody_is_away_is_for_the_person_and_who_leads_them(led, anna, bo, charlie):
    with led.change(anna) as uow:
        row = absences.create(uow, "anna", Reason.LEAVE, EVER)

    def seen(by, person):
        with look(led.installation, by) as uow:
            return [each.reason for each in absences.listed(uow, person=person, limit=9)]

    assert seen(anna, None) == seen(bo, "anna") == ["leave"]
    assert seen(charlie, None) == []
    with pytest.raises(NotFound):
        seen(charlie, "anna")
    with led.change(charlie) as uow, pytest.raises(NotFound):
        absences.end(uow, row.id, NOW)


# ---------------------------------------------------------------- the record


def test_every_change_is_in_the_record_and_the_record_holds(led, anna, installation):
    with led.change() as uow:
        roles.create(uow, "elder", name_sv="Äldste")
        units.rename(uow, "vof", name_sv="Vård och omsorg")
        units.move(uow, "boende", "buf", FAR)
    appointed = led.appoint("mas", "anna", "vof", decision="VON 2026/12 § 3")
    with led.change(anna) as uow:
        row = absences.create(uow, "anna", Reason.LEAVE, EVER)
        absences.end(uow, row.id, FAR)

    kinds = told(installation)
    assert kinds[-6:] == [
        "role.created",
        "unit.changed",
        "unit.moved",
        "appointment.created",
        "absence.created",
        "absence.ended",
    ]
    _, facts, _ = events(installation)[-3]
    assert facts == {
        "appointment": str(appointed.id),
        "role": "mas",
        "account": str(anna.id),
        "unit": str(appointed.unit_id),
        "valid_from": "2020-01-01",
        "valid_to": None,
    }
    assert events(installation)[-1][2] == f"person:{anna.id}"
    assert "leave" not in str(events(installation))  # of why somebody is away only the seal
    with look(installation, SYSTEM) as uow:
        verified = dict(checking.verify_everything(uow.session))
    assert verified["organisation"] is None


def test_what_is_refused_leaves_nothing(organisation, anna, installation):
    before = told(installation)

    with pytest.raises(Conflict):
        organisation.move("kommun", "hemtjanst", NOW)

    assert told(installation) == before
    with organisation.look() as session:
        assert organised.ancestors(session, "kommun", NOW) == []


def test_a_rename_to_the_same_says_nothing(organisation, installation):
    with organisation.change() as uow:
        units.rename(uow, "vof", name_sv="Vof", kind="enhet")

    assert told(installation)[-1] == "unit.moved"  # the last of building it
