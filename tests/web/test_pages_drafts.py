"""What somebody typed into a task and did not hand in, on its page and without a script."""

import json
from zoneinfo import ZoneInfo

import pytest

from tests.bpmn.forms.forms import field
from tests.factories.browsers import problems
from tests.factories.clocks import clock
from tests.factories.diagrams import asking, one_task
from tests.factories.insiders import PASSWORD, insiders
from tests.factories.tables import counted
from web import assets

__all__ = ["clock", "insiders"]


def words(text):
    return {"sv": f"{text} sv", "en": text}


def options(*values):
    return [{"value": each, "label": words(each.title())} for each in values]


FORM = {
    "key": "answer",
    "title": words("Report"),
    "fields": [
        field("text", "line", label=words("Line"), required=True),
        field("int", "count", label=words("Count")),
        field("enum", "choice", label=words("Choice"), options=options("low", "high")),
        field("text", "why", label=words("Why"), required=True, visibleIf='choice = "high"'),
        field("multi", "several", label=words("Several"), options=options("a", "b")),
        field("bool", "ticked", label=words("Ticked")),
        field("users", "persons", label=words("Persons")),
        field(
            "table",
            "rows",
            label=words("Rows"),
            columns=[field("text", "what", label=words("What")), field("bool", "done", label=words("Done"))],
        ),
        field("sign", "signed", label=words("Signature"), meaning="approved"),
    ],
}  # fmt: skip
TYPED = {
    "line": "<b>Åäö",
    "count": "tolv",
    "choice": "high",
    "why": "Därför",
    "several": "b",
    "persons": "alice, nobody",
    "rows-0-what": "first",
    "rows-1-what": "second",
    "rows-1-done": "on",
    "_asked": "why",
    "_password-signed": PASSWORD,
    "signed": "a signature that somebody made up",
}


@pytest.fixture
def case(owner, alice):
    owner.deploy(asking(FORM))
    return alice.start(count=7)


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["a"]


@pytest.fixture
def address(task):
    return f"/tasks/{task['id']}"


def keep(browser, address, **more):
    return browser.post(f"{address}/draft", **{**TYPED, **more})


def ticked(page):
    return {(each.get("name"), each.get("value")) for each in page.all("//input[@checked]")}


def test_what_is_typed_is_saved_without_a_script_and_stands_there_again(browsers, address):
    browser = browsers("alice")
    assert "Save and continue later" in browser.get(address).buttons()

    receipt = keep(browser, address)
    page = browsers("alice").get(address)

    assert (receipt.status, receipt.address) == (200, address)
    assert "What you have written is saved" in receipt.texts("//*[@role='status']")[0]
    assert receipt.link("Go to what there is to do") == "/tasks"
    names = ("line", "count", "why", "persons", "rows-0-what", "rows-1-what")
    assert {name: page.value(name) for name in names} == {
        "line": "<b>Åäö",
        "count": "tolv",
        "why": "Därför",
        "persons": "alice, nobody",
        "rows-0-what": "first",
        "rows-1-what": "second",
    }
    assert ticked(page) == {("choice", "high"), ("several", "b"), ("rows-1-done", "on")}
    assert problems(page) == []
    assert not page.all("//*[@class='changed']")


def test_the_page_says_from_when_the_draft_is(browsers, alice, task, address):
    assert not browsers("alice").get(address).all("//*[@class='resumed']")
    keep(browsers("alice"), address)

    page = browsers("alice").get(address)

    saved_at = alice.get(f"/user-tasks/{task['id']}/draft").json["saved_at"]
    moment = page.one("//*[@class='resumed']//time")
    assert moment.get("datetime") == saved_at[:19] + "Z"
    assert "Nobody else sees it" in page.main


def test_a_draft_is_thrown_away(browsers, installation, address):
    browser = browsers("alice")
    keep(browser, address)
    form = browser.get(address).one("//form[@data-draft-ends]")

    page = browser.post(form.get("action"))
    again = browser.post(form.get("action"))

    for each in (page, again):
        assert (each.status, each.address) == (200, address)
        assert (each.value("line"), each.value("count")) == ("", "7")
        assert not each.all("//*[@class='resumed']")
    assert counted(installation)["draft"] == 0


def test_neither_a_password_nor_a_signature_is_kept(browsers, alice, insiders, task, address):
    keep(browsers("alice"), address)

    kept = alice.get(f"/user-tasks/{task['id']}/draft").json["answers"]

    assert set(kept) == {
        *("line", "count", "choice", "why", "several", "persons", "rows", "_asked")
    }
    assert PASSWORD not in json.dumps(kept)
    assert PASSWORD not in browsers("alice").get(address).source


def test_an_answer_that_leads_to_a_question_is_kept_with_it(browsers, address):
    browser = browsers("alice")
    browser.post(f"{address}/draft", line="x", choice="high")

    page = browser.get(address)

    assert page.value("why") == ""
    assert "Your answers lead to further questions" in page.texts("//*[@class='changed']")[0]


def test_the_draft_of_a_program_stands_in_the_form(browsers, alice, task, address):
    answers = {
        "line": None, "count": 12, "choice": "high", "why": "Så", "several": ["a"], "ticked": True,
        "rows": [{"what": "x", "done": True}, None, 7], "persons": {"a": 1}, "other": "x",
    }  # fmt: skip
    alice.put(f"/user-tasks/{task['id']}/draft", json={"answers": answers})

    page = browsers("alice").get(address)

    assert (page.status, page.value("count"), page.value("why")) == (200, "12", "Så")
    assert ("several", "a") in ticked(page)
    assert ("ticked", "on") in ticked(page)
    assert not page.all("//*[@class='changed']")


def test_nobody_sees_the_draft_of_another(browsers, installation, address):
    keep(browsers("alice"), address)

    bob = browsers("bob")
    assert "Åäö" not in bob.get(address).source
    assert not bob.get(address).all("//*[@class='resumed']")
    bob.post(f"{address}/draft", line="Bobs")
    bob.post(f"{address}/draft/removal")
    assert browsers("alice").get(address).value("line") == "<b>Åäö"
    for name in ("owner", "auditor", "admin"):
        assert "Åäö" not in browsers(name).get(address).source
        assert browsers(name).post(f"{address}/draft", line="x").status == 403
    charlie = browsers("charlie")
    assert charlie.get(address).status == 404
    assert charlie.post(f"{address}/draft", line="x").status == 404
    assert charlie.post(f"{address}/draft/removal").status == 404
    assert counted(installation)["draft"] == 1


def test_who_has_lost_the_task_to_another_saves_nothing(browsers, address):
    keep(browsers("alice"), address)
    browsers("bob").post(f"{address}/claim")

    assert keep(browsers("alice"), address).status == 403
    page = browsers("alice").get(address)
    assert "Åäö" not in page.source
    assert not page.all("//*[@class='resumed']")


def test_a_task_that_is_done_has_no_draft_and_takes_none(browsers, installation, alice, task):
    address = f"/tasks/{task['id']}"
    browsers("bob").post(f"{address}/draft", line="Bobs")
    keep(browsers("alice"), address)

    alice.complete(task, line="klar")

    assert counted(installation)["draft"] == 0
    assert "Åäö" not in browsers("alice").get(address).source
    late = keep(browsers("alice"), address)
    assert late.status == 409
    assert "The task is no longer open." in late.main
    assert browsers("alice").post(f"{address}/draft/removal").status == 200


def test_what_is_handed_in_is_what_stands_on_the_page_and_no_draft(browsers, alice, case, address):
    browser = browsers("alice")
    keep(browser, address)

    browser.post(address, line="Nytt", choice="low")

    assert alice.instance(case)["variables"]["line"] == "Nytt"
    assert alice.instance(case)["variables"]["count"] is None


def test_what_is_too_much_for_a_draft_stands_on_the_page_again(browsers, installation, address):
    page = keep(browsers("alice"), address, line="x" * 250_001)

    assert page.status == 422
    assert page.title.startswith("Error:")
    assert page.value("why") == "Därför"
    assert counted(installation)["draft"] == 0


def test_a_task_without_a_form_has_nothing_to_save(browsers, owner, alice):
    owner.deploy({"p.bpmn": one_task()})
    address = f"/tasks/{alice.tasks(alice.start())['a']['id']}"
    browser = browsers("alice")

    page = browser.get(address)

    assert "Save and continue later" not in page.buttons()
    assert not page.all("//*[@data-draft]")
    assert browser.post(f"{address}/draft", line="x").status == 404


def test_a_script_is_told_in_a_sentence_and_changes_nothing_else(browsers, clock, address):
    browser = browsers("alice", "sv")

    def quietly(**given):
        token = browser.get("/sign-in").token
        data = {**TYPED, **given, "_quietly": "1", "csrf_token": token}
        return browser.client.post(
            f"{address}/draft", data=data, headers={"Accept-Language": "sv"}
        )

    answer = quietly()

    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    here = clock.at.astimezone(ZoneInfo("Europe/Stockholm"))
    assert answer.text == f"Sparat {here:%H:%M}"
    assert quietly(line="x" * 250_001).status_code == 422
    assert browser.client.post(f"{address}/draft", data=TYPED).status_code == 400
    assert not browser.get(address).all("//*[contains(@class, 'notice')]")


def test_the_page_tells_who_has_no_script_to_save_first(browsers, address):
    page = browsers("alice").get(address)
    sent = browsers("alice").post(address, line="", choice="low")

    told = page.one("//*[@data-draft]")
    assert told.get("aria-live") == "polite"
    assert told.get("data-draft") == f"{address}/draft"
    assert "Save before you write a comment" in told.text_content()
    assert page.one("//script").get("src") == assets.read().script
    assert told.get("data-draft-behind") is None
    assert sent.one("//*[@data-draft]").get("data-draft-behind") is not None
