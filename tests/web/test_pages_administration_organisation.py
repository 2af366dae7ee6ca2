"""Units, roles, appointments, absences and tables on pages: what they say is done, and it is in the record."""

import io
from datetime import date

import pytest

from engine.organisation import holders, repository
from tests.factories.browsers import Page, problems
from tests.factories.organisations import appoint, organisation, place
from tests.factories.records import events
from tests.factories.tables import counted

__all__ = ["organisation"]

HERE = "/administration"
DAY = date(2026, 5, 1)


@pytest.fixture
def browser(browsers, organisation):
    return browsers("admin")


@pytest.fixture
def person(organisation):
    """Return where the page of somebody is."""
    found = organisation.get("/accounts").json["items"]
    identities = {each["name"]: each["id"] for each in found}
    return lambda name, below="": f"{HERE}/people/{identities[name]}{below}"


def receipt(page):
    return page.texts("//div[@role='status']")


def last(installation):
    return events(installation, "organisation")[-1].type


def endings(page):
    return [each for each in page.all("//main//a/@href") if each.endswith("/ending")]


# ---------------------------------------------------------------- units


def test_a_unit_is_added_renamed_moved_and_ended(browser, installation):
    made = browser.post(
        f"{HERE}/new-unit",
        key=" Vaster ",
        name_sv="Väster",
        kind="enhet",
        parent="kommun",
        valid_from="2026-01-01",
    )
    assert (made.address, made.heading) == (f"{HERE}/units/vaster", "Väster enhet")
    assert receipt(made) == ["There is a new unit: Väster."]
    assert "It stands below Exempelby municipality." in made.main

    named = browser.post(f"{HERE}/units/vaster/names", name_sv="Väst", name_en="West")
    assert receipt(named) == ["The unit is called “Väst” now."]

    moved = browser.post(f"{HERE}/units/vaster/parent", parent="norr", on="2026-06-01")
    assert receipt(moved) == ["From 1 June 2026 “West” stands below “North”."]
    tree = browser.get(f"{HERE}/units?on=2026-07-01")
    below = tree.one("//a[text()='North']/ancestor::li[1]/ul")
    assert "West" in below.text_content()

    ended = browser.post(f"{HERE}/units/vaster/ending", valid_to="2026-12-31")
    assert receipt(ended) == ["It counts from 1 January 2026 to 31 December 2026."]
    with installation.database.reading() as session:
        row = repository.unit(session, "vaster")
    assert (row.name_sv, row.valid_to) == ("Väst", date(2026, 12, 31))
    kinds = [each.type for each in events(installation, "organisation")]
    assert kinds[-5:] == [
        "unit.created",
        "unit.moved",
        "unit.changed",
        "unit.moved",
        "unit.ended",
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"key": "", "name_sv": "X"}, ["Key: Fill this in."]),
        ({"key": "x", "name_sv": ""}, ["Name in Swedish: Fill this in."]),
        ({"key": "norr", "name_sv": "X"}, ["There is already a unit 'norr'."]),
        ({"key": "x x", "name_sv": "X"}, ["Key: 'x x' cannot be the key of a unit."]),
        ({"key": "x", "name_sv": "X", "parent": "nowhere"}, ["There is no unit 'nowhere'."]),
        (
            {"key": "x", "name_sv": "X", "valid_from": "soon"},
            ["First day: 'soon' is not a day such as 2026-05-01."],
        ),
        (
            {"key": "x", "name_sv": "X", "valid_to": "2019-01-01"},
            ["Last day: The last day, 2019-01-01, is before the first, 2026-01-01."],
        ),
        (
            {"key": "x", "name_sv": "X", "valid_from": "1066-10-14"},
            ["First day: A day is between 1900-01-01 and 2999-12-31."],
        ),
    ],
)
def test_what_cannot_be_a_unit_is_told_at_its_field(browser, fields, told):
    page = browser.post(f"{HERE}/new-unit", **{"valid_from": "2026-01-01"} | fields)

    assert page.status in {409, 422}
    assert list(problems(page)) == told
    assert page.value("key") == fields["key"]


def test_a_tree_that_would_be_none_is_refused_in_the_words_of_the_rules(browser):
    page = browser.post(f"{HERE}/units/kommun/parent", parent="norr", on="2026-06-01")

    assert page.status == 409
    [told] = problems(page)
    assert told.startswith("Below: 'kommun' would be below itself on 2026-06-01")
    assert page.value("on") == "2026-06-01"
    chosen = page.one("//select[@id='f-parent']/option[@selected]").get("value")
    assert chosen == "norr"


def test_a_unit_with_people_in_it_is_not_ended(browser, organisation):
    place(organisation, "alice", "norr")

    page = browser.post(f"{HERE}/units/norr/ending", valid_to="2030-01-01")

    assert page.status == 409
    assert list(problems(page)) == [
        "Last day: 'norr' has people or appointments after 2030-01-01."
    ]


def test_who_held_a_role_on_a_day_is_one_sentence(browser, organisation):
    appoint(organisation, "unit_manager", "alice", "norr")
    appoint(organisation, "unit_manager", "bob", "kommun", "2024-01-01")

    def answer(unit, day, role="unit_manager"):
        page = browser.get(f"{HERE}/units/{unit}?role={role}&on={day}")
        return page.texts("//p[@class='answer']")

    assert answer("norr", "2022-01-01") == ["Unit manager in North on 1 January 2022: alice."]
    assert answer("soder", "2022-01-01") == ["Unit manager for South on 1 January 2022: nobody."]
    assert answer("soder", "2025-01-01") == [
        "Unit manager for South on 1 January 2025: bob, appointed for Exempelby municipality."
    ]
    assert answer("norr", "2022-01-01", role="nonsense") == []


def test_days_closed_are_noted_and_get_another_last_day(browser, installation):
    page = browser.post(
        f"{HERE}/units/norr/closures",
        closure="Planering",
        valid_from="2026-12-01",
        valid_to="2026-12-02",
    )
    assert "Planering from 1 December 2026 to 2 December 2026" in page.main

    [address] = [each for each in endings(page) if "closures" in each]
    assert browser.get(address).value("valid_to") == "2026-12-02"
    ended = browser.post(address, valid_to="2026-12-01")

    assert receipt(ended) == ["It counts on 1 December 2026."]
    assert last(installation) == "closure.ended"
    for_all = browser.post(
        f"{HERE}/new-closure", closure="Jul", valid_from="2026-12-23", valid_to=""
    )
    assert list(problems(for_all)) == ["Last day: Fill this in."]


# ---------------------------------------------------------------- roles and appointments


def test_somebody_is_appointed_and_the_appointment_ended(browser, installation, person):
    page = browser.post(
        f"{HERE}/appointments/new",
        role="author",
        person="alice",
        unit="norr",
        valid_from="2026-01-01",
        decision="KS 2026/7",
        next=person("alice"),
    )

    assert page.address == person("alice")
    assert receipt(page) == ["“alice” is appointed: Author, North."]
    with installation.database.reading() as session:
        [held] = holders.holders(session, "author", "norr", DAY)
    assert held.name == "alice"
    role = browser.get(f"{HERE}/roles/author")
    assert "KS 2026/7" in role.main
    assert browser.get(f"{HERE}/roles").one(
        "//a[text()='Author']/ancestor::li//p[@class='row-state']"
    ).text_content().split() == ["1", "person"]

    [address] = endings(role)
    asked = browser.get(address)
    assert "alice is appointed: Author, North." in asked.main
    ended = browser.post(address, valid_to="2026-01-31")

    assert receipt(ended) == ["It counts from 1 January 2026 to 31 January 2026."]
    assert "1 appointment is over" in ended.main
    assert last(installation) == "appointment.ended"
    over = browser.post(address, valid_to="2027-01-31")
    assert over.status == 409
    assert list(problems(over)) == ["It ended on 2026-01-31; that is not changed any more."]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"role": ""}, "Role: Fill this in."),
        ({"role": "nothing"}, "Role: There is no role 'nothing'."),
        ({"person": "nobody"}, "Person: There is no account 'nobody'."),
        ({"unit": ""}, "Unit: Fill this in."),
        ({"valid_from": ""}, "First day: Fill this in."),
        ({"decision": "x" * 501}, "A reference to a decision has at most 500 characters."),
        ({"person": "bob"}, "First day: The same is already noted from 2020-01-01 on."),
    ],
)
def test_what_cannot_be_an_appointment_is_told(browser, organisation, fields, told):
    appoint(organisation, "author", "bob", "norr")
    right = {"role": "author", "person": "alice", "unit": "norr", "valid_from": "2026-01-01"}

    page = browser.post(f"{HERE}/appointments/new", **right | fields)

    assert page.status in {409, 422}
    assert list(problems(page)) == [told]
    assert page.value("person") == (right | fields)["person"]


def test_a_form_leads_to_no_other_place(browser):
    page = browser.post(
        f"{HERE}/appointments/new",
        role="author",
        person="alice",
        unit="-",
        valid_from="2026-01-01",
        next="https://elsewhere.example/",
    )

    assert page.address == f"{HERE}/roles/author"


def test_a_role_says_who_has_it_and_where_nobody_does(browser, organisation):
    appoint(organisation, "author", "alice", "norr")

    page = browser.get(f"{HERE}/roles/author")

    assert "Writes and changes documents." in page.main
    assert page.texts("//h2[.='Where nobody answers for it']/following-sibling::ul[1]/li") == [
        "Exempelby municipality : Appoint somebody",
        "South : Appoint somebody",
    ]
    assert "Nobody has it." in browser.get(f"{HERE}/roles/dpo").main
    empty = browser.get(f"{HERE}/roles?show=empty").main
    assert "Data protection officer" in empty
    assert "Writes and changes documents." not in empty


def test_a_role_is_added_and_changed(browser, installation):
    added = browser.post(
        f"{HERE}/new-role", key="fire_guard", name_sv="Brandvakt", searched_upward="yes"
    )
    changed = browser.post(
        f"{HERE}/roles/fire_guard/names",
        name_sv="Brandvakt",
        name_en="Fire guard",
        searched_upward="no",
    )

    assert receipt(added) == ["There is a new role: Brandvakt."]
    assert receipt(changed) == ["The role “Fire guard” is saved."]
    with installation.database.reading() as session:
        assert not repository.role(session, "fire_guard").searched_upward
    wrong = browser.post(f"{HERE}/new-role", key="Fire Guard", name_sv="X")
    assert list(problems(wrong)) == ["Key: 'Fire Guard' cannot be the key of a role."]


# ---------------------------------------------------------------- a person's units, absences, substitutes


def test_a_person_is_placed_in_a_unit_and_leaves_it(browser, installation, person):
    page = browser.post(person("alice", "/units"), unit="norr", valid_from="2026-01-01")
    assert receipt(page) == ["“alice” is placed in North."]
    assert "Works in North." in page.main

    [address] = endings(page)
    ended = browser.post(address, valid_to="2026-02-28")

    assert ended.address == person("alice")
    assert "Is placed in no unit." in ended.main
    assert "What is over" in ended.main
    assert last(installation) == "belonging.ended"
    twice = browser.post(person("alice", "/units"), unit="norr", valid_from="2026-02-01")
    assert list(problems(twice)) == ["First day: The same is already noted from 2026-01-01 on."]


def test_what_was_only_planned_is_withdrawn(browser, person):
    page = browser.post(person("alice", "/units"), unit="norr", valid_from="2999-01-01")
    [address] = endings(page)

    ended = browser.post(address, valid_to="2026-01-01")

    assert receipt(ended) == ["It is withdrawn, as if it had not been planned."]
    assert endings(ended) == []
    assert browser.get(address).status == 404


def test_an_absence_is_noted_and_ended(browser, installation, person):
    page = browser.post(person("alice", "/absences"), kind="vacation", valid_from="2026-01-01")
    assert "Is away: Vacation, from 1 January 2026 until further notice." in page.main

    [address] = endings(page)
    browser.post(address, valid_to="2026-02-01")

    assert last(installation) == "absence.ended"
    wrong = browser.post(person("alice", "/absences"), kind="illness", valid_from="2026-01-01")
    assert list(problems(wrong)) == ["Kind: Choose one of the options."]


def test_a_substitute_is_named(browser, installation, person):
    page = browser.post(
        person("alice", "/substitutes"),
        substitute="bob",
        scope="roles",
        keys="author reviewer",
        valid_from="2026-01-01",
    )

    assert receipt(page) == ["“bob” may act for “alice”."]
    assert "In some roles only: Author, Reviewer" in page.main
    assert "Acts for others" in browser.get(person("bob")).main
    assert last(installation) == "substitution.created"
    [address] = endings(page)
    assert browser.post(address, valid_to="2026-02-01").status == 200


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"substitute": "alice"}, "Substitute: Nobody is their own substitute."),
        ({"substitute": "nobody"}, "Substitute: There is no account 'nobody'."),
        ({"scope": "nothing"}, "In what: Choose one of the options."),
        ({"scope": "roles"}, "Roles or routines: Fill this in."),
        ({"scope": "roles", "keys": "nothing"}, "Roles or routines: There is no role 'nothing'."),
    ],
)
def test_what_cannot_be_a_substitute_is_told(browser, person, fields, told):
    right = {"substitute": "bob", "scope": "all", "valid_from": "2026-01-01"}

    page = browser.post(person("alice", "/substitutes"), **right | fields)

    assert list(problems(page)) == [told]
    assert page.value("substitute") == (right | fields)["substitute"]


# ---------------------------------------------------------------- tables

UNITS = "key;name_sv;parent;valid_from\nvof;Vård;kommun;2020-01-01\nx;X;vof;2020-01-01\n"
PEOPLE = "account;display_name;create;unit;valid_from\nanna;Anna;ja;vof;2020-01-01\n"
WRONG = "key;name_sv;parent;valid_from\nvof;Vård;kommun;2020-01-01\ny;Y;nowhere;2020-01-01\n"


def send(browser, address, **parts):
    data = {
        name: (io.BytesIO(text.encode()), f"{name}.csv") if "\n" in text else text
        for name, text in parts.items()
    }
    data["csrf_token"] = browser.get("/sign-in").token
    answer = browser.client.post(
        address, data=data, headers={"Accept-Language": "en"}, follow_redirects=True
    )
    return Page(answer)


def confirm(browser, page):
    form = page.one("//main//form[.//input[@name='carried']]")
    fields = {each.get("name"): each.get("value") for each in form.xpath(".//input")}
    return browser.post(form.get("action"), mark=fields["mark"], carried=fields["carried"])


def rehearse(browser, **files):
    return send(browser, f"{HERE}/organisation/rehearsal", **files)


def test_tables_are_looked_at_and_then_taken_in(browser, installation):
    before = counted(installation)

    page = rehearse(browser, units=UNITS, people=PEOPLE)

    assert page.status == 200, page.main
    assert "3 rows have been read. It would come to 4 changes." in page.main
    assert page.texts("//tbody/tr")[0] == "Units 2 Added vof"
    assert counted(installation) == before
    done = confirm(browser, page)
    assert receipt(done) == ["4 changes are made."]
    after = counted(installation)
    assert after["unit"] == before["unit"] + 2
    assert after["account"] == before["account"] + 1
    again = rehearse(browser, units=UNITS, people=PEOPLE)
    assert "Nothing would change" in again.main


def test_who_left_the_page_learns_later_what_was_taken_in(browser, organisation):
    told = "//h3[@id='imports']/following-sibling::ul[1]/li"
    assert browser.get(f"{HERE}/organisation").texts(told) == []
    confirm(browser, rehearse(browser, units=UNITS))
    confirm(browser, rehearse(browser, units=UNITS, people=PEOPLE))

    first, second = browser.get(f"{HERE}/organisation").texts(told)

    assert " made 2 changes on " in first
    assert " made 2 changes on " in second


def test_what_is_wrong_is_told_with_row_and_column(browser, installation):
    before = counted(installation)

    page = rehearse(browser, units=WRONG)

    assert page.status == 422
    assert "1 cell has to be put right" in page.main
    assert page.texts("//tbody/tr")[0] == "Units 3 parent There is no unit 'nowhere'."
    assert page.all("//input[@name='carried']") == []
    assert counted(installation) == before


def test_what_was_shown_is_done_or_nothing(browser, organisation, installation):
    page = rehearse(browser, units=UNITS)
    names = {"name_sv": "Vård", "valid_from": "2020-01-01", "parent": "kommun"}
    organisation.post("/units", json={"key": "vof", **names})

    refused = confirm(browser, page)

    assert refused.status == 409
    assert list(problems(refused)) == [
        "The organisation was changed in the meantime. See what would change now."
    ]
    assert "It would come to 1 change." in refused.main
    assert receipt(confirm(browser, refused)) == ["1 change is made."]


@pytest.mark.parametrize(
    "carried",
    ["", "[]", "{", '{"units": 1}', '{"units": [["a"]]}', '{"nothing": []}', '{"units": [[]]}'],
)
def test_what_was_not_shown_is_not_taken_in(browser, installation, carried):
    before = counted(installation)

    page = browser.post(f"{HERE}/organisation/import", mark="x", carried=carried)

    assert page.status == 422
    assert counted(installation) == before


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "Units: Choose at least one file that has rows."),
        ({"units": "nonsense\n1\n"}, "Units: The table 'units' has a column 'nonsense' that"),
        ({"json": "{\n"}, "Everything: The file is not JSON."),
        ({"json": "[\n]"}, "Everything: What was sent cannot be used."),
    ],
)
def test_a_file_that_is_no_table_is_told_at_its_field(browser, files, told):
    page = rehearse(browser, **files)

    assert page.status == 422
    [problem] = problems(page)
    assert problem.startswith(told)


def test_what_is_taken_out_can_be_taken_in(browser, organisation):
    place(organisation, "alice", "norr")
    everything = browser.client.get(f"{HERE}/organisation/organisation.json")
    units = browser.client.get(f"{HERE}/organisation/units.csv")

    assert "attachment" in everything.headers["Content-Disposition"]
    page = rehearse(browser, json=everything.text, units=units.text.removeprefix("\ufeff"))
    assert "Nothing would change" in page.main
    assert browser.get(f"{HERE}/organisation/nothing.csv").status == 422
