"""One server for each file of journeys, the people before it, and windows in which they have signed in."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from engine.installation import Installation
from engine.settings import Settings
from tests.browsers import signed_in
from tests.databases import SQLite
from tests.factories.callers import Caller
from tests.factories.diagrams import asking
from tests.factories.doors import create_people
from tests.servers import Server, Site, serving
from web.auth.requests import COOKIE


@pytest.fixture(scope="module")
def site(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("journeys")
    return Site(sqlite.copy(folder / "rutin.sqlite"), folder / "files")


@pytest.fixture(scope="module")
def server(site: Site) -> Iterator[Server]:
    with serving(site) as [started]:
        yield started


@pytest.fixture(scope="module")
def installation(site: Site) -> Iterator[Installation]:
    installation = Installation(Settings(database_url=site.database_url))
    yield installation
    installation.close()


@pytest.fixture(scope="module")
def people(server: Server, installation: Installation) -> dict[str, Caller]:
    return create_people(installation, server)


@pytest.fixture(scope="module")
def demonstration(site: Site, server: Server) -> None:
    """Instead of `people`: those of the demonstration, their organisation and the shipped routines."""
    loaded = site.rutin("demo", "load")
    assert loaded.returncode == 0, loaded.stderr


@pytest.fixture(scope="module")
def alice(request: pytest.FixtureRequest, people: dict[str, Caller]) -> Caller:
    """An officer, where a process with one task asks the FORM of the file."""
    people["owner"].deploy(asking(request.module.FORM))
    return people["alice"]


@pytest.fixture
def task(alice: Caller) -> dict[str, Any]:
    return alice.tasks(alice.start())["a"]


@pytest.fixture
def page(windows: Callable[..., Page], task: dict[str, Any]) -> Page:
    """The task in a window of Alice's."""
    page = windows()
    page.goto(f"/tasks/{task['id']}")
    return page


@pytest.fixture
def windows(
    browser: Browser, server: Server, installation: Installation
) -> Iterator[Callable[..., Page]]:
    """Opens windows, in which somebody has signed in; what their pages complain of fails the test at its end."""
    opened: list[BrowserContext] = []
    said: list[str] = []

    def window(who: str | None = "alice", *, locale: str = "en", **how: object) -> Page:
        context = browser.new_context(locale=locale, base_url=server.address, **how)  # type: ignore[arg-type]
        opened.append(context)
        if who:
            cookie = signed_in(installation, who)
            context.add_cookies([{"name": COOKIE, "value": cookie, "url": server.address}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(f"Error: {error}"))
        return page

    yield window
    for each in opened:
        each.close()
    assert [each for each in said if re.search("^Error:|Content Security", each)] == []
