"""People before a browser: a window for each, in which a page is opened and everything it says is kept."""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

from engine.accounts import repository, sessions
from engine.identity.actor import SYSTEM
from engine.uow import begin
from tests.pages.contents import Contents
from tests.pages.rows import Row, State
from tests.servers import Server
from web.auth import requests
from web.language import COOKIE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 5_000
"""Milliseconds that a page has for what is asked of it."""
FORMS = "[...document.forms].map((each) => `${each.method} ${each.getAttribute('action')}`)"
IDENTITY = re.compile("[0-9a-f]{8}-[0-9a-f-]{27}")
WATCHING = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@dataclass
class Said:
    """What a page said that nobody sees: to the console, to the network."""

    server: str
    complaints: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"A script failed: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        is_the_answer = "Failed to load resource" in message.text  # told by `_response`
        if message.type in {"error", "warning"} and not is_the_answer:
            self.complaints.append(f"The console has: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:", "about:")):
            self.complaints.append(f"It was asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        self.complaints.append(f"A request failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request() or response.request.method == "POST":
            self.answers.append(response)
        elif response.status >= 400:
            self.complaints.append(f"{response.url} answered {response.status}.")


@dataclass
class Opened:
    """A page that stands open, with what it said until then."""

    page: Page
    said: Said
    row: Row

    @property
    def status(self) -> int:
        return self.said.answers[-1].status

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    @property
    def forms(self) -> set[str]:
        """Where the forms of the page are sent; a session has its own identity, and others than this one end."""
        return {IDENTITY.sub("…", each) for each in self.page.evaluate(FORMS)}

    def set(self, width: int, theme: str) -> None:
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]


class Windows:
    """Opens pages of the sites; each person has one window on a site, kept until all are closed."""

    def __init__(
        self, browser: Browser, sites: Mapping[bool, tuple[Server, Contents]], **more: object
    ) -> None:
        self._browser = browser
        self._sites = sites
        self._more = more
        self._contexts: dict[tuple[bool, str | None], BrowserContext] = {}

    @contextlib.contextmanager
    def open(
        self, row: Row, language: str, *, width: int = 1280, theme: str = "light"
    ) -> Iterator[Opened]:
        """Open the page of a row, sending its form where the row says so."""
        server, contents = self._sites[row.is_bare]
        context = self._context(row)
        context.add_cookies([{"name": COOKIE, "value": language, "url": server.address}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        opened = Opened(page, Said(server.address), row)
        opened.set(width, theme)
        opened.said.listen(page)
        try:
            address = contents.address(row.address)
            page.goto(address)
            assert _path(page.url) == _path(address), f"{address} leads on to {page.url}"
            if row.state is State.WRONG:
                _send(page, row, contents)
            yield opened
        finally:
            page.close()

    def source(self, row: Row, language: str) -> str:
        """Return the page as it is sent, without showing it."""
        _, contents = self._sites[row.is_bare]
        headers = {"Accept-Language": language}
        address = contents.address(row.address)
        return self._context(row).request.get(address, headers=headers).text()

    def close(self) -> None:
        for each in self._contexts.values():
            each.close()

    def _context(self, row: Row) -> BrowserContext:
        key = (row.is_bare, row.who)
        if key not in self._contexts:
            server, contents = self._sites[row.is_bare]
            context = self._browser.new_context(base_url=server.address, **self._more)  # type: ignore[arg-type]
            context.add_init_script(WATCHING)
            if row.who is not None:
                cookie = _signed_in(contents, row.who)
                context.add_cookies(
                    [{"name": requests.COOKIE, "value": cookie, "url": server.address}]
                )
            self._contexts[key] = context
        return self._contexts[key]


def _signed_in(contents: Contents, name: str) -> str:
    with begin(contents.installation, SYSTEM) as uow:
        cookie = sessions.sign_in(uow, repository.named(uow.session, name))
        uow.commit()
    return cookie


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
