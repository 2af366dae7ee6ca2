"""The account's page as a profile: who one is, in which language, when one is away and who acts for whom."""

from datetime import timedelta

import pytest
from flask import template_rendered

from engine.audit.events import EventType
from engine.identity.actor import SYSTEM
from engine.organisation import periods
from engine.uow import look
from tests.bpmn.sketch import end, model, start, user
from tests.factories.browsers import problems
from tests.factories.tables import counted
from tests.web.test_api_organisation import appoint
from tests.web.test_statements import told

SINCE = {"valid_from": "2020-01-01"}
ABSENCES = "/account/absences"
SUBSTITUTES = "/account/substitutes"


@pytest.fixture
def today(installation):
    with look(installation, SYSTEM) as unit:
        return periods.today(unit)


def rows(page, heading):
    return page.texts(f"//ul[@aria-labelledby='{heading}']/li")


def endings(page, path):
    return [each for each in page.all("//main//a/@href") if each.startswith(f"{path}/0")]


# ---------------------------------------------------------------- who one is


def test_the_account_says_where_one_works_and_what_one_holds(browsers, admin):
    names = {"name_sv": "Norra enheten", "name_en": "The north", "kind": "enhet"}
    admin.post("/units", json={"key": "norr", **names, **SINCE})
    admin.post("/belongings", json={"person": "alice", "unit": "norr", **SINCE})
    appoint(admin, "registrar", "alice", "norr")
    appoint(admin, "mas", "alice", None)

    english, swedish = browsers("alice").get("/account"), browsers("alice", "sv").get("/account")

    facts = english.texts("//dl[@class='facts']/div")
    assert facts[0] == "You work in The north"
    assert "Registrar in The north" in facts[1]
    assert "for the whole organisation" in facts[1]
    assert "officer" in facts[1]
    assert "Registrator" in swedish.texts("//dl[@class='facts']/div")[1]


def test_who_holds_nothing_is_told_what_comes_all_the_same(browsers):
    page = browsers("charlie").get("/account")

    assert page.texts("//dl[@class='facts']//dd")[0] == "No unit yet"
    assert "given to you by name" in page.main
    assert "You are an administrator." not in page.main
    assert "You are an administrator." in browsers("admin").get("/account").main


# ---------------------------------------------------------------- language


def test_a_language_follows_its_person_to_another_device(browsers, installation):
    here, there, bob = browsers("alice"), browsers("alice"), browsers("bob")
    before = counted(installation)["audit_event"]
    assert here.get("/account").one("//html").get("lang") == "en"

    here.post("/language", language="sv", next="/account")

    assert there.get("/account").one("//html").get("lang") == "sv"
    assert bob.get("/account").one("//html").get("lang") == "en"
    assert counted(installation)["audit_event"] == before


def test_a_language_that_there_is_not_changes_nothing(browsers):
    alice = browsers("alice")

    assert alice.post("/language", language="xx").status == 200
    assert alice.get("/account").one("//html").get("lang") == "en"


def test_who_has_not_signed_in_chooses_for_the_browser(app, browsers):
    stranger = browsers("alice")
    stranger.client.delete_cookie("rutin_session")

    page = stranger.post("/language", language="sv", next="/sign-in")

    assert page.one("//html").get("lang") == "sv"
    assert browsers("alice").get("/account").one("//html").get("lang") == "en"


# ---------------------------------------------------------------- absence


def test_an_absence_is_noted_told_and_ended(browsers, alice, today):
    browser = browsers("alice")
    assert "No absence is noted" in browser.get("/account").main

    page = browser.post(
        ABSENCES, valid_from=today.isoformat(), valid_to="2999-01-01", reason="vacation"
    )

    assert page.address == "/account"
    assert page.link("Name a substitute") == "/account/substitutes/new"
    [row] = rows(page, "absences")
    assert row.startswith("Vacation now")
    assert "January 2999" in row
    [ending] = endings(page, ABSENCES)
    form = browser.get(ending)
    assert form.heading == "End the absence"
    assert form.value("valid_to") == today.isoformat()
    after = browser.post(ending, valid_to=today.isoformat())
    assert "Your absence has a last day." in after.main
    assert alice.get("/absences").json["items"][0]["valid_to"] == today.isoformat()


def test_an_absence_to_come_is_withdrawn(browsers, today):
    browser = browsers("alice")
    first = (today + timedelta(days=9)).isoformat()
    page = browser.post(ABSENCES, valid_from=first, reason="leave")
    assert "until further notice" in rows(page, "absences")[0]
    assert "now" not in rows(page, "absences")[0].split()

    [ending] = endings(page, ABSENCES)
    form = browser.get(ending)
    assert form.heading == "Withdraw the absence"
    assert form.all("//main//input[@type='date']") == []
    after = browser.post(ending)

    assert "It is not noted any more that you will be away." in after.main
    assert rows(after, "absences") == []


@pytest.mark.parametrize(
    ("given", "told_"),
    [
        ({"valid_from": ""}, "First day: Write a day as 2026-05-01."),
        ({"valid_from": "x"}, "First day: Write a day as 2026-05-01."),
        ({"valid_from": "0001-01-01"}, "First day: A day is between 1900-01-01 and 2999-12-31."),
        ({"valid_to": "nonsense"}, "Last day: Write a day as 2026-05-01."),
        (
            {"valid_to": "2025-12-31"},
            "Last day: The last day, 2025-12-31, is before the first, 2026-01-01.",
        ),
        ({"reason": "ill"}, "Why? Choose one of the options."),
    ],
)
def test_what_is_wrong_with_an_absence_is_told_at_the_field(browsers, installation, given, told_):
    fields = {"valid_from": "2026-01-01", "valid_to": "", "reason": "vacation"} | given

    page = browsers("alice").post(ABSENCES, **fields)

    assert page.status == 422
    assert problems(page) == [told_]
    assert page.title.startswith("Error:")
    assert page.value("valid_from") == fields["valid_from"]
    assert counted(installation)["absence"] == 0


def test_an_absence_that_is_over_is_not_listed_nor_changed(browsers, alice):
    made = alice.post(
        "/absences", json={"reason": "other", **SINCE, "valid_to": "2020-02-01"}
    ).json
    browser = browsers("alice")

    assert rows(browser.get("/account"), "absences") == []
    page = browser.post(f"{ABSENCES}/{made['id']}/ending", valid_to="2020-01-15")
    assert page.status == 409
    assert "that is not changed any more" in page.main


def test_nobody_sees_or_ends_the_absences_and_substitutes_of_others(browsers, alice):
    """Also not those who may do so by the API: the page is about oneself."""
    away = alice.post("/absences", json={"reason": "other", **SINCE}).json
    acting = alice.post("/substitutions", json={"substitute": "bob", **SINCE}).json

    for name in ("bob", "owner", "auditor", "admin", "charlie"):
        browser = browsers(name)
        assert rows(browser.get("/account"), "absences") == []
        for path, made in ((ABSENCES, away), (SUBSTITUTES, acting)):
            address = f"{path}/{made['id']}/ending"
            assert browser.get(address).status == 404
            assert browser.post(address, valid_to="2999-01-01").status == 404
    assert len(alice.get("/absences").json["items"]) == 1


# ---------------------------------------------------------------- substitutes


def test_a_substitute_is_named_and_what_that_means_is_said(browsers, alice, today):
    browser = browsers("alice")
    form = browser.get(f"{SUBSTITUTES}/new")
    assert "can see, take and complete your tasks" in form.main
    assert form.value("valid_from") == today.isoformat()

    page = browser.post(
        SUBSTITUTES, substitute=" Bob ", valid_from=today.isoformat(), valid_to="", scope="all"
    )

    assert "bob is your substitute." in page.main
    [row] = rows(page, "substitutes")
    assert row.startswith("bob now")
    assert "in everything" in row
    [found] = alice.get("/substitutions").json["items"]
    assert (found["substitute"], found["scope"]) == ("bob", "all")


def test_a_substitute_for_some_roles_or_routines_only(browsers, admin, owner, today):
    appoint(admin, "registrar", "alice", None)
    owner.deploy({"p.bpmn": model("p", start(), user("a"), end(), flows="s > a > e")})
    browser = browsers("alice")
    form = browser.get(f"{SUBSTITUTES}/new")
    assert form.all("//input[@name='role']/@value") == ["registrar"]
    assert "p" in form.all("//input[@name='routine']/@value")

    browser.post(
        SUBSTITUTES,
        substitute="bob",
        valid_from=today.isoformat(),
        scope="roles",
        role="registrar",
    )
    page = browser.post(
        SUBSTITUTES,
        substitute="charlie",
        valid_from=today.isoformat(),
        scope="processes",
        routine="p",
    )

    bob, charlie = rows(page, "substitutes")
    assert "in what is for these roles: Registrar" in bob
    assert "in these routines: " in charlie


@pytest.mark.parametrize(
    ("given", "status", "told_"),
    [
        ({"substitute": ""}, 422, "Who? Say who shall act for you."),
        ({"substitute": "nobody"}, 422, "Who? There is no account 'nobody'."),
        ({"substitute": "alice"}, 422, "Who? Nobody is their own substitute."),
        ({"scope": "x"}, 422, "In what? Choose one of the options."),
        ({"scope": "roles"}, 422, "Which roles? Choose at least one."),
        ({"scope": "roles", "role": "mas"}, 409, None),
        ({"valid_from": "x"}, 422, "First day: Write a day as 2026-05-01."),
    ],
)
def test_what_is_wrong_with_a_substitute_is_told(
    browsers, alice, admin, installation, given, status, told_
):
    appoint(admin, "mas", "alice", None)
    if status == 409:
        taken = {"substitute": "bob", "scope": "roles", "keys": ["mas"], **SINCE}
        assert alice.post("/substitutions", json=taken).status == 201
    before = counted(installation)["substitution"]
    fields = {"substitute": "bob", "valid_from": "2026-01-01", "scope": "all"} | given

    page = browsers("alice").post(SUBSTITUTES, **fields)

    assert page.status == status
    if told_:
        assert problems(page) == [told_]
    else:
        assert "The same is already noted" in page.texts("//div[@role='alert']")[0]
    assert page.value("substitute") == fields["substitute"]
    assert counted(installation)["substitution"] == before


def test_a_substitution_is_ended_or_withdrawn_by_whom_it_is_for(browsers, alice, today):
    later = (today + timedelta(days=5)).isoformat()
    for who, first in (("bob", "2020-01-01"), ("charlie", later)):
        alice.post("/substitutions", json={"substitute": who, "valid_from": first})
    browser = browsers("alice")
    now, coming = endings(browser.get("/account"), SUBSTITUTES)
    assert browser.get(now).heading == "End the substitution"
    assert browser.get(coming).heading == "Withdraw the substitution"

    assert browser.post(now, valid_to="x").status == 422
    browser.post(now, valid_to=today.isoformat())
    page = browser.post(coming)

    assert "charlie will not act for you." in page.main
    assert len(rows(page, "substitutes")) == 1
    assert browsers("bob").get(now).status == 404


# ---------------------------------------------------------------- standing in


def test_for_whom_one_stands_in_and_what_that_gives(browsers, alice, owner, today):
    owner.deploy(
        {
            "p.bpmn": model(
                "p", start(), user("a", rutin__candidateUsers="alice"), end(), flows="s > a > e"
            )
        }
    )
    bob = browsers("bob")
    assert "For whom you act" not in bob.get("/account").main
    alice.post("/substitutions", json={"substitute": "bob", **SINCE})
    assert "No task waits for you on behalf of others." in bob.get("/account").main
    alice.start("p")

    page = bob.get("/account")

    assert rows(page, "represented")[0].startswith("alice now")
    assert page.link("1 task waits for you on behalf of others") == "/tasks?tab=behalf"
    assert endings(page, SUBSTITUTES) == []
    assert "alice" in bob.get("/tasks?tab=behalf").main


def test_the_frame_knows_for_whom_one_stands_in_without_asking(
    app, browsers, installation, alice, admin
):
    bob = browsers("bob")
    bob.get("/routines")
    with told(installation) as before:
        bob.get("/routines")
    for keys in (["mas"], ["dpo"]):
        alice.post(
            "/substitutions", json={"substitute": "bob", "scope": "roles", "keys": keys, **SINCE}
        )
    bob.get("/routines")
    given = []

    def rendered(_app, context, **_):
        given.append(context["standing_in"])

    template_rendered.connect(rendered, app)
    with told(installation) as after:
        bob.get("/routines")

    assert given[-1] == "alice"
    assert len(after) == len(before)
    browsers("charlie").get("/routines")
    assert given[-1] == ""


def test_the_profile_takes_as_many_statements_however_much_is_noted(
    browsers, installation, alice, bob, charlie
):
    """A first substitution of each kind costs what it has to look up; more of them cost nothing."""

    def note(first):
        alice.post("/absences", json={"reason": "other", "valid_from": first})
        for kind, keys in (("roles", ["mas"]), ("processes", ["p"])):
            named = {"valid_from": first, "valid_to": first, "scope": kind, "keys": keys}
            for substitute in ("bob", "charlie"):
                alice.post("/substitutions", json={"substitute": substitute, **named})
            bob.post("/substitutions", json={"substitute": "alice", **named})
            charlie.post("/substitutions", json={"substitute": "alice", **named})

    browser = browsers("alice")
    note("2998-01-01")
    browser.get("/account")
    with told(installation) as before:
        browser.get("/account")
    for day in range(2, 9):
        note(f"2998-01-0{day}")
    browser.get("/account")  # who holds what is worked out anew after a change

    with told(installation) as after:
        page = browser.get("/account")

    assert len(rows(page, "substitutes")) > 10
    assert len(rows(page, "absences")) == 8
    assert len(after) == len(before)


def test_naming_a_substitute_is_in_the_record(browsers, installation):
    browsers("alice").post(SUBSTITUTES, substitute="bob", valid_from="2026-01-01", scope="all")

    with installation.database.reading() as session:
        kinds = session.connection().exec_driver_sql("SELECT type FROM audit_event").scalars()
        assert EventType.SUBSTITUTION_CREATED.value in set(kinds)


@pytest.mark.parametrize("address", [f"{ABSENCES}/new", f"{SUBSTITUTES}/new"])
def test_a_form_stands_under_the_account_with_labels(browsers, address):
    page = browsers("alice").get(address)

    assert page.texts("//nav[@class='trail']//a") == ["Account"]
    for field in page.all("//main//input[@type!='hidden']"):
        assert page.texts(f"//label[@for='{field.get('id')}']")


@pytest.mark.parametrize("address", [f"{ABSENCES}/new", f"{SUBSTITUTES}/new", ABSENCES])
def test_nobody_who_has_not_signed_in_comes_here(client, address):
    if address == ABSENCES:
        assert client.post(address).status_code == 400
    else:
        assert "/sign-in" in client.get(address).headers["Location"]
