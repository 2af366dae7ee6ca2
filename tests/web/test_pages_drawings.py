"""A drawing in the catalogue and on a page of its own, and the picture and changes of every version."""

import pytest

from bpmn.diagram import svg
from bpmn.diff import contents
from bpmn.errors import InvalidXml
from tests.bpmn.sketch import model, user
from tests.factories import diagrams, drawings
from tests.factories.browsers import path
from tests.factories.diagrams import OFFICER
from web import diagrams as diagrams_of_pages
from web.pages.routines import versions as pages

PICTURE = "//div[@class='picture']"


@pytest.fixture
def versions(owner):
    """Deploy a drawing in two versions, and return the addresses of both, the first version first."""
    return [drawn(owner, drawings.pools(text)) for text in ("Ask", "Apply")]


@pytest.fixture
def routine(owner):
    """Deploy a routine in two versions, and return the addresses of both, the first version first."""
    found = [owner.deploy(diagrams.one_task(name=name)).json for name in ("Handlägg", "Pröva")]
    return [f"/routines/{each['definitions'][0]['id']}" for each in found]


def drawn(caller, source, **options):
    [version] = caller.deploy(source, options=options).json["definitions"]
    assert version["kind"] == "drawing"
    return f"/drawings/{version['id']}"


def section(page, heading):
    """Return the words of the section with that heading."""
    return page.texts(f"//section[h2[starts-with(normalize-space(), '{heading}')]]")


def refuse(*_, **__):
    raise InvalidXml("The file is not a BPMN model.", line=1)


# ---------------------------------------------------------------- the catalogue


def test_the_catalogue_lists_drawings_apart_from_what_can_be_started(browsers, routine, versions):
    page = browsers("charlie").get("/routines")

    assert page.texts("//a[@class='row-name']") == ["p", "Ask and answer"]
    assert page.link("Ask and answer") == versions[1]
    assert "1 routine is in force." in page.main
    assert "Drawing · Version 2 · p" in page.main
    assert len(page.all("//a[contains(@href, '#start')]")) == 1


def test_a_catalogue_of_drawings_only_is_not_empty(browsers, versions):
    page = browsers("charlie", "sv").get("/routines")

    assert page.all("//div[@class='empty']") == []
    assert "Ritning · Version 2" in page.main


# ---------------------------------------------------------------- the page


def test_a_drawing_is_shown_with_its_picture(browsers, versions):
    page = browsers("charlie", "sv").get(versions[1])

    picture = page.one(f"{PICTURE}/*")
    assert (picture.tag, picture.get("role")) == ("svg", "img")
    assert page.one(f"//*[@id='{picture.get('aria-labelledby')}']").text == "Ask and answer"
    assert "Citizen – pool" in page.texts(f"{PICTURE}//title")
    assert "Apply – användaruppgift" in page.texts(f"{PICTURE}//title")


def test_a_picture_can_be_moved_with_the_keyboard_and_has_a_name(browsers, versions, routine):
    for address in (versions[1], routine[1]):
        region = browsers("charlie").get(address).one(PICTURE)

        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.xpath(f"string(//*[@id='{region.get('aria-labelledby')}'])") == "The diagram"


def test_a_drawing_needs_no_script_and_no_style_of_its_own(browsers, versions):
    page = browsers("charlie").get(versions[1])

    assert len(page.all("//h1")) == 1
    assert page.all("//script[not(@src)] | //style | //@style | //@onclick") == []
    assert "default-src 'none'" in page.response.headers["Content-Security-Policy"]


def test_a_drawing_stands_under_routines_in_the_menu(browsers, versions):
    page = browsers("charlie").get(versions[1])

    assert page.one("//nav//a[@aria-current='true']").get("href") == "/areas/processes"


def test_what_stands_in_the_file_is_text_on_the_page(browsers, owner):
    page = browsers("charlie").get(drawn(owner, drawings.pools("<img src=x onerror=alert(1)>")))

    assert page.all("//img | //script[not(@src)] | //@onerror") == []
    assert "<img src=x" in page.main


def test_a_drawing_says_why_it_is_not_executed_with_the_line(browsers, versions):
    [why] = section(browsers("charlie").get(versions[1]), "Why it is not executed")

    assert "is marked as executable (isExecutable): it is kept as a drawing." in why
    assert "p.bpmn · line 4 · asking" in why
    assert "This too would have to be changed" not in why


def test_findings_are_told_in_the_readers_language(browsers, versions):
    [why] = section(browsers("charlie", "sv").get(versions[1]), "Varför den inte körs")

    assert "den sparas som ritning" in why
    assert "p.bpmn · rad 4" in why


def test_what_else_would_hinder_and_what_would_not_are_told_apart(browsers, owner):
    source = model(
        "p",
        user("a", **OFFICER, rutin__formKey="missing", rutin__dueDate="=1 +"),
        "<intermediateCatchEvent id='c'><timerEventDefinition/></intermediateCatchEvent>",
    ).replace(b'isExecutable="true"', b"")

    page = browsers("charlie").get(drawn(owner, source))

    [why] = section(page, "Why it is not executed")
    hindrances = why.partition("This too would have to be changed")[2]
    assert "· c" in hindrances
    assert "kept as a drawing" not in hindrances


def test_what_was_asked_to_be_drawn_says_so(browsers, owner):
    page = browsers("charlie").get(drawn(owner, diagrams.one_task(), only_draw="true"))

    assert "Whoever deployed it asked for a drawing." in page.main


def test_a_drawing_is_told_step_by_step_pool_by_pool(browsers, versions):
    page = browsers("charlie").get(versions[1])

    assert section(page, "Step by step: Citizen")[0].endswith(
        "Start Apply Task for a person anybody End"
    )
    assert "Decide" in section(page, "Step by step: Office")[0]


def test_a_drawing_with_words_of_another_product_is_told_all_the_same(browsers, owner):
    source = model("p", user("a", camunda__assignee="${who.is(it)}"))

    page = browsers("charlie").get(drawn(owner, source, only_draw="true"))

    assert "Somebody named in the case" in section(page, "Step by step")[0]


def test_versions_lead_to_each_other_and_to_the_file(browsers, versions):
    page = browsers("charlie").get(versions[0])

    assert "This is version 1." in page.main
    assert page.link("Version 2 is the latest.") == versions[1]
    assert page.link("Version 2") == versions[1]
    for text in ("Download the diagram", "Show the diagram alone"):
        assert browsers("charlie").client.get(page.link(text)).status_code == 200


def test_only_those_who_are_signed_in_see_drawings(client, versions):
    response = client.get(versions[0])

    assert response.status_code == 302
    assert path(response.headers["Location"]) == "/sign-in"


def test_a_routine_is_no_drawing(browsers, routine, versions):
    for address in (routine[0], versions[0]):
        folder = "/drawings" if address in routine else "/routines"
        assert browsers("charlie").get(f"{folder}/{address.rpartition('/')[2]}").status == 404


# ---------------------------------------------------------------- what changed


def test_a_version_tells_what_changed_since_the_one_before(browsers, versions, routine):
    for address, sentence in (
        (versions[1], "'Ask' heter nu 'Apply'."),
        (routine[1], "'Handlägg' heter nu 'Pröva'."),
    ):
        [changed] = section(
            browsers("charlie", "sv").get(address), "Vad som ändrats sedan version 1"
        )
        assert sentence in changed


def test_the_first_version_tells_of_no_change(browsers, versions, routine):
    for address in (versions[0], routine[0]):
        assert "What changed" not in browsers("charlie").get(address).main


def test_a_version_that_only_is_written_otherwise_says_so(browsers, owner, versions):
    page = browsers("charlie").get(drawn(owner, drawings.pools("Apply") + b"<!-- new -->"))

    assert section(page, "What changed since version 2")[0].endswith(
        "Nothing in the diagram was changed."
    )


def test_many_changes_are_folded(browsers, owner, versions, monkeypatch):
    monkeypatch.setattr(pages, "TOLD_AT_ONCE", 1)

    page = browsers("charlie").get(drawn(owner, drawings.pools("Complain", name="Other")))

    assert len(page.all("//section/ul[@class='changes']/li")) == 1
    assert page.texts("//main//details/summary") == ["1 more change"]


# ---------------------------------------------------------------- what cannot be shown


def test_what_cannot_be_drawn_says_so_and_the_rest_is_shown(
    browsers, versions, routine, monkeypatch
):
    monkeypatch.setattr(svg, "draw", refuse)

    for address in (versions[1], routine[1]):
        page = browsers("charlie", "sv").get(address)
        assert page.status == 200
        assert "Bilden kan inte ritas: Filen är ingen BPMN-modell." in page.main
        assert "Vad som ändrats sedan version 1" in page.main


def test_what_cannot_be_compared_says_so_and_the_rest_is_shown(
    browsers, versions, routine, monkeypatch
):
    monkeypatch.setattr(contents, "MOST_TAGS", 3)

    for address in (versions[1], routine[1]):
        page = browsers("charlie").get(address)
        assert page.status == 200
        [changed] = section(page, "What changed since version 1")
        assert "The versions cannot be compared: The file holds" in changed
        assert page.all(PICTURE)


def test_a_picture_that_is_too_large_for_the_page_is_looked_at_alone(
    browsers, versions, monkeypatch
):
    monkeypatch.setattr(diagrams_of_pages, "LARGEST", 100)

    page = browsers("charlie").get(versions[1])

    assert page.all(PICTURE) == []
    assert "too large to be shown on this page" in page.main
    assert browsers("charlie").client.get(page.link("Show the diagram alone")).status_code == 200
