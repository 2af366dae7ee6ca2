"""The catalogue of routines, one routine in words, and starting it."""

import pytest

from bpmn import deployment
from bpmn.deployment import Kind
from engine.execution.library import DeployedLibrary, VersionUnreadable
from tests.bpmn.sketch import both, element, end, model, script, start, sub, user, xor
from tests.factories.browsers import path, problems
from tests.factories.diagrams import OFFICER, one_task
from web.pages import outlines


@pytest.fixture
def routine(owner):
    """Deploy a routine in two versions, and return the addresses of both, the first version first."""
    addresses = []
    for name in ("Handlägg", "Pröva"):
        described = element("documentation", "d", "What it is for.\n\nFurther details.")
        answer = owner.deploy(
            model(
                "p",
                described,
                start(),
                user("a", name=name, rutin__dueDate="P14D", **OFFICER),
                end(),
                flows="s > a > e",
            )
        )
        addresses += [
            f"/routines/{each['id']}"
            for each in answer.json["definitions"]
            if each["kind"] == Kind.PROCESS
        ]
    return addresses


def test_the_catalogue_shows_what_is_in_force(browsers, routine):
    page = browsers("charlie").get("/routines")

    assert page.texts("//a[@class='row-name']") == ["p"]
    assert page.one("//a[@class='row-name']").get("href") == routine[1]
    assert "What it is for." in page.main
    assert "Further details." not in page.main
    assert "Version 2" in page.main


def test_an_empty_catalogue_says_how_it_is_filled(browsers):
    assert "There are no routines yet." in browsers("charlie").get("/routines").main


def test_a_routine_is_told_step_by_step(browsers, routine):
    page = browsers("charlie").get(routine[1])

    assert page.texts("//ol[@class='outline']/li") == [
        "Start",
        "Pröva Task for a person officer · within 14 days",
        "End",
    ]
    assert "Version 2 has been in force since" in page.main
    assert "Further details." in page.main
    assert page.link("Download the diagram").endswith("/xml")
    assert browsers("charlie").client.get(page.link("Download the diagram")).status_code == 200


def test_a_version_that_is_not_in_force_is_shown_and_not_started(browsers, routine):
    page = browsers("charlie").get(routine[0])

    assert "This is version 1." in page.main
    assert page.all("//form[@id='start']") == []
    assert page.link("Version 2 is in force.") == routine[1]


def test_a_case_is_started_from_the_page(browsers, alice, routine):
    page = browsers("alice").post(routine[1], business_key=" KS 2026/1 ")

    identity = page.address.removeprefix("/cases/")
    assert alice.instance({"id": identity})["business_key"] == "KS 2026/1"
    assert "The case is started. The case waits for officer." in page.main


def test_a_case_needs_no_reference(browsers, alice, routine):
    page = browsers("alice").post(routine[1], business_key="")

    assert alice.instance({"id": page.address.removeprefix("/cases/")})["business_key"] is None


def test_a_reference_that_cannot_be_kept_is_told(browsers, alice, routine):
    page = browsers("alice").post(routine[1], business_key="x" * 201)

    assert page.status == 422
    assert problems(page) == ["Reference: A business key has at most 200 characters."]
    assert page.value("business_key") == "x" * 201
    assert alice.get("/process-instances").json["items"] == []


def test_warnings_of_the_deployment_are_kept_with_the_routine(browsers, owner):
    owner.deploy(one_task(rutin__formKey="missing"))
    browser = browsers("charlie", "sv")

    page = browser.get(browser.get("/routines").one("//a[@class='row-name']").get("href"))

    assert "Formuläret 'missing' finns inte i driftsättningen" in page.main


def test_a_version_that_can_no_longer_be_read_is_still_shown(browsers, routine, monkeypatch):
    def refuse(*_):
        raise VersionUnreadable

    monkeypatch.setattr(DeployedLibrary, "of", refuse)

    assert "p" in browsers("charlie").get("/routines").main
    page = browsers("charlie").get(routine[1])
    assert "can no longer execute the version" in page.main
    assert page.all("//form[@id='start']") == []


def test_only_those_who_are_signed_in_see_routines(client, routine):
    for each in ("/routines", routine[1]):
        response = client.get(each)
        assert response.status_code == 302
        assert path(response.headers["Location"]) == "/sign-in"


# ---------------------------------------------------------------- the outline


def outline(source, app, language="en"):
    checked = deployment.check({"p.bpmn": source})
    with app.test_request_context(headers={"Accept-Language": language}):
        return outlines.of(checked.processes["p"].process)


def test_steps_come_in_the_order_of_the_flow_whatever_the_order_of_the_file(app):
    steps = outline(
        model(
            "p",
            end("e", ""),
            user("c", name="Tredje"),
            user("b", name="Andra"),
            user("a", name="Första"),
            start(),
            flows="s > a > b > c > e",
        ),
        app,
    )

    assert [each.name for each in steps] == ["Start", "Första", "Andra", "Tredje", "End"]


def test_a_way_back_changes_no_order_and_is_told(app):
    steps = outline(
        model(
            "p",
            start(),
            user("a", name="Skriv"),
            xor("g", name="Godkänt?", default="g--a"),
            end("e"),
            flows="s > a > g > a; g > e ? ok",
        ),
        app,
    )

    assert [each.element.id for each in steps] == ["s", "a", "g", "e"]
    assert [(each.target, each.is_default) for each in steps[2].ways] == [
        ("Skriv", True),
        ("End", False),
    ]


def test_parallel_ways_follow_each_other_before_what_joins_them(app):
    steps = outline(
        model(
            "p",
            start(),
            both("f"),
            user("a"),
            user("b"),
            both("j"),
            end("e"),
            flows="s > f > a > j > e; f > b > j",
        ),
        app,
    )

    assert [each.element.id for each in steps] == ["s", "f", "a", "b", "j", "e"]


def test_what_stands_in_a_sub_process_is_one_level_in(app):
    steps = outline(
        model(
            "p",
            start(),
            sub("x", start("xs"), user("xa"), end("xe"), flows="xs > xa > xe"),
            end("e"),
            flows="s > x > e",
        ),
        app,
    )

    assert [(each.element.id, each.depth) for each in steps] == [
        ("s", 0),
        ("x", 0),
        ("xs", 1),
        ("xa", 1),
        ("xe", 1),
        ("e", 0),
    ]


def test_what_can_happen_during_a_step_stands_right_after_it(app):
    timer = "<timerEventDefinition><timeDuration>P14D</timeDuration></timerEventDefinition>"
    steps = outline(
        model(
            "p",
            element("boundaryEvent", "b", timer, attachedToRef="a"),
            start(),
            user("a"),
            user("c"),
            user("late"),
            end("e"),
            flows="s > a > c > e; b > late > e",
        ),
        app,
    )

    assert [each.element.id for each in steps] == ["s", "a", "b", "late", "c", "e"]
    assert steps[2].kind == "Event during a step: a time"


def test_long_models_are_outlined(app):
    count = 2_000
    scripts = [script(f"a{each}", "x = 1") for each in range(count)]
    flows = "s > " + " > ".join(f"a{each}" for each in range(count)) + " > e"

    steps = outline(model("p", start(), *scripts, end("e"), flows=flows), app)

    assert [each.element.id for each in steps[1:-1]] == [f"a{each}" for each in range(count)]


@pytest.mark.parametrize(
    ("attributes", "who", "within"),
    [
        ({}, "anybody", ""),
        ({"rutin__candidateGroups": "officer"}, "officer", ""),
        ({"rutin__assignee": "alice", "rutin__dueDate": "P1D"}, "alice", "within 1 day"),
        ({"rutin__assignee": "=chosen", "rutin__dueDate": "P2W"}, "Somebody named in the case", "within 2 weeks"),
        ({"rutin__dueDate": "P6M"}, "anybody", "within 6 months"),
        ({"rutin__dueDate": "1BD"}, "anybody", "within 1 working day"),
        ({"rutin__dueDate": "10BD"}, "anybody", "within 10 working days"),
        ({"rutin__dueDate": "2026-05-01"}, "anybody", ""),
    ],
)  # fmt: skip
def test_a_step_says_who_does_it_and_how_soon(app, attributes, who, within):
    steps = outline(model("p", start(), user("a", **attributes), end("e"), flows="s > a > e"), app)

    assert (steps[1].who, steps[1].within) == (who, within)
