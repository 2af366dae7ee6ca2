"""
What is asked of a page that stands open in a browser. Each check returns sentences; none is well.

`test_checks.py` shows each of them a page that is bad in one way.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.pages import tree
from tests.servers import ROOT

AXE = ROOT / "web/frontend/node_modules/axe-core/axe.min.js"
"""It is installed with what the pages are built of."""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ERROR = {"sv": "Fel: ", "en": "Error: "}
"""How the title of a page begins on which something has to be put right."""
A_MOMENT, PAUSE = 1_000, 50
"""Milliseconds."""
LAYOUT, KEYBOARD = (
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("layout.js", "keyboard.js")
)


def axe(page: Page) -> Iterator[str]:
    """Ask axe, which is brought into the page beside its Content-Security-Policy, and only once."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": list(TAGS), "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    for rule in result["violations"]:
        for node in rule["nodes"]:
            yield f"axe {rule['id']}: {node['html'][:160]} ({_reason(node)})"


def _reason(node: Mapping[str, Any]) -> str:
    return " ".join(each["message"] for kind in ("any", "all", "none") for each in node[kind])


def layout(page: Page) -> Iterator[str]:
    """Nothing is wider than the window, targets can be hit, what is referred to is there."""
    yield from page.evaluate(LAYOUT)


def accessibility(page: Page) -> Iterator[str]:
    yield from tree.findings(tree_of(page))


def tree_of(page: Page) -> Sequence[tree.Node]:
    chromium = page.context.new_cdp_session(page)
    try:
        return tree.read(chromium)
    finally:
        chromium.detach()


def language(page: Page, code: str) -> Iterator[str]:
    said = page.evaluate("document.documentElement.lang")
    if said != code:
        yield f"The page says that its language is “{said}”, and was asked for in “{code}”."
    if not page.title().removesuffix("– Rutin").strip():
        yield "The page has no title."


def keyboard(page: Page) -> Iterator[str]:
    """Tab reaches everything, in the order of the document. It may begin in the middle, where the focus was."""
    asked = page.evaluate(KEYBOARD)
    expected = asked["expected"]
    left, reached = set(expected), []
    for _ in range(asked["stops"] // 10 + 2):
        for _ in range(10):
            page.keyboard.press("Tab")
        reached = page.evaluate("window.reachedByTab")
        left = set(expected) - set(reached)
        if not left:
            break
    yield from (f"Tab does not reach it: {asked['names'][str(each)]}" for each in sorted(left))
    order = list(dict.fromkeys(each for each in reached if each in set(expected)))
    backwards = [after for before, after in pairwise(order) if after < before]
    if len(backwards) > 1:
        names = [asked["names"][str(each)] for each in backwards]
        yield f"Tab goes back more than once: {names}"


def violations(page: Page) -> Iterator[str]:
    """What the Content-Security-Policy had to forbid; `windows.WATCHING` takes note of it."""
    for each in page.evaluate("window.violations"):
        yield f"The policy forbade: {each}"


def summary(page: Page, code: str) -> Iterator[str]:
    """What has to be put right is told at once: the summary has the focus and leads to each field."""
    if not page.title().startswith(ERROR[code]):
        yield f"The title does not begin with “{ERROR[code]}”: {page.title()}"
    if not _comes_true(page, "document.activeElement?.matches('main [role=alert]')"):
        where = page.evaluate("document.activeElement?.outerHTML.slice(0, 120)")
        yield f"The summary does not have the focus, but: {where}"
    links = page.locator("main [role=alert] a[href^='#']").all()
    if not links:
        yield "The summary leads to no field."
    ids = [str(each.get_attribute("href")).removeprefix("#") for each in links]
    yield from tree.told(tree_of(page), ids)


def _comes_true(page: Page, expression: str) -> bool:
    """Ask until it is so, for a moment: Playwright's own way of waiting needs what the policy forbids."""
    for _ in range(A_MOMENT // PAUSE):
        if page.evaluate(expression):
            return True
        page.wait_for_timeout(PAUSE)
    return False
