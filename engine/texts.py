"""What people write beside variables (a name, a reference, a reason): a text that both databases keep."""

from engine.errors import Invalid


def kept(text: str, sentence: str, *, shortest: int = 0, longest: int) -> str:
    """
    Return a text without the space around it.

    Raises `Invalid` with the sentence, which may name the {limit}, when it is too short or too long.
    """
    text = text.strip()
    if not shortest <= len(text) <= longest:
        raise Invalid(sentence, limit=longest)
    if not can_be_kept(text):
        raise Invalid("There are characters that cannot be kept: '{text}'.", text=ascii(text)[:80])
    return text


def can_be_kept(text: str) -> bool:
    """Tell whether a text is Unicode that a database takes: no NUL, no half of a surrogate pair."""
    return not any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)
