"""
How long does the server take for the pages where people work, with 100,000 open tasks and 50,000 cases?

On SQLite and on PostgreSQL in turn, the application answers in this process, with everything that a page takes:
the session, the roles of today, the queries, the template. The municipality is that of `bench/inbox.py`; people
are drawn at random, and every fifth is one of the eleven who hold several roles for the whole organisation.

* `start_p95_ms`, `inbox_p95_ms`: the start page and the inbox of those people.
* `task_p95_ms`: an open task with its form, what was answered before, and the steps around it in the diagram;
  `case_p95_ms`: its case with diagram, history and proof. Real cases of document approval that came back to their
  author, in the same database.
* `search_p95_ms`, `routines_p95_ms`: the search for a reference, and the catalogue.
* `start_kb`, `inbox_kb`, `task_kb`, `case_kb`: what a browser loads the first time, packed with gzip: the page,
  its style and its script.

Compared in the same run with the smallest page there is, a form to be sent with nothing looked up besides who asks
(`floor_p95_ms`, the page of the password): `…_ratio` is how many times as long each takes. Names begin with
`sqlite_` or `postgresql_`; without, they are the worse of the two. Takes about 50 s where nothing else runs;
`--full` asks five times as often. With `--json` the last line is one object for machines.
"""

import sys
from pathlib import Path

sys.path.pop(0)  # this folder, in which `http` would not be Python's
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from typing import Any

import structlog
from flask.testing import FlaskClient

from bench import town
from bench.machine import machine
from bench.site import KINDS, installed, percentile, settle, timed
from bpmn import routines
from engine.accounts import repository as accounts
from engine.accounts import sessions
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin
from tests import databases
from tests.factories.callers import Caller, InProcess
from tests.factories.doors import create_people
from tests.journeys.test_document_approval import COMMENT, DRAFT, KEY, PEOPLE
from web import assets
from web.app import create_app
from web.auth.requests import COOKIE

REQUESTS = 40
SAMPLE = 25
CASES = 12
PAGES = ("start", "inbox", "task", "case")
Figures = dict[str, float]


def main() -> None:
    options = _options()
    figures: Figures = {}
    structlog.configure(processors=[_silent])
    drawn = town.draw()
    with databases.shared_folder() as shared:
        for kind in KINDS:
            with installed(kind, shared) as installation:
                found = _measure(installation, drawn, REQUESTS * (5 if options.full else 1))
            figures |= {f"{kind}_{name}": value for name, value in found.items()}
            _tell(kind, found)
    for name in found:
        figures[name] = max(figures[f"{kind}_{name}"] for kind in KINDS)
    if options.json:
        print(json.dumps({"figures": figures, "machine": machine()}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one object last")
    parser.add_argument("--full", action="store_true", help="ask five times as often")
    return parser.parse_args()


def _silent(*_: Any) -> Any:
    raise structlog.DropEvent


def _measure(installation: Installation, drawn: town.Town, requests: int) -> Figures:
    settle(installation, drawn)
    app = create_app(installation.settings, installation)
    staff = create_people(installation, InProcess(app), PEOPLE, admins={"adam"})
    assert staff["karin"].deploy(routines.resources(KEY)).status == 201
    cases = [_returned(staff) for _ in range(CASES)]
    dice = random.Random(1)  # noqa: S311
    wide = drawn.names[: town.WIDE]
    names = [*wide, *dice.sample(drawn.names[town.WIDE :], SAMPLE)]
    windows = {name: _window(app, installation, name) for name in [*names, "anna"]}
    anna = windows["anna"]
    asked = [
        dice.choice(wide) if each % 5 == 0 else dice.choice(names) for each in range(requests)
    ]
    tasks = [staff["anna"].tasks(case)["Task_Summary"]["id"] for case in cases]
    of_cases = [f"/cases/{case['id']}" for case in cases]
    of_tasks = [f"/tasks/{each}" for each in tasks]
    times = {
        "floor": _times([(windows[name], "/account/password") for name in asked]),
        "start": _times([(windows[name], "/") for name in asked]),
        "inbox": _times([(windows[name], "/tasks") for name in asked]),
        "task": _times([(anna, dice.choice(of_tasks)) for _ in asked]),
        "case": _times([(anna, dice.choice(of_cases)) for _ in asked]),
        "search": _times([(windows[name], "/search?q=2026-12") for name in asked]),
        "routines": _times([(windows[name], "/routines") for name in asked]),
    }
    found = {f"{name}_p95_ms": percentile(each, 95) for name, each in times.items()}
    floor = percentile(times["floor"], 50)
    for name in PAGES:
        found[f"{name}_ratio"] = round(percentile(times[name], 50) / floor, 1)
    addresses = {"start": "/", "inbox": "/tasks", "task": of_tasks[0], "case": of_cases[0]}
    who = {"start": windows[wide[0]], "inbox": windows[wide[0]], "task": anna, "case": anna}
    for name, address in addresses.items():
        found[f"{name}_kb"] = _weight(who[name], address)
    return found


def _returned(staff: dict[str, Caller]) -> dict[str, Any]:
    """Start a case whose draft comes back to its author with a comment."""
    case = staff["anna"].start(KEY)
    _do(staff["anna"], case, "Task_Draft", DRAFT)
    _do(staff["bo"], case, "Task_Review1", {"verdict_1": "not_ok", "comments_1": [COMMENT]})
    _do(staff["cecilia"], case, "Task_Review2", {"verdict_2": "ok", "comments_2": []})
    return case


def _do(who: Caller, case: dict[str, Any], element: str, answers: dict[str, Any]) -> None:
    answer = who.complete(who.tasks(case)[element], **answers)
    assert answer.status == 200, answer.text


def _window(app: Any, installation: Installation, name: str) -> FlaskClient:
    """Let somebody sign in, in a browser that has been on each page once."""
    with begin(installation, SYSTEM) as uow:
        cookie = sessions.sign_in(uow, accounts.named(uow.session, name))
        uow.commit()
    client = app.test_client()
    client.set_cookie(COOKIE, cookie)
    for address in ("/", "/tasks"):
        _ask(client, address)
    return client


def _times(asked: Sequence[tuple[FlaskClient, str]]) -> list[float]:
    _ask(*asked[0])  # the application has been on the page once
    return [timed(_ask, *each) for each in asked]


def _ask(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status)
    return answer.data


def _weight(client: FlaskClient, address: str) -> float:
    """Return how many kilobytes (of 1,000 bytes) a browser loads for a page, packed."""
    built = assets.read()
    loaded = [_ask(client, each) for each in (address, built.script, *built.styles)]
    return round(sum(len(gzip.compress(each, 9)) for each in loaded) / 1000, 1)


def _tell(kind: str, found: Figures) -> None:
    for name in PAGES:
        print(
            f"{kind:<10} {name:<6} p95 {found[f'{name}_p95_ms']:6.1f} ms, {found[f'{name}_ratio']:4.1f} times the "
            f"smallest page; {found[f'{name}_kb']:.1f} kB"
        )
    print(
        f"{'':<10} search p95 {found['search_p95_ms']:.1f} ms, catalogue p95 {found['routines_p95_ms']:.1f} ms; "
        f"the smallest page p95 {found['floor_p95_ms']:.1f} ms"
    )


if __name__ == "__main__":
    main()
