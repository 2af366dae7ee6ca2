"""
`make tck`: the cases of the DMN Technology Compatibility Kit below some folders.

Every file of cases is run on the model beside it, and each result node is compared with what is expected, by its
value and its type. Writes one JSON line a result node to var/tck.jsonl and prints a table. A case that has no
outcome here is an *error*; none is left out.

Numbers are the same where they differ by less than 10^-8: the kit writes results without end, such as those of a
square root, with that many decimals or more.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from bpmn import dmn, feel, namespaces, xml
from bpmn.dmn import Decisions
from bpmn.dmn.description import Service
from bpmn.feel import Setting, values

ROOT = Path(__file__).parents[2]
KIT = ROOT.parent / "shared" / "corpora" / "dmn-tck"
RESULT = ROOT / "var" / "tck.jsonl"

CASES = "{http://www.omg.org/spec/DMN/20160719/testcase}"
TYPE = f"{{{namespaces.XSI}}}type"
NIL = f"{{{namespaces.XSI}}}nil"
TOLERANCE = Decimal("0.00000001")

NUMBERS = frozenset({"decimal", "double", "float", "integer", "int", "long", "short", "byte"})
TEMPORAL = {
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "duration": "duration",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A result that is asked for."""

    name: str
    namespace: str | None
    expected: Any
    error_expected: bool


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    kind: str
    """`decision`, `decisionService` or `bkm`."""
    invoked: str | None
    namespace: str | None
    inputs: Mapping[str, Any]
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """A file of cases."""

    path: Path
    model: str
    cases: tuple[Case, ...] = field(default=())


def main(folders: list[Path]) -> int:
    RESULT.parent.mkdir(exist_ok=True)
    totals: Counter[str] = Counter()
    with RESULT.open("w", encoding="utf-8") as file:
        for folder in folders:
            for cases in files(folder):
                lines = list(judged(cases, folder))
                totals += Counter(each["verdict"] for each in lines)
                file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in lines)
                report(lines)
    print(json.dumps({"summary": totals, "passed": totals["pass"], "total": totals.total()}))  # noqa: T201
    return 0 if totals.total() else 1


def report(lines: list[dict[str, Any]]) -> None:
    passed = sum(each["verdict"] == "pass" for each in lines)
    folder = lines[0]["folder"] if lines else "?"
    print(f"{passed:>5}/{len(lines):<5} {folder}")  # noqa: T201
    for each in lines:
        if each["verdict"] != "pass":
            print(  # noqa: T201
                f"  {each['verdict']}: {each['case']} {each['node']}:"
                f" expected {each['expected']}, got {each['got']}"
            )


def files(folder: Path) -> Iterator[Cases]:
    for path in sorted(folder.rglob("*.xml")):
        root = xml.parse(path.read_bytes())
        if root.tag == f"{CASES}testCases":
            yield read(root, path)


# ------------------------------------------------------------------ reading


def read(root: etree._Element, path: Path) -> Cases:
    model = (root.findtext(f"{CASES}modelName") or "").strip()
    cases = tuple(_case(each, at) for at, each in enumerate(root.iter(f"{CASES}testCase"), 1))
    return Cases(path, model, cases)


def _case(node: etree._Element, at: int) -> Case:
    inputs: dict[str, Any] = {}
    for each in node.iterchildren(f"{CASES}inputNode"):
        space = each.get("namespace")
        name = str(each.get("name"))
        inputs[f"{{{space}}}{name}" if space else name] = value(each)
    return Case(
        id=str(node.get("id") or at),
        kind=str(node.get("type") or "decision"),
        invoked=node.get("invocableName"),
        namespace=node.get("namespace"),
        inputs=inputs,
        nodes=tuple(_node(each) for each in node.iterchildren(f"{CASES}resultNode")),
    )


def _node(node: etree._Element) -> Node:
    expected = node.find(f"{CASES}expected")
    return Node(
        str(node.get("name")),
        node.get("namespace"),
        value(expected) if expected is not None else None,
        node.get("errorResult") in {"true", "1"},
    )


def value(node: etree._Element) -> Any:
    """Return the value that an element holds: a simple one, a list, or a context of components."""
    held = [each for each in node if each.tag != f"{CASES}extensionElements"]
    if not held or node.get(NIL) in {"true", "1"}:
        return None
    first = held[0]
    if first.tag == f"{CASES}value":
        return _simple(first)
    if first.tag == f"{CASES}list":
        nil = first.get(NIL) in {"true", "1"}
        return None if nil else [value(each) for each in first.iterchildren(f"{CASES}item")]
    return {str(each.get("name")): value(each) for each in held}


def _simple(node: etree._Element) -> Any:
    if node.get(NIL) in {"true", "1"}:
        return None
    kind = str(node.get(TYPE) or "string").rpartition(":")[2]
    text = node.text or ""
    if kind in NUMBERS:
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() in {"true", "1"}
    if kind in TEMPORAL:
        return _evaluated(f'{TEMPORAL[kind]}("{text.strip()}")')
    return text


def _evaluated(text: str) -> Any:
    return feel.read(text).evaluate({}, _setting())


def _setting() -> Setting:
    return Setting(datetime.now(UTC), ZoneInfo("UTC"))  # noqa: TID251


# ------------------------------------------------------------------ running


def judged(cases: Cases, folder: Path) -> Iterator[dict[str, Any]]:
    place = cases.path.parent.relative_to(folder).as_posix()
    place = folder.name if place == "." else place
    try:
        decisions = _model(cases)
    except Exception as error:  # noqa: BLE001  whatever it is, the cases have no outcome
        decisions = error
    for case in cases.cases:
        for node in case.nodes:
            verdict, got = _outcome(decisions, case, node)
            yield {
                "folder": place,
                "case": case.id,
                "node": node.name,
                "verdict": verdict,
                "expected": shown(node.expected),
                "got": got,
            }


def _model(cases: Cases) -> Decisions:
    beside = {each.name: each.read_bytes() for each in cases.path.parent.glob("*.dmn")}
    name = cases.model if cases.model in beside else f"{cases.model}.dmn"
    source = beside.pop(name)
    return dmn.read(source, name, beside)


def _outcome(decisions: Decisions | Exception, case: Case, node: Node) -> tuple[str, str]:
    if isinstance(decisions, Exception):
        return "error", repr(decisions)
    try:
        got = _result(decisions, case, node)
    except Exception as error:  # noqa: BLE001  an error is a verdict
        return "error", repr(error)
    return ("pass" if same(node.expected, got) else "fail"), shown(got)


def _result(decisions: Decisions, case: Case, node: Node) -> Any:
    asked = case.invoked if case.kind != "decision" and case.invoked else node.name
    key = decisions.key(asked, node.namespace or case.namespace)
    element = decisions.element(key)
    outcome = decisions.evaluate(key, case.inputs, _setting())
    if isinstance(element, Service) and len(element.outputs) > 1 and asked != node.name:
        return outcome.value.get(node.name) if isinstance(outcome.value, dict) else None
    return outcome.value


def same(expected: Any, got: Any) -> bool:
    """Tell whether two values are of the same type and equal, numbers within the tolerance."""
    if expected is None or got is None:
        return expected is got
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, Decimal):
        return isinstance(got, int | Decimal) and abs(expected - got) < TOLERANCE
    if isinstance(expected, list):
        alike = isinstance(got, list) and len(expected) == len(got)
        return alike and all(same(one, two) for one, two in zip(expected, got, strict=True))
    if isinstance(expected, dict):
        alike = isinstance(got, dict) and expected.keys() == got.keys()
        return alike and all(same(each, got[name]) for name, each in expected.items())
    return type(expected) is type(got) and values.equal(expected, got) is True


def shown(found: Any) -> str:
    return str(found) if isinstance(found, Decimal) else repr(found)


if __name__ == "__main__":
    sys.exit(main([Path(each) for each in sys.argv[1:]] or [KIT]))
