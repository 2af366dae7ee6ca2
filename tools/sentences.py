# ruff: noqa: INP001  a tool for Babel; nothing in the house imports it
"""
A Babel extractor for the sentences of the floors below the web, which know no language.

What goes wrong there travels as an English template with {placeholders} and is translated at the door
(`web.language.say`). No call marks a template, so this finds them by what they are:

* a text that reads as a sentence, wherever it stands (an exception, a finding, a table of a lint rule): it begins
  with a capital, a quotation mark or a placeholder, and ends with a full stop, a question mark or a placeholder;
* the first text given to an exception, the second given to a method `add` of notes, and the third given to a
  finding or a break, whatever it looks like;
* the values of a table that is called `ENGLISH`, which are words;
* the docstring of an exception of the engine, which is what it says when nothing else is said.

Other docstrings are for us. Ordinary gettext calls are found as well, so that a file needs one extractor only.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_python

SENTENCE = re.compile(r"(?:[A-ZÅÄÖ]|['“{])[^\n]* [^\n]*(?:[.?]|\{\w+\})")
ERRORS = re.compile(
    r"(?:BpmnError|EngineError|NotFound|Conflict|NotAllowed|NotSignedIn|RecordUnreadable|Invalid\w*|NoSuchWait|StateUnreadable"
    r"|ExpressionFailed|SignInRefused|ProviderSilent|BudgetExceeded|VersionUnreadable|Problem|refusal)"
)
PLACES = {"add": 1, "Finding": 2, "Break": 2}
"""Which argument is the sentence; an exception's is the first."""
WORDS = "ENGLISH"
"""What a table of words is called."""
SAID = frozenset({"EngineError", "NotFound", "Conflict", "NotAllowed", "NotSignedIn", "Invalid"})
"""Exceptions that say their docstring; so do those derived from them."""

Message = tuple[int, str, Any, list[str]]


def extract(
    file: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Message]:
    tree = ast.parse(file.read())
    for line, sentence in sorted(set(_sentences(tree))):
        yield line, "gettext", sentence, []
    file.seek(0)
    yield from extract_python(file, keywords, comment_tags, options)


def _sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    silent = _unsaid(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in silent and SENTENCE.fullmatch(node.value):
                yield node.lineno, node.value
        elif isinstance(node, ast.Call):
            yield from _told(node)
        elif isinstance(node, ast.AnnAssign) and _name(node.target) == WORDS:
            yield from _texts_of(node)
        elif isinstance(node, ast.ClassDef) and _says_its_docstring(node):
            yield node.lineno, (ast.get_docstring(node) or "").strip()


def _unsaid(tree: ast.Module) -> set[int]:
    """Return what nobody is told: docstrings, and the parts of texts that are put together."""
    unsaid = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            unsaid.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            unsaid.update(id(each) for each in ast.walk(node))
    return unsaid


def _told(call: ast.Call) -> Iterator[tuple[int, str]]:
    name = _name(call.func)
    place = 0 if ERRORS.fullmatch(name) else PLACES.get(name)
    if place is None:
        return
    given = [
        *call.args[place : place + 1],
        *(each.value for each in call.keywords if each.arg == "template"),
    ]
    for each in given:
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.lineno, each.value


def _texts_of(table: ast.AnnAssign) -> Iterator[tuple[int, str]]:
    for node in ast.walk(table):
        if isinstance(node, ast.Dict):
            for each in node.values:
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.lineno, each.value


def _says_its_docstring(node: ast.ClassDef) -> bool:
    bases = {_name(base) for base in node.bases}
    return bool(ast.get_docstring(node) and (bases & SAID or node.name == "EngineError"))


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
