"""
How models mark that a text is an expression: `=…` (FEEL), `${…}` or `#{…}` (JUEL: Camunda 7, its heirs).

The latter may also stand inside a text, as in `Order ${number}`: then the whole is the text put together.
"""

import re

from bpmn.scripting import juel
from bpmn.scripting.errors import InvalidExpression
from bpmn.scripting.limits import DEFAULT

JUEL = re.compile(r"[$#]\{((?:[^{}'\"]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")*)\}")

OPENED = re.compile(r"[$#]\{")


def expression_in(text: str) -> str | None:
    """
    Return the expression of a text marked as JUEL, None where it is just a text.

    Raises `InvalidExpression` for what is marked and cannot be read.
    """
    text = text.strip()
    if len(text) > DEFAULT.text and OPENED.search(text):
        raise InvalidExpression(
            "The text is longer than {limit} characters.", line=1, column=1, limit=DEFAULT.text
        )
    whole = JUEL.fullmatch(text)
    if whole is not None:
        return juel.rewritten(whole.group(1))
    if JUEL.search(text) is None:
        opened = OPENED.search(text)
        if opened is None:
            return None
        raise InvalidExpression(
            "The expression that begins here does not end.", line=1, column=opened.start() + 1
        )
    pieces = JUEL.split(text)
    said = [
        f"shown({juel.rewritten(piece)})" if number % 2 else repr(piece)
        for number, piece in enumerate(pieces)
        if piece
    ]
    return " + ".join(said)


def is_marked(text: str) -> bool:
    """Tell whether a text is an expression, or holds one."""
    return text.strip().startswith("=") or OPENED.search(text) is not None


def is_template(text: str) -> bool:
    """Tell whether a text holds expressions of Camunda 7, as names and titles may."""
    return JUEL.search(text) is not None


def unmarked(text: str) -> str:
    """Return the expression of a text that is one, marked or not: a condition."""
    return expression_in(text) or text.strip()
