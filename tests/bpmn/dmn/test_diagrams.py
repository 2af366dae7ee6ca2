"""
Drawn decisions for rules about tables, as `tests/bpmn/lint/test_rules.py` has them for rules about BPMN.

In `tests/diagrams/lint/<rule>/` each `invalid*.dmn` breaks the rule, and a text annotation is tied to the decision
that does. Each `valid*.dmn` is what may be drawn instead, and no rule has anything to say about it.
"""

import re
from pathlib import Path

import pytest
from lxml import etree

from bpmn import deployment, xml
from bpmn.xml import local_name
from tests.factories.rules import ROOT, rules

DIAGRAMS = ROOT / "tests/diagrams/lint"
FOLDERS = sorted(path for path in DIAGRAMS.iterdir() if path.name.startswith("decision-"))
VALID = sorted(DIAGRAMS.glob("*/valid*.dmn"))
INVALID = sorted(DIAGRAMS.glob("*/invalid*.dmn"))


def findings(path: Path):
    return deployment.check({path.name: path.read_bytes()}).findings


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def ids(root: etree._Element, *tags: str) -> set[str]:
    return {str(each.get("id")) for each in root.iter(etree.Element) if local_name(each) in tags}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_rule_has_a_valid_and_an_invalid_diagram(folder):
    names = {path.name for path in folder.iterdir()}

    assert folder.name in rules("bpmn/dmn")
    assert {"valid.dmn", "invalid.dmn"} <= names
    assert [each for each in names if not re.fullmatch(r"(in)?valid(-[a-z-]+)?\.dmn", each)] == []


@pytest.mark.parametrize("path", VALID, ids=named)
def test_nothing_is_found_in_a_valid_diagram(path):
    assert findings(path) == ()


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_what_is_invalid_is_found_where_the_annotation_is_tied(path):
    root = xml.parse(path.read_bytes())
    tied = {
        str(each.get("href")).removeprefix("#")
        for each in root.iter(etree.Element)
        if local_name(each) == "sourceRef"
    }

    found = findings(path)

    assert [(each.rule, {each.element_id}) for each in found] == [(path.parent.name, tied)]
    assert [each.message for each in found if "{" in each.message] == []


@pytest.mark.parametrize("path", VALID + INVALID, ids=named)
def test_a_diagram_can_be_opened_in_a_modeler(path):
    root = xml.parse(path.read_bytes())
    written = ids(
        root, "decision", "inputData", "informationRequirement", "textAnnotation", "association"
    )
    drawn = {
        str(each.get("dmnElementRef"))
        for each in root.iter(etree.Element)
        if local_name(each) in {"DMNShape", "DMNEdge"}
    }

    assert written == drawn
