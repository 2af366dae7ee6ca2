"""The documents say what the code does; where a machine can compare the two, it does so here."""

import ast
import json
import re
import runpy
import tomllib
from dataclasses import fields
from datetime import UTC, datetime, time
from pathlib import Path
from uuid import UUID

import pytest
from babel.messages.pofile import read_po

from bpmn import deployment
from bpmn.lint.rules.not_supported import EXECUTED
from engine.accounts import commands as accounts
from engine.audit import chain
from engine.audit.chain import Head
from engine.audit.events import Event, EventType
from engine.audit.repository import head_of, named_chain
from engine.identity.actor import SYSTEM
from engine.identity.permissions import Permission
from engine.installation import Installation
from engine.settings import Settings
from engine.uow import begin
from tests.factories.rules import rules
from web.app import create_app
from web.errors import PROGRAMS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LINT = DOCS / "reference/lint"
PAGES = sorted(page for page in LINT.glob("*.md") if page.name != "README.md")
NAMES = {"Svenska", "English"}
"""What is on the pages without being translated."""
CHAIN = UUID("01990000-0000-7000-8000-000000000001")

AROUND_XML = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="example"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:rutin="https://rutin.example/schema/1">
{}</definitions>"""
AROUND_DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="D" namespace="d">
{}</definitions>"""
AROUND_A_FIELD = '{{"key": "report", "title": {{"sv": "R", "en": "R"}}, "fields": [{}]}}'


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def rows(page: Path) -> list[list[str]]:
    """Give the cells of every table of a page."""
    lines = page.read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
        if line.startswith("|") and not line.startswith("|--")
    ]


def trees(*floors: str) -> dict[str, ast.Module]:
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_bytes())
        for floor in floors
        for path in sorted((ROOT / floor).rglob("*.py"))
    }


# ------------------------------------------------------------------------------ settings


def test_every_setting_is_described_as_it_is():
    described = [
        row for row in rows(DOCS / "reference/settings.md") if row[0].startswith("`RUTIN_")
    ]

    assert described == [
        [f"`RUTIN_{each.name.upper()}`", shown(each.default), each.metadata["expected"], meaning]
        for each, meaning in zip(fields(Settings), meanings(), strict=True)
    ]


def shown(default: object) -> str:
    if isinstance(default, bool):
        return "`yes`" if default else "`no`"
    if isinstance(default, time):
        return f"`{default:%H:%M}`"
    return f"`{default}`" if str(default) else "none"


def meanings() -> list[str]:
    """Give the docstrings under the settings, in their order."""
    [settings] = [
        node
        for node in trees("engine")["engine/settings.py"].body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    ]
    return [
        " ".join(ast.literal_eval(said.value).split())
        for setting, said in zip(settings.body, settings.body[1:], strict=False)
        if isinstance(setting, ast.AnnAssign) and isinstance(said, ast.Expr)
    ]


# ------------------------------------------------------------------------------ words


def test_the_glossary_has_every_noun_that_events_permissions_and_tables_use():
    words = (DOCS / "build/glossary.md").read_text(encoding="utf-8")
    known = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", words))))
    used = {
        *(each.value.partition(".")[0] for each in EventType),
        *(each.value.partition(":")[0] for each in Permission),
        *tables(),
    }

    assert used - known == set()


def tables() -> list[str]:
    return [
        ast.literal_eval(node.value)
        for tree in trees("engine", "qms").values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__tablename__"
    ]


def test_tables_are_found():
    assert {"process_instance", "audit_event"} <= set(tables())


# ------------------------------------------------------------------------------ the API


def test_the_api_guide_names_every_route_and_its_permission(tmp_path):
    app = create_app(
        Settings(
            database_url=f"sqlite:///{tmp_path}/rutin.db", files=tmp_path, secret_key="k" * 32
        )
    )
    app.installation.close()
    routes = {
        (f"{method} {without_kinds(rule.rule)}", app.view_functions[rule.endpoint].permission)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PROGRAMS) and "<path:" not in rule.rule  # those are files
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    named = {
        (row[0].strip("`"), Permission(row[2].strip("`")))
        for row in rows(DOCS / "reference/api.md")
        if re.match("`[A-Z]+ /", row[0])
    }

    assert named == routes


def without_kinds(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


# ------------------------------------------------------------------------------ the record


def program(number: int, folder: Path) -> dict:
    """Run one of the programs on the page about the record, and give what it defines."""
    path = folder / f"program_{number}.py"
    path.write_text(blocks(DOCS / "reference/audit-format.md", "python")[number], "utf-8")
    return runpy.run_path(str(path))


def exported(sealed: chain.Rows) -> list[dict]:
    """Write rows as the page does."""
    return [
        {
            **json.loads(json.dumps({**row, "chain": str(row["chain"])})),
            "payload": {
                each["field"]: {"salt": each["salt"].hex(), "value": each["value"]}
                for each in sealed.payloads
                if each["seq"] == row["seq"]
            },
        }
        for row in sealed.events
    ]


@pytest.fixture
def head(tmp_path):
    return program(0, tmp_path)["head"]


@pytest.fixture
def sealed() -> chain.Rows:
    events = [
        Event(EventType.INSTANCE_STARTED, {"key": "report", "version": 1}, {"variables.a": "å\n"}),
        Event(EventType.USER_TASK_CREATED, {"element": 'Grans"ka', "token": 2}),
        Event(EventType.USER_TASK_COMPLETED, {"token": 2}, {"variables.b": [1.5, None], "c": {}}),
    ]
    at = datetime(2026, 5, 1, 7, 30, tzinfo=UTC)
    return chain.seal(CHAIN, Head(), events, actor="person:x", at=at)


def test_the_example_of_the_record_holds(head):
    [example] = blocks(DOCS / "reference/audit-format.md", "json")
    page = (DOCS / "reference/audit-format.md").read_text(encoding="utf-8")

    seq, last = head(json.loads(example))

    assert f'`({seq}, "{last}")`' in page


def test_the_program_on_the_page_recomputes_what_the_code_seals(head, sealed):
    assert head(exported(sealed)) == (sealed.head.seq, sealed.head.hash)


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events.pop(1),
        lambda events: events.insert(0, events.pop(1)),
        lambda events: events[1]["facts"].update(element="Annat"),
        lambda events: events[1].update(actor="person:y"),
        lambda events: events[0]["payload"]["variables.a"].update(value='"ö"'),
        lambda events: events[0]["payload"].clear(),
        lambda events: events[2]["commitments"].clear(),
    ],
)
def test_the_program_on_the_page_stops_at_a_change(head, sealed, change):
    events = exported(sealed)
    change(events)

    with pytest.raises(AssertionError):
        head(events)


def test_the_page_reads_a_chain_out_of_sqlite(head, sqlite_url, tmp_path):
    installation = Installation(Settings(database_url=sqlite_url, files=tmp_path))
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, "anna", password=None, groups=["author"])
        uow.commit()
        kept = named_chain(uow.session, accounts.CHAIN)
    installation.close()

    read = program(1, tmp_path)["events"](sqlite_url.removeprefix("sqlite:///"), str(kept.id))

    assert head(read) == (head_of(kept).seq, head_of(kept).hash)


def test_the_page_tells_what_every_event_says():
    told = {
        name
        for row in rows(DOCS / "reference/audit-format.md")
        for name in re.findall(r"`(\w+\.\w+)`", row[0])
    }

    assert told == set(EventType)


# ------------------------------------------------------------------------------ models


def test_the_page_on_what_is_executed_names_every_element_that_is():
    page = (DOCS / "reference/bpmn-support.md").read_text(encoding="utf-8")
    named = page.lower().replace("-", " ")

    assert {tag for tag in EXECUTED if in_words(tag) not in named} == set()


def in_words(tag: str) -> str:
    return "none task" if tag == "task" else re.sub("([A-Z])", r" \1", tag).lower()


def test_a_finding_is_made_with_a_rule_that_can_be_found():
    found = {
        f"{name}:{node.lineno}: {ast.unparse(node.args[1])}"
        for name, tree in trees("bpmn").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding"
        if not isinstance(node.args[1], ast.Constant) and ast.unparse(node.args[1]) != "rule"
    }

    assert found == set()


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert {page.stem for page in PAGES} == rules("bpmn")


def test_every_page_of_a_rule_is_in_the_index():
    linked = re.findall(r"\]\(([\w-]+)\.md\)", (LINT / "README.md").read_text(encoding="utf-8"))

    assert sorted(linked) == sorted(page.stem for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_wrong_example_gives_the_finding_and_the_right_one_none(page):
    examples = [*blocks(page, "xml"), *blocks(page, "json")]
    if not examples:
        assert len(blocks(page, "sh")) == 2  # files in a folder, which a page can only tell of
        return
    wrong, right = [found(page, example) for example in examples]

    assert page.stem in wrong
    assert right == set()


def found(page: Path, example: str) -> set[str]:
    return {each.rule for each in deployment.check(dict([file(page, example)])).findings}


def file(page: Path, example: str) -> tuple[str, bytes]:
    """Make a whole file of the part that is shown."""
    if page.stem == "not-dmn":
        return "example.dmn", example.encode()
    if page.stem.startswith("decision-"):
        return "example.dmn", AROUND_DMN.format(example).encode()
    if page.stem.startswith("form-") and not example.startswith("<"):
        is_field = example.startswith('{"name"')
        return "report.form.json", (
            AROUND_A_FIELD.format(example) if is_field else example
        ).encode()
    if example.startswith(("<?", "<!", "<definitions")):
        return "example.bpmn", example.encode()
    if not example.startswith("<process"):
        example = f'<process id="routine" isExecutable="true">{example}</process>'
    return "example.bpmn", AROUND_XML.format(example).encode()


def test_the_model_of_the_first_five_minutes_can_be_deployed():
    [model] = re.findall(
        r"<definitions.*?</definitions>", (ROOT / "README.md").read_text(), re.DOTALL
    )

    assert deployment.check({"hello.bpmn": model.encode()}).findings == ()


# ------------------------------------------------------------------------------ all pages


def test_links_lead_to_files_and_headings_that_exist():
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]

    assert [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not leads_somewhere(page, target)
    ] == []


def leads_somewhere(page: Path, target: str) -> bool:
    name, _, heading = target.partition("#")
    path = (page.parent / name).resolve() if name else page
    if not path.exists():
        return False
    return not heading or heading in anchors(path.read_text(encoding="utf-8"))


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def test_every_decision_has_a_number_of_its_own_and_is_listed():
    decisions = DOCS / "build/decisions"
    names = sorted(page.name for page in decisions.glob("[0-9]*.md"))

    listed = re.findall(r"\(([^)]+\.md)\)", (decisions / "README.md").read_text(encoding="utf-8"))

    assert [name[:4] for name in names] == [f"{i:04}" for i in range(1, len(names) + 1)]
    assert listed == names


def test_dependencies_are_argued():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    front_end = json.loads((ROOT / "web/frontend/package.json").read_text("utf-8"))
    built_by = {"sphinx", "myst-parser"}
    declared = {re.split(r"[\[<>=~!]", each)[0].lower() for each in project["dependencies"]}
    declared |= set(front_end["devDependencies"]) | built_by
    argued = {row[0].lower() for row in rows(DOCS / "build/decisions/0009-dependencies.md")}

    assert declared == argued - {"dependency", "package"}


def test_what_a_page_tells_people_to_press_is_on_the_pages():
    shown = catalogue()
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert labels(text)
    assert labels(text) - shown["en"] == set()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_the_guides_tell_people_to_press_is_on_the_pages_in_that_language(language):
    shown = catalogue()[language] | NAMES
    pages = {page.stem: page.read_text("utf-8") for page in DOCS.glob(f"use/{language}/*.md")}

    told = {name: labels(text) for name, text in pages.items() if name != "document-approval"}

    assert len(set.union(*told.values())) > 80
    assert {name: wrong for name, each in told.items() if (wrong := each - shown)} == {}


def labels(text: str) -> set[str]:
    """Give what is bold and begins with a capital, and is no sentence of its own."""
    return set(re.findall(r"\*\*([A-ZÅÄÖ][^*]*[^*.:])\*\*", text))


def catalogue() -> dict[str, set[str]]:
    with (ROOT / "web/translations/sv/LC_MESSAGES/messages.po").open("rb") as file:
        kept = [(each.id, each.string) for each in read_po(file) if isinstance(each.id, str)]
    return {"en": {english for english, _ in kept}, "sv": {swedish for _, swedish in kept}}
