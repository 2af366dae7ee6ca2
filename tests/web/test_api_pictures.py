"""PUT /process-definitions/…/picture: a picture that came with a version is shown in place of the one we draw."""

import pytest
from sqlalchemy import select

from bpmn.diagram import sanitising, svg
from engine.audit.models import AuditEvent
from tests.factories import diagrams
from tests.factories.problems import problem

SOURCE = diagrams.two_steps()
SVG = "image/svg+xml"
NOBODY = "01990000-0000-7000-8000-000000000000"
OWN = svg.draw(SOURCE).replace("<rect ", '<rect onclick="alert(1)" ', 1).encode()


@pytest.fixture
def version(owner):
    [version] = owner.deploy(SOURCE).json["definitions"]
    return f"/process-definitions/{version['id']}"


def give(caller, version, source=OWN, content_type=SVG):
    return caller.put(f"{version}/picture", body=source, content_type=content_type)


def test_a_picture_is_kept_sanitised_and_shown(owner, alice, version):
    before = alice.get(f"{version}/svg").text
    source = svg.draw(SOURCE).replace("</svg>", "<script>alert(1)</script></svg>").encode()

    answer = give(owner, version, source)

    assert answer.status == 200, answer.text
    assert set(answer.json) == {"definition_id", "digest", "kept_at"}
    shown = alice.get(f"{version}/svg").text
    assert shown != before
    assert "bpmn-stored" in shown
    assert "script" not in shown


def test_a_picture_is_replaced_by_a_later_one(owner, alice, version):
    first = give(owner, version).json["digest"]
    was = alice.get(f"{version}/svg").text

    second = give(owner, version, OWN.replace(b'viewBox="0 ', b'viewBox="-9 ')).json["digest"]

    assert first != second
    assert alice.get(f"{version}/svg").text != was


def test_what_a_version_is_does_not_change_by_its_picture(owner, alice, version):
    before = alice.get(version).json, alice.get(f"{version}/xml").body

    give(owner, version)

    assert (alice.get(version).json, alice.get(f"{version}/xml").body) == before


def test_the_record_says_who_gave_it(owner, version, installation):
    digest = give(owner, version).json["digest"]

    with installation.database.reading() as session:
        query = select(AuditEvent).where(AuditEvent.type == "definition.pictured")
        [event] = session.scalars(query)
    assert event.facts == {"definition": version.rsplit("/", 1)[1], "digest": digest}
    assert event.actor.startswith("person:")


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"<svg/>",
        b"no",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        OWN.replace(b'data-element-id="second"', b'data-element-id="other"'),
        OWN[:-6] + b"<g>" * 50 + b"</g>" * 50 + b"</svg>",
        OWN + b" " * sanitising.MAX_BYTES,
    ],
)
def test_what_is_no_picture_of_the_version_is_refused(owner, alice, version, source):
    before = alice.get(f"{version}/svg").text

    problem(give(owner, version, source), 422)

    assert alice.get(f"{version}/svg").text == before


def test_another_kind_of_content_is_refused(owner, version):
    problem(give(owner, version, content_type="application/json"), 415)


def test_only_who_deploys_gives_pictures(alice, auditor, charlie, version):
    for each in (alice, auditor, charlie):
        problem(give(each, version), 403)


def test_a_version_that_is_not_there_is_not_found(owner):
    problem(give(owner, f"/process-definitions/{NOBODY}"), 404)
