"""
`make support`: the tables of the page on what is executed, from playing the scenarios.

Nobody writes a verdict: each is what came of playing just now, whatever the scenario expects. The rest of the
page is prose, written by hand; only what stands between two marks, with a table's name in the first, is made.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from bpmn import deployment
from bpmn.findings import Severity
from tests.conformance.scenario import Row, Scenario
from tests.conformance.scenarios import events, patterns
from tests.conformance.stage import SCENARIOS, Otherwise, file_of, play, rules_against

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "bpmn-support.md"
PART = re.compile(r"(<!-- made by `make support`: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
SUMMARY = "summary"
NOT_IN_BPMN = "not in BPMN"

HEADINGS = {
    events.START: "Start event",
    events.HANDLER: "Event sub-process",
    events.HANDLER_BESIDE: "Event sub-process, non-interrupting",
    events.CATCH: "Intermediate catch event",
    events.BOUNDARY: "Boundary event",
    events.BOUNDARY_BESIDE: "Boundary event, non-interrupting",
    events.THROW: "Intermediate throw event",
    events.END: "End event",
}


class Verdict(StrEnum):
    WORKS = "works"
    REFUSED = "refused"
    UNEXPECTED = "**otherwise than expected**"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of playing a scenario."""

    scenario: Scenario
    verdict: Verdict
    addition: str = ""
    """What the page adds to the verdict."""
    detail: str = ""
    """What was there instead, for whoever is to repair it."""


Played = Mapping[Row, Sequence[Outcome]]


def main() -> int:
    outcomes = played()
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), outcomes), encoding="utf-8")
    for each in outcomes:
        if each.verdict is Verdict.UNEXPECTED:
            print(f"otherwise than expected: {each.scenario.diagram}: {each.detail}")  # noqa: T201
    print(_summary(outcomes))  # noqa: T201
    return 1 if any(each.verdict is Verdict.UNEXPECTED for each in outcomes) else 0


def played(scenarios: Iterable[Scenario] = SCENARIOS) -> list[Outcome]:
    return [_outcome(each) for each in scenarios]


def written(page: str, outcomes: Sequence[Outcome]) -> str:
    """Return the page with its tables made anew. Raises `ValueError` for a table without a place."""
    tables = _tables(outcomes)
    places = [name for _, name, _ in PART.findall(page)]
    if sorted(places) != sorted(tables):
        raise ValueError(f"There are places for {sorted(places)}, and tables {sorted(tables)}.")
    return PART.sub(lambda found: f"{found[1]}\n{tables[found[2]]()}\n\n{found[3]}", page)


# ---------------------------------------------------------------- playing


def _outcome(scenario: Scenario) -> Outcome:
    try:
        if play(scenario, saving=True) != play(scenario, saving=False):
            return _failed(scenario, "what happens depends on whether the case is saved meanwhile")
    except Otherwise as error:
        return _failed(scenario, str(error))
    except Exception as error:  # noqa: BLE001  whatever breaks is an outcome too
        return _failed(scenario, repr(error))
    if scenario.refused_at is not None:
        return Outcome(scenario, Verdict.REFUSED, f" by {_pages(rules_against(scenario))}")
    warnings = _pages(_warnings(scenario))
    return Outcome(
        scenario,
        Verdict.WORKS,
        "".join(
            (
                f", {scenario.note}" if scenario.note else "",
                f", with a warning by {warnings}" if warnings else "",
            )
        ),
    )


def _failed(scenario: Scenario, detail: str) -> Outcome:
    return Outcome(scenario, Verdict.UNEXPECTED, detail=detail)


def _warnings(scenario: Scenario) -> list[str]:
    found = deployment.check({"model.bpmn": file_of(scenario).read_bytes()}).findings
    return list(dict.fromkeys(each.rule for each in found if each.severity is Severity.WARNING))


# ---------------------------------------------------------------- writing


def _tables(outcomes: Sequence[Outcome]) -> dict[str, Callable[[], str]]:
    rows: dict[Row, list[Outcome]] = {}
    for each in outcomes:
        for row in each.scenario.proves:
            rows.setdefault(row, []).append(each)
    tables = {name: partial(_elements, name, rows) for name in _names(row.table for row in rows)}
    for name, made in (("events", _events), ("patterns", _patterns)):
        if name in tables:
            tables[name] = partial(made, rows)
    return {SUMMARY: partial(_summary, outcomes), **tables}


def _summary(outcomes: Sequence[Outcome]) -> str:
    count = Counter(each.verdict for each in outcomes)
    models = len({each.scenario.diagram for each in outcomes})
    said = [
        f"{len(outcomes)} scenarios of {models} drawn models: {count[Verdict.WORKS]} work",
        f"{count[Verdict.REFUSED]} are refused",
    ]
    if count[Verdict.UNEXPECTED]:
        said.append(f"{count[Verdict.UNEXPECTED]} go otherwise than expected")
    return ", ".join(said) + "."


def _elements(table: str, rows: Played) -> str:
    """Write what is shown of each element, the name of the element once."""
    mine = [row for row in rows if row.table == table]
    lines = []
    for element in _names(row.element for row in mine):
        shown = [row for row in mine if row.element == element]
        names = [element, *[""] * (len(shown) - 1)]
        lines += [
            (name, row.aspect, _cell(rows[row])) for name, row in zip(names, shown, strict=True)
        ]
    return _table(("Element", "What is shown", "Verdict"), lines)


def _events(rows: Played) -> str:
    lines = [
        (trigger, *(_event(rows, trigger, position) for position in events.POSITIONS))
        for trigger in events.TRIGGERS
    ]
    return _table(("", *(HEADINGS[each] for each in events.POSITIONS)), lines)


def _event(rows: Played, trigger: str, position: str) -> str:
    if (trigger, position) in events.UNSAYABLE:
        return NOT_IN_BPMN
    return _cell(rows.get(events.cell(trigger, position), ()))


def _patterns(rows: Played) -> str:
    mine = {row: outcomes for row, outcomes in rows.items() if row.table == "patterns"}
    failing = {
        row.element
        for row, outcomes in mine.items()
        if any(each.verdict is not Verdict.WORKS for each in outcomes)
    }
    works = {row.element for row in mine} - failing
    lines = [
        (str(number), name, how, verdict)
        for number, name in patterns.NAMES.items()
        for how, verdict in _pattern(mine, number)
    ]
    table = _table(("", "Pattern", "How", "Verdict"), lines)
    return f"{len(works)} of {len(patterns.NAMES)} work.\n\n{table}"


def _pattern(rows: Played, number: int) -> Iterator[tuple[str, str]]:
    if number in patterns.NOT_IN_BPMN:
        yield patterns.NOT_IN_BPMN[number], NOT_IN_BPMN
    for row, outcomes in rows.items():
        if row.element == str(number):
            yield row.aspect, _cell(outcomes)


def _cell(outcomes: Sequence[Outcome]) -> str:
    """Write each verdict once, linked to the models that show it."""
    shown: dict[tuple[Verdict, str], dict[str, None]] = {}
    for each in outcomes:
        diagrams = shown.setdefault((each.verdict, each.addition), {})
        diagrams[each.scenario.diagram] = None
    return "<br>".join(
        f"{_models(verdict, list(diagrams))}{addition}"
        for (verdict, addition), diagrams in shown.items()
    )


def _models(word: str, diagrams: Sequence[str]) -> str:
    labels = [word, *map(str, range(2, len(diagrams) + 1))]
    return " ".join(
        f"[{label}](../../tests/diagrams/{diagram}.bpmn)"
        for label, diagram in zip(labels, diagrams, strict=True)
    )


def _pages(rules: Iterable[str]) -> str:
    return ", ".join(f"[{rule}](lint/{rule}.md)" for rule in rules)


def _table(heading: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    return "\n".join(
        (
            _line(heading),
            f"|{'---|' * len(heading)}",
            *(_line([each.replace("|", r"\|") for each in line]) for line in lines),
        )
    )


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _names(names: Iterable[str]) -> list[str]:
    """Return each name once, in the order they come."""
    return list(dict.fromkeys(names))


if __name__ == "__main__":
    sys.exit(main())
