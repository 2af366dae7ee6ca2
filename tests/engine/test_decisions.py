"""Decisions that are made of several files: every version keeps to its own."""

import pytest

from bpmn.deployment import Kind
from engine.audit import repository as record
from engine.cases import reading
from engine.definitions import repository as definitions
from engine.execution import decisions
from engine.execution.library import VersionUnreadable
from engine.installation import Shelf
from engine.uow import begin, look
from tests.bpmn.dmn.models import decision, file, literal
from tests.bpmn.sketch import element, model, start, user
from tests.engine import cases

OFFER = file(
    '<import name="rates" namespace="rates" importType="DMN"/>',
    decision("Offer", literal("rates.Rate * 2"), requires=["rates#rate"]),
    namespace="offers",
)


def rates(value: int) -> bytes:
    return file(decision("Rate", literal(str(value))), namespace="rates")


def files(value: int) -> dict[str, bytes]:
    return {"offer.dmn": OFFER, "rates.dmn": rates(value)}


def ask(installation, actor, version=None):
    installation.decisions = Shelf(10)
    with begin(installation, actor) as uow:
        evaluated = decisions.evaluate(uow, "offer", {}, version)
        uow.commit()
    return evaluated


def process(**said):
    task = element("businessRuleTask", "d", camunda__decisionRef="offer", **said)
    return model("p", start(), task, user("a"), flows="s > d > a")


def test_a_change_in_an_imported_file_is_a_new_version(installation, deploy, alice):
    deploy(**files(1))
    deploy(**files(2))
    deploy(**files(1))

    assert ask(installation, alice).value == 4
    assert ask(installation, alice, version=1).value == 2
    assert ask(installation, alice, version=2).value == 4
    with look(installation, alice) as uow:
        versions = definitions.listed(uow.session, Kind.DECISION, key="offer")
        assert [each.version for each in versions] == [2, 1]


def test_the_record_says_which_files_answered(installation, deploy, alice):
    deploy(**files(1))
    evaluated = ask(installation, alice)

    with look(installation, alice) as uow:
        chains = {each.name: each.id for each in record.named_chains(uow.session)}
        made = [
            each.facts["files"]
            for each in record.events(uow.session, chains["definitions"])
            if each.type == "definition.created" and each.facts["digest"] == evaluated.digest
        ]
        [deployed] = definitions.listed(uow.session, Kind.DECISION, key="offer")
        digests = definitions.file_digests(uow.session, deployed.deployment_id)
        assert made == [[digests["offer.dmn"], digests["rates.dmn"]]]


@pytest.mark.parametrize(
    ("said", "offer"), [({}, 4), ({"camunda__decisionRefBinding": "deployment"}, 2)]
)
def test_a_case_asks_the_files_that_were_deployed_with_its_process(
    installation, deploy, alice, said, offer
):
    deploy(process(**said), **files(1))
    deploy(**files(2))
    installation.decisions = Shelf(10)

    case = cases.start(installation, alice)

    with look(installation, alice) as uow:
        assert reading.get(uow, case.id).variables["Offer"] == offer


@pytest.mark.parametrize(
    ("said", "versions", "offer"),
    [
        ({}, 1, 4),
        ({"camunda__decisionRefBinding": "deployment"}, 2, 4),
        ({"camunda__decisionRefBinding": "version", "camunda__decisionRefVersion": "1"}, 1, 2),
    ],
)
def test_a_process_that_is_tied_to_its_decisions_is_made_of_them(
    installation, deploy, alice, said, versions, offer
):
    deploy(process(**said), **files(1))
    [old] = deploy(process(**said), **files(1))[-1:]
    [new] = deploy(process(**said), **files(2))[-1:]
    installation.decisions = Shelf(10)

    case = cases.start(installation, alice)

    assert (old.version, new.version) == (1, versions)
    with look(installation, alice) as uow:
        assert reading.get(uow, case.id).variables["Offer"] == offer


def test_a_version_whose_files_are_read_as_others_is_not_asked(
    installation, deploy, alice, monkeypatch
):
    deploy(**files(1))
    monkeypatch.setattr("bpmn.versions.files_of", lambda *_: ("00", "11"))

    with pytest.raises(VersionUnreadable):
        ask(installation, alice)
