"""
The functions of other languages than FEEL, for the trees that are made of them; all there are.

The keys cannot be written as names in any of these languages, so that no variable is taken for a function. A
function gets plain values and the run that pays for it, and calls nothing of its arguments but a function that the
tree itself has made.
"""

from collections.abc import Mapping

from bpmn.feel.builtins import LIBRARY as FEEL
from bpmn.feel.builtins import conversion
from bpmn.feel.builtins import numeric as feel_numeric
from bpmn.feel.builtins.signatures import builtin
from bpmn.feel.functions import Invocable
from bpmn.scripting.functions import entries, lists, numeric, signs, strings

LEFT_RIGHT = "left: any, right: any"

SIGNS: Mapping[str, Invocable] = {
    "==": builtin("==", (LEFT_RIGHT, signs.equal)),
    "!=": builtin("!=", (LEFT_RIGHT, signs.unequal)),
    "~=": builtin("==", (LEFT_RIGHT, signs.alike)),
    "!~": builtin("!=", (LEFT_RIGHT, signs.unlike)),
    "is true": builtin("true", ("value: any", signs.true)),
    "is not true": builtin("not", ("value: any", signs.untrue)),
    "is believed": builtin("true", ("value: any", signs.believed)),
    "is denied": builtin("not", ("value: any", signs.denied)),
    "is empty": builtin("empty", ("value: any", signs.empty)),
    "is in": builtin("in", (LEFT_RIGHT, signs.contains)),
    "is not in": builtin("not in", (LEFT_RIGHT, signs.absent)),
    "+": builtin("+", ("first: any, more?: any...", signs.added)),
    "*": builtin("*", ("first: any, more?: any...", signs.multiplied)),
    "//": builtin("//", ("left: number, right: number", signs.quotient)),
    "%": builtin("%", ("left: number, right: number", signs.modulo)),
    "remainder of": builtin("%", ("left: number, right: number", signs.remainder)),
    "[]": builtin("[]", ("whole: any, key: any", entries.item)),
    "[:]": builtin("[:]", ("whole: any, start: any, end: any, step: any", entries.part)),
    "{}": builtin("{}", ("entries?: any...", entries.context)),
    "each of": builtin("each", ("what: function, items: any", lists.each)),
    "f''": builtin("f", ("parts?: any...", strings.put_together)),
    "now()": FEEL["now"],
    "${}": builtin("${}", ("parts?: any...", strings.filled)),
}
"""What is written with signs and words."""

NAMED: Mapping[str, Invocable] = {
    each.name: each
    for each in (
        builtin("abs", ("number: some", feel_numeric.abs_)),
        builtin("all", ("items: some", lists.all_true)),
        builtin("any", ("items: some", lists.any_true)),
        builtin("bool", ("value: any", signs.true)),
        builtin("date", ("value: some", conversion.date_from)),
        builtin("datetime", ("value: some", conversion.date_and_time_from)),
        builtin("float", ("value: some", numeric.real)),
        builtin("int", ("value: some", numeric.integer)),
        builtin("len", ("whole: some", lists.length)),
        builtin("max", ("first: any, more?: any...", lists.largest)),
        builtin("min", ("first: any, more?: any...", lists.smallest)),
        builtin("range", ("start: number, end?: number, step?: number", lists.sequence)),
        builtin(
            "round",
            (
                "number: number, places?: number or null",
                feel_numeric.rounding("ROUND_HALF_EVEN"),
            ),
        ),
        builtin("sorted", ("items: some", lists.in_order)),
        builtin("str", ("value: any", strings.text)),
        builtin("sum", ("items: some", lists.total)),
    )
}
"""What is called by its name in Python's syntax."""

METHODS: Mapping[str, Invocable] = {
    each.name: each
    for each in (
        builtin("endswith", ("text: string, end: string", strings.ends_with)),
        builtin("get", ("entries: context, name: string, otherwise?: any", entries.get)),
        builtin("items", ("entries: context", entries.pairs)),
        builtin("join", ("separator: string, parts: some", strings.join)),
        builtin("keys", ("entries: context", entries.keys)),
        builtin("lower", ("text: string", strings.lower)),
        builtin("replace", ("text: string, old: string, new: string", strings.replace)),
        builtin("split", ("text: string, separator?: string or null", strings.split)),
        builtin("startswith", ("text: string, start: string", strings.starts_with)),
        builtin("strip", ("text: string, characters?: string or null", strings.strip)),
        builtin("upper", ("text: string", strings.upper)),
        builtin("values", ("entries: context", entries.entries_of)),
    )
}
"""What is written after a value and a point in Python's syntax."""

OF_JUEL: Mapping[str, Invocable] = {
    each.name: each
    for each in (
        builtin("contains", ("whole: any, item: any", signs.holds)),
        builtin("endsWith", ("text: string, end: string", strings.ends_with)),
        builtin("equals", (LEFT_RIGHT, signs.equal)),
        builtin("get", ("whole: any, key: any", entries.got)),
        builtin("isEmpty", ("whole: any", signs.empty)),
        builtin("length", ("whole: any", lists.length)),
        builtin("size", ("whole: any", lists.length)),
        builtin("startsWith", ("text: string, start: string", strings.starts_with)),
        builtin("toLowerCase", ("text: string", strings.lower)),
        builtin("toString", ("value: any", strings.shown)),
        builtin("toUpperCase", ("text: string", strings.upper)),
    )
}
"""Java's methods that models call on plain values."""

LIBRARY: Mapping[str, Invocable] = {
    **SIGNS,
    **{f"{name}()": each for name, each in NAMED.items()},
    **{f".{name}()": each for name, each in METHODS.items()},
    **{f"${{.{name}()}}": each for name, each in OF_JUEL.items()},
}
