"""How a routine is found, how the work in it goes, and how its diagram and its steps lead to each other."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.clock import now
from engine.instances.models import ProcessInstance
from engine.tasks.models import UserTask
from tests.bpmn.sketch import element, end, model, start, user
from tests.factories import diagrams
from tests.web.test_statements import BOUNDS, told

MOST_STATEMENTS = 12
MOST_OF_A_ROUTINE = 30
SECRET = {"confidentiality": "secret", "secrecy_ground": "OSL 26 kap. 1 §"}


def named(key, name, about=""):
    described = element("documentation", "d", about) if about else ""
    source = model(
        key, described, start(), user("a", **diagrams.OFFICER), end(), flows="s > a > e"
    )
    return source.replace(f'id="{key}"'.encode(), f'id="{key}" name="{name}"'.encode(), 1)


@pytest.fixture
def routines(owner):
    owner.deploy(named("order", "Ändring av orosanmälan", "När någon är orolig för ett barn."))
    owner.deploy(named("care", "Åtgärd i vården"))
    owner.deploy(named("deviation", "Avvikelse"))


def names(page):
    return page.texts("//ul[contains(@class, 'rows-routines')]//a[@class='row-name']")


def first(browser):
    """Return the address of the first routine of the catalogue."""
    return browser.get("/routines").all("//a[@class='row-name']")[0].get("href")


def facts(page):
    words = page.texts("//aside//dl[1]/div/dt")
    return dict(zip(words, page.texts("//aside//dl[1]/div/dd"), strict=True))


def begin(caller, **more):
    return caller.post("/process-instances", json={"definition_key": "p", **more}).json


def test_routines_stand_in_the_order_of_the_alphabet(browsers, routines):
    page = browsers("charlie").get("/routines")

    assert names(page) == ["Avvikelse", "Åtgärd i vården", "Ändring av orosanmälan"]
    assert "Responsible for them: owner." in page.main


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("avvik", ["Avvikelse"]),
        ("DEVIATION", ["Avvikelse"]),
        ("barn orolig", ["Ändring av orosanmälan"]),
        ("åtgärd", ["Åtgärd i vården"]),
        ("atgard", ["Åtgärd i vården"]),
        ("a%CC%8Atga%CC%88rd", ["Åtgärd i vården"]),
        ("nothing", []),
        ("%25", []),
        ("x" * 1000, []),
    ],
)
def test_a_routine_is_found_by_name_key_and_purpose(browsers, routines, words, found):
    page = browsers("charlie").get(f"/routines?q={words}")

    assert names(page) == found
    if not found:
        assert "No routine matches" in page.main
        assert page.link("Show all") == "/routines"


def test_what_is_looked_for_stands_in_the_field(browsers, routines):
    page = browsers("charlie").get('/routines?q="><script>avvik')

    assert page.one("//input[@id='q']").get("value") == '"><script>avvik'


def test_a_long_catalogue_says_that_it_is_cut(browsers, routines, monkeypatch):
    monkeypatch.setattr("web.pages.routines.contents.AT_ONCE", 2)

    page = browsers("charlie").get("/routines")

    assert len(names(page)) == 2
    assert "The first 2 are shown." in page.main


def test_the_catalogue_counts_open_cases_and_no_secret_ones(browsers, owner, alice):
    owner.deploy(diagrams.one_task())
    begin(alice)
    owner.deploy(diagrams.one_task(name="Pröva"))
    begin(alice)
    begin(alice, header={**SECRET, "readers": ["alice"]})

    page = browsers("alice").get("/routines")

    assert page.link("2 open cases") == "/cases?routine=p"


def test_an_auditor_is_offered_no_start(browsers, routines):
    page = browsers("auditor").get("/routines")

    assert "Start …" not in page.main
    assert browsers("auditor").get(page.link("Avvikelse")).all("//form[@id='start']") == []


def test_a_routine_says_how_the_work_in_it_goes(browsers, installation, owner, alice):
    owner.deploy(diagrams.one_task())
    owner.deploy(diagrams.one_task(name="Pröva"))
    ended, _, hidden = begin(alice), begin(alice), begin(alice)
    alice.complete(alice.tasks(ended)["a"])
    alice.patch(f"/process-instances/{hidden['id']}/header", json={**SECRET, "readers": ["alice"]})
    with installation.database.writing() as session:
        session.execute(update(UserTask).values(due_at=now() - timedelta(days=1)))
        finished = ProcessInstance.ended_at.is_not(None)
        began = now() - timedelta(days=9)
        session.execute(update(ProcessInstance).where(finished).values(started_at=began))
        session.commit()

    browser = browsers("owner")
    page = browser.get(first(browser))

    assert facts(page) == {
        "Responsible": "owner",
        "Open cases": "1",
        "Late tasks": "1",
        "Ended in the last twelve months": "1",
        "Time from start to end": "9 days (of 1 case that was completed)",
    }
    assert browser.get(page.link("1")).status == 200
    assert page.texts("//ul[@class='versions']/li")[0].startswith("Version 2 in force Deployed on")
    assert "by owner" in page.texts("//ul[@class='versions']/li")[1]


def test_a_routine_without_cases_says_so(browsers, routines):
    browser = browsers("charlie")
    page = browser.get(browser.get("/routines").link("Avvikelse"))

    assert facts(page)["Open cases"] == "0"
    assert facts(page)["Time from start to end"] == "No case was completed yet."


def test_the_form_to_start_stands_before_the_diagram(browsers, routines):
    browser = browsers("alice")
    page = browser.get(browser.get("/routines").link("Avvikelse"))

    assert page.texts("//article//h2")[:2] == ["Start the routine", "The diagram"]


def test_the_diagram_and_the_steps_lead_to_each_other(browsers, routines):
    browser = browsers("alice")
    page = browser.get(browser.get("/routines").link("Avvikelse"))

    steps = page.all("//ol[@class='outline']/li[@data-step]")
    assert [each.get("data-step") for each in steps] == ["s", "a", "e"]
    for each in steps:
        key = each.get("data-step")
        [shape] = page.all(f"//*[@id='bpmn-element-{key}']")
        assert shape.get("href") == f"#step-{key}"
        assert each.get("id") == f"step-{key}"
        assert each.xpath(".//a/@href") == [f"#bpmn-element-{key}"]
    identities = page.document.xpath("//@id")
    assert len(identities) == len(set(identities))


@pytest.mark.parametrize(
    ("address", "most"), [("/routines", MOST_STATEMENTS), ("p", MOST_OF_A_ROUTINE)]
)
def test_pages_take_as_few_statements_however_much_there_is(
    browsers, installation, owner, alice, address, most
):
    for number in range(6):
        owner.deploy(diagrams.one_task(f"r{number}"))
        owner.deploy(diagrams.one_task(name=f"Pröva {number}"))
        begin(alice)
    browser = browsers("alice")
    address = address if address != "p" else first(browser)
    browser.get(address)

    with told(installation) as statements:
        assert browser.get(address).status == 200

    asked = [each for each in statements if not each.startswith(BOUNDS)]
    assert len(asked) <= most, "\n".join(asked)
