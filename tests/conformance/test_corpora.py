"""Models of other tools: each runs, or is refused at an element that exists; never a crash."""

from collections import Counter
from pathlib import Path

import pytest

from tests.conformance import shared_patterns
from tests.conformance.__main__ import CORPORA, PATTERNS, judged

PRESENT = pytest.mark.skipif(
    not CORPORA.exists(), reason="the corpora are not beside the project (shared/corpora)"
)


def verdicts(folder: Path) -> tuple[Counter[str], list[str]]:
    lines = [judged(path, folder) for path in sorted(folder.rglob("*.bpmn"))]
    return Counter(each["verdict"] for each in lines), [
        f"{each['file']}: {each['detail']}" for each in lines if each["verdict"] == "crash"
    ]


@PRESENT
def test_no_model_of_the_interchange_group_crashes():
    counts, crashes = verdicts(CORPORA / "miwg")

    assert crashes == []
    assert counts.total() > 40


@PRESENT
def test_the_executable_examples_of_camunda_run():
    counts, crashes = verdicts(CORPORA / "camunda-bpm-examples")
    executable = counts.total() - counts["drawing"]

    assert crashes == []
    assert counts["runs"] / executable >= 0.85


@PRESENT
def test_the_workflow_patterns_do_what_they_are_expected_to_do():
    lines = shared_patterns.run(PATTERNS)
    passed = [each for each in lines if each["verdict"] == "pass"]
    others = {
        each["pattern"].split()[0]: each["verdict"]
        for each in lines
        if each["verdict"] not in {"pass", "not run"}
    }

    assert len(passed) > 30
    assert others == {
        "WCP24": "fail",  # a message that nobody waits for yet is for the engine to keep
    }


def test_the_shipped_routines_run():
    counts, _ = verdicts(Path(__file__).parents[2] / "bpmn" / "routines")

    assert set(counts) == {"runs"}
