"""The table has a row for every page that the application has, and for nothing else."""

from collections import Counter

from flask import Flask

from tests.pages.row import State
from tests.pages.rows import NO_PAGES, ROWS
from web.pages import BLUEPRINTS

HERE = "tests/pages/rows.py"


def test_every_page_has_a_row(app):
    missing = _pages(app) - {row.endpoint for row in ROWS} - NO_PAGES.keys()

    assert sorted(missing) == [], f"Write into ROWS in {HERE}, for each: " + " ".join(
        f'normal("{each}", "{_rule(app, each)}"),' for each in sorted(missing)
    )


def test_every_row_is_of_a_page(app):
    rows = {row.endpoint for row in ROWS if row.state is not State.REFUSED}

    assert sorted((rows | NO_PAGES.keys()) - _pages(app)) == [], (
        f"{HERE} names what the application does not have"
    )


def test_an_address_leads_to_the_page_of_its_row(app):
    adapter = app.url_map.bind("localhost")
    some = "01990000-0000-7000-8000-000000000000"

    for row in ROWS:
        path = row.address.partition("?")[0]
        for name in _names(path):
            path = path.replace(f"{{{name}}}", some)
        if row.state is not State.REFUSED:
            assert adapter.match(path, method="GET")[0] == row.endpoint, row.name


def test_every_page_is_seen_as_it_is_with_something_in_it():
    normal = {row.endpoint for row in ROWS if row.state is State.NORMAL}

    assert {row.endpoint for row in ROWS if row.state is not State.REFUSED} - normal == set()


def test_rows_have_names_of_their_own():
    assert [name for name, count in Counter(row.name for row in ROWS).items() if count > 1] == []


def _pages(app: Flask) -> set[str]:
    """Return the endpoints of the pages' blueprints that a browser can go to."""
    ours = {blueprint.name for blueprint in BLUEPRINTS}
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return {
        rule.endpoint
        for rule in rules
        if rule.endpoint == "static" or rule.endpoint.rpartition(".")[0] in ours
    }


def _rule(app: Flask, endpoint: str) -> str:
    return next(app.url_map.iter_rules(endpoint)).rule


def _names(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]
