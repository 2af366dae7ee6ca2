"""
The expressions of a definition, all in FEEL.

A question that appears because of an answer further down would jump into view above the reader's
eyes: what decides how a question stands looks at the fields above it, and at the variables of the
case. A rule is asked at the end and may look at every answer.
"""

import re
from collections.abc import Collection, Sequence

from bpmn import feel
from bpmn.feel import Expression
from bpmn.forms import limits, vocabulary
from bpmn.forms.answers.texts import printable
from bpmn.forms.fields import Query, Rule
from bpmn.forms.strict import Entry
from bpmn.scripting.texts import GIVEN

WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


def condition(entry: Entry, key: str, below: Collection[object]) -> Expression | None:
    """Return a condition, if there is one."""
    return read_feel(entry, "form-condition", key, below) if key in entry.content else None


def read_feel(
    entry: Entry, rule: str, key: str, below: Collection[object] = (), text: str | None = None
) -> Expression | None:
    """Return the expression under a key, or note what is wrong with it."""
    text = entry.word(key) if text is None else text
    if not text:
        return None
    try:
        expression = feel.read(text, GIVEN)
    except feel.InvalidExpression as error:
        entry.add(
            rule,
            "{place}: '{key}' is '{text}', which cannot be read: {reason}",
            key=key,
            text=printable(text),
            reason=str(error),
        )
        return None
    for name in sorted(name for name in expression.names if not name.isidentifier()):
        entry.add(
            rule,
            "{place}: '{key}' looks at '{name}', which cannot be the name of an answer;"
            " expressions are written in FEEL.",
            key=key,
            name=printable(name),
        )
    for name in sorted(name for name in expression.names if name in below):
        entry.add(
            rule,
            "{place}: '{key}' looks at '{name}', which does not stand above it.",
            key=key,
            name=name,
        )
    return expression


def prefill(entry: Entry) -> Expression | Query | None:
    given = entry.content.get("prefill")
    if given is None:
        return None
    if not isinstance(given, dict):
        return read_feel(entry, "form-prefill", "prefill")
    query = entry.inside("prefill")
    query.only(vocabulary.QUERY)
    name = query.word("query")
    if name and not WORD.fullmatch(name):
        query.add(
            "form-prefill",
            "{place}: The name of the query, '{name}', must be a letter a-z, then letters, digits"
            " and _ . -",
            name=printable(name),
        )
    return Query(name, _arguments(query))


def _arguments(query: Entry) -> dict[str, Expression]:
    if "arguments" not in query.content:
        return {}
    given = query.content["arguments"]
    if not isinstance(given, dict) or len(given) > limits.ARGUMENTS:
        query.add(
            "form-prefill",
            "{place}: 'arguments' must be an object with at most {limit} expressions.",
            limit=limits.ARGUMENTS,
        )
        return {}
    inside = query.inside("arguments")
    read = {printable(name): read_feel(inside, "form-prefill", name) for name in given}
    return {name: each for name, each in read.items() if each is not None}


def rules(entry: Entry, names: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules that the answers under these names have to keep together."""
    if "rules" not in entry.content:
        return ()
    read = []
    for each in entry.entries("rules", limits.RULES):
        each.only(vocabulary.RULE)
        holds = read_feel(each, "form-rule", "holds")
        message, name = each.text("message"), each.word("field")
        if name and name not in names:
            each.add(
                "form-rule",
                "{place}: There is no field '{name}' for the message to stand at.",
                name=printable(name),
            )
        if holds is not None:
            read.append(Rule(holds, message, name))
    return tuple(read)
