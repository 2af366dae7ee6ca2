"""
Looking at a page with everything that we ask of it, in as few loads as it takes: one in each language, and one
without scripts.

While a page stands open, its window is made wider and narrower and the theme changes, as it does for people.
Of width x theme x language these are pairs: Swedish has each width and both themes; English, whose words are of
other lengths, is seen where it is narrowest and where it is widest. What needs three at once to go wrong, such as
a Swedish word that is too long at 320 px in the dark alone, is let go. 320 px are also 1280 px at 400 % (WCAG
1.4.10).

The layout and the tree are asked each time: what is folded away depends on the width. axe and the keyboard take
longest and find the same in each language. Both are asked in Swedish: axe where a page is narrowest and where it
is widest, which is in both themes, and the keyboard where nothing is folded away.
"""

from collections import defaultdict
from collections.abc import Iterator

from tests.pages import checks
from tests.pages.row import Row, State
from tests.pages.windows import Opened, Shown, Windows

STEPS = {
    "sv": ((320, "light"), (390, "dark"), (1280, "dark")),
    "en": ((320, "dark"), (1280, "light")),
}
THOROUGHLY = "sv"
ASKED_BY_AXE = frozenset({320, 1280})


def look(windows: Windows, plain: Windows, row: Row) -> list[str]:
    """Return what is wrong with a page, each with where it was seen. In `plain` no script runs."""
    found = []
    shown: dict[str, Shown] = {}
    for language in STEPS:
        with windows.open(row, language) as opened:
            found += [f"{language}: {each}" for each in _wrong(opened, language)]
            shown[language] = opened.shown()
    with plain.open(row, THOROUGHLY) as bare:
        return found + list(_missing(bare.shown(), shown[THOROUGHLY]))


def _wrong(opened: Opened, language: str) -> list[str]:
    found = list(_at_once(opened, language))
    seen = defaultdict(list)
    for width, theme in STEPS[language]:
        opened.set(width, theme)
        for each in _as_it_is(opened, width, language):
            seen[each].append(f"{width} {theme}")
    found += [f"{each} ({', '.join(where)})" for each, where in seen.items()]
    if language == THOROUGHLY:
        found += checks.keyboard(opened.page)
    return [*found, *opened.said.complaints, *checks.violations(opened.page)]


def _at_once(opened: Opened, language: str) -> Iterator[str]:
    row, page = opened.row, opened.page
    if opened.status != row.status:
        yield f"It answers {opened.status}, not {row.status}."
    yield from checks.language(page, language)
    if row.state is State.WRONG:
        yield from checks.summary(page, language)


def _as_it_is(opened: Opened, width: int, language: str) -> Iterator[str]:
    yield from checks.layout(opened.page)
    yield from checks.accessibility(opened.page)
    if language == THOROUGHLY and width in ASKED_BY_AXE:
        yield from checks.axe(opened.page)


def _missing(bare: Shown, shown: Shown) -> Iterator[str]:
    """What is there with scripts alone."""
    if bare.status != shown.status:
        yield f"Without scripts it answers {bare.status}."
    if bare.heading != shown.heading:
        yield f"With scripts it is called “{shown.heading}”, else “{bare.heading}”."
    yield from (
        f"Without scripts there is no form for {each}" for each in shown.forms - bare.forms
    )
