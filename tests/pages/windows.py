"""People before a browser: a window for each, in which a page is opened and everything it says is kept."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
)

from tests.browsers import signed_in
from tests.pages.contents import Contents
from tests.pages.row import Row, State
from tests.pages.sites import Sites
from web.auth import requests
from web.language import COOKIE

PATIENCE = 20_000
"""Milliseconds that a page has for what is asked of it."""
FORMS = "[...document.forms].map((each) => `${each.method} ${each.getAttribute('action')}`)"
IDENTITY = re.compile("[0-9a-f]{8}-[0-9a-f-]{27}")
WATCHING = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


@dataclass
class Said:
    """What a page said that nobody sees: to the console, to the network."""

    server: str
    complaints: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        is_the_answer = "Failed to load resource" in message.text  # told by `response`
        if message.type in {"error", "warning"} and not is_the_answer:
            self.complaints.append(f"The console has: {message.text}")

    def error(self, error: Error) -> None:
        self.complaints.append(f"A script failed: {error}")

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:", "about:")):
            self.complaints.append(f"It was asked elsewhere: {request.url}")

    def failure(self, request: Request) -> None:
        if request.failure == "net::ERR_ABORTED":
            return  # the page was left while it asked for a part of itself
        self.complaints.append(f"A request failed: {request.url} {request.failure}")

    def response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.answers.append(response)
        elif response.status >= 400:
            self.complaints.append(f"{response.url} answered {response.status}.")


@contextlib.contextmanager
def listening(page: Page, server: str) -> Iterator[Said]:
    said = Said(server)
    heard = {
        "console": said.console,
        "pageerror": said.error,
        "request": said.request,
        "requestfailed": said.failure,
        "response": said.response,
    }
    for event, listener in heard.items():
        page.on(event, listener)  # type: ignore[call-overload]
    try:
        yield said
    finally:
        for event, listener in heard.items():
            page.remove_listener(event, listener)


@dataclass(frozen=True)
class Shown:
    """What a page is, whether scripts run in it or not."""

    status: int
    heading: str
    forms: frozenset[str]


@dataclass
class Opened:
    """A page that stands open, with what it said until then."""

    page: Page
    said: Said
    row: Row

    @property
    def status(self) -> int:
        return self.said.answers[-1].status

    def shown(self) -> Shown:
        """What there is to read and to send. Of what is sent somewhere by its identity, that is left out."""
        forms = self.page.evaluate(FORMS)
        heading = self.page.locator("h1").first.inner_text()
        return Shown(self.status, heading, frozenset(IDENTITY.sub("…", each) for each in forms))

    def set(self, width: int, theme: str) -> None:
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]


class Windows:
    """
    Opens pages of the sites; each person has one window on a site, kept until all are closed.

    In the window page follows page, as for people: a window costs Chromium more than a page in it.
    """

    def __init__(self, browser: Browser, sites: Sites, **more: object) -> None:
        self._browser = browser
        self._sites = sites
        self._more = more
        self._pages: dict[tuple[bool, str | None], Page] = {}

    @contextlib.contextmanager
    def open(
        self, row: Row, language: str, *, width: int = 1280, theme: str = "light"
    ) -> Iterator[Opened]:
        """Open the page of a row, sending its form where the row says so."""
        server, contents = self._sites[row.is_bare]
        page = self._page(row)
        page.context.add_cookies([{"name": COOKIE, "value": language, "url": server.address}])
        with listening(page, server.address) as said:
            opened = Opened(page, said, row)
            opened.set(width, theme)
            address = contents.address(row.address)
            page.goto(address)
            assert _path(page.url) == _path(address), f"{address} leads on to {page.url}"
            if row.state is State.WRONG:
                _send(page, row, contents)
            yield opened
        page.goto("about:blank")  # some pages ask again and again as long as they stand open

    def source(self, row: Row, language: str) -> str:
        """Return the page as it is sent, without showing it."""
        _, contents = self._sites[row.is_bare]
        address = contents.address(row.address)
        context = self._page(row).context
        return context.request.get(address, headers={"Accept-Language": language}).text()

    def close(self) -> None:
        for each in self._pages.values():
            each.context.close()

    def _page(self, row: Row) -> Page:
        key = (row.is_bare, row.who)
        if key not in self._pages:
            server, contents = self._sites[row.is_bare]
            context = self._browser.new_context(base_url=server.address, **self._more)  # type: ignore[arg-type]
            context.set_default_timeout(PATIENCE)
            context.add_init_script(WATCHING)
            if row.who is not None:
                cookie = signed_in(contents.installation, row.who)
                context.add_cookies(
                    [{"name": requests.COOKIE, "value": cookie, "url": server.address}]
                )
            self._pages[key] = context.new_page()
        return self._pages[key]


def _send(page: Page, row: Row, contents: Contents) -> None:
    """Type what is wrong and send it, as a person would: what the browser does not let through does not go."""
    action = _path(contents.address(row.form))
    form = page.locator(f'main form[method=post][action$="{action}"]').last
    for name, text in row.typed.items():
        for summary in page.locator(f'details:not([open]):has([name="{name}"]) > summary').all():
            summary.click()
        control = form.locator(f'[name="{name}"]').first
        kind = control.get_attribute("type")
        if control.locator("xpath=self::select").count():
            control.select_option(text)
        elif kind in {"radio", "checkbox"}:
            form.locator(f'[name="{name}"][value="{text}"]').check()
        else:
            control.fill(text)
    form.locator("button:not([name], [formaction], [aria-hidden])").last.click()
    page.locator("main [role=alert]").wait_for()


def _path(address: str) -> str:
    return urlsplit(address).path
