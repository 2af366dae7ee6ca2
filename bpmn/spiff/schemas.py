"""The schemas of the standard, which come with the library."""

from functools import cache
from pathlib import Path

from lxml import etree
from SpiffWorkflow.bpmn import parser


@cache
def bpmn() -> etree.XMLSchema:
    """Return the schema of BPMN 2.0 with its diagram interchange."""
    folder = Path(parser.__file__).parent / "schema"
    return etree.XMLSchema(file=str(folder / "BPMN20.xsd"))
