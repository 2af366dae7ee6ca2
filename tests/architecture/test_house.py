"""What we agreed on about the source as a whole, and a machine can see.

Patterns for what no file may contain are put together from parts: this file is read as well.
"""

import ast
import functools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("bpmn/", "engine/", "qms/", "web/")
LARGEST_MODULE = 450
LARGEST_TEST = 600  # a table of attacks or of bad answers is one thing, however long

# Where a package comes from is the business of the machine that installs it.
HOSTS = [
    "py" + "pi.org",
    "py" + "thonhosted.org",
    "npm" + "js.",
    "yarn" + "pkg.com",
    "crates" + ".io",
    "proxy" + ".golang.org",
    "maven" + ".org",
    "maven" + ".apache.org",
    "deb" + ".debian.org",
    "security" + ".debian.org",
    "archive" + ".ubuntu.com",
    "play" + "wright.azureedge.net",
]
REGISTRY = re.compile(
    "|".join(
        [
            *map(re.escape, HOSTS),
            # a host that says what it is: registry., mirrors., pip-proxy., nexus.
            r"https?://[^\s/\"'<>]*(?:artifactory|mirror|nexus|proxy|registry)",
            r"--(?:extra-)?index" + "-url",
            r"--find" + "-links",
            r"(?m:^\s*(?:extra-)?index[-_]url\s*[=:])",
            r"(?m:^\s*find[-_]links\s*[=:])",
            r"\"resolved\"\s*:\s*\"https?:",
        ]
    ),
    re.IGNORECASE,
)
# Not preceded by a name: `web/home/` is a folder of ours, `https://host/home/` a page.
DEVELOPER_PATH = re.compile(r"(?<![\w.~}>-])/(?:work|root|Users|home/\w+)" + "/")

COMMITS_ALLOWED = {
    "engine/uow.py": "the one place that ends a transaction",
    "engine/migrations/": "a migration runs outside a unit of work",
}
# Doors open a unit of work, so they are the ones to say that it is done. Verbs never do.
DOORS = {
    "web/transactions.py": "a request, when its view has returned",
    "web/cli/": "a command, when it is done",
    "web/auth/passwords.py": "compares a password, which is slow, before it opens one",
    "web/uploads.py": "brings a file to the disk, which is slow, before it opens one",
    "web/auth/oidc.py": "asks a provider, which may be slow, before it opens one",
    "web/auth/requests.py": "notes that a session or a token was used, apart from what the request does",
}
INNER_IMPORTS_ALLOWED: dict[str, str] = {}


@functools.cache
def files() -> list[Path]:
    """Everything that is or could be committed."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        output = subprocess.check_output(command, cwd=ROOT, text=True)
        found = [ROOT / name for name in output.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _is_made(path.relative_to(ROOT))]
    return sorted(path for path in found if path.is_file())


def _is_made(path: Path) -> bool:
    made = {".venv", "var", "node_modules", "__pycache__", "dist", "build", ".hypothesis"}
    return any(part in made or part.endswith("_cache") for part in path.parts)


@functools.cache
def modules() -> dict[str, ast.Module]:
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_bytes(), str(path))
        for path in files()
        if path.suffix == ".py"
    }


def modules_of_the_floors() -> dict[str, ast.Module]:
    return {name: tree for name, tree in modules().items() if name.startswith(FLOORS)}


def lines_that_match(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path in files()
        for text in [path.read_text(encoding="utf-8", errors="ignore")]
        for match in pattern.finditer(text)
    ]


def is_allowed(name: str, allowed: dict[str, str]) -> bool:
    return any(name == e or (e.endswith("/") and name.startswith(e)) for e in allowed)


def test_the_house_is_found():
    names = {path.relative_to(ROOT).as_posix() for path in files()}

    assert {"pyproject.toml", "Makefile", "tests/architecture/test_house.py"} <= names
    assert len(modules_of_the_floors()) > 3


def test_no_file_names_a_registry():
    assert lines_that_match(REGISTRY) == []


@pytest.mark.parametrize(
    "text",
    [
        "see files.py" + "thonhosted.org",
        "https://" + "pip-proxy.example.se/simple",
        "http://" + "user@Mirrors.example.se",
        "--index" + "-url=x",
        "extra-index" + "-url = x",
        '"resolved"' + ': "https://example.se/a.tgz"',
    ],
)
def test_a_registry_is_recognised(text):
    assert REGISTRY.search(text)


@pytest.mark.parametrize(
    "text", ["uv --no-emit-index-url", '"resolved": true', "https://www.omg.org/spec/BPMN"]
)
def test_other_text_is_no_registry(text):
    assert not REGISTRY.search(text)


def test_no_file_names_a_path_of_one_machine():
    assert lines_that_match(DEVELOPER_PATH) == []


@pytest.mark.parametrize(
    "path", ["/work" + "/main", "/home/alice" + "/rutin", "'/root" + "/.cache'"]
)
def test_a_path_of_one_machine_is_recognised(path):
    assert DEVELOPER_PATH.search(path)


@pytest.mark.parametrize(
    "path", ["web/templates/home/page.html", "https://a.se/home/x/y", "/work"]
)
def test_other_paths_belong_to_no_machine(path):
    assert not DEVELOPER_PATH.search(path)


def test_there_is_no_lock_that_names_hosts():
    assert [path for path in files() if path.name == "uv" + ".lock"] == []


def test_nothing_turns_text_into_code():
    dangerous = {"eval", "exec", "compile"}

    found = [
        f"{name}:{node.lineno}: {builtin}"
        for name, tree in modules_of_the_floors().items()
        for node in ast.walk(tree)
        for builtin in [_builtin(node)]
        if builtin in dangerous
    ]

    assert found == []


def test_only_the_unit_of_work_commits():
    found = [
        f"{name}:{node.lineno}: {ast.unparse(node)}"
        for name, tree in modules_of_the_floors().items()
        if not is_allowed(name, COMMITS_ALLOWED)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
        if not (is_allowed(name, DOORS) and ast.unparse(node.value) in {"uow", "g.uow", "unit"})
    ]

    assert found == []


def test_imports_are_at_the_top():
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if not is_allowed(name, INNER_IMPORTS_ALLOWED)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert found == []


def test_no_module_is_where_everything_is():
    sizes = {
        path.relative_to(ROOT).as_posix(): len(path.read_bytes().splitlines())
        for path in files()
        if path.suffix == ".py"
    }

    assert {
        name: size
        for name, size in sizes.items()
        if size > (LARGEST_TEST if name.startswith("tests/") else LARGEST_MODULE)
    } == {}


def _builtin(node: ast.AST) -> str | None:
    """Give the name that is used as such, or taken from `builtins`; `re.compile` is neither."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id in {"builtins", "__builtins__"} else None
    return None


@pytest.mark.parametrize(
    "name",
    sorted(each.name for each in (ROOT / "bench").glob("*.py") if "argparse" in each.read_text()),
)
def test_each_measurement_starts(name):
    """They are run as files, with their folder first on the path."""
    asked = [sys.executable, f"bench/{name}", "--help"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
