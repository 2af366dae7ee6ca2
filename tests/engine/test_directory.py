"""Finding people, and who is locked out: the same on each database."""

from datetime import date

import pytest

from engine.accounts import administration, attempts, commands, repository, ways_in
from engine.identity.actor import SYSTEM
from engine.organisation import belongings, directory, units
from engine.organisation.directory import Asked, Which
from engine.organisation.periods import Period
from engine.uow import begin, look

DAY = date(2026, 5, 1)
SINCE = Period(date(2020, 1, 1))
NAMES = {"asa": "Åsa Öberg", "bo": "Bo 100 %", "cecilia": "Cecilia_C"}


@pytest.fixture
def people(installation):
    with begin(installation, SYSTEM) as uow:
        units.create(uow, "norr", name_sv="Norr", period=SINCE)
        for name, shown in NAMES.items():
            commands.create_account(
                uow, name, password=None, display_name=shown, groups=["officer"]
            )
        belongings.create(uow, "asa", "norr", SINCE)
        administration.close(uow, repository.named(uow.session, "cecilia").id, "Has left.")
        uow.commit()


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(), ["Bo 100 %", "Åsa Öberg"]),
        (Asked("åsa"), ["Åsa Öberg"]),
        (Asked("ÖBERG"), ["Åsa Öberg"]),
        (Asked("100 %"), ["Bo 100 %"]),
        (Asked("_"), []),
        (Asked("\0"), ["Bo 100 %", "Åsa Öberg"]),
        (Asked(unit="norr"), ["Åsa Öberg"]),
        (Asked(which=Which.UNPLACED), ["Bo 100 %"]),
        (Asked(which=Which.CLOSED), ["Cecilia_C"]),
        (Asked("_", which=Which.ALL), ["Cecilia_C"]),
        (Asked(among=()), []),
    ],
)
def test_people_are_found(installation, asked, found):
    with look(installation, SYSTEM) as uow:
        rows = directory.people(uow.session, asked, DAY, limit=10)
        number = directory.count(uow.session, asked, DAY)

    assert sorted(each.display_name for each in rows) == found
    assert number == len(found)


@pytest.mark.usefixtures("people")
def test_people_are_counted_and_come_in_pages(installation):
    with look(installation, SYSTEM) as uow:
        counts = directory.counts(uow.session, DAY)
        [first] = directory.people(uow.session, Asked(), DAY, limit=1)
        [second] = directory.people(uow.session, Asked(), DAY, after=first.id, limit=1)
        last = directory.people(uow.session, Asked(), DAY, after=second.id, limit=1)
        by_unit = directory.people_by_unit(uow.session, DAY)
        members = directory.in_group(uow.session, "officer", limit=10)

    assert (counts.active, counts.closed, counts.unplaced) == (2, 1, 1)
    assert {first.name, second.name} == {"asa", "bo"}
    assert last == []
    assert by_unit == {"norr": 1}
    assert {each.name for each in members} == {"asa", "bo"}


@pytest.mark.usefixtures("people")
def test_who_is_locked_out_is_known_until_when(installation):
    with begin(installation, SYSTEM) as uow:
        for _ in range(attempts.LIMITS[attempts.Kind.NAME].free):
            [*locks] = attempts.begin(uow, attempts.name("asa"))
        uow.commit()

    with look(installation, SYSTEM) as uow:
        asa = repository.named(uow.session, "asa")
        assert ways_in.locked(uow) == {asa.id: locks[0].until}
        assert ways_in.of(uow, asa).locked_until == locks[0].until
        assert ways_in.of(uow, repository.named(uow.session, "bo")).locked_until is None
