"""The runner of the DMN TCK judges by value and by type, and the corpus beside the project passes."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from tests.conformance import tck

MODEL = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="x" name="x">
  <inputData id="n" name="n"><variable name="n"/></inputData>
  <decision id="twice" name="Twice"><variable name="Twice"/>
    <informationRequirement><requiredInput href="#n"/></informationRequirement>
    <literalExpression><text>n * 2</text></literalExpression></decision>
</definitions>"""

CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>x.dmn</modelName>
  <testCase id="1">
    <inputNode name="n"><value xsi:type="xsd:decimal">{given}</value></inputNode>
    <resultNode name="{asked}"><expected><value xsi:type="xsd:{type}">{expected}</value></expected></resultNode>
  </testCase>
</testCases>"""


@pytest.mark.parametrize(
    ("given", "asked", "kind", "expected", "verdict"),
    [
        ("2", "Twice", "decimal", "4.0", "pass"),
        ("2", "Twice", "decimal", "5", "fail"),
        ("2", "Twice", "string", "4", "fail"),
        ("2", "Thrice", "decimal", "6", "error"),
        ("1.23456789", "Twice", "double", "2.469135780000001", "pass"),
        ("1.23456789", "Twice", "double", "2.4691359", "fail"),
    ],
)
def test_a_case_has_a_verdict(tmp_path, given, asked, kind, expected, verdict):
    (tmp_path / "x.dmn").write_bytes(MODEL)
    text = CASES.format(given=given, asked=asked, type=kind, expected=expected)
    (tmp_path / "x-test-01.xml").write_text(text, encoding="utf-8")

    [cases] = tck.files(tmp_path)
    [line] = tck.judged(cases, tmp_path)

    assert line["verdict"] == verdict
    assert line.keys() == {"folder", "case", "node", "verdict", "expected", "got"}
    assert json.dumps(line)


@pytest.mark.parametrize(
    ("expected", "got", "alike"),
    [
        (None, None, True),
        (None, 0, False),
        (True, 1, False),
        (Decimal(1), True, False),
        (Decimal(1), 1, True),
        ("1", 1, False),
        ([Decimal(1)], [1], True),
        ([Decimal(1)], [1, 2], False),
        ({"a": None}, {}, False),
        ({"a": [True]}, {"a": [True]}, True),
        (date(2026, 5, 4), date(2026, 5, 4), True),
        (date(2026, 5, 4), "2026-05-04", False),
    ],
)
def test_values_are_compared_by_type(expected, got, alike):
    assert tck.same(expected, got) is alike


@pytest.mark.skipif(not tck.KIT.exists(), reason="the corpora are not beside the project")
def test_the_corpus_passes_but_for_functions_in_java():
    verdicts: Counter[str] = Counter()
    for cases in tck.files(tck.KIT):
        if "external-java" not in cases.path.parent.name:
            verdicts.update(line["verdict"] for line in tck.judged(cases, tck.KIT))

    assert verdicts.keys() == {"pass"}
