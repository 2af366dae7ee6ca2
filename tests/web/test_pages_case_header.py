"""What is said of a case beside its process, on its page and on the page where it is changed."""

import pytest

from tests.factories.browsers import path, problems
from tests.factories.diagrams import two_steps
from tests.factories.doors import PEOPLE

SECRET = {
    "confidentiality": "secret",
    "secrecy_ground": "OSL 26 kap. 1 §",
    "readers": ["alice", "charlie"],
}
TYPED = {**SECRET, "readers": "alice\r\nCharlie"}
FACTS = "//aside//dl[@class='facts']/div"


@pytest.fixture
def case(owner, alice):
    owner.deploy(two_steps())
    return alice.start()


def address(case):
    return f"/cases/{case['id']}"


def form(case):
    return f"{address(case)}/header"


def header(caller, case):
    return caller.instance(case)["header"]


def change(caller, case, **given):
    answer = caller.patch(f"/process-instances/{case['id']}/header", json=given)
    assert answer.status == 200, answer.text
    return answer


def started(caller, **given):
    answer = caller.post("/process-instances", json={"definition_key": "p", **given})
    assert answer.status == 201, answer.text
    return answer.json


def shown(page):
    """Return the fields of the form as the page shows them, as a browser would send them."""
    inputs = page.all("//main//form//input[@name and (@type='hidden' or not(@type))]")
    areas = page.all("//main//form//textarea")
    ticked = page.all("//main//form//input[@checked]")
    pairs = [(each.get("name"), each.get("value", "")) for each in [*inputs, *ticked]]
    pairs += [(each.get("name"), (each.text or "").lstrip("\n")) for each in areas]
    return [pair for pair in pairs if pair[0] != "csrf_token"]


def save(browser, case, page, **typed):
    """Send the form of a page with some fields filled in otherwise."""
    pairs = [pair for pair in shown(page) if pair[0] not in typed]
    return browser.post(form(case), *pairs, **typed)


# ---------------------------------------------------------------- on the page of the case


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        (
            "en",
            [
                "Registration number VON 2026-00123",
                "Confidentiality Public",
                "Management systems iso9001, sosfs",
                "Retention class bevaras",
            ],
        ),
        (
            "sv",
            [
                "Diarienummer VON 2026-00123",
                "Konfidentialitet Offentligt",
                "Ledningssystem iso9001, sosfs",
                "Gallringsklass bevaras",
            ],
        ),
    ],
)
def test_a_case_shows_its_header_in_words(browsers, alice, case, language, facts):
    more = {"registration_no": "VON 2026-00123", "retention_class": "bevaras"}
    change(alice, case, confidentiality="public", systems=["sosfs", "iso9001"], **more)

    page = browsers("alice", language).get(address(case))

    assert set(facts) <= set(page.texts(FACTS))
    assert page.all("//*[contains(@class, 'state-secret')]") == []


@pytest.mark.parametrize(("language", "unit"), [("en", "Home care"), ("sv", "Hemtjänst")])
def test_a_unit_is_called_as_the_reader_calls_it(browsers, admin, owner, language, unit):
    names = {"name_sv": "Hemtjänst", "name_en": "Home care", "kind": "enhet"}
    admin.post("/units", json={"key": "hemtjanst", "valid_from": "2020-01-01", **names})
    owner.deploy(two_steps())

    page = browsers("owner", language).get(address(started(owner, unit="hemtjanst")))

    assert [each for each in page.texts(FACTS) if each.endswith(unit)]


@pytest.mark.parametrize(
    ("language", "word", "sentence"),
    [
        (
            "en",
            "Secret",
            "The case is secret by OSL 26 kap. 1 §. Only these people see it: alice and charlie.",
        ),
        (
            "sv",
            "Sekretess",
            "Ärendet är sekretessbelagt enligt OSL 26 kap. 1 §. Bara de här personerna ser det: "
            "alice och charlie.",
        ),
    ],
)
def test_a_secret_case_is_marked_with_its_ground_and_who_sees_it(
    browsers, alice, case, language, word, sentence
):
    change(alice, case, **SECRET)
    task = alice.tasks(case)["first"]
    browser = browsers("alice", language)

    page = browser.get(address(case))

    assert sentence in page.main
    assert page.all(
        "//header[@class='case-head']//*[contains(@class, 'state-secret')]//*[name()='svg']"
    )
    for each in (address(case), "/cases", "/tasks", "/tasks?tab=started", f"/tasks/{task['id']}"):
        marks = browser.get(each).texts("//*[contains(@class, 'state-secret')]")
        assert marks == [word], each


def test_cases_that_refer_to_each_other_are_shown_on_both_pages(browsers, alice, case):
    other = started(alice, header={"links": [case["id"]], "registration_no": "VON 1"})
    browser = browsers("alice")

    assert browser.get(address(other)).link("p, started on") == address(case)
    back = browser.get(address(case))

    assert [each for each in back.texts(FACTS) if each.startswith("Referred to by")]
    assert back.link("VON 1") == address(other)


def test_links_do_not_tell_of_cases_that_one_may_not_see(browsers, alice, case):
    hidden = started(alice, header={**SECRET, "readers": ["alice"], "registration_no": "VON 1"})
    change(alice, hidden, links=[case["id"]])
    change(alice, case, links=[hidden["id"]])

    mine = browsers("alice").get(address(case))
    page = browsers("bob").get(address(case))

    assert mine.link("VON 1") == address(hidden)
    assert page.status == 200
    assert hidden["id"] not in page.source
    assert [each for each in mine.texts(FACTS) if each.startswith("Refer")] == [
        "Reference –",
        "Refers to VON 1 p In progress",
        "Referred to by VON 1 p In progress",
    ]
    assert [each for each in page.texts(FACTS) if each.startswith("Refer")] == ["Reference –"]


# ---------------------------------------------------------------- changing it


def test_the_page_shows_how_the_header_stands(browsers, alice, case):
    change(alice, case, registration_no="VON 1", systems=["a", "b"], **SECRET)

    page = browsers("alice").get(
        path(browsers("alice").get(address(case)).link("Change the details"))
    )

    assert page.heading == "Change the details of the case"
    assert page.value("registration_no") == "VON 1"
    assert page.value("systems") == "a, b"
    assert page.value("readers") == "alice\ncharlie"
    assert page.one("//input[@type='radio'][@checked]").get("value") == "secret"
    assert "You lose sight of it yourself if you are not among them." in page.main


def test_the_header_is_changed(browsers, alice, case):
    browser = browsers("alice")

    page = save(
        browser,
        case,
        browser.get(form(case)),
        registration_no=" VON 2 ",
        systems="SOSFS, iso9001",
        retention_class="gallras 5 år",
        confidentiality="public",
    )

    assert page.address == address(case)
    assert "The details of the case are saved." in page.main
    assert header(alice, case) == {
        "confidentiality": "public",
        "registration_no": "VON 2",
        "secrecy_ground": None,
        "readers": [],
        "retention_class": "gallras 5 år",
        "systems": ["iso9001", "sosfs"],
        "links": [],
    }
    assert alice.verification(case).json["intact"] is True
    told = page.texts("//ol[@class='history']/li//div/p")
    assert told == ["alice started the case.", "alice changed what is said of the case."]


def test_a_page_that_is_saved_as_it_was_changes_nothing(browsers, alice, case):
    change(alice, case, registration_no="VON 1", systems=["a", "b"], links=[case["id"]], **SECRET)
    before = alice.get(f"/process-instances/{case['id']}/events").json["items"]
    browser = browsers("alice")

    save(browser, case, browser.get(form(case)))

    assert alice.get(f"/process-instances/{case['id']}/events").json["items"] == before


def test_what_somebody_else_changed_in_the_meantime_stays(browsers, alice, charlie, case):
    browser = browsers("alice")
    opened = browser.get(form(case))
    change(alice, case, retention_class="bevaras", **SECRET)

    page = save(browser, case, opened, registration_no="VON 1")

    assert page.address == address(case)
    found = header(charlie, case)
    assert (found["registration_no"], found["retention_class"]) == ("VON 1", "bevaras")
    assert found["confidentiality"] == "secret"


def test_a_case_is_made_secret_and_open_again(browsers, alice, bob, case):
    browser = browsers("alice")

    save(browser, case, browser.get(form(case)), **TYPED)
    assert header(alice, case)["readers"] == ["alice", "charlie"]
    assert browsers("bob").get(address(case)).status == 404
    save(browser, case, browser.get(form(case)), confidentiality="internal")

    assert header(bob, case)["readers"] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The case is secret now, and you are not among those who see it."),
        ("sv", "Ärendet är nu sekretessbelagt, och du hör inte till dem som ser det."),
    ],
)
def test_whoever_loses_sight_of_a_case_is_told_in_the_list(browsers, case, language, sentence):
    browser = browsers("alice", language)

    page = save(browser, case, browser.get(form(case)), **{**TYPED, "readers": "charlie"})

    assert (page.status, page.address) == (200, "/cases")
    assert sentence in page.main
    assert page.all("//li[@class='row']") == []


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (
            {**TYPED, "secrecy_ground": ""},
            "Ground for secrecy: Say by which provision the case is secret.",
        ),
        (
            {**TYPED, "readers": ""},
            "People who see the secret case: Name at least one person who sees the secret case.",
        ),
        (
            {**TYPED, "readers": "alice <b>nobody"},
            "People who see the secret case: There is no account '<b>nobody'.",
        ),
        (
            {"readers": "alice"},
            "People who see the secret case: Only a secret case has people named who see it.",
        ),
        ({"confidentiality": "strange"}, "Confidentiality: Choose one of the options."),
        ({"registration_no": "x" * 201}, "Registration number: This has at most 200 characters."),
        (
            {"systems": "ISO 9001"},
            "Management systems: 'iso 9001' cannot be the key of a management system.",
        ),
        ({"links": "VON\0 7"}, "More cases to refer to: There is no case 'VON\0 7'."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(browsers, alice, case, typed, wrong):
    browser = browsers("alice")
    given = {"retention_class": "bevaras", **typed}

    page = save(browser, case, browser.get(form(case)), **given)

    assert page.status == 422
    assert page.title.startswith("Error:")
    if "\0" not in wrong:
        assert problems(page) == [wrong]
    [field] = page.all("//main//*[@aria-invalid='true']")
    assert page.one(f"//*[@id='{field.get('aria-describedby').split()[-1]}']") is not None
    for name, text in given.items():
        if name != "confidentiality" and "\0" not in text:
            assert page.value(name).split() == text.split()
    assert dict(shown(page))["was-confidentiality"] == "internal"
    assert header(alice, case)["retention_class"] is None


def test_problems_are_told_in_swedish(browsers, case):
    browser = browsers("alice", "sv")

    page = save(browser, case, browser.get(form(case)), **{**TYPED, "secrecy_ground": " "})

    assert problems(page) == [
        "Sekretessgrund: Ange med stöd av vilken bestämmelse ärendet är sekretessbelagt."
    ]


# ---------------------------------------------------------------- links


def test_cases_are_referred_to_as_people_call_them(browsers, alice, case):
    one = started(alice, header={"registration_no": "VON 2026-1"})
    two = started(alice, business_key="Hus 7")
    three = started(alice)
    browser = browsers("alice")
    typed = f"VON 2026-1\r\n\r\n Hus 7 \r\nhttps://rutin.example{address(three)}#proof"

    save(browser, case, browser.get(form(case)), links=typed)

    assert {each["id"] for each in header(alice, case)["links"]} == {
        one["id"],
        two["id"],
        three["id"],
    }


def test_a_link_is_taken_away_by_its_mark(browsers, alice, case):
    one, two = started(alice, business_key="A"), started(alice, business_key="B")
    change(alice, case, links=[one["id"], two["id"]])
    browser = browsers("alice")

    save(browser, case, browser.get(form(case)), link=two["id"])

    assert [each["id"] for each in header(alice, case)["links"]] == [two["id"]]


def test_a_name_that_several_cases_have_is_not_guessed_at(browsers, alice, case):
    started(alice, business_key="A")
    started(alice, header={"registration_no": "A"})
    browser = browsers("alice")

    page = save(browser, case, browser.get(form(case)), links="A")

    assert problems(page) == [
        "More cases to refer to: Several cases are called 'A'. "
        "Give the address of the one that is meant."
    ]


def test_a_case_that_one_may_not_see_is_as_if_it_were_not_there(browsers, alice, bob, case):
    named = {**SECRET, "readers": ["alice"], "registration_no": "VON 1"}
    hidden = started(alice, header=named)
    browser = browsers("bob")

    for typed, name in (("VON 1", "VON 1"), (address(hidden), hidden["id"])):
        page = save(browser, case, browser.get(form(case)), links=typed)
        assert problems(page) == [f"More cases to refer to: There is no case '{name}'."]
    assert header(bob, case)["links"] == []


def test_links_that_one_may_not_see_stay(browsers, alice, case):
    hidden = started(alice, header={**SECRET, "readers": ["alice"]})
    shown_one, more = started(alice, business_key="A"), started(alice, business_key="B")
    change(alice, case, links=[hidden["id"], shown_one["id"]])
    browser = browsers("owner")

    save(browser, case, browser.get(form(case)), link="", links="B")

    assert {each["id"] for each in header(alice, case)["links"]} == {hidden["id"], more["id"]}


# ---------------------------------------------------------------- who may


def test_who_changes_a_header_on_the_page(browsers, bob, case):
    for name in ("alice", "owner", "admin", "bob"):
        browser = browsers(name)
        assert browser.get(address(case)).link("Change the details") == form(case)
        page = save(browser, case, browser.get(form(case)), registration_no=name)
        assert "The details of the case are saved." in page.main
        assert header(bob, case)["registration_no"] == name


def test_who_takes_part_does_not_change_who_sees_the_case(browsers, bob, case):
    browser = browsers("bob")

    page = browser.get(form(case))
    forced = browser.post(form(case), **TYPED)

    assert page.all("//input[@type='radio'] | //textarea[@name='readers']") == []
    assert "lose sight" not in page.main
    assert forced.status == 403
    assert header(bob, case)["confidentiality"] == "internal"


def test_an_auditor_looks_and_changes_nothing(browsers, case):
    browser = browsers("auditor")

    assert "Change the details" not in browser.get(address(case)).main
    assert browser.get(form(case)).status == 403
    assert browser.post(form(case), registration_no="x").status == 403
    assert browser.post(form(case), confidentiality="strange").status == 403


def test_nobody_but_those_who_are_named_reaches_a_secret_case(browsers, alice, case):
    change(alice, case, **SECRET)

    for name in sorted(PEOPLE.keys() - SECRET["readers"]):
        browser = browsers(name)
        assert browser.get(form(case)).status == 404
        assert browser.post(form(case), confidentiality="internal").status == 404
        assert browser.post(form(case), confidentiality="strange").status == 404
    assert browsers("charlie").get(form(case)).status == 200


def test_a_stranger_changes_nothing(browsers, alice, case):
    browser = browsers("charlie")

    assert browser.get(form(case)).status == 404
    assert browser.post(form(case), registration_no="x").status == 404
    assert header(alice, case)["registration_no"] is None
