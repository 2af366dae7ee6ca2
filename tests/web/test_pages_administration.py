"""Where administration begins, who may come in, and what holds for all of its pages."""

import re

import pytest

from tests.factories.organisations import appoint, organisation, place
from tests.factories.tables import counted
from tests.web.test_statements import told

__all__ = ["organisation"]

PAGES = [
    "/administration",
    "/administration/people",
    "/administration/people?show=closed&unit=norr&text=al",
    "/administration/people?show=nonsense&after=nonsense",
    "/administration/people?show=locked",
    "/administration/units",
    "/administration/units?on=nonsense",
    "/administration/units/norr",
    "/administration/units/norr?role=author&on=1700-01-01",
    "/administration/units/norr/names",
    "/administration/units/norr/parent",
    "/administration/units/norr/ending",
    "/administration/units/norr/closures",
    "/administration/new-unit",
    "/administration/closures",
    "/administration/new-closure",
    "/administration/roles",
    "/administration/roles?show=empty",
    "/administration/roles/author",
    "/administration/roles/author/names",
    "/administration/new-role",
    "/administration/appointments/new?role=author&unit=norr&person=alice",
    "/administration/organisation",
    "/administration/organisation/units.csv",
    "/administration/organisation/organisation.json",
]
OF_A_PERSON = ["", "/units", "/absences", "/substitutes"]
OF_AN_ACCOUNT = ["/account", "/password", "/closing", "/reopening"]
SHOWN = [each for each in PAGES if "/organisation/" not in each]
NOTHING = "01990000-0000-7000-8000-000000000000"
GONE = [
    f"/administration/people/{NOTHING}",
    f"/administration/people/{NOTHING}/account",
    f"/administration/people/{NOTHING}/closing",
    f"/administration/people/{NOTHING}/units",
    f"/administration/belongings/{NOTHING}/ending",
    f"/administration/appointments/{NOTHING}/ending",
    f"/administration/closures/{NOTHING}/ending",
    "/administration/units/nowhere",
    "/administration/units/nowhere/names",
    "/administration/units/nowhere/parent",
    "/administration/units/nowhere/closures",
    "/administration/roles/nothing",
]
TAKING = [
    "/administration/people/new",
    "/administration/new-unit",
    "/administration/units/norr/names",
    "/administration/units/norr/parent",
    "/administration/units/norr/ending",
    "/administration/units/norr/closures",
    "/administration/new-closure",
    "/administration/new-role",
    "/administration/roles/author/names",
    "/administration/appointments/new",
    f"/administration/appointments/{NOTHING}/ending",
    f"/administration/belongings/{NOTHING}/ending",
    f"/administration/closures/{NOTHING}/ending",
    "/administration/organisation/rehearsal",
    "/administration/organisation/import",
]
TAKING_OF_A_PERSON = [
    *OF_A_PERSON[1:],
    *OF_AN_ACCOUNT,
    "/unlocking",
    "/sessions/revocation",
    f"/tokens/{NOTHING}/revocation",
]
FEW = 16
"""Statements of a page, whatever there is to show."""


@pytest.fixture
def alice_page(browsers, organisation):
    place(organisation, "alice", "norr")
    return browsers("admin").get("/administration/people").link("alice")


def test_a_page_has_one_heading_labels_and_a_token_in_each_form(browsers, alice_page):
    browser = browsers("admin")

    for address in [*SHOWN, *(alice_page + below for below in OF_A_PERSON + OF_AN_ACCOUNT)]:
        page = browser.get(address)

        assert page.status == 200, address
        assert len(page.all("//h1")) == 1, address
        assert page.all("//@style | //@onclick | //main//script") == [], address
        forms = page.all("//main//form[@method='post']")
        assert all(form.xpath(".//input[@name='csrf_token']") for form in forms), address
        assert unlabelled(page) == [], address


def unlabelled(page):
    """Return the fields without a label of their own."""
    fields = page.all("//main//*[self::input or self::select or self::textarea][not(@hidden)]")
    named = set(page.all("//label/@for"))
    return [
        each.get("name")
        for each in fields
        if each.get("type") != "hidden" and each.get("id") not in named
    ]


def test_who_looks_after_nothing_comes_in_nowhere(browsers, alice_page):
    charlie = browsers("charlie")

    for address in [*PAGES, *(alice_page + below for below in OF_A_PERSON + OF_AN_ACCOUNT)]:
        assert charlie.get(address).heading == "Not for you to do", address


@pytest.mark.parametrize("name", ["alice", "owner", "auditor"])
def test_neither_routines_nor_audits_let_anybody_in(browsers, organisation, name):
    assert browsers(name).get("/administration").status == 403
    assert browsers(name).get("/administration/people").status == 403


def test_who_looks_after_nothing_changes_nothing(browsers, organisation, installation, alice_page):
    charlie, before = browsers("charlie"), counted(installation)

    for address in [*TAKING, *(alice_page + below for below in TAKING_OF_A_PERSON)]:
        assert charlie.post(address, name_sv="X", key="x", valid_to="2030-01-01").status == 403

    assert counted(installation) == before


def test_a_stranger_is_asked_to_sign_in(client, organisation):
    response = client.get("/administration")

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in?next=/administration")


def test_what_is_not_there_is_not_found(browsers, organisation):
    browser = browsers("admin")

    for address in GONE:
        assert browser.get(address).status == 404, address
        assert browser.post(address, valid_to="2026-01-01").status in {404, 405}, address


@pytest.fixture
def system_owner(browsers, organisation):
    """Somebody who looks after the organisation and is no administrator."""
    appoint(organisation, "system_owner", "bob", None)
    return browsers("bob")


def test_who_looks_after_the_management_system_comes_in(system_owner):
    for address in PAGES:
        assert system_owner.client.get(address).status_code == 200, address


def test_who_is_no_administrator_sees_nothing_of_how_people_come_in(system_owner, alice_page):
    page = system_owner.get(alice_page)

    assert page.status == 200
    assert "Keys for programs" not in page.main
    assert "Close the account" not in page.main
    assert not [
        each for each in page.all("//main//a/@href") if each.endswith(tuple(OF_AN_ACCOUNT))
    ]
    assert "Add somebody" not in system_owner.get("/administration/people").main


def test_who_is_no_administrator_does_nothing_with_accounts(system_owner, alice_page):
    for below in OF_AN_ACCOUNT:
        assert system_owner.get(alice_page + below).status == 403, below
        sent = system_owner.post(alice_page + below, reason="x", display_name="x")
        assert sent.status == 403, below


# ---------------------------------------------------------------- where it begins


def rows(page, label):
    return page.texts(f"//ul[@aria-labelledby='{label}']//a[@class='row-name']")


def test_the_beginning_says_what_needs_somebody(browsers, organisation):
    page = browsers("admin").get("/administration")

    assert rows(page, "needs") == [
        "Roles that nobody has",
        "People who work in no unit",
        "Only one administrator",
    ]
    assert rows(page, "there") == ["People", "Units", "Roles", "The organisation as tables"]


def test_every_way_on_leads_somewhere(browsers, organisation):
    browser = browsers("admin")
    page = browser.get("/administration")

    for address in page.all("//main//a/@href"):
        assert browser.get(address).status == 200, address


def test_what_is_seen_to_needs_nobody_any_more(browsers, organisation, people):
    before = browsers("admin").get("/administration")
    for each in people:
        place(organisation, each, "norr")
    page = browsers("admin").get("/administration")

    assert "People who work in no unit" in before.main
    assert "People who work in no unit" not in page.main


# ---------------------------------------------------------------- how much it asks


@pytest.fixture
def many(organisation):
    """Two hundred people in a unit, half of them with a role."""
    lines = ["account;display_name;create;unit;valid_from"]
    lines += [f"p{n:03};Person {n:03};ja;norr;2020-01-01" for n in range(200)]
    appointed = ["role;account;unit;valid_from"]
    appointed += [f"author;p{n:03};norr;2020-01-01" for n in range(100)]
    tables = {"people": lines, "appointments": appointed}
    body = {
        name: [dict(zip(rows[0].split(";"), each.split(";"), strict=True)) for each in rows[1:]]
        for name, rows in tables.items()
    }
    answer = organisation.post("/organisation/import", json=body)
    assert answer.status == 200, answer.text
    return organisation


def test_a_page_asks_a_few_things_however_many_people_there_are(browsers, many, installation):
    browser = browsers("admin")
    browser.get("/administration")  # what is worked out once, is worked out

    for address in SHOWN:
        with told(installation) as statements:
            assert browser.get(address).status == 200, address

        asked = [each for each in statements if re.match(r"SELECT|WITH", each)]
        assert len(asked) <= FEW, "\n".join([address, *asked])


def test_a_list_of_many_comes_in_pages(browsers, many):
    browser = browsers("admin")
    seen: list[str] = []
    page = browser.get("/administration/people?text=person")
    assert "200 people" in page.main
    while True:
        seen += page.texts("//main//a[@class='row-name']")
        onward = [each for each in page.all("//nav[@class='pages']//a") if "Further" in each.text]
        if not onward:
            break
        page = browser.get(onward[0].get("href"))

    assert seen == [f"Person {n:03}" for n in range(200)]
