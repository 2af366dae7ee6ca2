"""
From text to a syntax tree, which is all that Python's own parser is asked for.

The parser is written in C and meets the texts of strangers, so these are short before it starts: 20 000
characters need less than a megabyte of its stack, whatever they nest. What it refuses, in whatever way,
is refused here with a place and a sentence. An expression is parsed in brackets, so that it may go over
several lines; that these are *its* brackets shows in where the tree begins.
"""

import ast
import re
import textwrap
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bpmn.feel import Limits
from bpmn.scripting.errors import InvalidExpression
from bpmn.scripting.python import source as texts
from bpmn.scripting.python.source import Source

Tree = TypeVar("Tree", bound=ast.AST)

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
HINTS = (
    (re.compile(r"&&"), "Conditions are joined with 'and', not with '&&'."),
    (re.compile(r"\|\|"), "Conditions are joined with 'or', not with '||'."),
    (re.compile(r"===|!=="), "Values are compared with '==' and '!='."),
    (re.compile(r"<>"), "Values differ with '!=', not with '<>'."),
    (re.compile(r"!(?!=)"), "The opposite is written 'not', not '!'."),
    (
        re.compile(r"[$#]\{"),
        "Variables are written by their names, without a dollar sign and braces.",
    ),
    (re.compile(r"\?"), "A choice is written 'a if condition else b'."),
    (
        re.compile(r"\b(?:eq|ne|lt|gt|le|ge)\b"),
        "Values are compared with ==, !=, <, >, <= and >=, not with words.",
    ),
)
"""What other languages write, and what is written here; looked for where the parser gave up."""
SINGLE_EQUALS = (
    re.compile(r"(?<![=!<>:])=(?!=)"),
    "Two values are compared with '==', not with '='.",
)


def expression(text: str, limits: Limits) -> tuple[ast.expr, Source]:
    """Parse one expression; raises `InvalidExpression`."""
    source = texts.read(text, limits)
    tree = _parsed(lambda: ast.parse(f"(\n{source.text}\n)", mode="eval"), source, above=1)
    node = ast.increment_lineno(tree, -1).body
    if node.lineno < 1 and isinstance(node, ast.Tuple):
        if not node.elts:
            raise source.refusal(1, 1, "The expression is empty.")
        raise source.refusal(1, 1, "A list is written in brackets: [a, b].")
    if node.lineno < 1:
        raise source.refusal(1, 1, "The brackets do not belong together.")
    return node, source


def script(text: str, limits: Limits) -> tuple[list[ast.stmt], Source]:
    """Parse statements, all of which may be indented alike; raises `InvalidExpression`."""
    written = texts.read(text, limits)
    plain = textwrap.dedent(written.text)
    lines = tuple(plain.split("\n"))
    margin = max(map(len, written.lines)) - max(map(len, lines))
    source = replace(written, lines=lines, margin=margin)
    return _parsed(lambda: ast.parse(plain), source).body, source


def _parsed(parse: Callable[[], Tree], source: Source, above: int = 0) -> Tree:
    try:
        return parse()
    except SyntaxError as error:
        line = (error.lineno or 1) - above
        hints = (*HINTS, SINGLE_EQUALS) if above else HINTS
        raise _unreadable(source, line, error, hints) from error
    except ValueError as error:
        raise source.refusal(
            1, 1, "The text holds characters that no text has, such as a zero byte."
        ) from error
    except (RecursionError, MemoryError) as error:
        raise source.refusal(1, 1, "The text is nested too deeply.") from error


def _unreadable(
    source: Source, line: int, error: SyntaxError, hints: tuple[tuple[re.Pattern[str], str], ...]
) -> InvalidExpression:
    line = min(max(line, 1), len(source.lines))
    column = error.offset or 1
    code = QUOTED.sub("''", source.lines[line - 1])
    for sign, hint in hints:
        if sign.search(code):
            return source.refusal(line, column, hint)
    return source.refusal(line, column, "This cannot be read: {problem}.", problem=error.msg)
