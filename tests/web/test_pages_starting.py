"""The form with which a case is started: where, under which reference, and what else is said of it."""

import pytest

from tests.factories.browsers import problems
from tests.factories.diagrams import one_task

SINCE = "2020-01-01"
UNITS = {"hemtjanst": ("Hemtjänst", "Home care"), "skola": ("Skola", "School")}


@pytest.fixture
def routine(owner):
    answer = owner.deploy(one_task())
    return f"/routines/{answer.json['definitions'][0]['id']}"


@pytest.fixture
def units(admin, people):
    for key, (in_swedish, in_english) in UNITS.items():
        unit(admin, key, in_swedish, in_english)
    accounts = {each["name"]: each["id"] for each in admin.get("/people").json["items"]}
    body = {"person": "alice", "unit": "skola", "valid_from": SINCE}
    assert admin.post("/belongings", json=body).status == 201
    return accounts


def unit(admin, key, in_swedish, in_english, **more):
    names = {"name_sv": in_swedish, "name_en": in_english, "kind": "enhet"}
    answer = admin.post("/units", json={"key": key, "valid_from": SINCE, **names, **more})
    assert answer.status == 201, answer.text


def started(caller, page):
    return caller.instance({"id": page.address.removeprefix("/cases/")})


def offered(page):
    return page.texts("//select[@id='f-unit']/option")


def chosen(page):
    return [each.get("value") for each in page.all("//select[@id='f-unit']/option[@selected]")]


# ---------------------------------------------------------------- the unit


def test_without_units_none_is_asked_for(browsers, routine):
    page = browsers("alice").get(routine)

    assert page.all("//select") == []
    assert page.value("business_key") == ""


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["No unit", "Home care", "School"]), ("sv", ["Ingen enhet", "Hemtjänst", "Skola"])],
)
def test_units_are_offered_by_name_and_ones_own_is_proposed(browsers, routine, language, names):
    page = browsers("alice", language).get(routine)

    assert offered(page) == names
    assert chosen(page) == ["skola"]
    assert chosen(browsers("bob").get(routine)) == []


@pytest.mark.usefixtures("units")
def test_only_units_of_today_are_offered_and_namesakes_told_apart(browsers, admin, routine):
    unit(admin, "old", "Gammal", "Old", valid_to="2021-01-01")
    unit(admin, "skola2", "Skola", "School")
    body = {"person": "bob", "unit": "old", "valid_from": SINCE, "valid_to": "2020-12-31"}
    assert admin.post("/belongings", json=body).status == 201

    page = browsers("bob").get(routine)

    assert offered(page) == ["No unit", "Home care", "School (skola)", "School (skola2)"]


@pytest.mark.usefixtures("units")
def test_a_case_is_started_in_a_unit(browsers, alice, routine):
    page = browsers("alice").post(routine, unit="hemtjanst", business_key="A")

    assert started(alice, page)["unit"] == "hemtjanst"
    assert "Unit Home care" in page.main
    assert started(alice, browsers("alice").post(routine, unit=""))["unit"] is None


@pytest.mark.usefixtures("units")
def test_a_unit_that_is_not_there_is_told(browsers, alice, routine):
    page = browsers("alice").post(routine, unit="strange", business_key="A")

    assert page.status == 422
    assert problems(page) == ["Unit: There is no unit 'strange' today."]
    assert page.value("business_key") == "A"
    assert alice.get("/process-instances").json["items"] == []


# ---------------------------------------------------------------- more about the case


def test_what_else_is_said_is_folded_away_until_it_is_used(browsers, routine):
    page = browsers("alice").get(routine)
    again = browsers("alice").post(routine, business_key="x" * 201)
    used = browsers("alice").post(routine, business_key="x" * 201, systems="a")

    assert page.one("//details[@class='more']").get("open") is None
    assert again.one("//details[@class='more']").get("open") is None
    assert used.one("//details[@class='more']").get("open") is not None


def test_a_case_is_started_with_its_header(browsers, alice, routine):
    page = browsers("alice").post(
        routine,
        registration_no=" VON 2026-1 ",
        confidentiality="public",
        secrecy_ground="",
        readers="",
        systems="SOSFS, iso9001,",
        retention_class="bevaras",
    )

    assert "The case is started. The case waits for officer." in page.main
    assert page.texts("//ol[@class='history']/li//div/p") == ["alice started the case."]
    assert started(alice, page)["header"] == {
        "confidentiality": "public",
        "registration_no": "VON 2026-1",
        "secrecy_ground": None,
        "readers": [],
        "retention_class": "bevaras",
        "systems": ["iso9001", "sosfs"],
        "links": [],
    }


def test_whoever_starts_a_secret_case_sees_it_unless_others_are_named(browsers, alice, routine):
    secret = {"confidentiality": "secret", "secrecy_ground": "OSL 25 kap. 1 §", "readers": " "}

    own = browsers("alice").post(routine, **secret)
    hidden = browsers("alice").post(routine, **{**secret, "readers": "bob, charlie"})

    assert started(alice, own)["header"]["readers"] == ["alice"]
    assert (hidden.status, hidden.address) == (200, "/cases")
    assert (
        "The case is started. The case is secret now, and you are not among those who see it."
        in hidden.main
    )
    assert "waits for officer. " not in hidden.texts("//*[contains(@class, 'notice')]")[0]
    assert len(hidden.all("//li[@class='row']")) == 1
    assert len(browsers("charlie").get("/cases").all("//li[@class='row']")) == 1


@pytest.mark.parametrize(
    ("language", "typed", "wrong"),
    [
        (
            "en",
            {"confidentiality": "secret"},
            "Ground for secrecy: Say by which provision the case is secret.",
        ),
        (
            "sv",
            {"confidentiality": "secret"},
            "Sekretessgrund: Ange med stöd av vilken bestämmelse ärendet är sekretessbelagt.",
        ),
        ("en", {"confidentiality": "strange"}, "Confidentiality: Choose one of the options."),
        (
            "en",
            {"confidentiality": "secret", "secrecy_ground": "OSL", "readers": "nobody"},
            "People who see the secret case: There is no account 'nobody'.",
        ),
        (
            "en",
            {"systems": "iso!"},
            "Management systems: 'iso!' cannot be the key of a management system.",
        ),
        (
            "en",
            {"retention_class": "x" * 201},
            "Retention class: This has at most 200 characters.",
        ),
    ],
)
def test_a_header_that_cannot_be_is_told_and_all_is_kept(
    browsers, alice, routine, language, typed, wrong
):
    given = {"business_key": "A", "registration_no": "<VON>", **typed}

    page = browsers("alice", language).post(routine, **given)

    assert page.status == 422
    assert problems(page) == [wrong]
    assert page.texts("//head/title")[0].startswith(("Error:", "Fel:"))
    assert page.one("//details[@class='more']").get("open") is not None
    assert len(page.all("//*[@aria-invalid='true']")) == 1
    for name, text in given.items():
        if name != "confidentiality":
            assert page.value(name) == text
    if typed.get("confidentiality") == "secret":
        assert page.one("//input[@type='radio'][@checked]").get("value") == "secret"
    assert alice.get("/process-instances").json["items"] == []


def test_an_auditor_starts_nothing(browsers, alice, routine):
    assert browsers("auditor").post(routine, registration_no="x").status == 403
    assert alice.get("/process-instances").json["items"] == []
