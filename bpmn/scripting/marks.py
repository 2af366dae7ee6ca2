"""How models mark that a text is an expression: `=…` (Camunda 8 and ours) or `${…}` (Camunda 7)."""


def expression_in(text: str) -> str | None:
    """Return the expression of a marked text, None where it is just a text."""
    text = text.strip()
    if text.startswith("="):
        return text[1:].strip()
    if text.startswith("${") and text.endswith("}"):
        return text[2:-1].strip()
    return None


def unmarked(text: str) -> str:
    """Return the expression of a text that is one, marked or not: a condition."""
    return expression_in(text) or text.strip()
