"""
Passwords: what may be one, and how one is kept.

Length is what protects (NIST SP 800-63B): no rules about kinds of characters, no changing by the calendar. What is
refused is what is tried first: words that everybody takes with digits around them, rows of keys, one's own name.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from engine.errors import Invalid
from engine.texts import can_be_kept

SHORTEST = 12
LONGEST = 1024
COMMON = """
administrator administratör användare qwertyuiop välkommen fredagsmys sommarlov kommunen lösenord losenord
välkomna password passwort starwars superman sunshine princess football baseball welcome hemligt hemlig iloveyou
letmein trustno master dragon monkey shadow admin asdfghjkl asdfgh qwerty azerty zxcvbnm zxcvbn höstlov jullov
kommun region skolan skola sommaren sommar vintern vinter våren hösten vår höst stockholm göteborg malmö sverige
sweden spring summer autumn winter januari februari mars april maj juni juli augusti september oktober november
december måndag tisdag onsdag torsdag fredag lördag söndag january february march june july august october
monday tuesday wednesday thursday friday saturday sunday secret changeme test demo user guest root pass rutin
abc abcdef hej hejsan mamma pappa fotboll hockey älskling
"""
"""Words that everybody takes, in Swedish and English."""
_BY_LENGTH = sorted(COMMON.split(), key=lambda word: (-len(word), word))
GUESSABLE = "This password is among the first that would be tried. Take another, for example four words in a row."

# No digit and letter that look alike, and no vowels: what comes out is no word.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_GROUPS, _GROUP = 4, 4

_hasher = PasswordHasher()


@cache
def _nobodys() -> str:
    """Return a hash to verify when there is no such account: a wrong name takes as long as a wrong password."""
    return _hasher.hash(secrets.token_hex())


def kept(password: str, *, names: Iterable[str] = ()) -> str:
    """
    Return the hash of a password that somebody wants to have; `names` are those of its owner.

    Takes some hundredths of a second on purpose. Raises `Invalid` when it cannot be a password.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(
            "A password has {shortest} to {longest} characters.",
            shortest=SHORTEST,
            longest=LONGEST,
        )
    if not can_be_kept(password):
        raise Invalid("There are characters that cannot be kept.")
    if is_guessable(password, names=names):
        raise Invalid(GUESSABLE)
    return _hasher.hash(password)


@dataclass(frozen=True, slots=True)
class OneTime:
    """A password to hand on: random, and such that it can be read aloud."""

    password: str
    hash: str


def one_time() -> OneTime:
    """Make one, which takes as long as `kept`."""
    groups = ["".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS)]
    password = "-".join(groups)
    return OneTime(password, _hasher.hash(password))


def fits(password: str, kept_hash: str | None) -> bool:
    """
    Tell whether a password is the one that was kept; without one it takes as long, and does not fit.

    Takes some hundredths of a second on purpose: call it outside a transaction that changes things.
    """
    if not can_be_kept(password):
        password = ""
    try:
        _hasher.verify(kept_hash or _nobodys(), password[:LONGEST])
    except VerificationError:
        return False
    return kept_hash is not None


def is_guessable(password: str, *, names: Iterable[str] = ()) -> bool:
    """Tell whether hardly anything is left of a password without what would be tried first."""
    text = password.lower()
    few = len(set(text)) < 5
    only_digits = len(text) <= 14 and not re.search(r"[^\W\d]", text)  # an identity number, a date
    return few or only_digits or _is_row(text) or _is_common(text, names)


def _is_common(text: str, names: Iterable[str]) -> bool:
    letters = left = re.sub(r"[^a-zåäöéü]", "", text)
    for word in [*_parts(names), *_BY_LENGTH]:
        left = left.replace(word, "")
    return left != letters and len(left) < 4


def _parts(names: Iterable[str]) -> list[str]:
    """Return the words of somebody's names that are long enough to be taken as a password."""
    words = {each for name in names for each in re.findall(r"[a-zåäöéü]{3,}", name.lower())}
    return sorted(words, key=lambda word: (-len(word), word))


def _is_row(text: str) -> bool:
    """Tell whether nearly every character is the neighbour of the one before: abcdef, 98765, aaaa."""
    near = sum(abs(ord(one) - ord(other)) <= 1 for one, other in pairwise(text))
    return near >= 0.8 * (len(text) - 1)
