"""A form follows what is answered, in a browser: further questions come, and nothing that was typed is lost."""

from playwright.sync_api import expect

from tests.bpmn.forms.forms import field

FORM = {
    "key": "risk",
    "title": {"sv": "Risk", "en": "Risk"},
    "fields": [
        field("int", "likelihood", label={"sv": "Sannolikhet", "en": "Likelihood"}),
        field(
            "note",
            "why",
            label={"sv": "Varför?", "en": "Why?"},
            visibleIf="likelihood > 3",
            required=True,
        ),
        field("calc", "twice", label={"sv": "Dubbelt", "en": "Twice"}, value="likelihood * 2"),
        field("text", "besides", label={"sv": "Övrigt", "en": "Besides"}),
        field("sign", "signed", label={"sv": "Underskrift", "en": "Signature"}, meaning="read"),
    ],
}


def test_further_questions_come_and_go_as_one_answers(page):
    why = page.get_by_label("Why?")
    expect(page.get_by_role("button", name="Update the questions")).to_be_hidden()
    page.get_by_label("Your password").fill("korrekt häst")

    page.get_by_label("Likelihood").fill("4")
    page.keyboard.press("Tab")
    page.keyboard.type("half a sen")

    expect(why).to_be_visible()
    expect(page.get_by_text("Your answers lead to further questions. Why?")).to_have_count(1)
    page.keyboard.type("tence")
    expect(page.get_by_label("Besides")).to_have_value("half a sentence")
    expect(page.get_by_label("Your password")).to_have_value("korrekt häst")
    expect(page.get_by_text("8", exact=True)).to_be_visible()
    page.get_by_label("Likelihood").fill("2")
    page.keyboard.press("Tab")
    expect(why).to_have_count(0)


def test_what_stands_stays_when_somebody_else_was_faster(page, alice, task):
    page.get_by_label("Besides").fill("mine")
    case = f"/process-instances/{task['instance_id']}"
    assert alice.post(f"{case}/cancellation", json={"reason": "Fel ärende"}).status == 200

    with page.expect_response("**/tasks/*") as asked:
        page.get_by_label("Likelihood").fill("4")
        page.keyboard.press("Tab")

    assert asked.value.status == 409
    expect(page.get_by_label("Besides")).to_have_value("mine")
    page.get_by_role("button", name="Complete the task").click()
    expect(page.get_by_text("mine", exact=True)).to_be_visible()


def test_who_was_signed_out_keeps_what_stands(page):
    page.get_by_label("Besides").fill("mine")
    page.context.clear_cookies()

    with page.expect_response("**/tasks/*") as asked:
        page.get_by_label("Likelihood").fill("4")
        page.keyboard.press("Tab")

    assert asked.value.status != 200
    page.wait_for_timeout(300)  # for what must not come
    expect(page.get_by_label("Besides")).to_have_value("mine")
