"""Signing in and out, and the language of the pages."""

import pytest

from engine.accounts import commands as accounts
from engine.identity.actor import SYSTEM
from engine.uow import begin
from tests.factories.browsers import Browser
from tests.factories.tables import counted
from web.auth.requests import COOKIE

PASSWORD = "correct horse"


@pytest.fixture
def dora(installation):
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, "dora", password=PASSWORD, display_name="Dora Dahl")
        uow.commit()
    return "dora"


@pytest.fixture
def visitor(client):
    return Browser(client)


def test_a_visitor_is_asked_to_sign_in_and_then_taken_on(visitor, dora):
    asked = visitor.get("/cases?state=active")

    arrived = visitor.post(
        "/sign-in",
        name=dora,
        password=PASSWORD,
        next=asked.one("//input[@name='next' and ../@action='/sign-in']").get("value"),
    )

    assert asked.heading == "Sign in"
    assert arrived.address == "/cases"
    assert arrived.response.request.query_string == b"state=active"
    assert "Dora Dahl" in arrived.source


def test_the_first_page_is_what_there_is_to_do(visitor, dora):
    page = visitor.post("/sign-in", name=dora, password=PASSWORD, next="/")

    assert page.title == "Start page – Rutin"


@pytest.mark.usefixtures("dora")
@pytest.mark.parametrize("name", ["dora", "nobody"])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(visitor, name):
    page = visitor.post("/sign-in", name=name, password="wrong")

    assert page.status == 401
    assert page.texts("//*[@role='alert']") == [
        "The name and the password do not fit together. Check both and try again."
    ]
    assert page.one("//input[@id='name']").get("value") == name
    assert page.one("//input[@id='password']").get("value") is None
    assert visitor.client.get_cookie(COOKIE) is None


def test_the_session_is_kept_from_scripts_and_other_sites(visitor, dora):
    visitor.post("/sign-in", name=dora, password=PASSWORD)

    cookie = visitor.client.get_cookie(COOKIE)
    assert cookie.http_only
    assert cookie.same_site == "Lax"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:x=y/..//evil",
        "/sign-out",
        "/nothing/here",
        "http:///evil.example",
        "tasks",
    ],
)
def test_nobody_is_led_away(visitor, dora, elsewhere):
    page = visitor.post("/sign-in", name=dora, password=PASSWORD, next=elsewhere)

    assert page.address == "/"


def test_who_is_signed_in_needs_not_sign_in(browsers):
    page = browsers("alice").get("/sign-in?next=/routines")

    assert page.heading == "Routines"


def test_signing_out_ends_the_session_on_the_server(browsers, installation):
    alice = browsers("alice")
    cookie = alice.client.get_cookie(COOKIE).value

    page = alice.post("/sign-out")

    assert page.heading == "Sign in"
    assert "You are signed out." in page.main
    assert counted(installation)["sign_in"] == 0
    alice.client.set_cookie(COOKIE, cookie)
    assert alice.get("/tasks").heading == "Sign in"


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/language"])
def test_a_form_from_elsewhere_is_refused(browsers, address):
    response = browsers("alice").client.post(address, data={"csrf_token": "guessed"})

    assert response.status_code == 400


def test_the_language_is_chosen_by_its_name_and_kept(visitor):
    page = visitor.get("/sign-in")

    swedish = visitor.post("/language", language="sv", next="/sign-in?next=/routines")

    assert page.one("/html").get("lang") == "en"
    assert swedish.one("/html").get("lang") == "sv"
    assert swedish.heading == "Logga in"
    assert swedish.response.request.query_string == b"next=/routines"
    assert visitor.get("/sign-in").heading == "Logga in"


def test_a_language_that_is_not_spoken_changes_nothing(visitor):
    page = visitor.post("/language", language="tlh", next="https://evil.example")

    assert page.one("/html").get("lang") == "en"


def test_the_account_says_which_groups_one_belongs_to(browsers):
    alice, charlie = browsers("alice").get("/account"), browsers("charlie").get("/account")

    assert alice.texts("//dl[@class='facts']//li") == ["officer"]
    assert "None. Only tasks that are for everybody" in charlie.main
