"""
What the dialects say about an element, read into one set of values.

Camunda 7 and its heirs write attributes, Camunda 8 writes extension elements, SpiffArena writes name-value
properties; they mean the same few things. What a dialect says and we do not read is reported with the model.
"""

from bpmn.extensions.activities import (
    call,
    called_decision,
    called_process,
    confines,
    decision_result,
    inputs,
    loop,
    outputs,
    unread_binding,
)
from bpmn.extensions.areas import area
from bpmn.extensions.dialects import said
from bpmn.extensions.people import role, work
from bpmn.extensions.programs import correlation, job, script, script_around
from bpmn.extensions.shortcuts import shortcut
from bpmn.extensions.unread import unread
from bpmn.extensions.variables import searchable

__all__ = [
    "area",
    "call",
    "called_decision",
    "called_process",
    "confines",
    "correlation",
    "decision_result",
    "inputs",
    "job",
    "loop",
    "outputs",
    "role",
    "said",
    "script",
    "script_around",
    "searchable",
    "shortcut",
    "unread",
    "unread_binding",
    "work",
]
