"""Whatever people read is there in Swedish as well as in English, and nothing that is read escapes translation."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tools.sentences import extract

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "web" / "templates"
SWEDISH = ROOT / "web" / "translations" / "sv" / "LC_MESSAGES" / "messages.po"

KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PERCENT = re.compile(r"%\((\w+)\)s")

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
STATEMENT = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
ATTRIBUTE = re.compile(r"""[a-z-]+="[^"]*"|\srequired\b""")
WORD = re.compile(r"[A-Za-zÅÄÖåäö]{2,}")
OUR_SCRIPT = '<script type="module" src="{{ assets.script }}"></script>'
READ_ALOUD = re.compile(r"""\b(?:aria-label|alt|title|placeholder)="([^"]*)\"""")
NAMES = {"Rutin", "rutin audit verify"}
"""What is called the same in every language."""


@pytest.fixture(scope="module")
def sentences():
    """Everything that `babel.cfg` finds: an id is a text, or a singular and a plural."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for name, line, message, _, _ in extract_from_dir(
        ROOT, methods, options, KEYWORDS, directory_filter=lambda _: True
    ):
        found.add(message, locations=[(name, line)])
    return found


@pytest.fixture(scope="module")
def swedish():
    with SWEDISH.open("rb") as file:
        return read_po(file, locale="sv")


def placeholders(text):
    return set(PERCENT.findall(text)) | {name for _, name, _, _ in Formatter().parse(text) if name}


def forms(entry):
    return (entry,) if isinstance(entry, str) else tuple(entry)


def test_every_sentence_has_its_swedish(sentences, swedish):
    missing = [
        f"{message.locations[0][0]}: {message.id!r}"
        for message in sentences
        if message.id and not _is_translated(swedish.get(message.id))
    ]

    assert missing == []


def test_no_translation_is_left_of_a_sentence_that_is_gone(sentences, swedish):
    assert [each.id for each in swedish if each.id and each.id not in sentences] == []


def test_a_translation_has_the_placeholders_of_its_sentence(swedish):
    wrong = [
        (message.id, each)
        for message in swedish
        if message.id
        for each in forms(message.string)
        if each  # what is missing is told by a test of its own
        and placeholders(each) != placeholders(forms(message.id)[-1])
    ]

    assert wrong == []


def test_a_translation_ends_as_its_sentence_does(swedish):
    signs = ".?:…"
    wrong = [
        (message.id, each)
        for message in swedish
        if message.id
        for one, each in zip(forms(message.id), forms(message.string), strict=True)
        if each and (one[-1] in signs or each[-1] in signs) and one[-1] != each[-1]
    ]

    assert wrong == []


def test_sentences_of_the_lower_floors_are_found(sentences):
    known = {
        "Fill this in.",  # a constant
        "There is nothing by that identity.",  # the docstring of an error
        "{user} has already taken the task.",  # an exception with values
        "A sequence flow cannot lead to a start event.",  # a table of a rule
        "{place}: '{key}' is '{text}', which cannot be read: {reason}",  # a note
        "Event {seq} is missing.",  # a break
        "A password has {shortest} to {longest} characters.",
        "intermediate catch event",  # a table of words
    }

    assert [each for each in known if each not in sentences] == []


def test_what_only_we_read_is_not_a_sentence(tmp_path):
    source = tmp_path / "module.py"
    source.write_text(
        '"""A docstring of a module."""\n'
        "LIMIT = 1\n"
        '"""A line about a constant."""\n'
        "class Helper:\n"
        '    """A docstring of a class."""\n'
        "class Gone(NotFound):\n"
        '    """It is gone."""\n'
        'NAMES = ["a word", "SELECT 1", f"Put {LIMIT} together."]\n'
        'ENGLISH: dict[str, str] = {"code": "a word of a table"}\n'
        "def f():\n"
        '    raise Conflict("too late")\n'
    )

    with source.open("rb") as file:
        found = [message for _, _, message, _ in extract(file, {}, [], {})]

    assert found == ["It is gone.", "a word of a table", "too late"]


# ---------------------------------------------------------------- templates

ALL_TEMPLATES = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*.html")
    if path.name != "api.html"
)


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_a_template_holds_no_words_of_its_own(name):
    source = COMMENT.sub("", (TEMPLATES / name).read_text())
    text = ATTRIBUTE.sub(" ", TAG.sub(" ", STATEMENT.sub(" ", source)))
    aloud = " ".join(STATEMENT.sub(" ", each) for each in READ_ALOUD.findall(source))
    for each in NAMES:
        text = text.replace(each, " ")

    assert WORD.findall(text) == []
    assert WORD.findall(aloud) == []


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_a_template_escapes_what_it_shows(name):
    source = (TEMPLATES / name).read_text()

    assert re.findall(r"autoescape|Markup", source) == []
    assert re.findall(r"\|\s*safe", source) == []


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_a_template_needs_no_exception_from_the_content_policy(name):
    source = (TEMPLATES / name).read_text().replace(OUR_SCRIPT, "")

    assert re.findall(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|https?://", source) == []


def _is_translated(message):
    return message is not None and all(forms(message.string)) and not message.fuzzy
