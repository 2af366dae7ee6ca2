"""Regular expressions mean what XPath says, and stop."""

import time

import pytest

from bpmn import feel
from tests.bpmn.feel.evaluating import setting, value, warned


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "expected"),
    [
        ("abracadabra", "^a.*a$", "", True),
        ("abracadabra", "^bra", "", False),
        ("a\nb", "a.b", "", False),
        ("a\nb", "a.b", "s", True),
        ("a\nb", "^b$", "", False),
        ("a\nb", "^b$", "m", True),
        ("a\n", "a$", "", False),
        ("ABC", "b", "i", True),
        ("hello world", "hello\\ sworld", "x", True),
        ("hello world", "he ll o[ ]world", "x", True),
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("b", "[a-z-[aeiou]]", "", True),
        ("e", "[a-z-[aeiou]]", "", False),
        ("a&b", "[&&]", "", True),
        ("-", "[a-]", "", True),
        ("^", "[\\^]", "", True),
        ("abab", "(ab)\\1", "", True),
        ("a_b", "^\\w+$", "", False),
        ("åäö", "^\\w+$", "", True),
        ("٣", "^\\d$", "", True),
        ("a:b-1", "^\\i\\c*$", "", True),
        ("1a", "^\\i", "", False),
        ("é", "\\p{IsLatin-1Supplement}", "", True),
        ("É", "\\p{Lu}", "", True),
        ("É", "\\P{Lu}", "", False),
        ("aaa", "^a{2,3}?$", "", True),
        ("ab", "(?:a)(b)", "", True),
    ],
)
def test_a_pattern_finds(text, pattern, flags, expected):
    variables = {"t": text, "p": pattern, "f": flags}

    assert value("matches(t, p, f)", variables) is expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(", ")", "[", "[]", "]", "{", "a{2,1}", "*", "a**", "a+*", "a++", "(?i)a", "(?=a)", "(?P<n>a)",
        "\\b", "\\x41", "\\", "(.)\\2", "(a\\1)", "\\p{Nothing}", "[[:alpha:]]", "[a", "[-[a]]", "\\0",
        "(a{9999}){9999}",
    ],
)  # fmt: skip
def test_what_xpath_does_not_have_is_refused(pattern):
    found, warnings = warned('matches("a", p)', {"p": pattern})

    assert found is None
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [
        ("[$1]", "a[b]c"),
        ("$0$0", "abbc"),
        ("$12", "ab2c"),
        ("$2", "ac"),
        ("\\$1", "a$1c"),
        ("\\\\", "a\\c"),
    ],
)
def test_a_replacement_takes_groups_over(replacement, expected):
    assert value('replace("abc", "(b)", r)', {"r": replacement}) == expected


@pytest.mark.parametrize("replacement", ["$", "$x", "\\", "\\1"])
def test_a_replacement_escapes_its_signs(replacement):
    assert warned('replace("abc", "(b)", r)', {"r": replacement})[0] is None


def test_a_pattern_that_takes_too_long_is_stopped():
    limits = feel.Limits(seconds=0.1)
    slow = feel.read('for i in 1..100 return matches(t, "(a|aa)+$")', ["t"], limits=limits)
    started = time.process_time()

    with pytest.raises(feel.BudgetExceeded) as caught:
        slow.evaluate({"t": "a" * 50 + "b"}, setting())

    assert time.process_time() - started < 1
    assert (caught.value.line, caught.value.column) == (1, 24)
