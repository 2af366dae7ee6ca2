"""
What Python has and a model may not use, each with what to do instead.

The tables of what *is* allowed decide; this one only finds the words. Syntax that it does not know,
because Python learned it later, is refused as well.
"""

import ast
from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "AnnAssign": "A variable is assigned without a type: 'x = 1'.",
    "Assert": "There is no 'assert'; check with 'if' and throw with error(\"CODE\", \"message\").",
    "AsyncFor": "There is no 'async'; a loop is written with 'for'.",
    "AsyncFunctionDef": "A script may not define functions; write the statements in their order.",
    "AsyncWith": "There is no 'with'; a script opens nothing.",
    "Await": "There is no 'await'; a script waits for nothing.",
    "ClassDef": "A script may not define classes; use a dict with text keys.",
    "Delete": "There is no 'del'; assign None, or a new value without the entry.",
    "Dict": "A dict is written with its entries, without '**'.",
    "DictComp": "A dict is not made by a loop inside it; fill it with 'for' in a script.",
    "FunctionDef": "A script may not define functions; write the statements in their order.",
    "GeneratorExp": "A loop inside an expression stands in square brackets: [x for x in rows].",
    "Global": "There is no 'global'; a script sees and assigns the variables of its process.",
    "Import": "A script may not import modules; the functions it may call are always there.",
    "ImportFrom": "A script may not import modules; the functions it may call are always there.",
    "Lambda": "There is no 'lambda'; write the expression where it is needed.",
    "Match": "There is no 'match'; use 'if' and 'elif'.",
    "NamedExpr": "':=' is not used here; assign on a line of its own in a script, with '='.",
    "Nonlocal": "There is no 'nonlocal'; a script sees and assigns the variables of its process.",
    "Raise": 'There is no \'raise\'; throw a BPMN error with error("CODE", "message").',
    "Return": "There is no 'return'; assign the result to a variable.",
    "Set": "There are no sets; write a list in square brackets.",
    "SetComp": "There are no sets; write the loop in square brackets.",
    "Slice": "A ':' stands in square brackets after a list or a text, by itself.",
    "Starred": "There is no '*' before a value; name the items one by one.",
    "TemplateStr": "There are no t-texts; use f-texts.",
    "Try": "There is no 'try'; a script that fails becomes an incident that a person sees.",
    "TryStar": "There is no 'try'; a script that fails becomes an incident that a person sees.",
    "TypeAlias": "There is no 'type'; values need none.",
    "While": "There is no 'while'; loop with 'for' over a list or over range(...).",
    "With": "There is no 'with'; a script opens nothing.",
    "Yield": "There is no 'yield'; assign the result to a variable.",
    "YieldFrom": "There is no 'yield'; assign the result to a variable.",
}

OPERATORS: Mapping[str, str] = {
    "BitAnd": "There is no '&'; conditions are joined with 'and'.",
    "BitOr": "There is no '|'; conditions are joined with 'or'.",
    "BitXor": "There is no '^'; a power is written '**'.",
    "Invert": "There is no '~'; the opposite is written 'not'.",
    "LShift": "There is no '<<'; multiply instead.",
    "MatMult": "There is no '@' between values.",
    "RShift": "There is no '>>'; divide with '//' instead.",
}


def sentence(node: ast.AST) -> str:
    """Return why this syntax is refused."""
    return SENTENCES.get(type(node).__name__, "This part of Python is not allowed in a model.")


def operator_sentence(operator: ast.AST) -> str:
    """Return why this operator is refused."""
    return OPERATORS.get(type(operator).__name__, "This operator is not allowed in a model.")
