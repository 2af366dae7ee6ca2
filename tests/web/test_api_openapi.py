"""The description of the API is valid, complete, and true."""

import re

import pytest

from engine.identity.permissions import Permission
from tests.factories.callers import API

METHODS = {"get", "post", "put", "delete", "patch"}


@pytest.fixture
def description(client):
    answer = client.get(f"{API}/openapi.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    return answer.json


def operations(description):
    return {
        (method, path): operation
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def routes(app):
    """Return the routes of the API as the description should name them."""
    found = set()
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.rule.startswith(f"{API}/") and view.permission is not Permission.PUBLIC:
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            found |= {(each.lower(), path) for each in rule.methods - {"HEAD", "OPTIONS"}}
    return found


def test_every_route_is_described(app, description):
    assert set(operations(description)) == routes(app)
    assert len(routes(app)) >= 18


def test_every_operation_says_what_it_does_and_what_it_answers(description):
    for name, operation in operations(description).items():
        assert operation["summary"].strip(), name
        good = [code for code in operation["responses"] if code.startswith("2")]
        assert len(good) == 1, name
        assert "content" in operation["responses"][good[0]], name


def test_every_operation_can_be_refused_as_a_problem(description):
    for name, operation in operations(description).items():
        other = operation["responses"].get("default")
        assert other is not None, name
        while "$ref" in other:
            other = description
            for part in operation["responses"]["default"]["$ref"].removeprefix("#/").split("/"):
                other = other[part]
        assert set(other["content"]) == {"application/problem+json"}, name


def test_every_name_of_an_operation_is_its_own(description):
    names = [each.get("operationId") for each in operations(description).values()]
    given = [each for each in names if each]

    assert len(given) == len(set(given))


def test_who_may_is_said(description):
    assert description["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert description["security"] == [{"token": []}]


def test_what_can_be_sent_twice_says_so(description):
    for method, path in (
        ("post", f"{API}/process-instances"),
        ("post", f"{API}/process-instances/{{instance_id}}/cancellation"),
        ("post", f"{API}/process-instances/{{instance_id}}/suspension"),
        ("post", f"{API}/process-instances/{{instance_id}}/resumption"),
        ("post", f"{API}/user-tasks/{{task_id}}/completion"),
        ("post", f"{API}/user-tasks/{{task_id}}/comments"),
        ("post", f"{API}/process-instances/{{instance_id}}/comments"),
    ):
        parameters = operations(description)[method, path].get("parameters", [])
        assert "Idempotency-Key" in [
            each.get("name")
            for each in (*parameters, *description["paths"][path].get("parameters", []))
        ]


def test_the_page_about_the_api_works_under_our_own_rules(client):
    page = client.get(f"{API}/docs")

    assert page.status_code == 200
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    scripts = re.findall(r"<script[^>]*>", page.text)
    assert scripts
    assert all("src=" in each for each in scripts)
    for source in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
        with client.get(source) as answer:
            assert answer.status_code in {200, 302, 303, 401}, source
    assert not re.search(r"<[^>]+\s(?:onclick|onload|style)=", page.text)


@pytest.mark.parametrize("name", ["../secret", "%2e%2e/setup.py", "..%2f..%2f__init__.py", "no"])
def test_only_the_pages_own_files_are_given_out(client, name):
    assert client.get(f"{API}/docs/{name}").status_code == 404
