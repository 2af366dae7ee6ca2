"""
Two operating-system processes on one database, and two people at the same task at the same moment.

`bench/race.py` does the same more often and prints how it went.
"""

import socket
import threading
import time
from uuid import UUID

import pytest
import requests

from engine.accounts import commands as accounts
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.settings import Settings
from engine.uow import begin
from tests.factories import races
from tests.factories.callers import API, Answer, Caller
from tests.factories.doors import create_people
from tests.factories.problems import problem
from tests.servers import Site, serving

ROUNDS = 40


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request, tmp_path_factory):
    """One database of each kind for all that is raced for here: servers take seconds to come up."""
    kind = request.getfixturevalue(request.param)
    if request.param == "sqlite":
        yield kind.copy(tmp_path_factory.mktemp("race") / "rutin.sqlite")
    else:
        name = kind.copy()
        yield kind.url(name)
        kind.drop(name)


@pytest.fixture(scope="module")
def installation(database_url):
    installation = Installation(Settings(database_url=database_url))
    yield installation
    installation.close()


@pytest.fixture(scope="module")
def servers(database_url, tmp_path_factory):
    with serving(Site(database_url, tmp_path_factory.mktemp("served")), count=2) as started:
        yield started


@pytest.fixture(scope="module")
def people(servers, installation):
    """The people, each with a line to one of the two servers."""
    first, second = (each.line() for each in servers)
    found = create_people(installation, first)
    found["bob"] = Caller("bob", found["bob"].token, second)
    races.deploy(found["owner"])
    return found


def test_one_of_two_wins_every_time_and_nothing_is_lost_or_doubled(installation, servers, people):
    assert servers[0].process.pid != servers[1].process.pid

    rounds = races.run(people["alice"], people["bob"], ROUNDS)

    verdict = races.judge(rounds, installation)
    assert verdict.clean, verdict
    for each in rounds:
        [loser] = [answer for answer in each.answers if answer.status == 409]
        problem(loser, 409)


def test_the_same_key_sent_twice_at_the_same_moment_is_done_once(installation, servers, people):
    """One person whose program sends again, through two servers, before the first has answered."""
    alice = people["alice"]
    again = Caller("alice", alice.token, servers[1].line())

    def send(who: Caller, task: dict) -> Answer:
        return who.post(f"/user-tasks/{task['id']}/completion", json={}, key=task["id"])

    rounds = races.run(alice, again, ROUNDS // 2, send)

    verdict = races.judge(rounds, installation)
    assert (verdict.lost, verdict.doubled, verdict.broken) == (0, 0, 0), verdict
    for each in rounds:
        assert each.statuses in {(200, 200), (200, 409)}
        [answer, *_] = {answer.body for answer in each.answers if answer.status == 200}
        task = {"id": next(a for a in each.answers if a.status == 200).json["id"]}
        for who in (alice, again):
            replayed = send(who, task)
            assert replayed.status == 200
            assert replayed.json == Answer(200, {}, answer).json


def test_the_same_start_sent_through_two_servers_starts_once(servers, people):
    alice = people["alice"]
    again = Caller("alice", alice.token, servers[1].line())
    for attempt in range(ROUNDS // 2):
        body = {"definition_key": "p", "business_key": f"D-{attempt}"}

        answers, _ = races.at_once(
            [alice, again],
            lambda who, body=body: who.post(
                "/process-instances", json=body, key=body["business_key"]
            ),
        )

        assert {each.status for each in answers} in ({201}, {201, 409})
        assert len({each.json["id"] for each in answers if each.status == 201}) == 1
        found = alice.get("/process-instances", business_key=body["business_key"]).json["items"]
        assert len(found) == 1


def test_the_judge_sees_what_it_looks_for(installation, people):
    """The control: a race that two have won, that nobody has won, and that was not kept, is called so."""
    [real] = races.run(people["alice"], people["bob"], 1)
    won = next(each for each in real.answers if each.status == 200)
    lost = next(each for each in real.answers if each.status == 409)
    open_case = UUID(people["alice"].start()["id"])

    def judged(case, *answers):
        return races.judge([races.Round(case, answers, (0.0, 0.0))], installation)

    assert judged(real.case, won, lost).clean
    assert judged(real.case, won, won).both_won == 1
    assert judged(real.case, lost, lost).nobody_won == 1
    assert judged(open_case, won, lost).lost == 1
    for answers in ((won, won), (lost, lost), (won, Answer(500, {}, b"{}"))):
        assert not judged(real.case, *answers).clean


@pytest.mark.parametrize("who", ["a stranger", "alice"])
def test_who_sends_slowly_does_not_hold_up_everybody_else(servers, people, who):
    """A phone in a cellar, or somebody who means harm: the rest of a request that never comes."""
    server, alice = servers[0], people["alice"]
    token = f"Authorization: Bearer {alice.token}\r\n" if who == "alice" else ""
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(
            f"POST {API}/process-instances HTTP/1.1\r\nHost: rutin\r\n{token}"
            "Content-Type: application/json\r\nIdempotency-Key: slow\r\n"
            'Content-Length: 500\r\n\r\n{"definition_key":'.encode()
        )
        time.sleep(0.3)
        started: list[dict] = []
        thread = threading.Thread(
            target=lambda: started.append(Caller("alice", alice.token, server).start())
        )

        thread.start()
        thread.join(4)
        waited_in_vain = not started

    thread.join()
    assert not waited_in_vain, "one slow request stops all others that change something"


def test_two_servers_that_start_together_sign_with_one_key(servers, installation):
    """What one signed for a browser, the other takes: they share `var/`, and nobody set a key."""
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, "agnes", password="en lång fras")
        uow.commit()

    with requests.Session() as browser:
        page = browser.get(f"{servers[0].address}/sign-in", timeout=30).text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]

        answer = browser.post(
            f"{servers[1].address}/sign-in",
            data={"name": "agnes", "password": "en lång fras", "csrf_token": token},
            allow_redirects=False,
            timeout=30,
        )

    assert answer.status_code == 303
