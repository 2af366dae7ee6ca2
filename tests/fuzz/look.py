"""
Tries text after text, led by the lines of `bpmn.feel` that each of them reaches; started by `tests.fuzz`.

The corpus is every text in the tests of FEEL that can be read. It is changed by bytes, as libFuzzer does, and by
words, so that much of it can still be read. Some are evaluated in a loop, for what costs more than its steps say.
Of all texts with which the same is wrong the shortest is kept; of slow ones each, as some are so only here.
"""

import ast
import random
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bpmn.feel"]):
    from tests.fuzz import judge

from bpmn import feel

TESTS = Path(__file__).parents[1] / "bpmn" / "feel"
LONGEST = 500
"""Bytes of a text."""
STUCK = 20
"""Seconds after which libFuzzer ends the process."""
PART = 50
"""A text gets a fiftieth of the limits: what is too slow for its steps shows, and what is refused is so soon."""
SLOWER = 4
"""So many times as long takes what counts its lines."""
LOOPED = 10
"""One of so many texts is evaluated in a loop as well."""
WHOLE = 2_000
"""One of so many in a loop, and with all of the limits, for what takes memory."""
WORDS = re.compile(r'"(?:[^"\\]|\\.)*"|\w+(?:\.\d+)?|\s+|[*.<>!=]{2}|.', re.DOTALL)


def main(seconds: str, found: Path) -> None:
    """Look for so long, and write what is found into a folder; libFuzzer ends the process."""
    texts = corpus()
    seeds = found / "corpus"
    seeds.mkdir()
    for number, text in enumerate(texts):
        (seeds / str(number)).write_text(text, encoding="utf-8")
    judge.bound_memory()

    numbers = count(1)

    def try_(data: bytes) -> None:
        text, number = data.decode(errors="replace"), next(numbers)
        _try(text, text, PART, found)
        if number % LOOPED == 0:
            _try(judge.often(text, PART), judge.often(text), PART, found)
        if number % WHOLE == 0:
            _try(judge.often(text), judge.often(text), 1, found)

    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            f"-timeout={STUCK}",
            f"-artifact_prefix={found}/ended-",
            f"-report_slow_units={STUCK}",
            "-verbosity=0",
            "-print_final_stats=1",
            str(seeds),
        ],
        try_,
        custom_mutator=Mutator(texts),
    )
    atheris.Fuzz()


def corpus() -> list[str]:
    return [each for each in dict.fromkeys(_texts()) if _can_be_read(each)]


def _texts() -> Iterator[str]:
    for path in sorted(TESTS.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _can_be_read(text: str) -> bool:
    if len(text.encode(errors="replace")) > LONGEST:
        return False
    try:
        feel.read(text, judge.VARIABLES)
    except feel.InvalidExpression:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Mutator:
    texts: Sequence[str]

    def __call__(self, data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311
        if chance.random() < 0.3:
            return atheris.Mutate(data, most)
        words = WORDS.findall(data.decode(errors="replace"))
        for _ in range(chance.randint(1, 3)):
            begin = chance.randint(0, len(words))
            words[begin : begin + chance.choice([0, 0, 1, 1, 2, 5])] = self._piece(chance)
        return "".join(words).encode(errors="replace")[:most]

    def _piece(self, chance: random.Random) -> list[str]:
        words = WORDS.findall(chance.choice(self.texts))
        begin = chance.randint(0, len(words))
        return words[begin : begin + chance.choice([0, 1, 1, 3, 20])]


def _try(text: str, whole: str, part: int, found: Path) -> None:
    """Try a text, and keep what it is with all of the limits, if something is wrong."""
    wrong = judge.wrong_with(text, part, SLOWER)
    if wrong is None:
        return
    path = found / f"{wrong} {zlib.crc32(whole.encode()) if wrong == 'slow' else ''}.feel"
    if not path.exists() or len(whole) < len(path.read_text(encoding="utf-8")):
        path.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
