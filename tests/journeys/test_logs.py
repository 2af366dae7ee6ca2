"""What a real server writes down of the requests that it answers."""

import json

import pytest

from tests.factories.doors import create_people
from tests.servers import Site, serving


@pytest.fixture
def site(settings):
    return Site(settings.database_url, settings.files, {"RUTIN_SECRET_KEY": "k" * 32})


def test_each_request_is_a_line_of_json_without_names_and_secrets(site, installation):
    with serving(site) as [server]:
        alice = create_people(installation, server, {"alice": ()})["alice"]
        assert alice.get("/process-instances?business_key=hemlig-nyckel").status == 200
    text = (site.files / f"server-{server.port}.log").read_text()

    lines = [json.loads(each) for each in text.splitlines() if each.startswith("{")]
    [told] = [each for each in lines if each["route"] == "process-instances.listed"]
    assert (told["event"], told["level"], told["method"]) == ("request.answered", "info", "GET")
    assert told["status"] == 200
    assert told["timestamp"].endswith("Z")
    assert not [each for each in (alice.token, "alice", "hemlig") if each in text]
