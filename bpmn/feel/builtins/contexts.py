"""Contexts (§10.3.4.8)."""

from collections.abc import Sequence
from typing import Any

from bpmn.feel import values
from bpmn.feel.builtins.signatures import builtin
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.run import Run


def get_value(run: Run, context: dict[str, Any], key: Any) -> Any:  # noqa: ARG001
    """Return an entry, also one within others: keys may be a list."""
    keys = key if type(key) is list else [key]
    found: Any = context
    for each in keys:
        if type(each) is not str:
            raise NoValue("The name of an entry is a text, not a {kind}.", kind=values.kind(each))
        if type(found) is not dict or each not in found:
            raise NoValue("The context has no entry '{name}'.", name=each)
        found = found[each]
    return found


def get_entries(run: Run, context: dict[str, Any]) -> list[dict[str, Any]]:
    run.budget.items(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def context(run: Run, entries: list[Any]) -> dict[str, Any]:
    run.budget.items(len(entries))
    made: dict[str, Any] = {}
    for each in entries:
        if type(each) is not dict or type(each.get("key")) is not str or "value" not in each:
            raise NoValue("A context is made of contexts with the entries 'key' and 'value'.")
        if each["key"] in made:
            raise NoValue(
                "The context has two entries that are called '{name}'.", name=each["key"]
            )
        made[each["key"]] = each["value"]
    return made


def context_put(run: Run, whole: dict[str, Any], key: Any, value: Any) -> dict[str, Any]:
    """Return the context with one entry more, or with one that is nested, at the end of a list of keys."""
    keys = key if type(key) is list else [key]
    if not keys or not all(type(each) is str for each in keys):
        raise NoValue("An entry is named by a text, or by a list of texts.")
    run.budget.items(len(whole) + 1)
    first, *others = keys
    if not others:
        return {**whole, first: value}
    inner = whole.get(first)
    if type(inner) is not dict:
        raise NoValue("The context has no entry '{name}' that is a context.", name=first)
    return {**whole, first: context_put(run, inner, others, value)}


def context_merge(run: Run, contexts: Sequence[Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for each in contexts:
        if type(each) is not dict:
            raise NoValue("Only contexts are merged, not a {kind}.", kind=values.kind(each))
        run.budget.items(len(merged) + len(each))
        merged.update(each)
    return merged


FUNCTIONS: tuple[Invocable, ...] = (
    builtin("get value", ("m: context, key: some", get_value)),
    builtin("get entries", ("m: context", get_entries)),
    builtin("context", ("entries: list", context)),
    builtin(
        "context put",
        ("context: context, key: some, value: any", context_put),
        ("context: context, keys: some, value: any", context_put),
    ),
    builtin("context merge", ("contexts: list", context_merge)),
)
