"""
How many tasks a second people complete through the API, and what a completion waits for.

A real server process (`rutin serve`) on SQLite and on PostgreSQL in turn; eight clients with connections that stay
open complete the tasks of sequences of ten, with tokens, schemas, permissions, the engine and the record. Beside
it, in the same run, stands the floor: a bare Flask route under the same server that makes one durable UPDATE on
the same database (`floor.py`). The two take turns, round by round, so that a machine that slows down slows both;
a ratio is the median over the rounds. Which task is next is read from the database between the rounds.

* `completions_per_s_sqlite`, `completions_per_s_pg`: the median over the rounds. `ratio_to_floor_…`: completions /
  updates of the floor.
* `p95_ms_…`, `median_ms_…`: one client alone, until the answer. `p95_ms` is the larger of the two.
* `growth_500_…`: a case that goes round; the median of completions 491 to 510 / that of 6 to 25; of three cases
  the median. `growth_500` is the larger of the two.

PostgreSQL runs here as in the tests, without waiting for the disk; the floor does so, too. Every answer is looked
at: anything but 200 ends the run. Takes about two minutes; with `--json` the last line is one object for
machines.
"""

import sys
from pathlib import Path

sys.path.pop(0)  # this folder, in which `http` would not be Python's
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import argparse
import contextlib
import http.client
import json
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import select

from bench import floor
from bench.machine import machine
from engine.installation import Installation
from engine.settings import Settings
from engine.tasks.models import UserTask, UserTaskState
from tests import databases
from tests.bpmn.sketch import end, model, start, user, xor
from tests.factories.callers import Caller
from tests.factories.doors import create_people
from tests.servers import Site, free_port, serving
from tests.servers import end as end_process

KINDS = {"sqlite": "sqlite", "postgresql": "pg"}
CLIENTS = 8
STEPS = 10
CASES = 12
"""For each client."""
ALONE = 150
LOOPS = 3
ROUNDS_OF_LOOP = 515
Figures = dict[str, float]
Request = tuple[str, str, dict[str, str]]
"""Path, body and headers."""

SEQUENCE = model(
    "sequence",
    start(),
    *(user(f"t{number}", rutin__candidateGroups="officer") for number in range(STEPS)),
    end(),
    flows="s > " + " > ".join(f"t{number}" for number in range(STEPS)) + " > e",
)
LOOP = model(
    "loop",
    start(),
    xor("again"),
    user("t", rutin__candidateGroups="officer"),
    xor("enough"),
    end(),
    flows="s > again > t > enough; enough > e ? done; enough > again ? not done",
)


def main() -> None:
    options = _options()
    figures: Figures = {}
    with databases.shared_folder() as shared:
        for kind, short in KINDS.items():
            with _database(kind, shared) as (url, folder):
                measured = _measure(url, folder)
            figures |= {f"{name}_{short}": value for name, value in measured.items()}
            _tell(kind, measured)
    for name in ("p95_ms", "growth_500"):
        figures[name] = max(figures[f"{name}_{short}"] for short in KINDS.values())
    if options.json:
        print(json.dumps({"figures": figures, "machine": machine()}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one object last")
    return parser.parse_args()


@contextlib.contextmanager
def _database(kind: str, shared: Path) -> Iterator[tuple[str, Path]]:
    """Give the URL of a database of our own, and a folder on the disk for what is beside it."""
    with tempfile.TemporaryDirectory(prefix="rutin-http-") as name:
        folder = Path(name)
        if kind == "sqlite":
            yield databases.SQLite(shared).copy(folder / "rutin.sqlite"), folder
            return
        server = databases.PostgreSQL(shared)
        database = server.copy()
        yield server.url(database), folder
        server.drop(database)
        server.close()


def _measure(url: str, folder: Path) -> Figures:
    installation = Installation(Settings(database_url=url))
    floor.prepare(installation.database)
    with (
        contextlib.closing(installation),
        serving(Site(url, folder)) as [server],
        _floor(url) as below,
    ):
        people = create_people(installation, server)
        alice = people["alice"]
        people["owner"].deploy({"sequence.bpmn": SEQUENCE, "loop.bpmn": LOOP})
        rates, floors = _rounds(installation, alice, server.port, below)
        alone = _alone(installation, alice, server.port)
        growth = [_growth(installation, alice, server.port) for _ in range(LOOPS)]
    return {
        "completions_per_s": round(statistics.median(rates), 1),
        "floor_per_s": round(statistics.median(floors), 1),
        "ratio_to_floor": round(
            statistics.median(one / other for one, other in zip(rates, floors, strict=True)), 3
        ),
        "median_ms": round(statistics.median(alone) * 1000, 2),
        "p95_ms": round(statistics.quantiles(alone, n=20)[-1] * 1000, 2),
        "growth_500": round(statistics.median(growth), 3),
    }


@contextlib.contextmanager
def _floor(url: str) -> Iterator[int]:
    """Serve the floor, and give its port when it answers."""
    port = free_port()
    command = [sys.executable, "-m", "bench.floor", url, str(port)]
    with subprocess.Popen(command, start_new_session=True) as process:
        try:
            for _ in range(300):
                with contextlib.suppress(OSError):
                    _send(http.client.HTTPConnection("127.0.0.1", port), ("/update/0", "", {}))
                    break
                time.sleep(0.1)
            yield port
        finally:
            end_process(process)


def _rounds(
    installation: Installation, alice: Caller, port: int, below: int
) -> tuple[list[float], list[float]]:
    """Complete the tasks of many sequences step by step; after each step let the floor do as much."""
    for _ in range(CLIENTS * CASES):
        alice.start("sequence")
    rates, floors = [], []
    for _ in range(STEPS):
        tasks = _open(installation)
        floors.append(_rate(below, [_update(number) for number in range(len(tasks))]))
        rates.append(_rate(port, [_completion(each, alice) for each in tasks]))
    return rates, floors


def _alone(installation: Installation, alice: Caller, port: int) -> list[float]:
    """Return how long one client waits for each of many completions."""
    for _ in range(ALONE // STEPS):
        alice.start("sequence")
    seconds = []
    line = http.client.HTTPConnection("127.0.0.1", port)
    while tasks := _open(installation):
        seconds += [_send(line, _completion(each, alice)) for each in tasks]
    return seconds


def _growth(installation: Installation, alice: Caller, port: int) -> float:
    """Return how much longer a case waits that has gone round five hundred times."""
    alice.start("loop", done=False)
    line = http.client.HTTPConnection("127.0.0.1", port)
    seconds = []
    for _ in range(ROUNDS_OF_LOOP):
        *_, task = _open(installation)
        seconds.append(_send(line, _completion(task, alice)))
    return statistics.median(seconds[490:510]) / statistics.median(seconds[5:25])


def _open(installation: Installation) -> Sequence[str]:
    with installation.database.reading() as session:
        query = select(UserTask.id).where(UserTask.state == UserTaskState.CREATED.value)
        return [str(each) for each in session.scalars(query.order_by(UserTask.id))]


def _completion(task: str, alice: Caller) -> Request:
    headers = {"Authorization": f"Bearer {alice.token}", "Content-Type": "application/json"}
    body = '{"variables": {"answer": "ja", "amount": 12}}'
    return f"/api/v1/user-tasks/{task}/completion", body, headers


def _update(number: int) -> Request:
    return f"/update/{number % CLIENTS}", "", {}


def _rate(port: int, requests: Sequence[Request]) -> float:
    """Return how many requests a second are answered when clients share them."""
    barrier = threading.Barrier(CLIENTS + 1)
    failed: list[BaseException] = []
    clients = [
        threading.Thread(target=_client(port, requests[number::CLIENTS], barrier, failed))
        for number in range(CLIENTS)
    ]
    for each in clients:
        each.start()
    barrier.wait()
    began = time.perf_counter()
    for each in clients:
        each.join()
    seconds = time.perf_counter() - began
    if failed:
        raise failed[0]
    return len(requests) / seconds


def _client(
    port: int,
    requests: Sequence[Request],
    barrier: threading.Barrier,
    failed: list[BaseException],
) -> Callable[[], None]:
    def run() -> None:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as line:
            line.connect()
            barrier.wait()
            try:
                for each in requests:
                    _send(line, each)
            except (OSError, AssertionError) as error:
                failed.append(error)

    return run


def _send(line: http.client.HTTPConnection, request: Request) -> float:
    """Return how long an answer took; it is to be 200."""
    path, body, headers = request
    began = time.perf_counter()
    line.request("POST", path, body, headers)
    answer = line.getresponse()
    told = answer.read()
    seconds = time.perf_counter() - began
    assert answer.status == 200, told.decode()
    return seconds


def _tell(kind: str, measured: Figures) -> None:
    print(
        f"{kind:<10} {measured['completions_per_s']:.0f} completions a second by {CLIENTS} clients, "
        f"the floor {measured['floor_per_s']:.0f}: ratio {measured['ratio_to_floor']:.2f}"
    )
    print(
        f"{'':<10} alone {measured['median_ms']:.1f} ms, p95 {measured['p95_ms']:.1f} ms; "
        f"the 500th completion of a case takes {measured['growth_500']:.2f} times the 10th"
    )


if __name__ == "__main__":
    main()
