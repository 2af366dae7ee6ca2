"""
Every byte of a diagram comes from a stranger.

What is not executed as BPMN 2.0 says, or might do harm, is refused with its place, and nothing of it is kept.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import diagrams, uploads
from tests.factories.problems import findings, problem
from tests.factories.tables import counted

ROOT = Path(__file__).parents[2]
GROUPS = {
    "XML": uploads.XML,
    "scripts": uploads.SCRIPTS,
    "not executed": uploads.UNSUPPORTED,
    "wrong": uploads.WRONG,
}


def refused(owner, installation, bad):
    """Deploy what is bad, and return what is told about it."""
    before = counted(installation)

    told = findings(owner.deploy(bad.files))

    assert counted(installation) == before
    return told


@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
def test_a_file_is_refused_with_its_place_and_nothing_is_kept(
    owner, installation, group, subtests
):
    for name, bad in group.items():
        with subtests.test(name):
            told = refused(owner, installation, bad)

            assert _names_the_place(told, bad), told
            assert not [each for each in told if "root:" in each["message"]]
            for each in told:
                if each["rule"] == "not-supported":
                    assert _called_by_name(each["message"], bad)


def _names_the_place(told, bad):
    return any(
        (each["rule"], each["resource"], each["element_id"])
        == (bad.rule, bad.resource, bad.element)
        and bad.line in {None, each["line"]}
        for each in told
        if each["severity"] == "error"
    )


def _called_by_name(message, bad):
    """Tell whether what is not executed is quoted as the file has it: `'camunda:field'`, `'a=true'`."""
    said = message.split("'")[1].partition("=")[0].rpartition(":")[2]
    return said == "conditional flow" or f"{said}".encode() in next(iter(bad.files.values()))


@pytest.mark.parametrize("size", [21_000_000, 50_000_000])
def test_what_is_larger_than_any_request_is_not_read(owner, installation, size):
    start = diagrams.around("<documentation>x</documentation>")
    before = counted(installation)

    answer = owner.deploy({"p.bpmn": start.replace(b">x<", b">" + b"x" * size + b"<")})

    problem(answer, 413)
    assert counted(installation) == before


def test_many_files_that_are_too_large_together_are_refused(owner, installation):
    before = counted(installation)

    files = {f"p{each}.bpmn": diagrams.one_task(f"p{each}") for each in range(201)}
    [finding] = findings(owner.deploy(files))

    assert finding["rule"] == "too-many-resources"
    assert counted(installation) == before


def test_every_reason_is_told_at_once(owner, installation):
    bad = uploads.drawn(
        '<intermediateCatchEvent id="a"/>\n<userTask id="b"><multiInstanceLoopCharacteristics/></userTask>\n'
        '<sequenceFlow id="f" sourceRef="a" targetRef="c"/>',
        "",
        None,
    )

    told = refused(owner, installation, bad)

    assert [(each["element_id"], each["line"]) for each in told] == [("f", 6), ("a", 4), ("b", 5)]


CIRCLES = {
    "a process and its element": diagrams.around('<task id="p"/>'),
    "a sub-process and its element": diagrams.around(
        '<subProcess id="a"><task id="a"/></subProcess>'
    ),
    "a sub-process and what is deep in it": diagrams.around(
        '<subProcess id="a"><subProcess id="b"><task id="a"/></subProcess></subProcess>'
    ),
}


@pytest.mark.parametrize("source", CIRCLES.values(), ids=CIRCLES)
def test_an_id_that_is_inside_itself_does_not_stop_the_server(source):
    """In a process of its own: a circle would hold this one for ever."""
    code = (
        "import sys; from bpmn import deployment;"
        "print(*(each.rule for each in deployment.check({'p.bpmn': sys.stdin.buffer.read()}).findings))"
    )

    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=source,
            capture_output=True,
            timeout=8,
            cwd=ROOT,
            check=True,
        )
    except subprocess.TimeoutExpired:
        pytest.fail("reading the model never ends")

    assert "duplicate-id" in done.stdout.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_diagram_may_be_written_in_another_encoding(owner, encoding):
    """The control: what is refused above is refused for what it is, and not for how it is written."""
    source = diagrams.around("<task id='a' name='Läs'/>").decode().replace("UTF-8", encoding)

    assert owner.deploy(source.encode(encoding)).status == 201


def test_what_does_no_harm_is_taken(owner):
    source = diagrams.around(
        "<?php evil() ?><!-- comment --><extensionElements><x xmlns='urn:other'/></extensionElements>"
        "<task id='a'/><textAnnotation id='t'/><dataObject id='d'/>"
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>"
    )

    assert owner.deploy(source).status == 201


def test_a_key_that_no_index_holds_is_refused(owner, installation):
    key = "".join(chr(0x4E00 + each * 7919 % 20_000) for each in range(20_000))
    before = counted(installation)

    findings(owner.deploy(diagrams.around("<task id='a'/>", key=key)))

    assert counted(installation) == before
