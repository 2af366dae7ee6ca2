"""Each check, before a page that is bad in one way: it says so, and says nothing of a page that is well."""

import pytest
from playwright.sync_api import Page

from tests.pages import checks, windows
from tests.pages.windows import listening

PAGE = """<!doctype html><html lang="en"><head><title>A page – Rutin</title></head>
<body style="margin: 0"><main><h1>A page</h1>%s</main></body></html>"""
SERVER = "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def empty(browser):
    """A page of nobody's, with a policy as strict as ours at an address that is never asked for."""
    with browser.new_context() as context:
        context.add_init_script(windows.WATCHING)
        yield context.new_page()


@pytest.fixture
def shown(empty) -> Page:
    def show(content: str, frame: str = PAGE) -> Page:
        empty.set_viewport_size({"width": 320, "height": 800})
        empty.goto("about:blank")  # what is shown next has no policy of the page before
        empty.set_content(frame.replace("%s", content))
        return empty

    return show


@pytest.fixture
def served(empty):
    """A page as it comes from a server, with our policy."""

    def serve(content: str) -> Page:
        policy = {"Content-Security-Policy": "default-src 'none'; script-src 'self'"}
        body = PAGE.replace("%s", content).replace(' style="margin: 0"', "")
        empty.route(
            f"{SERVER}/**",
            lambda route: route.fulfill(content_type="text/html", headers=policy, body=body),
        )
        empty.goto(SERVER)
        empty.unroute_all()
        return empty

    return serve


GOOD = """
<nav aria-label="Menu"><a href="/a" style="display: block; height: 44px">Somewhere</a></nav>
<nav aria-label="Pages"><a href="/b" style="display: block; height: 44px">Elsewhere</a></nav>
<h2>Part</h2><h3>Part of it</h3><img src="data:," alt="A drawing"><svg aria-hidden="true"></svg>
<form method="post" action="/a">
<fieldset><legend>Kind</legend>
<label style="display: block; height: 44px"><input type="radio" name="r"> A</label></fieldset>
<label for="i">Name <span class="required">required</span></label>
<input id="i" required style="height: 44px" aria-describedby="d"><p id="d">Short.</p>
<button style="height: 44px; min-width: 44px">Send</button></form>
"""
BAD_TREES = {
    "two mains": ("<div role=main>x</div>", "main landmarks"),
    "two headings of the page": ("<h1>Another</h1>", "2 headings of the first level"),
    "a skipped level": ("<h3>Deep</h3>", "A heading of level 3 follows one of level 1"),
    "landmarks without names": ("<nav>a</nav><nav>b</nav>", "One of several has no name"),
    "landmarks of one name": (
        "<nav aria-label=A>a</nav><nav aria-label=A>b</nav>",
        "Several have the same name",
    ),
    "a button without a name": ("<button></button>", "It has no name: button"),
    "a link without a name": ("<a href=/x></a>", "It has no name: link"),
    "a field without a name": ("<input>", "It has no name: textbox"),
    "a choice without a name": ("<select><option>a</select>", "It has no name: combobox"),
    "a day without a name": ("<input type=date>", "It has no name: Date"),
    "a picture without a name": ("<img src='data:,'>", "It has no name: image"),
    "a drawing without a name": (
        "<svg width=9 height=9><circle r=3></circle></svg>",
        "It has no name: image",
    ),
    "a group without a name": (
        "<fieldset><label>x<input></label></fieldset>",
        "The group has no name",
    ),
    "a choice without its question": (
        "<label><input type=radio name=a> Yes</label>",
        "The choice belongs to no question",
    ),
    "required in words alone": (
        "<label>x <b>required</b><input></label>",
        "It is called required, and is not",
    ),
    "wrong, but not why": ("<label>x<input aria-invalid=true></label>", "does not say why"),
    "wrong before anybody was asked": (
        "<label>x<select required><option value=''>-</select></label>",
        "does not say why",
    ),
}
BAD_LAYOUTS = {
    "wider than the window": ("<p style='width: 400px'>x</p>", "px wide in 320"),
    "a low button": ("<button style='height: 30px'>x</button>", "A target is 30.0 px high"),
    "a low link in a menu": ("<nav><a href=/>x</a></nav>", "A target is"),
    "a low choice": ("<label><input type=checkbox> x</label>", "A target is"),
    "a description that is not there": (
        "<p aria-describedby=gone>x</p>",
        "aria-describedby names “gone”",
    ),
    "a label of nothing": ("<label for=gone>x</label>", "for names “gone”"),
    "an id twice": ("<p id=a>x</p><p id=a>y</p>", "The id “a” stands twice"),
    "an order of its own": ("<a href=/ tabindex=2>x</a>", "The order of Tab is changed"),
    "hidden, yet in the way of Tab": (
        "<div aria-hidden=true><a href=/>x</a></div>",
        "hidden from the tree",
    ),
    "marked as required only": (
        "<label>x <span class=required>required</span><input style='height: 44px'></label>",
        "marked as required, and is not",
    ),
}
BAD_FOR_AXE = {
    "pale text": ("<p style='color: #aaa; background: #fff'>Pale text</p>", "axe color-contrast"),
    "a list of no items": ("<ul><p>x</p></ul>", "axe list"),
    "a role that is none": ("<p role=nothing>x</p>", "axe aria-roles"),
}


def test_nothing_is_said_of_a_page_as_it_should_be(shown):
    page = shown(GOOD)

    found = [*checks.accessibility(page), *checks.layout(page), *checks.keyboard(page)]
    assert found == []
    assert list(checks.language(page, "en")) == []
    assert [each for each in checks.axe(page) if "landmark" not in each] == []


@pytest.mark.parametrize(("content", "sentence"), BAD_TREES.values(), ids=BAD_TREES)
def test_the_tree(shown, content, sentence):
    assert sentence in "\n".join(checks.accessibility(shown(content)))


@pytest.mark.parametrize(("content", "sentence"), BAD_LAYOUTS.values(), ids=BAD_LAYOUTS)
def test_the_layout(shown, content, sentence):
    assert sentence in "\n".join(checks.layout(shown(content)))


@pytest.mark.parametrize(("content", "sentence"), BAD_FOR_AXE.values(), ids=BAD_FOR_AXE)
def test_axe(shown, content, sentence):
    assert sentence in "\n".join(checks.axe(shown(content)))


def test_axe_is_asked_beside_a_policy(served):
    page = served("<p role=nothing>x</p>")

    assert "axe aria-roles" in "\n".join(checks.axe(page))
    assert list(checks.violations(page)) == []


def test_a_heading_before_that_of_the_page(shown):
    page = shown("", "<html lang=en><main><h2>x</h2><h1>y</h1></main></html>")

    assert "stands before that of the page" in "\n".join(checks.accessibility(page))


def test_the_language_and_the_title(shown):
    page = shown("", "<html lang=sv><title> – Rutin</title><main><h1>x</h1></main></html>")

    said = "\n".join(checks.language(page, "en"))
    assert "its language is “sv”" in said
    assert "no title" in said


def test_an_order_of_tab_that_is_not_that_of_the_document(shown):
    links = "".join(f"<a href='/{n}' tabindex={n}>x</a>" for n in (5, 4, 3, 2, 1))

    assert "Tab goes back more than once" in "\n".join(checks.keyboard(shown(links)))


def test_a_field_that_keeps_the_focus(shown):
    """What cannot be left leaves all that follows out of reach."""
    page = shown("<a href=/ id=trap>x</a><a href=/y>y</a>")
    page.evaluate(
        "() => { document.getElementById('trap').onkeydown = (e) => e.preventDefault() }"
    )

    assert "Tab does not reach it" in "\n".join(checks.keyboard(page))


def test_what_the_policy_forbids(served):
    page = served("<p style='color: red'>x</p>")

    assert "The policy forbade: style-src" in "\n".join(checks.violations(page))


def test_a_summary_that_says_it_all(shown):
    page = shown(SUMMARY % ("tabindex=-1", "#i", "aria-invalid=true"), WRONG)
    page.evaluate("document.querySelector('[role=alert]').focus()")

    assert list(checks.summary(page, "en")) == []


WRONG = PAGE.replace("<title>", "<title>Error: ")
SUMMARY = """<div role=alert %s><a href="%s">Name</a></div>
<label for=i>Name</label><input id=i aria-describedby=d %s><p id=d>Write it.</p>"""


@pytest.mark.parametrize(
    ("made", "frame", "sentence"),
    [
        (("", "#i", "aria-invalid=true"), PAGE, "The title does not begin"),
        (("", "#i", "aria-invalid=true"), WRONG, "does not have the focus"),
        (("", "/", "aria-invalid=true"), WRONG, "leads to no field"),
        (("", "#gone", "aria-invalid=true"), WRONG, "which is not in the tree"),
        (("", "#i", ""), WRONG, "not told to be wrong"),
    ],
)
def test_a_summary(shown, made, frame, sentence):
    assert sentence in "\n".join(checks.summary(shown(SUMMARY % made, frame), "en"))


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("console.error('oh')", "The console has: oh"),
        ("setTimeout(() => { throw new Error('oh') })", "A script failed: oh"),
        ("fetch('http://127.0.0.2:1/').catch(() => 0)", "It was asked elsewhere"),
        ("fetch('http://127.0.0.1:1/').catch(() => 0)", "A request failed"),
    ],
)
def test_what_a_page_says_to_nobody(shown, script, sentence):
    page = shown("<p>x</p>")

    with listening(page, SERVER) as said:
        page.evaluate(f"() => {{ {script} }}")
        page.wait_for_timeout(300)

    assert sentence in "\n".join(said.complaints)


def test_a_file_that_is_not_there(shown):
    page = shown("<p>x</p>")
    page.route(f"{SERVER}/**", lambda route: route.fulfill(status=404))

    with listening(page, SERVER) as said:
        page.evaluate("url => fetch(url, {mode: 'no-cors'}).catch(() => 0)", f"{SERVER}/x.css")
        page.wait_for_timeout(300)

    page.unroute_all()
    assert f"{SERVER}/x.css answered 404." in said.complaints
