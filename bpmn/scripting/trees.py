"""Trees of FEEL as the readers of other languages make them."""

from bpmn.feel import tree
from bpmn.feel.tree import START, Node, Position
from bpmn.feel.types import ANY

TRUTHS = frozenset(
    {"==", "!=", "~=", "!~", "is true", "is not true", "is believed", "is denied"}
    | {"is empty", "is in", "is not in"}
    | {"all()", "any()", "bool()", ".startswith()", ".endswith()"}
    | {f"${{.{name}()}}" for name in ("contains", "endsWith", "equals", "isEmpty", "startsWith")}
)
"""Functions that are always true or false."""


def called(function: str, *arguments: Node, at: Position = START) -> Node:
    return tree.Call(tree.Name(function, at=at), arguments, at=at)


def is_truth(node: Node) -> bool:
    """Tell whether a node is true or false, whatever the variables are."""
    if isinstance(node, tree.Call) and isinstance(node.function, tree.Name):
        return node.function.name in TRUTHS
    if isinstance(node, tree.Literal):
        return type(node.value) is bool
    return isinstance(node, tree.Comparison | tree.Junction)


def truth(node: Node, believing: str) -> Node:
    """Return what tells whether a value counts as true, by the function for it."""
    return node if is_truth(node) else called(believing, node, at=node.at)


def entry(whole: Node, key: Node, at: Position) -> Node:
    """Return `whole[key]`, where lists are counted from 0."""
    if isinstance(key, tree.Literal) and isinstance(key.value, str):
        return tree.Path(whole, key.value, at=at)
    return called("[]", whole, key, at=at)


def all_of(*operands: Node) -> Node:
    """Return `one and other`."""
    return tree.Junction(decisive=False, operands=operands, at=operands[0].at)


def held(name: str, value: Node, body: Node) -> Node:
    """Return a body that asks for a value under a name, and so works it out once."""
    function = tree.FunctionOf(((name, ANY),), body, at=value.at)
    return tree.Call(function, (value,), at=value.at)
