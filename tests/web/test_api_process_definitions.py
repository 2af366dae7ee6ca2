"""GET /process-definitions: the versions of processes."""

import pytest

from tests.factories import diagrams
from tests.factories.problems import problem

SHAPE = {"id", "key", "version", "name", "kind", "deployment_id", "resource", "digest"}
PATH = "/process-definitions"
NOBODY = "01990000-0000-7000-8000-000000000000"


@pytest.fixture
def versions(owner):
    """Three versions of p and one of q, in the order they were deployed."""
    models = [diagrams.one_task(name=text) for text in ("ett", "två", "tre")]
    return [
        owner.deploy(each).json["definitions"][0] for each in (*models, diagrams.one_task("q"))
    ]


def seen(answer):
    assert answer.status == 200, answer.text
    assert set(answer.json) == {"items", "next_cursor"}
    return [(each["key"], each["version"]) for each in answer.json["items"]]


def test_versions_are_listed_with_the_newest_first(alice, versions):
    answer = alice.get(PATH)

    assert seen(answer) == [("q", 1), ("p", 3), ("p", 2), ("p", 1)]
    assert all(set(each) == SHAPE for each in answer.json["items"])
    assert answer.json["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"key": "p"}, [("p", 3), ("p", 2), ("p", 1)]),
        ({"latest": "true"}, [("q", 1), ("p", 3)]),
        ({"key": "p", "latest": "true"}, [("p", 3)]),
        ({"key": "nobody"}, []),
        ({"latest": "false", "key": "q"}, [("q", 1)]),
    ],
)
def test_the_list_is_narrowed(alice, versions, query, expected):
    assert seen(alice.get(PATH, **query)) == expected


def test_pages_follow_each_other_without_gap_or_repetition(alice, versions):
    found, cursor = [], None
    for _ in range(4):
        page = alice.get(PATH, limit=1, cursor=cursor)
        found += seen(page)
        cursor = page.json["next_cursor"]

    assert cursor is None
    assert found == [("q", 1), ("p", 3), ("p", 2), ("p", 1)]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 201},
        {"limit": -1},
        {"limit": "many"},
        {"cursor": "nonsense"},
        {"cursor": "å"},
        {"cursor": "A" * 5_000},
        {"latest": "perhaps"},
        {"keys": "p"},
        {"key": "a\0b"},
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(alice, versions, query):
    problem(alice.get(PATH, **query), 422)


def test_one_version_is_told_alike_alone(alice, versions):
    listed = alice.get(PATH).json["items"]

    for each in listed:
        assert alice.get(f"{PATH}/{each['id']}").json == each


def test_the_file_comes_back_byte_for_byte(owner, alice):
    source = diagrams.one_task() + b"<!-- \xc3\xa5 -->\r\n"
    [definition] = owner.deploy(source).json["definitions"]

    answer = alice.get(f"{PATH}/{definition['id']}/xml")

    assert (answer.status, answer.body) == (200, source)
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("identity", [NOBODY, "p", "1", "%2e%2e"])
@pytest.mark.parametrize("more", ["", "/xml"])
def test_what_does_not_exist_is_not_found(alice, identity, more):
    problem(alice.get(f"{PATH}/{identity}{more}"), 404)


def test_a_form_is_not_a_process(owner, alice):
    [definition] = owner.deploy({"answer.form.json": diagrams.FORM}).json["definitions"]
    assert definition["kind"] == "form"

    problem(alice.get(f"{PATH}/{definition['id']}"), 404)
    problem(alice.get(f"{PATH}/{definition['id']}/xml"), 404)


def test_everybody_who_is_signed_in_reads_routines_and_nobody_else(anybody, charlie, versions):
    for path in (PATH, f"{PATH}/{versions[0]['id']}", f"{PATH}/{versions[0]['id']}/xml"):
        problem(anybody.get(path), 401)
        assert charlie.get(path).status == 200
