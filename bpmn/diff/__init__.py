"""
What changed between two versions of a BPMN file, for those who approve a version and those who audit it.

Every well-formed file is compared, also one that is not executed: a drawing of pools, a choreography, a file of
another product. So this reads the XML itself; the reader's description leaves out what is not executed.

A change of meaning is told apart from a change of the drawing, and how the XML is written is no change at all:
prefixes, the order of attributes, comments, a default that is spelled out, the name of the tool.

1. `contents` takes a file apart into subjects: all that stands in it is a fact about one of them; none can hide.
2. `pairs` finds which subject of the one file is which of the other: by the id, else by type, name and neighbours.
3. `changes` compares the facts of each pair.
4. `sentences` says a change in words.
"""

from bpmn.diff.changes import Change, Difference, Kind, compare
from bpmn.diff.sentences import Sentence, sentences
from bpmn.diff.vocabulary import What

__all__ = ["Change", "Difference", "Kind", "Sentence", "What", "compare", "sentences"]
