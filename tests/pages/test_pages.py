"""
Every page of the table in a browser: in both languages, narrow and wide, light and dark, and without scripts.

What is asked is in `checks.py`; which pages there are, and how to add one, in `rows.py`.
"""

import re
from collections import defaultdict

import pytest
from lxml import html

from tests.pages.looks import STEPS, look
from tests.pages.row import State
from tests.pages.rows import NO_MISTAKES, ROWS

ASKING = (
    "//main//form[@method='post']"
    "[.//textarea or .//select or .//input[not(@type='hidden') and not(@readonly)]]"
)
NAMES = [row.name for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_page_is_for_everybody(windows, plain, row):
    assert look(windows, plain, row) == []


@pytest.mark.parametrize("language", STEPS)
def test_titles_tell_pages_apart(windows, language):
    """In a row of tabs, or of bookmarks, one finds the page again."""
    titles = defaultdict(set)
    for row in ROWS:
        if row.state is State.NORMAL and not row.variant:
            found = re.search("<title>(.*?)</title>", windows.source(row, language))
            titles[found and found[1]].add(row.endpoint)

    assert {title: pages for title, pages in titles.items() if len(pages) > 1} == {}


def test_every_form_is_seen_with_a_mistake_in_it(app, sites, windows):
    """Where something is asked, somebody answers wrongly: how that looks has a row, or is named as impossible."""
    adapter = app.url_map.bind("localhost")
    _, contents = sites[False]

    def endpoint(address):
        return adapter.match(address.partition("?")[0], method="POST")[0]

    looked_at = {endpoint(contents.address(row.form)) for row in ROWS if row.form}
    missing = defaultdict(set)
    for row in ROWS:
        if row.state is State.NORMAL and not row.is_bare:
            for form in html.document_fromstring(windows.source(row, "en")).xpath(ASKING):
                sent_to = endpoint(form.get("action"))
                if sent_to not in looked_at | NO_MISTAKES.keys():
                    missing[sent_to].add(row.name)

    assert missing == {}, "write wrong(…, form=…) into ROWS in tests/pages/rows.py"
