"""
Every rule about BPMN has drawn diagrams, and says of them what it should, where it should.

In `tests/diagrams/lint/<rule>/` each `invalid*.bpmn` breaks the rule, and a text annotation is tied to the element
that does; where the process or the file as a whole does, the annotation is tied to nothing. Each `valid*.bpmn` is
what may be drawn instead, and no rule at all has anything to say about it. Rules about decisions have theirs in
`tests/bpmn/dmn/test_diagrams.py`.
"""

import re
from pathlib import Path

import pytest
from lxml import etree

from bpmn import deployment, xml
from bpmn.findings import Finding
from bpmn.lint.rules.too_large import LONGEST_KEY
from bpmn.namespaces import BPMN
from tests.factories.rules import ROOT, rules

DIAGRAMS = ROOT / "tests/diagrams/lint"
PAGES = ROOT / "docs/reference/lint"
UNDRAWN = frozenset({"not-bpmn"})
"""What is no BPMN has no diagram."""
RULES = sorted(rules("bpmn/lint", "bpmn/reader") - UNDRAWN)
VALID = sorted(DIAGRAMS.glob("*/valid*.bpmn"))
INVALID = sorted(DIAGRAMS.glob("*/invalid*.bpmn"))
AT_A_PART = frozenset({"expression-language", "extension-not-read", "script"})
"""Rules whose line is that of the part of the element which is meant."""
B = f"{{{BPMN}}}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DRAWN = re.compile(
    "(?:Task|Event|Gateway|[sS]ubProcess|transaction|callActivity|Flow|association|participant|lane"
    "|Annotation|ObjectReference|StoreReference)$|^task$"
)


def findings(path: Path) -> tuple[Finding, ...]:
    return deployment.check({path.name: path.read_bytes()}).findings


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_every_rule_has_diagrams_and_a_page():
    folders = [folder.name for folder in sorted(DIAGRAMS.iterdir())]

    assert [each for each in folders if not each.startswith("decision-")] == RULES
    assert [rule for rule in RULES if not (PAGES / f"{rule}.md").exists()] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_valid_and_an_invalid_diagram(rule):
    names = {path.name for path in (DIAGRAMS / rule).iterdir()}

    assert {"valid.bpmn", "invalid.bpmn"} <= names
    assert [each for each in names if not re.fullmatch(r"(in)?valid(-[a-z-]+)?\.bpmn", each)] == []


@pytest.mark.parametrize("path", VALID, ids=named)
def test_nothing_is_found_in_a_valid_diagram(path):
    assert findings(path) == ()


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_what_is_invalid_is_found_where_the_annotation_is_tied(path):
    rule = path.parent.name

    found = [each for each in findings(path) if each.rule == rule]

    assert {each.element_id for each in found} == tied(xml.parse(path.read_bytes()))
    assert [each for each in found if not stands_at(path, each)] == []
    assert [each.message for each in found if "{" in each.message] == []


def tied(root: etree._Element) -> set[str]:
    """Give what the text annotations are tied to; that which has no place of its own where they are not."""
    notes = {each.get("id") for each in root.iter(f"{B}textAnnotation")}
    assert notes
    ends = {
        str(each.get("sourceRef"))
        for each in root.iter(f"{B}association")
        if each.get("targetRef") in notes
    }
    whole = root.find(f"{B}process")
    return ends or {str((root if whole is None else whole).get("id"))[:LONGEST_KEY]}


def stands_at(path: Path, finding: Finding) -> bool:
    """Tell whether a finding's line is the one on which its element, or a part of it, is written."""
    source = path.read_bytes()
    if finding.rule not in AT_A_PART:
        return f'id="{finding.element_id}' in source.decode().splitlines()[finding.line - 1]
    return finding.line in {
        node.sourceline
        for node in xml.parse(source).iter(etree.Element)
        if finding.element_id in {each.get("id") for each in (node, *node.iterancestors())}
    }


@pytest.mark.parametrize("rule", RULES)
def test_the_page_says_how_severe_it_is(rule):
    [said] = re.findall(r"^\*(.*)\*$", (PAGES / f"{rule}.md").read_text("utf-8"), re.MULTILINE)
    found = {
        str(each.severity)
        for path in INVALID
        if path.parent.name == rule
        for each in findings(path)
        if each.rule == rule
    }

    assert {each for each in ("error", "warning") if f" {each}" in said.lower()} == found


@pytest.mark.parametrize("path", VALID + INVALID, ids=named)
def test_a_diagram_can_be_opened_in_a_modeler(path):
    root = xml.parse(path.read_bytes())
    written = {
        str(each.get("id")) for each in root.iter(f"{B}*") if DRAWN.search(xml.local_name(each))
    }
    drawn = {
        str(each.get("bpmnElement"))
        for tag in ("BPMNShape", "BPMNEdge")
        for each in root.iter(f"{DI}{tag}")
    }

    assert written - drawn == set()
    assert drawn - {str(each.get("id")) for each in root.iter(f"{B}*")} == set()
