"""After a task comes the next one of the list that it was opened from, also without a script."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.bpmn.sketch import end, model, start, user
from tests.factories import diagrams

OFFICER = diagrams.OFFICER
LIST = "/tasks?tab=groups&sort=created"


@pytest.fixture
def cases(owner, alice):
    """Three cases with a task each, the oldest first."""
    owner.deploy(diagrams.one_task(name="Handlägg"))
    bodies = [{"definition_key": "p", "business_key": f"KS {number}"} for number in range(3)]
    return [alice.post("/process-instances", json=each).json for each in bodies]


def task(caller, case):
    return f"/tasks/{caller.tasks(case)['a']['id']}"


def completion(page):
    """Return the address that the form of a task is sent to."""
    return page.one("//form[@class='sheet']").get("action")


def case_of(page):
    return page.one("//aside//a[@class='row-name']").text_content().strip()


def opened(browser, number, address=LIST):
    """Open a task from a list."""
    links = browser.get(address).all("//a[@class='row-name']")
    return browser.get(links[number].get("href"))


def test_a_task_knows_the_list_that_it_was_opened_from(browsers, cases):
    page = opened(browsers("alice"), 1)

    assert case_of(page) == "KS 1 p"
    assert page.link("Back to the list").startswith(f"{LIST}#task-")
    assert parse_qs(urlsplit(completion(page)).query) == {"from": [LIST]}


def test_the_next_task_of_the_list_follows(browsers, cases):
    alice = browsers("alice")

    page = alice.post(completion(opened(alice, 0)))

    assert case_of(page) == "KS 1 p"
    assert "“Handlägg” is done. The case is completed. Here is the next one." in page.main
    assert page.link("Back to the list").startswith(LIST)
    assert case_of(alice.post(completion(page))) == "KS 2 p"


def test_the_order_is_that_of_the_list(browsers, cases):
    alice = browsers("alice")

    page = alice.post(completion(opened(alice, 0, "/tasks?sort=-created")))

    assert case_of(page) == "KS 1 p"


def test_filters_hold_for_what_follows(browsers, cases):
    alice = browsers("alice")
    narrowed = "/tasks?tab=open&business_key_prefix=KS+1"

    page = alice.post(completion(opened(alice, 0, narrowed)))

    assert page.address == "/tasks"
    assert page.response.request.query_string.decode() == urlsplit(narrowed).query
    assert "There is nothing more in the list." in page.main


def test_the_last_one_leads_back_to_the_list(browsers, cases):
    alice = browsers("alice")

    page = alice.post(completion(opened(alice, 2)))

    assert (page.address, page.heading) == ("/tasks", "For my groups")
    assert "It was the last one of the list." in page.main


def test_what_the_rules_keep_from_somebody_is_passed_over(browsers, owner, alice):
    owner.deploy(diagrams.two_steps())
    barred, *_ = [alice.start() for _ in range(3)]
    alice.complete(alice.tasks(barred)["first"])  # now its second step is the last of the list
    browser = browsers("alice")

    page = browser.post(completion(opened(browser, 1)))

    assert page.address == "/tasks"
    assert "It was the last one of the list." in page.main


def test_who_does_not_want_to_go_on_comes_back_to_the_list(browsers, cases):
    alice = browsers("alice")
    page = opened(alice, 0)
    assert page.one("//input[@name='_goes_on' and @type='checkbox']").get("checked") is not None

    listed = alice.post(completion(page), ("_goes_on", "0"))

    again = opened(alice, 0)
    assert (listed.address, listed.heading) == ("/tasks", "For my groups")
    assert again.one("//input[@name='_goes_on' and @type='checkbox']").get("checked") is None
    further = alice.post(completion(again), ("_goes_on", "0"), ("_goes_on", "1"))
    assert case_of(further) == "KS 2 p"


def test_a_form_that_is_put_right_knows_it_still(browsers, owner, alice):
    files = {
        "p.bpmn": diagrams.one_task(rutin__formKey="answer"),
        "answer.form.json": diagrams.FORM,
    }
    owner.deploy(files)
    for number in range(2):
        alice.post(
            "/process-instances", json={"definition_key": "p", "business_key": f"K {number}"}
        )
    browser = browsers("alice")

    wrong = browser.post(completion(opened(browser, 0)), n="")
    page = browser.post(completion(wrong), n="1")

    assert wrong.status == 422
    assert case_of(page) == "K 1 p"


def test_taking_a_task_and_saving_a_draft_stay_in_the_list(browsers, cases):
    alice = browsers("alice")
    page = opened(alice, 0)

    taken = alice.post(page.one("//form[@class='hand']").get("action"))
    back = alice.post(taken.one("//form[@class='hand']").get("action"))

    for each in (taken, back):
        assert each.link("Back to the list").startswith(LIST)


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/nowhere", "\\x"])
def test_an_address_of_somebody_else_is_no_list(browsers, alice, cases, address):
    browser, there = browsers("alice"), task(alice, cases[0])

    page = browser.get(f"{there}?from={address}")
    done = browser.post(f"{there}?from={address}")

    assert page.all("//a[contains(@href, 'evil')]") == []
    assert page.link("To do") == "/tasks"
    assert done.address == "/tasks"


def test_a_task_opened_from_elsewhere_leads_back_there(browsers, alice, cases):
    browser, there = browsers("alice"), f"/cases/{cases[0]['id']}"

    page = browser.get(f"{task(alice, cases[0])}?from={there}")

    assert page.link("Back") == there
    assert page.all("//*[@id='pane']") == []
    assert browser.post(completion(page)).address == there


def test_a_task_that_stands_beside_the_list_brings_no_second_one(browsers, cases):
    alice = browsers("alice")
    address = alice.get(LIST).all("//a[@class='row-name']")[0].get("href")

    alone = alice.get(address)
    beside = alice.client.get(address, headers={"HX-Request": "true", "HX-Target": "section#pane"})

    assert alone.one("//*[@id='list']").get("data-address") == LIST
    assert 'id="list"' not in beside.get_data(as_text=True)
    assert 'class="sheet"' in beside.get_data(as_text=True)


def test_a_stranger_is_led_nowhere(browsers, alice, cases):
    charlie, there = browsers("charlie"), task(alice, cases[0])

    assert charlie.get(f"{there}?from={LIST}").status == 404
    assert charlie.post(f"{there}?from={LIST}").status == 404


def test_what_a_case_asks_next_can_be_what_follows(browsers, owner, alice):
    steps = (user("one", name="Ett", **OFFICER), user("two", name="Två", **OFFICER))
    owner.deploy(model("p", start(), *steps, end(), flows="s > one > two > e"))
    alice.start()
    browser = browsers("alice")

    page = browser.post(completion(opened(browser, 0)))

    assert page.heading == "Två"
    assert "Here is the next one." in page.main


def test_handing_a_task_on_leads_back_to_the_list(browsers, alice, cases):
    browser = browsers("alice")
    page = opened(browser, 0)
    hands = [each.get("href") for each in page.all("//details[@class='work-hands']//a")]

    assert hands
    assert {*map(tuple, (parse_qs(urlsplit(each).query).get("from", []) for each in hands))} == {
        (LIST,)
    }
