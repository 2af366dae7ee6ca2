"""
Python's syntax for expressions and scripts, read into FEEL's tree.

It is the syntax and nothing else: of Python only the parser is asked, and what has no reader here is refused with
a sentence that says what to write instead.
"""

from bpmn.scripting.python.expressions import read
from bpmn.scripting.python.scripts import Script
from bpmn.scripting.python.scripts import read as read_script

__all__ = ["Script", "read", "read_script"]
