"""Models of other tools: each is drawn, with and without the diagram it brings; never a crash."""

from pathlib import Path

import pytest
from lxml import etree

from bpmn import namespaces, xml
from bpmn.diagram import diagrams, reading
from bpmn.diagram.arrangement import plan
from bpmn.diagram.kinds import EDGES, SHAPES
from bpmn.reader.tags import reference
from tests.bpmn.diagram.picture import Picture
from tests.conformance.__main__ import CORPORA

DI = f"{{{namespaces.BPMNDI}}}"
ROUTINES = Path(__file__).parents[3] / "bpmn" / "routines"
FOLDERS = [
    ROUTINES,
    *(
        pytest.param(
            CORPORA / each,
            marks=pytest.mark.skipif(
                not CORPORA.exists(), reason="the corpora are not beside the project"
            ),
        )
        for each in ("miwg", "camunda-bpm-examples")
    ),
]


def with_a_place(root: etree._Element) -> set[str]:
    """Return the elements that the file draws and that it has."""
    known = {each.get("id"): xml.local_name(each) for each in root.iter(etree.Element)}
    drawn = root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")
    keys = {reference(each.get("bpmnElement")) for each in drawn}
    return {each for each in keys if known.get(each) in SHAPES | EDGES}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_element_with_a_place_is_in_a_picture(folder):
    for path in sorted(folder.rglob("*.bpmn")):
        root = xml.parse(path.read_bytes())
        found = diagrams.read(root).planes
        pictures = [Picture(path.read_bytes(), diagram=each) for each in range(len(found))]

        missing = with_a_place(root) - {key for picture in pictures for key in picture.ids}

        assert missing == set(), path
        assert [each.left_out for each in found] == [0] * len(found), path


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_model_can_be_arranged(folder):
    for path in sorted(folder.rglob("*.bpmn")):
        root = xml.parse(path.read_bytes())
        content = reading.read(root)
        steps = {each.id for each in content.elements.values() if each.kind == "userTask"}

        diagram = plan.arrange(content)

        assert steps <= {each.element_id for each in diagram.shapes}, path
