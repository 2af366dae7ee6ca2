"""The first page: how it stands, what is to be done, what was begun, and what one answers for."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.clock import now
from engine.tasks.models import UserTask
from tests.bpmn.sketch import end, model, script, start, user
from tests.factories import diagrams
from tests.web.test_api_absences import SINCE
from tests.web.test_statements import BOUNDS, told

MOST_STATEMENTS = 12
SHORTCUT = b'<process xmlns:rutin="https://rutin.example/schema/1" rutin:shortcut="%s" id="%s"'
FAILS = model("f", start(), script("x", "share = 10 / 0"), end(), flows="s > x > e")
SECRET = {"confidentiality": "secret", "secrecy_ground": "OSL 26 kap. 1 §"}


@pytest.fixture
def routine(owner):
    owner.deploy(diagrams.one_task(name="Handlägg"))


def begin(caller, count=1, **more):
    body = {"definition_key": "p", **more}
    return [caller.post("/process-instances", json=body).json for _ in range(count)]


def take(caller, cases):
    for each in cases:
        caller.assign(caller.tasks(each)["a"], caller.name)


def due(installation, **when):
    """Move when all tasks are due; as rows, for a test is not to wait for days."""
    with installation.database.writing() as session:
        session.execute(update(UserTask).values(due_at=now() + timedelta(**when)))
        session.commit()


def rows(page, section):
    return page.texts(f"//section[@aria-labelledby='{section}']//li[@class='row']")


def late_figures(page):
    return page.texts("//section[@aria-labelledby='standings']//li[@class='row']")


def test_nothing_to_do_is_said_in_a_sentence(browsers, routine):
    page = browsers("charlie").get("/")

    assert page.heading == "Hello, charlie"
    assert "Nothing is waiting for you right now." in page.main
    assert page.link("Start a routine") == "/routines"
    assert page.all("//section") == []


def test_the_first_sentence_says_how_much_waits_and_how_much_is_late(
    browsers, installation, alice, routine
):
    take(alice, begin(alice, 2))
    due(installation, days=-2)
    take(alice, begin(alice))

    assert "Three tasks are waiting for you, two are late." in browsers("alice").get("/").main
    swedish = browsers("alice", "sv").get("/")
    assert "Tre uppgifter väntar på dig, två är sena." in swedish.main


def test_what_is_free_is_no_task_of_mine_yet(browsers, alice, routine):
    begin(alice)

    page = browsers("bob").get("/")

    assert "One task is free for you to take." in page.main
    [row] = rows(page, "offers")
    assert "Handlägg" in row
    assert "For officer" in row
    assert rows(browsers("charlie").get("/"), "offers") == []


@pytest.mark.parametrize(
    ("when", "group"),
    [
        ({"minutes": -1}, "late"),
        ({"days": 40}, "later"),
    ],
)
def test_tasks_stand_by_when_they_are_due(browsers, installation, alice, routine, when, group):
    take(alice, begin(alice))
    due(installation, **when)

    page = browsers("alice").get("/")

    assert len(rows(page, f"group-{group}")) == 1
    assert len(page.all("//section[starts-with(@aria-labelledby, 'group-')]")) == 1


def test_a_long_group_shows_five_and_leads_to_the_rest(browsers, installation, alice, routine):
    take(alice, begin(alice, 7))
    due(installation, days=-1)

    browser = browsers("alice")
    page = browser.get("/")

    assert len(rows(page, "group-late")) == 5
    everything = browser.get(page.link("Show all 7"))
    assert everything.heading == "Mine"
    assert len(everything.all("//li[@class='row']")) == 7


def test_tasks_without_a_deadline_lead_to_the_rest_too(browsers, alice, routine):
    take(alice, begin(alice, 6))

    browser = browsers("alice")
    page = browser.get("/")

    assert len(rows(page, "group-whenever")) == 5
    assert len(browser.get(page.link("Show all 6")).all("//li[@class='row']")) == 6


def test_what_i_started_says_whom_it_waits_for_and_since_when(browsers, alice, bob, routine):
    [case] = begin(alice, business_key="KS 1")
    bob.assign(bob.tasks(case)["a"], "bob")

    [row] = rows(browsers("alice").get("/"), "begun")

    assert "KS 1 p" in row
    assert "Waits for bob since" in row
    assert "Handlägg" in row


def test_a_substitute_is_told_of_the_tasks_of_others(browsers, alice, routine):
    begin(alice, 2)
    assert alice.post("/substitutions", json={"substitute": "charlie", **SINCE}).status == 201

    page = browsers("charlie").get("/")

    assert page.link("You can do 2 tasks on behalf of others.") == "/tasks?tab=behalf"


def test_owners_see_what_is_late_and_what_is_stopped(
    browsers, installation, alice, owner, routine
):
    owner.deploy(FAILS)
    begin(alice, 3)
    due(installation, days=-1)
    alice.post("/process-instances", json={"definition_key": "f"})

    browser = browsers("owner")
    page = browser.get("/")

    assert late_figures(page) == ["p 3 late tasks", "f 1 case stopped by an error"]
    late = browser.get(page.link("3 late tasks"))
    assert late.heading == "Late and stopped: p"
    assert len(rows(late, "late")) == 3
    assert "Waits for officer" in rows(late, "late")[0]
    [stopped] = rows(browser.get(page.link("1 case stopped")), "stopped")
    assert "f" in stopped
    assert "A number cannot be divided by zero." in stopped


def test_owners_are_told_that_all_is_well(browsers, routine):
    page = browsers("owner").get("/")

    assert "Nothing is late, and no case is stopped by an error." in page.main


def test_others_have_no_figures_and_no_list(browsers, installation, alice, routine):
    begin(alice)
    due(installation, days=-1)

    for name in ("alice", "charlie", "auditor"):
        browser = browsers(name)
        assert "What you answer for" not in browser.get("/").main
        assert browser.get("/oversight?routine=p").status == 403


@pytest.mark.parametrize("query", ["", "?routine=nothing", "?routine=%00"])
def test_the_list_of_no_routine_is_not_there(browsers, routine, query):
    assert browsers("owner").get(f"/oversight{query}").status == 404


def test_secret_cases_are_in_no_figure_and_in_no_list(browsers, installation, alice, routine):
    begin(alice, header={**SECRET, "readers": ["alice"]})
    due(installation, days=-1)

    page = browsers("owner").get("/")

    assert late_figures(page) == []
    assert rows(browsers("owner").get("/oversight?routine=p"), "late") == []
    assert rows(browsers("bob").get("/"), "offers") == []
    assert "Secret" in rows(browsers("alice").get("/"), "offers")[0]


def test_whoever_leads_a_unit_sees_that_unit_only(browsers, installation, admin, alice, routine):
    for unit in ("norr", "soder"):
        names = {"name_sv": unit, "name_en": unit, "kind": "enhet", "valid_from": "2020-01-01"}
        assert admin.post("/units", json={"key": unit, **names}).status == 201
    leads = {"role": "unit_manager", "person": "bob", "valid_from": "2020-01-01", "unit": "norr"}
    assert admin.post("/appointments", json=leads).status == 201
    begin(alice, 2, unit="norr")
    begin(alice, unit="soder")
    begin(alice)
    due(installation, days=-1)

    browser = browsers("bob")

    assert late_figures(browser.get("/")) == ["p 2 late tasks"]
    assert len(rows(browser.get("/oversight?routine=p"), "late")) == 2
    assert late_figures(browsers("owner").get("/")) == ["p 4 late tasks"]


def test_a_leader_is_told_of_cases_that_are_not_open_to_her(
    browsers, installation, admin, alice, owner
):
    names = {"name_sv": "Norr", "name_en": "North", "kind": "enhet", "valid_from": "2020-01-01"}
    admin.post("/units", json={"key": "norr", **names})
    leads = {"role": "unit_manager", "person": "charlie", "valid_from": "2020-01-01"}
    admin.post("/appointments", json={**leads, "unit": "norr"})
    owner.deploy(diagrams.one_task(name="Handlägg"))
    begin(alice, unit="norr", business_key="KS 7")
    due(installation, days=-1)

    page = browsers("charlie").get("/oversight?routine=p")

    assert rows(page, "late") == []
    assert "1 more is in a case that is not open to you." in page.main
    assert "KS 7" not in page.main


def test_a_figure_is_counted_up_to_a_hundred(browsers, installation, alice, routine, monkeypatch):
    monkeypatch.setattr("engine.inbox.oversight.MOST_COUNTED", 2)
    begin(alice, 3)
    due(installation, days=-1)

    assert late_figures(browsers("owner").get("/")) == ["p 2+ late tasks"]


def test_a_shortcut_leads_to_the_routine_that_says_it_is_the_one(browsers, owner):
    source = model("deviation", start(), user("a", **diagrams.OFFICER), end(), flows="s > a > e")
    said = SHORTCUT % (b"report-deviation", b"deviation")
    answer = owner.deploy(source.replace(b'<process id="deviation"', said))
    [identity] = [each["id"] for each in answer.json["definitions"]]

    browser = browsers("alice")
    page = browser.get("/")

    assert page.link("Report a deviation") == f"/routines/{identity}#start"
    assert "Propose an improvement" not in page.main
    assert browser.get(page.link("Report a deviation")).field("business_key") is not None


def test_a_shortcut_is_that_of_the_version_in_force(browsers, owner):
    source = diagrams.one_task("deviation")
    said = SHORTCUT % (b"report-deviation", b"deviation")
    owner.deploy(source.replace(b'<process id="deviation"', said))
    owner.deploy(source)

    assert "Report a deviation" not in browsers("alice").get("/").main


def test_a_missing_shortcut_is_told_to_whoever_can_make_it(browsers, routine):
    page = browsers("owner").get("/")

    assert 'write rutin:shortcut="report-deviation" on the process' in page.main
    assert "rutin:shortcut" not in browsers("alice").get("/").main


def test_an_auditor_starts_nothing(browsers, owner):
    said = SHORTCUT % (b"report-deviation", b"p")
    owner.deploy(diagrams.one_task().replace(b'<process id="p"', said))

    assert "Report a deviation" not in browsers("auditor").get("/").main


@pytest.mark.parametrize("name", ["alice", "owner"])
def test_the_page_takes_as_few_statements_however_much_there_is(
    browsers, installation, admin, alice, owner, routine, name
):
    for number in range(3):
        owner.deploy(diagrams.one_task(f"r{number}"))
    take(alice, begin(alice, 8))
    begin(alice, 8)
    due(installation, days=-1)
    browser = browsers(name)
    browser.get("/")

    with told(installation) as statements:
        assert browser.get("/").status == 200

    asked = [each for each in statements if not each.startswith(BOUNDS)]
    who = [each for each in asked if "FROM sign_in" in each or "FROM audit_chain" in each]
    assert len(asked) - len(who) <= MOST_STATEMENTS, "\n".join(asked)


def test_only_those_who_are_signed_in_have_a_first_page(client):
    assert client.get("/").headers["Location"].startswith("/sign-in")
    assert client.get("/oversight").headers["Location"].startswith("/sign-in")
