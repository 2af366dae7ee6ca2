"""
Looks for texts that FEEL does not survive.

    python -m tests.fuzz 60               for a minute (atheris)
    python -m tests.fuzz 'sort([1], f)'   asks of these texts only

`look` tries texts in a process of its own, which may end with one of them and is slowed down by what it counts. So
everything that it found is judged here once more; what holds is made shorter and told, and the status is 1.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz import judge

TIMES = 3


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.exit(__doc__)
    if not arguments[0].isdecimal():
        told = [_is_told(each) for each in arguments]
        return int(any(told))
    if find_spec("atheris") is None:
        sys.exit("Fuzzing needs atheris, which is not installed here (see requirements/dev.in).")
    return _look(arguments[0])


def _look(seconds: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder)
        command = [sys.executable, "-m", "tests.fuzz.look", seconds, folder]
        status = subprocess.run(command, check=False).returncode
        texts = [each.read_text(encoding="utf-8") for each in sorted(found.glob("*.feel"))]
        ended = [each.read_bytes() for each in sorted(found.glob("ended-*"))]
    for each in ended:
        print(f"ended the process: {each.decode(errors='replace')!r}")  # noqa: T201
    judge.bound_memory()
    held = _shortest(texts)
    for wrong, text in held.items():
        print(f"{wrong}: {judge.shorter(text, wrong)!r}")  # noqa: T201
    print(f"{len(ended) + len(held)} found")  # noqa: T201
    return int(status != 0 or bool(held))


def _shortest(texts: Iterable[str]) -> dict[str, str]:
    """Return what is wrong each time, and the shortest text with which it is."""
    judged = ((_wrong_with(each), each) for each in sorted(texts, key=len, reverse=True))
    return {wrong: text for wrong, text in judged if wrong}


def _wrong_with(text: str) -> str | None:
    """Judge a text more than once: what is slow may be so because of others."""
    judged = [judge.wrong_with(text) for _ in range(TIMES)]
    return None if None in judged else judged[0]


def _is_told(text: str) -> bool:
    wrong = _wrong_with(text)
    print(f"{wrong or 'nothing wrong'}: {text!r}")  # noqa: T201
    return wrong is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
