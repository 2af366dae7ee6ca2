"""
Looking at a page with everything that we ask of it, in as few loads as it takes.

A page is loaded once in each language. While it stands open, its window is made wider and narrower and the theme
changes, as it does for people. Of width x theme x language these are all pairs (each width in each theme, each
width and each theme in each language); what needs three at once to go wrong, such as a Swedish word that is too
long at 320 px in the dark alone, is let go. 320 px are also 1280 px at 400 % (WCAG 1.4.10).

The layout and the tree are asked each time: what is folded away depends on the width. axe takes longest, and is
asked where a page is narrowest and where it is widest, which is in both themes, and in Swedish: what it looks at
is the same in English, and whether the words are of the right language is asked in both.
"""

from collections import defaultdict
from collections.abc import Iterator

from tests.pages import checks
from tests.pages.row import Row, State
from tests.pages.windows import Opened, Windows

STEPS = {
    "sv": ((320, "light"), (390, "dark"), (1280, "dark")),
    "en": ((320, "dark"), (390, "light"), (1280, "light")),
}
ASKED_BY_AXE = frozenset({("sv", 320), ("sv", 1280)})


def look(windows: Windows, row: Row, language: str) -> list[str]:
    """Return what is wrong with a page, each with where it was seen."""
    width, theme = STEPS[language][0]
    with windows.open(row, language, width=width, theme=theme) as opened:
        found = list(_at_once(opened, language))
        seen = defaultdict(list)
        for width, theme in STEPS[language]:
            opened.set(width, theme)
            for each in _as_shown(opened, width, language):
                seen[each].append(f"{width} {theme}")
        found += [f"{each} ({', '.join(where)})" for each, where in seen.items()]
        found += checks.keyboard(opened.page)
        found += [*opened.said.complaints, *checks.violations(opened.page)]
    return found


def look_without_scripts(windows: Windows, plain: Windows, row: Row) -> list[str]:
    """Return what is there with scripts alone."""
    with windows.open(row, "sv") as opened, plain.open(row, "sv") as bare:
        if bare.status != row.status:
            return [f"Without scripts it answers {bare.status}."]
        found = [
            f"Without scripts there is no form for {each}" for each in opened.forms - bare.forms
        ]
        if bare.heading != opened.heading:
            found.append(f"With scripts it is called “{opened.heading}”, else “{bare.heading}”.")
    return found


def _at_once(opened: Opened, language: str) -> Iterator[str]:
    row, page = opened.row, opened.page
    if opened.status != row.status:
        yield f"It answers {opened.status}, not {row.status}."
    yield from checks.language(page, language)
    if row.state is State.WRONG:
        yield from checks.summary(page, language)


def _as_shown(opened: Opened, width: int, language: str) -> Iterator[str]:
    yield from checks.layout(opened.page)
    yield from checks.accessibility(opened.page)
    if (language, width) in ASKED_BY_AXE:
        yield from checks.axe(opened.page)
