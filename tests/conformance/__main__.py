"""
`make conformance`: what becomes of every `.bpmn` file below some folders.

Writes one JSON line a file to var/conformance.jsonl and prints a table. A file either *runs* to its end with the
robot, is *refused* with findings at elements that exist, or is a *drawing*, having no executable process.

Without folders it also runs the workflow patterns beside the project, which say themselves what is expected: a
pattern *passes* or *fails*, its model is *refused*, or it is *not run* as BPMN cannot express it.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from tests.conformance import shared_patterns
from tests.conformance.robot import examine

ROOT = Path(__file__).parents[2]
OWN = (ROOT / "bpmn" / "routines", ROOT / "tests" / "diagrams")
CORPORA = ROOT.parent / "shared" / "corpora"
PATTERNS = CORPORA / "workflow_patterns.py"
RESULT = ROOT / "var" / "conformance.jsonl"


def main(folders: list[Path]) -> int:
    RESULT.parent.mkdir(exist_ok=True)
    with RESULT.open("w", encoding="utf-8") as file:
        counts = models(folders or list(default()), file)
        summary: dict[str, Any] = {"summary": counts, "files": counts.total()}
        if not folders and PATTERNS.exists():
            summary["patterns"] = patterns(file)
    print(json.dumps(summary))  # noqa: T201
    return 1 if counts["crash"] else 0


def models(folders: list[Path], file: TextIO) -> Counter[str]:
    counts: Counter[str] = Counter()
    for folder in folders:
        for path in sorted(folder.rglob("*.bpmn")):
            line = judged(path, folder)
            counts[line["verdict"]] += 1
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            if line["verdict"] in {"crash", "stuck"}:
                print(f"{line['verdict']}: {line['file']}: {line.get('detail', '')}")  # noqa: T201
    return counts


def patterns(file: TextIO) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in shared_patterns.run(PATTERNS):
        counts[line["verdict"]] += 1
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        print(f"{line['verdict']:<8} {line['pattern']}")  # noqa: T201
        if line["verdict"] in {"fail", "refused"}:
            print(f"{'':<8} {line['detail']}")  # noqa: T201
    return counts


def judged(path: Path, folder: Path) -> dict[str, Any]:
    source = path.read_bytes()
    began = time.perf_counter()
    try:
        beside = {each.name: each.read_bytes() for each in path.parent.glob("*.form.json")}
        decisions = path.with_suffix(".dmn")
        if decisions.exists():
            beside[decisions.name] = decisions.read_bytes()
        found = examine({path.name: source, **beside})
    except Exception as error:  # noqa: BLE001  a crash is what this looks for
        verdict: dict[str, Any] = {"verdict": "crash", "detail": repr(error), "findings": []}
    else:
        findings = [
            {"element_id": each.element_id, "line": each.line, "rule": each.rule}
            for each in found.findings
        ]
        verdict = {"verdict": found.verdict, "detail": found.detail, "findings": findings}
        verdict |= (
            {}
            if pointing(findings, source)
            else {"verdict": "crash", "detail": "a finding at nothing"}
        )
    seconds = round(time.perf_counter() - began, 4)
    return {"file": str(path.relative_to(folder)), **verdict, "seconds": seconds}


def pointing(findings: list[dict[str, Any]], source: bytes) -> bool:
    """Tell whether every finding points at an element of the file, or at the file as a whole."""
    text = source.decode("utf-8", "replace")
    return all(
        each["element_id"] is None
        or each["element_id"] in text
        or "-without-id-" in each["element_id"]
        for each in findings
    )


def default() -> Iterator[Path]:
    yield from (each for each in OWN if each.exists())
    if CORPORA.exists():
        yield from (CORPORA / "miwg", CORPORA / "camunda-bpm-examples")


if __name__ == "__main__":
    sys.exit(main([Path(each) for each in sys.argv[1:]]))
