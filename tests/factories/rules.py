"""The names of rules, found in the code, so that none is forgotten where they must all be told of."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]


def rules(*folders: str) -> set[str]:
    """Give every rule that a finding is made with, also by a function that hands the rule on."""
    places = {"Finding": 1} | {
        node.name: names.index("rule")
        for tree in _trees("bpmn")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for names in [[each.arg for each in node.args.args if each.arg != "self"]]
        if "rule" in names
    }
    return {
        ast.literal_eval(rule)
        for tree in _trees(*folders)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for place in [places.get(ast.unparse(node.func).rpartition(".")[2])]
        if place is not None and len(node.args) > place + 1  # what it says comes next
        for rule in [node.args[place]]
        if isinstance(rule, ast.Constant)
    }


def _trees(*folders: str) -> list[ast.Module]:
    return [
        ast.parse(path.read_bytes())
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]
