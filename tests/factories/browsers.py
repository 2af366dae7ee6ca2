"""Somebody with a browser: it keeps cookies, sends the token of the form, and reads pages as documents."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from engine.accounts import repository, sessions
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin
from tests.factories.callers import Caller
from web.auth.requests import COOKIE
from web.transactions import TransactionalFlask


class Page:
    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.address = response.request.path
        self.source = response.get_data(as_text=True)
        self.document = html.document_fromstring(self.source)

    @property
    def main(self) -> str:
        """The words of the page, without its frame."""
        return _words(self.one("//main"))

    @property
    def heading(self) -> str:
        return _words(self.one("//h1"))

    @property
    def title(self) -> str:
        return self.one("//head/title").text_content()

    @property
    def token(self) -> str:
        return self.all("//input[@name='csrf_token']")[0].get("value")

    def all(self, path: str) -> list[html.HtmlElement]:
        return self.document.xpath(path)

    def one(self, path: str) -> html.HtmlElement:
        [found] = self.all(path)
        return found

    def texts(self, path: str) -> list[str]:
        return [_words(each) for each in self.all(path)]

    def link(self, text: str) -> str:
        """Return the address of the first link whose words hold the text."""
        return next(each.get("href") for each in self.all("//a") if text in _words(each))

    def buttons(self) -> list[str]:
        """Return what can be pressed, besides adding a comment or a file."""
        found = self.all("//main//button[not(ancestor::form[@class='add'])]")
        return [name for each in found if (name := _words(each))]

    def field(self, name: str) -> html.HtmlElement:
        return self.one(f"//main//*[@id='f-{name}']")

    def value(self, name: str) -> str:
        field = self.field(name)
        return (
            (field.text or "").lstrip("\n") if field.tag == "textarea" else field.get("value", "")
        )


class Browser:
    def __init__(self, client: FlaskClient, language: str = "en") -> None:
        self.client = client
        self._headers = {"Accept-Language": language}

    def get(self, address: str) -> Page:
        return Page(self.client.get(address, headers=self._headers, follow_redirects=True))

    def post(self, address: str, *pairs: tuple[str, str], **fields: str) -> Page:
        """Send a form with the token that a page gave."""
        given = [*fields.items(), *pairs, ("csrf_token", self.get("/sign-in").token)]
        data: dict[str, list[str]] = {}
        for name, text in given:
            data.setdefault(name, []).append(text)
        return Page(
            self.client.post(address, data=data, headers=self._headers, follow_redirects=True)
        )


class Browsers:
    """Browsers in which people have signed in."""

    def __init__(
        self, app: TransactionalFlask, installation: Installation, people: dict[str, Caller]
    ) -> None:
        self._app = app
        self._installation = installation
        self._people = people

    def __call__(self, name: str, language: str = "en") -> Browser:
        assert name in self._people
        with begin(self._installation, SYSTEM) as uow:
            cookie = sessions.sign_in(uow, repository.named(uow.session, name))
            uow.commit()
        client = self._app.test_client()
        client.set_cookie(COOKIE, cookie)
        return Browser(client, language)


@pytest.fixture
def browsers(
    app: TransactionalFlask, installation: Installation, people: dict[str, Caller]
) -> Iterator[Browsers]:
    return Browsers(app, installation, people)


def path(address: str) -> str:
    return urlsplit(address).path


def _words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def problems(page: Page) -> Sequence[str]:
    """Return the summary of what has to be put right; each link in it leads somewhere."""
    links = page.all("//div[@role='alert']//a[@href]")
    for each in links:
        page.one(f"//*[@id='{each.get('href')[1:]}']")
    return page.texts("//div[@role='alert']//li | //div[@role='alert']//p[@id='problem']")
