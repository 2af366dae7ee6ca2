"""People who sign in with a password, and the API as a browser calls it: with a cookie and the token of a form."""

import re
from collections.abc import Callable, Mapping

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from engine.accounts import passwords
from engine.accounts.models import Account
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin
from tests.factories.browsers import Browsers
from tests.factories.callers import Answer, Caller

PASSWORD = "korrekt häst batteri"
HASH = passwords.kept(PASSWORD)


class InBrowser:
    """The application in this process, as somebody's browser reaches it."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def send(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        page = self.client.get("/account/password").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        sent = {**headers, "X-CSRFToken": token[1] if token else ""}
        response = self.client.open(address, method=method, headers=sent, data=body)
        return Answer(response.status_code, response.headers, response.data)


@pytest.fixture
def insiders(installation: Installation, people: Mapping[str, object]) -> None:
    """Give everybody the same password."""
    with begin(installation, SYSTEM) as uow:
        uow.session.execute(
            update(Account).where(Account.name.in_(people)).values(password_hash=HASH)
        )
        uow.commit()


@pytest.fixture
def inside(insiders: None, browsers: Browsers) -> Callable[[str], Caller]:
    """Call the API in a new session of somebody."""

    def call(name: str) -> Caller:
        return Caller(name, None, InBrowser(browsers(name).client))

    return call
