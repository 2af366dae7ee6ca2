"""
The shipped library: a folder for each routine, with its diagram, decisions, forms and texts.

It is data. A routine is deployed as anybody's own would be, and nothing in the house knows one by name.
"""

from pathlib import Path

ROOT = Path(__file__).parent
DEPLOYED = (".bpmn", ".dmn", ".form.json")


def shipped() -> list[str]:
    return sorted(path.name for path in ROOT.iterdir() if (path / "routine.bpmn").exists())


def resources(key: str) -> dict[str, bytes]:
    """Return the files of a routine that are deployed, by their names."""
    return {
        path.name: path.read_bytes()
        for path in sorted((ROOT / key).iterdir())
        if path.name.endswith(DEPLOYED)
    }
