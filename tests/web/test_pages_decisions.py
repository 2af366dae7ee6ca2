"""The decisions that are deployed, and a version of one as a table that everybody can read."""

import re

import pytest

from bpmn import versions as made
from engine.installation import Shelf
from tests.bpmn.dmn.models import decision, file, input_data, knowledge, literal, table
from tests.factories.browsers import path

TABLE = "//table[@class='decision']"


def rule(number, tests, outputs, note="", description=""):
    """Return a rule with everything that can stand in one."""
    said = f"<description>{description}</description>" if description else ""
    cells = "".join(f"<inputEntry><text>{each}</text></inputEntry>" for each in tests)
    cells += "".join(f"<outputEntry><text>{each}</text></outputEntry>" for each in outputs)
    noted = f"<annotationEntry><text>{note}</text></annotationEntry>" if note else ""
    return f'<rule id="rule-{number}">{said}{cells}{noted}</rule>'


RISK = (
    '<decision id="risk" name="Risk">'
    "<description>Likelihood and consequence.</description><question>How large is it?</question>"
    '<variable name="Risk"/>'
    '<informationRequirement><requiredInput href="#amount"/></informationRequirement>'
    '<informationRequirement><requiredInput href="#kind"/></informationRequirement>'
    '<informationRequirement><requiredDecision href="#base"/></informationRequirement>'
    '<knowledgeRequirement><requiredKnowledge href="#doubled"/></knowledgeRequirement>'
    '<decisionTable hitPolicy="FIRST">'
    '<input label="How much"><inputExpression typeRef="number"><text>amount * 2</text></inputExpression></input>'
    "<input><inputExpression><text>kind</text></inputExpression>"
    '<inputValues><text>"new", "old"</text></inputValues></input>'
    '<output name="level" label="Level" typeRef="string"><outputValues><text>"low", "high"</text></outputValues>'
    '<defaultOutputEntry><text>"low"</text></defaultOutputEntry></output>'
    '<output name="days" typeRef="tDays"/>'
    '<annotation name="Ground"/>'
    + rule(1, ["&lt; 5", "-"], ['"low"', "30"], "Small &lt;b>sums&lt;/b>", "As ever")
    + rule(2, ["[5..10)", '"old"'], ['"high"', ""])
    + "</decisionTable></decision>"
)
ITEMS = '<itemDefinition name="tDays"><typeRef>number</typeRef></itemDefinition>'


def risk(base="1"):
    return file(
        ITEMS,
        input_data("amount", "number"),
        input_data("kind", "string"),
        knowledge("doubled", literal("n * 2"), {"n": "number"}),
        decision("Base", literal(base), type_="number"),
        RISK,
    )


def deployed(owner, **files):
    """Deploy files, and return the addresses of what is decided in them, by key."""
    sources = {f"{name}.dmn": source for name, source in files.items()}
    found = owner.deploy(sources).json["definitions"]
    return {each["key"]: f"/decisions/{each['id']}" for each in found}


@pytest.fixture
def versions(owner):
    return [deployed(owner, risk=risk(base)) for base in ("1", "2")]


def section(page, heading):
    [found] = page.texts(f"//section[h2[starts-with(normalize-space(), '{heading}')]]")
    return found


# ---------------------------------------------------------------- the list


def test_decisions_are_found_beside_the_routines(browsers, versions):
    browser = browsers("charlie")

    page = browser.get(browser.get("/routines").link("Show the decisions"))

    assert page.texts("//a[@class='row-name']") == ["Base", "Risk"]
    assert page.link("Risk") == versions[1]["risk"]
    assert "2 decisions are in force." in page.main
    assert "Version 2 · risk" in page.main


def test_where_there_are_none_it_says_what_to_do(browsers):
    page = browsers("charlie", "sv").get("/decisions")

    assert "Det finns inga beslut än." in page.main


# ---------------------------------------------------------------- the table


def test_a_table_names_its_columns_with_their_types_and_values(browsers, versions):
    page = browsers("charlie").get(versions[1]["risk"])

    groups = page.all(f"{TABLE}/thead/tr[1]/th")
    assert [(each.text, each.get("scope"), each.get("colspan")) for each in groups] == [
        ("Rule", "col", None),
        ("Conditions", "colgroup", "2"),
        ("Results", "colgroup", "2"),
        ("Notes", "colgroup", "2"),
    ]
    assert page.texts(f"{TABLE}/thead/tr[2]/th[@scope='col']") == [
        "How much amount * 2 number",
        'kind text one of: "new", "old"',
        'Level level text one of: "low", "high"',
        "days tDays",
        "Ground",
        "Description",
    ]


def test_rules_are_numbered_and_every_row_has_a_cell_for_each_column(browsers, versions):
    page = browsers("charlie").get(versions[1]["risk"])

    rows = [
        [cell.text_content().strip() for cell in row.xpath("./*")]
        for row in page.all(f"{TABLE}/tbody/tr")
    ]
    assert rows == [
        ["1", "< 5", "anything", '"low"', "30", "Small <b>sums</b>", "As ever"],
        ["2", "[5..10)", '"old"', '"high"', "nothing", "", ""],
        ["else", "no rule matches", '"low"', "nothing", ""],
    ]
    heads = page.all(f"{TABLE}/tbody//th")
    assert [each.get("scope") for each in heads] == ["row"] * 3


def test_a_table_is_moved_in_a_box_of_its_own_with_the_keyboard_and_has_a_name(browsers, versions):
    page = browsers("charlie").get(versions[1]["risk"])

    box = page.one(f"{TABLE}/..")
    assert (box.get("class"), box.get("role"), box.get("tabindex")) == ("scroll", "region", "0")
    for each in (box, page.one(TABLE)):
        assert page.texts(f"//*[@id='{each.get('aria-labelledby')}']") == ["The decision table"]
    assert page.texts(f"//*[@id='{page.one(TABLE).get('aria-describedby')}']") == [
        "The first rule that matches, read from the top, gives the result."
    ]


@pytest.mark.parametrize(
    ("policy", "aggregation", "said"),
    [
        ("UNIQUE", "", "Högst en regel stämmer, och den ger resultatet."),
        ("COLLECT", "", "Alla regler som stämmer ger var sitt resultat."),
        ("COLLECT", "SUM", "Resultaten av alla regler som stämmer läggs ihop."),
    ],
)
def test_the_hit_policy_is_said_in_words(browsers, owner, policy, aggregation, said):
    attributes = f'aggregation="{aggregation}"' if aggregation else ""
    logic = table(["a"], ["1 => 1", "- => 2"], policy=policy, attributes=attributes)
    found = deployed(owner, one=file(input_data("a"), decision("One", logic, data=["a"])))

    assert said in section(browsers("charlie", "sv").get(found["one"]), "Beslutstabellen")


def test_tables_within_other_expressions_are_shown_too(browsers, owner):
    inner = table(["1"], ["1 => 1", "- => 2"], policy="FIRST")
    logic = f"<list>{inner}{inner.replace('id=', 'label=')}</list>"
    found = deployed(owner, one=file(decision("One", logic)))

    page = browsers("charlie").get(found["one"])

    assert len(page.all(TABLE)) == 2
    assert page.texts("//h2")[:2] == ["Decision table 1", "Decision table 2"]


def test_an_expression_is_shown_as_it_is_written(browsers, owner):
    boxed = f"<list>{literal('1')}</list>"
    found = deployed(
        owner,
        one=file(decision("One", literal("1 < 2")), decision("Two", boxed), decision("Three")),
    )
    browser = browsers("charlie")

    assert section(browser.get(found["one"]), "The expression") == "The expression 1 < 2"
    assert "boxed expressions, which are not shown here" in browser.get(found["two"]).main
    assert "does not say how it is decided" in browser.get(found["three"]).main


def test_what_stands_in_the_file_is_text_on_the_page(browsers, owner):
    evil = "&lt;img src=x onerror=alert(1)>"
    source = risk().replace(b"As ever", evil.encode()).replace(b"Ground", evil.encode())

    page = browsers("charlie").get(deployed(owner, risk=source)["risk"])

    assert page.all("//img | //script[not(@src)] | //@onerror | //@style | //style") == []
    assert page.main.count("<img src=x") == 2


# ---------------------------------------------------------------- around it


def test_it_says_what_is_decided_and_from_what(browsers, versions):
    page = browsers("charlie").get(versions[0]["risk"])

    assert page.heading == "Decision Risk"
    assert "How large is it? Likelihood and consequence." in page.main
    basis = section(page, "What it is decided from")
    assert "Input data amount number kind text" in basis
    assert "Base Version 1 · number" in basis
    assert "Functions doubled" in basis


def test_a_required_decision_leads_to_the_version_that_answers(browsers, owner):
    offer = file(
        '<import name="rates" namespace="rates" importType="DMN"/>',
        decision("Offer", literal("rates.Rate"), requires=["rates#rate"]),
    )
    rates = [file(decision("Rate", literal(each)), namespace="rates") for each in "12"]
    old, new = (deployed(owner, offer=offer, rates=each) for each in rates)
    browser = browsers("charlie")

    for each in (old, new):
        page = browser.get(each["offer"])
        assert page.link("Rate") == each["rate"]
        assert "Files that it imports rates.dmn" in page.main


def test_findings_of_the_decision_are_told_in_the_readers_language(browsers, owner):
    gap = table(["a"], ["< 5 => 1"])
    source = file(
        input_data("a"), decision("One", gap, data=["a"]), decision("Two", gap, data=["a"])
    )

    said = section(
        browsers("charlie", "sv").get(deployed(owner, one=source)["one"]), "Anmärkningar"
    )

    assert "Ingen regel i 'One'" in said
    assert "Two" not in said


def test_versions_lead_to_each_other_and_to_the_file(browsers, versions):
    browser = browsers("charlie")
    page = browser.get(versions[0]["risk"])

    assert "This is version 1." in page.main
    assert page.link("Version 2 is in force.") == page.link("Version 2") == versions[1]["risk"]
    file = browser.client.get(page.link("Download the file"))
    assert (file.status_code, file.get_data()) == (200, risk("1"))


def test_a_version_that_cannot_be_read_any_more_says_so(browsers, versions, app, monkeypatch):
    app.installation.decisions = Shelf(10)
    monkeypatch.setattr(made, "files_of", lambda *_: ("00", "11"))

    page = browsers("charlie").get(versions[0]["risk"])

    assert (page.status, len(page.all(TABLE))) == (200, 0)
    assert "can no longer read the version" in page.main
    assert page.link("Download the file")


def test_the_page_changes_nothing_and_stands_under_routines(browsers, versions):
    page = browsers("charlie").get(versions[0]["risk"])

    assert page.one("//nav//a[@aria-current='true']").get("href") == "/areas/processes"
    assert page.all("//main//form | //main//button") == []
    ids = page.all("//@id")
    assert len(ids) == len(set(ids))


def test_every_word_of_the_page_is_translated(browsers, versions):
    page = browsers("charlie", "sv").get(versions[0]["risk"])

    assert not re.search(
        r"\b(Conditions|Results|Rule|anything|nothing|number|Functions)\b", page.main
    )


def test_only_those_who_are_signed_in_see_decisions(client, versions):
    for address in ("/decisions", versions[0]["risk"]):
        response = client.get(address)
        assert response.status_code == 302
        assert path(response.headers["Location"]) == "/sign-in"


def test_a_form_is_no_decision(browsers, versions):
    nowhere = "/decisions/00000000-0000-4000-8000-000000000000"

    assert browsers("charlie").get(nowhere).status == 404
