"""File names as they are kept: what a stranger calls a file, without what could deceive or lead elsewhere."""

import re
from unicodedata import category, normalize

from engine.errors import Invalid

LONGEST = 150
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of Unicode: controls, what turns the direction of writing, halves of pairs, breaks of lines."""


def cleaned(name: str) -> str:
    """
    Return the last part of a path without what cannot be seen.

    Raises `Invalid` where nothing is left.
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(each for each in normalize("NFC", last) if category(each) not in INVISIBLE)
    plain = re.sub(r"\s+", " ", seen).strip(" .")
    if not plain:
        raise Invalid("The file has no name.")
    if len(plain) <= LONGEST:
        return plain
    kept = f".{ending(plain)}"[-10:]
    return f"{plain[: LONGEST - len(kept)]}{kept}"


def ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
