"""The statement on accessibility, and what people write about it: kept, bounded, seen by administrators alone."""

from itertools import pairwise

import pytest

from engine.feedback import commands
from tests.factories.browsers import Browser, problems
from tests.factories.clocks import clock
from tests.factories.tables import counted

__all__ = ["clock"]

ABOUT = "/about/accessibility"
LIST = "/administration/feedback"
NOBODY = "01990000-0000-7000-8000-000000000000"


@pytest.fixture
def stranger(app, people):
    """Somebody who has not signed in, from an address of their own."""

    def come(address="198.51.100.7"):
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        return Browser(client)

    return come


def write(browser, problem="Knappen går inte att nå", **more):
    return browser.post(ABOUT, problem=problem, **more)


def rows(page):
    return page.all("//main//li[starts-with(@id, 'feedback-')]")


def waiting(browsers):
    return [each.text_content() for each in rows(browsers("admin").get(LIST))]


@pytest.mark.parametrize(
    ("language", "heading", "law", "examined"),
    [
        ("en", "How accessible this service is", "2018:1937", "has not been tried with screen"),
        ("sv", "Så tillgänglig är tjänsten", "2018:1937", "har inte prövats med skärmläsare"),
    ],
)
def test_the_statement_says_what_the_law_asks_for(app, people, language, heading, law, examined):
    page = Browser(app.test_client(), language).get(ABOUT)

    assert page.status == 200
    assert page.heading == heading
    for each in (law, examined, "EN 301 549", "WCAG 2.1", "DIGG", "2026"):
        assert each in page.main
    assert page.all("//a[starts-with(@href, 'https://www.digg.se/')]")
    levels = [int(each.tag[1]) for each in page.all("//main//*[self::h1 or self::h2 or self::h3]")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for field in page.all("//main//*[self::input or self::textarea][not(@type='hidden')]"):
        assert page.texts(f"//label[@for='{field.get('id')}']")


def test_who_answers_and_how_to_reach_them_are_settings(app, people, monkeypatch):
    browser = Browser(app.test_client())
    assert "The organisation that has given you this service" in browser.get(ABOUT).main

    monkeypatch.setitem(app.installation.settings.__dict__, "organisation", "Exempelkommun <b>")
    monkeypatch.setitem(app.installation.settings.__dict__, "contact", "it@example.se")
    page = browser.get(ABOUT)

    assert "Exempelkommun <b> stands behind this service" in page.main
    assert "it@example.se" in page.main


def test_the_form_knows_from_which_page_somebody_came(stranger):
    assert stranger().get(f"{ABOUT}?page=/tasks").value("page") == "/tasks"
    assert stranger().get(f"{ABOUT}?page=%00").value("page") == ""
    assert len(stranger().get(f"{ABOUT}?page={'x' * 3000}").value("page")) == 500


def test_what_is_written_by_whom_reaches_administrators(browsers, stranger):
    page = write(browsers("alice"), "Först <b>", page="/tasks", reach="alice@example.se")
    assert page.address == ABOUT
    assert "Thank you." in page.main
    assert "Thank you." in write(stranger(), "Sedan").main

    second, first = waiting(browsers)

    assert "alice about /tasks" in first
    assert "Först <b>" in first
    assert "To be reached by: alice@example.se" in first
    assert "Somebody who had not signed in" in second
    assert "Did not say how to be reached." in second


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"problem": " "},
            "What did not work? Say what did not work, in at most 4000 characters.",
        ),
        (
            {"problem": "x" * 4001},
            "What did not work? Say what did not work, in at most 4000 characters.",
        ),
        ({"page": "x" * 501}, "Which page? Write at most 500 characters."),
        ({"reach": "x" * 501}, "How can we reach you? Write at most 500 characters."),
        (
            {"reach": "\0"},
            "How can we reach you? There are characters that cannot be kept: ''\\x00''.",
        ),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field_and_not_lost(
    browsers, installation, given, told
):
    fields = {"problem": "Något", "page": "", "reach": ""} | given

    page = browsers("alice").post(ABOUT, **fields)

    assert page.status == 422
    assert problems(page) == [told]
    assert page.value("problem") == fields["problem"]
    assert counted(installation)["feedback"] == 0


def test_from_one_address_only_so_much_comes_at_a_time(clock, stranger, browsers, installation):
    browser = stranger()
    for _ in range(5):
        assert write(browser).status == 200

    page = write(browser, "Ett sjätte")

    assert page.status == 429
    assert page.response.headers["Retry-After"] == "60"
    assert "Try again in 1 min." in page.main
    assert page.value("problem") == "Ett sjätte"
    assert write(stranger("198.51.100.8")).status == 200
    assert write(browsers("alice")).status == 200
    clock.forward(seconds=61)
    assert write(browser, "Ett sjätte").status == 200
    assert counted(installation)["feedback"] == 8


def test_writing_locks_nobody_out_from_signing_in(stranger, installation):
    for _ in range(6):
        write(stranger())

    page = stranger().post("/sign-in", name="alice", password="fel lösenord")

    assert page.status == 401


def test_nobody_fills_the_database_from_outside(monkeypatch, stranger, browsers, installation):
    monkeypatch.setattr(commands, "MOST_WAITING", 2)
    write(stranger())
    write(stranger())

    page = write(stranger(), "Ett tredje")

    assert page.status == 409
    assert "More cannot be taken at the moment." in page.main
    assert page.value("problem") == "Ett tredje"
    assert write(browsers("alice")).status == 200
    assert counted(installation)["feedback"] == 3


def test_a_form_from_elsewhere_is_refused(app, people, installation):
    answer = app.test_client().post(ABOUT, data={"problem": "x", "csrf_token": "guessed"})

    assert answer.status_code == 400
    assert counted(installation)["feedback"] == 0


# ---------------------------------------------------------------- looking after it


def test_what_is_handled_is_marked_by_whom_and_nothing_is_lost(browsers):
    write(browsers("alice"), "Ett")
    write(browsers("alice"), "Två")
    admin = browsers("admin")
    page = admin.get(LIST)
    assert page.texts("//main//p[@class='row-when']") == ["Not handled"] * 2

    after = admin.post(rows(page)[0].xpath(".//form/@action")[0], next=LIST)

    assert "Noted as handled." in after.main
    assert ["Ett" in each for each in waiting(browsers)] == [True]
    done = admin.get(f"{LIST}?show=handled")
    [row] = rows(done)
    assert "Två" in row.text_content()
    assert "Handled by admin on" in row.text_content()
    admin.post(row.xpath(".//form/@action")[0])
    assert len(waiting(browsers)) == 2
    assert "Nothing is handled yet." in admin.get(f"{LIST}?show=handled").main


def test_pages_follow_each_other_from_the_newest(browsers):
    alice = browsers("alice")
    for each in range(32):
        write(alice, f"Nummer {each}.")
    admin = browsers("admin")

    first = admin.get(LIST)
    rest = admin.get(first.link("Older"))

    assert (len(rows(first)), len(rows(rest))) == (30, 2)
    assert "Nummer 31." in rows(first)[0].text_content()
    assert rest.link("Back to the newest") == LIST


def test_others_neither_see_nor_handle_it(browsers, client):
    write(browsers("alice"))
    [action] = rows(browsers("admin").get(LIST))[0].xpath(".//form/@action")

    for name in ("alice", "bob", "owner", "auditor", "charlie"):
        browser = browsers(name)
        for answer in (browser.get(LIST), browser.post(action), browser.post(f"{action}/removal")):
            assert answer.status == 403
            assert "Knappen" not in answer.source
    assert "/sign-in" in client.get(LIST).headers["Location"]
    assert browsers("admin").post(f"{LIST}/{NOBODY}/handling").status == 404
    assert len(waiting(browsers)) == 1
