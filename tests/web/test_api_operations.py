"""What operators look at: is it alive, can it work, how much does it do."""

import pytest

from engine.installation import Installation
from engine.settings import Settings
from tests.factories import diagrams
from tests.factories.callers import Caller, InProcess
from tests.factories.doors import SECRET_KEY
from web.app import create_app


@pytest.fixture
def get(client):
    return lambda path: client.get(path)


def test_a_process_that_answers_is_alive(get):
    answer = get("/health")

    assert (answer.status_code, answer.json) == (200, {"status": "alive"})


def test_a_process_with_its_database_is_ready(get):
    answer = get("/ready")

    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


@pytest.fixture
def lonely(tmp_path):
    """An installation whose database nobody has made yet."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/new.db", files=tmp_path, secret_key=SECRET_KEY
    )
    installation = Installation(settings)
    yield create_app(settings, installation)
    installation.close()


def test_a_database_without_our_schema_is_not_ready(lonely):
    answer = lonely.test_client().get("/ready")

    assert (answer.status_code, answer.json) == (503, {"status": "old schema"})
    assert lonely.test_client().get("/health").status_code == 200


def test_a_database_that_is_gone_is_not_ready(tmp_path):
    settings = Settings(
        database_url=f"postgresql+psycopg://nobody@/none?host={tmp_path}",
        files=tmp_path,
        secret_key=SECRET_KEY,
    )
    installation = Installation(settings)
    client = create_app(settings, installation).test_client()

    answer = client.get("/ready")

    assert (answer.status_code, answer.json) == (503, {"status": "no database"})
    assert client.get("/health").status_code == 200
    installation.close()


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
def test_what_watches_us_needs_no_account_and_is_not_hindered_by_an_old_one(client, path):
    client.set_cookie("rutin_session", "long gone")

    assert client.get(path).status_code == 200
    assert client.get(path, headers={"Authorization": "Bearer watcher"}).status_code == 200


def test_instances_are_counted_by_state(get, owner, alice, bob):
    owner.deploy(diagrams.two_steps())
    alice.start()
    done = alice.start()
    alice.complete(alice.tasks(done)["first"])
    bob.complete(bob.tasks(done)["second"])

    answer = get("/metrics")

    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    lines = answer.text.splitlines()
    assert 'rutin_process_instances{state="active"} 1.0' in lines
    assert 'rutin_process_instances{state="completed"} 1.0' in lines
    assert 'rutin_process_instances{state="incident"} 0.0' in lines
    assert any(each.startswith("rutin_requests_total{") for each in lines)


def test_counts_hold_no_personal_data_and_do_not_grow_with_what_strangers_send(
    get, app, owner, alice
):
    owner.deploy(diagrams.one_task())
    case = alice.start()
    alice.get(f"/process-instances/{case['id']}")
    stranger = Caller("stranger", None, InProcess(app))

    sizes = []
    for round_ in range(3):
        for each in range(10):
            stranger.get(f"/nothing-{round_}{each}")
            alice.get(f"/user-tasks/{round_}{each}")
        text = get("/metrics").text
        sizes.append(len(text.splitlines()))

    assert sizes[1] == sizes[2]
    for told in (case["id"], "alice", "nothing-1"):
        assert told not in text


def test_what_fails_inside_is_logged_without_what_people_wrote(alice, owner, monkeypatch, capfd):
    """Logs are for operators, who are not allowed to read cases: no variables, no tokens."""
    owner.deploy(diagrams.one_task())
    case = alice.start()
    task = alice.tasks(case)["a"]
    capfd.readouterr()

    def fail(*_, **__):
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr("engine.execution.runner.keep", fail)
    answer = alice.complete(task, patient="Agda Svensson 19340101-1234")

    assert answer.status == 500
    assert "fire" not in answer.text
    told = "".join(capfd.readouterr())
    assert "the disk is on fire" in told
    assert "Agda" not in told
    assert alice.token not in told
