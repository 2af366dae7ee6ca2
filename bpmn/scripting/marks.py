"""
How models mark that a text is an expression: `=…` (FEEL), `${…}` or `#{…}` (JUEL: Camunda 7, its heirs).

The latter may also stand inside a text, as in `Order ${number}`: then the whole is the text put together.
"""

import re
from collections.abc import Iterator

from bpmn.feel import Limits, tree
from bpmn.feel.tree import Node
from bpmn.scripting import juel, trees
from bpmn.scripting.errors import InvalidExpression

JUEL = re.compile(r"[$#]\{((?:[^{}'\"]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")*)\}")

OPENED = re.compile(r"[$#]\{")
LONGEST = 20_000
"""Characters of a text that holds expressions."""


def read(text: str, limits: Limits) -> Node | None:
    """
    Return the tree of a text marked as JUEL, None where it is just a text.

    Raises `InvalidExpression` for what is marked and cannot be read.
    """
    opened = OPENED.search(text)
    if opened is None:
        return None
    longest = min(limits.text, LONGEST)
    if len(text) > longest:
        raise InvalidExpression(
            "The text is longer than {limit} characters.", line=1, column=1, limit=longest
        )
    found = list(JUEL.finditer(text))
    if not found:
        raise InvalidExpression(
            "The expression that begins here does not end.", line=1, column=opened.start() + 1
        )
    if found[0].group() == text.strip():
        return juel.read(text, *found[0].span(1))
    return trees.called("${}", *_parts(text))


def _parts(text: str) -> Iterator[Node]:
    """Return the texts and the expressions of which a text is made."""
    ended, text = len(text) - len(text.lstrip()), text.rstrip()
    for each in JUEL.finditer(text):
        if each.start() > ended:
            yield tree.Literal(text[ended : each.start()])
        yield juel.read(text, *each.span(1))
        ended = each.end()
    if ended < len(text):
        yield tree.Literal(text[ended:])


def is_marked(text: str) -> bool:
    """Tell whether a text is an expression, or holds one."""
    return text.strip().startswith("=") or OPENED.search(text) is not None


def is_template(text: str) -> bool:
    """Tell whether a text holds expressions of Camunda 7, as names and titles may."""
    return JUEL.search(text) is not None
