"""What people read of a file: names for elements, and texts short enough for a line."""

from bpmn.diff.contents import Contents
from bpmn.diff.subjects import Subject
from bpmn.diff.vocabulary import FLOWS, What
from bpmn.diff.writing import Token

LONGEST_NAME = 100
LONGEST_TEXT = 500
LEAD = 50
"""How much is shown before the place where two long texts part."""


def label(subject: Subject, file: Contents) -> str:
    """Return what a subject is called: its name, its text, what a flow connects, else its id."""
    if subject.name is None and subject.type in FLOWS:
        ends = (None if end is None else file.subjects[end] for end in file.ends(subject))
        return " → ".join("?" if end is None else _title(end) for end in ends)
    return _title(subject)


def name(subject: Subject) -> str | None:
    return None if subject.name is None else _short(subject.name, LONGEST_NAME)


def fact(tokens: list[Token] | None, file: Contents, *, exact: bool) -> str | None:
    """Return a fact as a text; an exact one has ids in place of names, and says what kind of part spoke."""
    if tokens is None:
        return None
    return "".join(_token(token, file, exact=exact) for token in tokens)


def excerpts(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Shorten two texts so that the first place where they differ is seen."""
    start = 0
    if len(before or "") > LONGEST_TEXT or len(after or "") > LONGEST_TEXT:
        start = max(0, _parting(before or "", after or "") - LEAD)
    return _excerpt(before, start), _excerpt(after, start)


def _token(token: Token, file: Contents, *, exact: bool) -> str:
    if token.kind == "mark":
        return f"{token.text}: " if exact else ""
    number = file.referred(token)
    if number is None:
        return token.text
    subject = file.subjects[number]
    return (exact and subject.id) or label(subject, file)


def _title(subject: Subject) -> str:
    text = "".join(each.text for each in subject.facts.get(What.TEXT, ()) if each.kind == "text")
    return _short(subject.name or text or subject.id or subject.type, LONGEST_NAME)


def _parting(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next(
        (place for place, (left, right) in enumerate(pairs) if left != right),
        min(len(one), len(other)),
    )


def _excerpt(text: str | None, start: int) -> str | None:
    if text is None:
        return None
    return ("…" if start else "") + _short(text[start : start + LONGEST_TEXT + 1], LONGEST_TEXT)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
