"""GET /drawings: models that are kept, shown and compared; and what processes share with them."""

import pytest

from bpmn import xml
from bpmn.diff import contents
from tests.factories import diagrams, drawings
from tests.factories.problems import FINDING, problem

PATH = "/drawings"
SHAPE = {"id", "key", "version", "name", "kind", "deployment_id", "resource", "digest"}
NOBODY = "01990000-0000-7000-8000-000000000000"
ENGLISH = {"Accept-Language": "en"}
SWEDISH = {"Accept-Language": "sv"}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(caller, source, name="p"):
    [version] = caller.deploy({f"{name}.bpmn": source}).json["definitions"]
    return version


@pytest.fixture
def versions(owner):
    """Three versions of p and one of q, in the order they were deployed."""
    models = [("p", drawings.pools(text)) for text in ("Ask", "Apply", "Complain")]
    return [drawn(owner, source, name) for name, source in (*models, ("q", drawings.pools()))]


def seen(answer):
    assert answer.status == 200, answer.text
    assert set(answer.json) == {"items", "next_cursor"}
    return [(each["key"], each["version"]) for each in answer.json["items"]]


def titles(answer):
    assert answer.status == 200, answer.text
    return [each.text for each in xml.parse(answer.body).iter(f"{SVG}title")]


# ---------------------------------------------------------------- listing


def test_versions_are_listed_with_the_newest_first(alice, versions):
    answer = alice.get(PATH)

    assert seen(answer) == [("q", 1), ("p", 3), ("p", 2), ("p", 1)]
    assert all(set(each) == SHAPE for each in answer.json["items"])
    assert {each["kind"] for each in answer.json["items"]} == {"drawing"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"key": "p"}, [("p", 3), ("p", 2), ("p", 1)]),
        ({"latest": "true"}, [("q", 1), ("p", 3)]),
        ({"key": "nobody"}, []),
    ],
)
def test_the_list_is_narrowed(alice, versions, query, expected):
    assert seen(alice.get(PATH, **query)) == expected


def test_pages_follow_each_other_without_gap_or_repetition(alice, versions):
    found, cursor = [], None
    for _ in range(2):
        page = alice.get(PATH, limit=2, cursor=cursor)
        found += seen(page)
        cursor = page.json["next_cursor"]

    assert cursor is None
    assert found == [("q", 1), ("p", 3), ("p", 2), ("p", 1)]


@pytest.mark.parametrize("query", [{"limit": 0}, {"cursor": "å"}, {"latest": "perhaps"}, {"x": 1}])
def test_a_question_that_cannot_be_answered_is_refused(alice, query):
    problem(alice.get(PATH, **query), 422)


def test_processes_and_drawings_are_listed_apart(owner, alice, versions):
    owner.deploy(diagrams.one_task("r"))

    assert seen(alice.get("/process-definitions")) == [("r", 1)]
    assert ("r", 1) not in seen(alice.get(PATH))


# ---------------------------------------------------------------- one of them


def test_a_drawing_says_why_it_is_not_executed(alice, versions):
    answer = alice.get(f"{PATH}/{versions[0]['id']}", headers=ENGLISH)

    assert set(answer.json) == SHAPE | {"findings"}
    [finding] = [each for each in answer.json["findings"] if each["rule"] == "not-executable"]
    assert set(finding) == FINDING
    assert (finding["resource"], finding["element_id"]) == ("p.bpmn", "asking")
    assert finding["line"] > 1
    assert "kept as a drawing" in finding["message"]


def test_findings_are_said_in_the_language_of_the_request(alice, versions):
    answer = alice.get(f"{PATH}/{versions[0]['id']}", headers=SWEDISH)

    assert any("sparas som ritning" in each["message"] for each in answer.json["findings"])


def test_the_file_comes_back_byte_for_byte(owner, alice):
    source = drawings.pools() + b"<!-- \xc3\xa5 -->\r\n"
    drawing = drawn(owner, source)

    answer = alice.get(f"{PATH}/{drawing['id']}/xml")

    assert (answer.status, answer.body) == (200, source)
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("more", ["", "/xml", "/svg", "/differences"])
def test_what_is_no_drawing_is_not_found(owner, alice, more):
    [process] = owner.deploy(diagrams.one_task()).json["definitions"]

    for identity in (NOBODY, "p", process["id"]):
        problem(alice.get(f"{PATH}/{identity}{more}"), 404)


@pytest.mark.parametrize("more", ["", "/xml", "/svg", "/differences"])
def test_a_drawing_is_no_process(alice, versions, more):
    problem(alice.get(f"/process-definitions/{versions[0]['id']}{more}"), 404)


@pytest.mark.parametrize("more", ["", "/xml", "/svg", "/differences"])
def test_everybody_who_is_signed_in_reads_and_nobody_else(owner, anybody, charlie, versions, more):
    [process] = owner.deploy(diagrams.one_task()).json["definitions"]

    for path in (f"{PATH}/{versions[0]['id']}", f"/process-definitions/{process['id']}"):
        problem(anybody.get(path + more), 401)
        assert charlie.get(path + more).status == 200
    problem(anybody.get(PATH), 401)
    assert charlie.get(PATH).status == 200


# ---------------------------------------------------------------- the picture


def test_the_picture_shows_what_is_not_executed_too(alice, versions):
    answer = alice.get(f"{PATH}/{versions[0]['id']}/svg", headers=ENGLISH)

    assert titles(answer)[0] == "Ask and answer"
    assert {"Citizen – pool", "Ask – user task", "Question – message flow"} <= {*titles(answer)}


def test_the_picture_speaks_the_language_of_the_request(alice, versions):
    answer = alice.get(f"{PATH}/{versions[0]['id']}/svg", headers=SWEDISH)

    assert {"Ask – användaruppgift", "Question – meddelandeflöde"} <= {*titles(answer)}


def test_the_picture_of_a_process_is_drawn_too(owner, alice):
    [process] = owner.deploy(diagrams.one_task()).json["definitions"]

    answer = alice.get(f"/process-definitions/{process['id']}/svg", headers=ENGLISH)

    assert "Handlägg – user task" in titles(answer)


def test_the_picture_alone_can_do_nothing(owner, alice):
    source = drawings.pools("<script>alert(1)</script>")

    answer = alice.get(f"{PATH}/{drawn(owner, source)['id']}/svg", headers=ENGLISH)

    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "sandbox" in answer.headers["Content-Security-Policy"].split("; ")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in answer.text
    assert "<script>alert(1)</script> – user task" in titles(answer)


# ---------------------------------------------------------------- differences


def test_a_version_is_compared_with_the_one_before_it(alice, versions):
    answer = alice.get(f"{PATH}/{versions[1]['id']}/differences", headers=ENGLISH)

    assert answer.json == {
        "from": versions[0]["id"],
        "to": versions[1]["id"],
        "items": [
            {
                "kind": "changed",
                "element_id": "ask",
                "former_id": None,
                "element_type": "userTask",
                "label": "Apply",
                "differences": [{"what": "name", "before": "Ask", "after": "Apply"}],
                "sentences": ["'Ask' is now called 'Apply'."],
            }
        ],
    }


def test_changes_are_said_in_the_language_of_the_request(alice, versions):
    answer = alice.get(f"{PATH}/{versions[1]['id']}/differences", headers=SWEDISH)

    [change] = answer.json["items"]
    assert change["sentences"] == ["'Ask' heter nu 'Apply'."]


def test_the_first_version_has_nothing_to_be_compared_with(alice, versions):
    answer = alice.get(f"{PATH}/{versions[0]['id']}/differences")

    assert answer.json == {"from": None, "to": versions[0]["id"], "items": []}


def test_another_version_can_be_asked_for_in_either_direction(alice, versions):
    first, last = versions[0]["id"], versions[2]["id"]

    there = alice.get(f"{PATH}/{last}/differences", headers=ENGLISH, **{"from": first}).json
    back = alice.get(f"{PATH}/{first}/differences", headers=ENGLISH, **{"from": last}).json

    assert there["items"][0]["sentences"] == ["'Ask' is now called 'Complain'."]
    assert back["items"][0]["sentences"] == ["'Complain' is now called 'Ask'."]
    assert (back["from"], back["to"]) == (last, first)


def test_a_file_under_another_name_and_a_process_can_be_compared_with(owner, alice, versions):
    executed = drawings.pools().replace(b'isExecutable="false"', b'isExecutable="true"', 1)
    [process] = owner.deploy({"r.bpmn": executed}).json["definitions"]

    renamed = alice.get(f"{PATH}/{versions[3]['id']}/differences", **{"from": versions[0]["id"]})
    ready = alice.get(
        f"/process-definitions/{process['id']}/differences", **{"from": versions[3]["id"]}
    )

    assert renamed.json["items"] == []
    [change] = ready.json["items"]
    assert [each["what"] for each in change["differences"]] == ["attribute:isExecutable"]


def test_versions_of_a_process_are_compared(owner, alice):
    [before] = owner.deploy(diagrams.one_task()).json["definitions"]
    [after] = owner.deploy(diagrams.one_task(name="Pröva")).json["definitions"]

    answer = alice.get(f"/process-definitions/{after['id']}/differences", headers=ENGLISH)

    assert answer.json["from"] == before["id"]
    assert answer.json["items"][0]["sentences"] == ["'Handlägg' is now called 'Pröva'."]


@pytest.mark.parametrize("more", [{"from": "p"}, {"to": NOBODY}])
def test_a_comparison_that_cannot_be_understood_is_refused(alice, versions, more):
    problem(alice.get(f"{PATH}/{versions[0]['id']}/differences", **more), 422)


def test_only_models_are_compared_with(owner, alice, versions):
    [form] = owner.deploy({"answer.form.json": diagrams.FORM}).json["definitions"]

    for other in (NOBODY, form["id"]):
        problem(alice.get(f"{PATH}/{versions[0]['id']}/differences", **{"from": other}), 404)


def test_versions_that_are_too_large_to_compare_are_told(alice, versions, monkeypatch):
    monkeypatch.setattr(contents, "MOST_TAGS", 3)

    answer = alice.get(f"{PATH}/{versions[1]['id']}/differences", headers=SWEDISH)

    assert "Versionerna kan inte jämföras: " in problem(answer, 409)["detail"]
