"""A form on a page, with every kind of question and of what may become of it, without a script."""

import json

import pytest
from flask import render_template_string

from bpmn.forms.registers import NoRegisters, Signature
from bpmn.scripting.seen import Seen
from tests.bpmn.forms.checked import NOW, STOCKHOLM
from tests.bpmn.forms.forms import field, form
from tests.bpmn.sketch import end, model, start, user
from tests.factories.browsers import problems
from tests.factories.diagrams import OFFICER, asking
from web.pages.forms import sheets
from web.pages.forms.questions import Attachment, Doors

FILE = "01990000-0000-7000-8000-000000000001"


def words(sv, en):
    return {"sv": sv, "en": en}


FORM = {
    "key": "answer",
    "title": words("Avvikelse", "Deviation"),
    "fields": [
        field("int", "likelihood", label=words("Sannolikhet", "Likelihood"), required=True),
        field("calc", "risk", label=words("Risk", "Risk"), value="likelihood * 2"),
        field("text", "board", label=words("Nämnd", "Board"), readonlyIf="true", help=words("H", "Given.")),
        field("clauses", "clauses", label=words("Krav", "Requirements")),
        field("unit", "unit", label=words("Enhet", "Unit")),
        field("files", "files", label=words("Filer", "Files")),
        field("sign", "signed", label=words("Underskrift", "Signature"), meaning="read"),
    ],
    "sections": [
        {
            "title": words("Åtgärder", "Actions"),
            "intro": words("Skriv.", "Write what is done."),
            "visibleIf": "risk >= 8",
            "fields": [
                field("text", "state", label=words("Läge", "State"), readonlyIf="likelihood = 5"),
                field(
                    "table",
                    "rows",
                    label=words("Rader", "Rows"),
                    columns=[
                        field("text", "what", label=words("Vad", "What"), required=True),
                        field("text", "why", label=words("Varför", "Why"), visibleIf='what = "x"', required=True),
                        field("calc", "twice", label=words("Två", "Twice"), value="string(what) + string(what)"),
                    ],
                    rules=[{"holds": 'what != "bad"', "message": words("Fel.", "Not that."), "field": "what"}],
                ),
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def case(owner, alice):
    owner.deploy(asking(FORM))
    return alice.start(board="Skola", state="old")


@pytest.fixture
def address(alice, case):
    return f"/tasks/{alice.tasks(case)['a']['id']}"


def test_what_stands_as_it_is_is_shown_and_named_and_no_input(browsers, address):
    page = browsers("alice").get(address)

    board = page.field("board")
    assert board.tag == "div"
    assert "Skola" in board.text_content()
    assert page.one(f"//*[@id='{board.get('aria-labelledby')}']").text_content() == "Board"
    assert board.get("aria-describedby") == "help-board"
    assert page.all("//input[@name='board' or @name='risk' or @name='signed']") == []
    assert page.texts("//form//h3") == []


def test_a_section_appears_with_its_heading_and_is_worked_out(browsers, address):
    page = browsers("alice").post(address, ("_update", "1"), likelihood="4")

    assert "8" in page.field("risk").text_content()
    section = page.one("//section[@class='part']")
    assert page.one(f"//*[@id='{section.get('aria-labelledby')}']").text_content() == "Actions"
    assert "Write what is done." in page.main
    assert page.value("state") == "old"
    assert page.value("rows-0-what") == ""


def test_rows_ask_what_their_own_cells_lead_to(browsers, address):
    sent = {"likelihood": "4", "rows-0-what": "x", "rows-1-what": "y"}

    page = browsers("alice").post(address, ("_update", "1"), **sent)
    refused = browsers("alice").post(
        address, ("_asked", "state"), ("_asked", "rows"), **sent, **{"rows-2-what": "bad"}
    )

    assert page.field("rows-0-why").get("required") is not None
    assert page.all("//*[@id='f-rows-1-why']") == []
    assert "yy" in page.field("rows-1-twice").text_content()
    assert refused.status == 422
    assert problems(refused) == [
        "Rows, row 1, Why: Fill this in.",
        "Rows, row 3, What: Not that.",
    ]
    assert refused.field("rows-2-what").get("aria-describedby") == "wrong-rows-2-what"


def test_what_may_not_be_changed_any_more_is_told(browsers, alice, case, address):
    stood = [("_asked", "state"), ("_asked", "rows")]

    page = browsers("alice").post(address, *stood, likelihood="5", state="new")
    done = browsers("alice").post(address, *stood, likelihood="5")

    assert page.status == 200
    assert "Some answers are not to be changed any more." in page.main
    assert "old" in page.field("state").text_content()
    assert done.address == "/tasks"
    assert alice.instance(case)["variables"]["state"] == "old"


def test_references_are_typed_and_kept(browsers, alice, case, address):
    sent = {"likelihood": "1", "clauses": "ISO 9001 7.5\r\n\r\nSOSFS 4:2", "unit": "skola"}

    again = browsers("alice").post(address, **{**sent, "likelihood": "?"})
    browsers("alice").post(address, **sent)

    assert again.field("clauses").tag == "textarea"
    assert again.value("clauses").strip() == "ISO 9001 7.5\nSOSFS 4:2"
    kept = alice.instance(case)["variables"]
    assert kept["clauses"] == ["ISO 9001 7.5", "SOSFS 4:2"]
    assert kept["unit"] == "skola"


def test_nobody_sends_what_the_server_writes(browsers, address):
    page = browsers("alice").post(address, likelihood="1", risk="9", signed="alice")

    assert page.status == 422
    assert [each.partition(":")[0] for each in problems(page)] == ["Risk", "Signature"]


def test_a_username_that_nobody_has_is_refused(browsers, owner, alice):
    asked = {"key": "answer", "title": words("a", "a"), "fields": [field("users", "people")]}
    owner.deploy(asking(asked))
    address = f"/tasks/{alice.tasks(alice.start())['a']['id']}"

    page = browsers("alice").post(address, people="bob, nemo")

    assert problems(page) == ["Question: There is nobody with the username nemo."]
    assert page.value("people") == "bob, nemo"


# ---------------------------------------------------------------- read again


def test_what_was_answered_is_read_under_the_headings_of_its_own_form(
    browsers, owner, address
):  # fmt: skip
    alice_there = browsers("alice")
    stood = [("_asked", "state"), ("_asked", "rows")]
    alice_there.post(address, *stood, likelihood="4", state="new", **{"rows-0-what": "y"})
    newer = {**FORM, "fields": [field("text", "other")], "title": words("Ny", "New")}
    newer["sections"] = [{"title": words("Ny", "New"), "fields": [field("text", "more")]}]
    owner.deploy(asking(newer))

    page = alice_there.get(address)

    there = "//section[@aria-labelledby='given']"
    assert page.texts(f"{there}//h3") == ["Actions"]
    assert page.texts(f"{there}//dt")[:4] == ["Likelihood", "Risk", "Board", "Requirements"]
    assert page.texts(f"{there}//dd")[:4] == ["4", "8", "Skola", "No answer"]
    assert page.texts(f"{there}//section//dt") == [
        *("State", "Rows", "What", "Twice"),
    ]
    assert page.all("//form[@class='sheet']") == []


def test_what_was_answered_stays_although_the_case_has_changed(browsers, owner, alice):
    asked = {"key": "answer", "title": words("a", "a"), "fields": [field("int", "n")]}
    steps = [user(each, rutin__formKey="answer", **OFFICER) for each in ("a", "b")]
    drawn = model("p", start(), *steps, end(), flows="s > a > b > e")
    owner.deploy({"p.bpmn": drawn, "answer.form.json": json.dumps(asked).encode()})
    browser, case = browsers("alice"), alice.start()
    first = f"/tasks/{alice.tasks(case)['a']['id']}"
    browser.post(first, n="1")
    browser.post(f"/tasks/{alice.tasks(case)['b']['id']}", n="2")

    page = browser.get(first)

    assert alice.instance(case)["variables"]["n"] == 2
    assert page.texts("//section[@aria-labelledby='given']//dd") == ["1"]


# ---------------------------------------------------------------- what the caller offers


class Confirmed(NoRegisters):
    def signature(self, *_):
        return Signature("alice", NOW)


TEMPLATE = """{% from "forms/questions.html" import question %}
{% for each in sheet.questions %}{{ question(each) }}{% endfor %}"""


def drawn(app, doors, registers=None):
    asked = form(field("files", "files", required=True), field("sign", "signed", meaning="read"))
    known = Seen({"files": [FILE]}, now=NOW, zone=STOCKHOLM)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        sheet = sheets.fresh(asked, known, registers or NoRegisters(), doors)
        return render_template_string(TEMPLATE, sheet=sheet)


def test_files_are_chosen_and_attached_where_the_caller_has_doors(app):
    attachment = Attachment(FILE, "karta.pdf", "/files/1")

    page = drawn(app, Doors("/up", [attachment], "/confirm"))

    assert f'name="files" value="{FILE}" checked' in page
    assert "karta.pdf" in page
    assert (
        'formaction="/up" formenctype="multipart/form-data" name="_upload" value="files"' in page
    )
    assert '<input type="file" id="file-files" name="_file-files">' in page
    assert 'formaction="/confirm"' in page


def test_without_doors_nothing_is_offered(app):
    page = drawn(app, Doors())

    assert f'value="{FILE}" checked' in page  # what the answer names already can be let go
    assert "formaction" not in page
    assert 'type="file"' not in page
    assert "Nobody can sign here yet." in page


def test_whoever_has_confirmed_is_told_that_she_signs(app):
    page = drawn(app, Doors(confirmation="/confirm"), Confirmed())

    assert "You sign when you complete the task." in page
    assert "formaction" not in page
