"""Cases are found by the variables that their routine declares, and by no others."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from engine.inbox import repository
from engine.inbox.asking import Asked, Comparison, Filters, Sort, Tab, VariableIs
from engine.instances import searchable
from engine.instances.models import CaseVariable
from engine.uow import look
from tests.bpmn.sketch import end, model, start, user
from tests.engine import cases

STOCKHOLM = ZoneInfo("Europe/Stockholm")
OFFICER = {"rutin__candidateGroups": "officer"}
EQUAL, AT_LEAST, AT_MOST = Comparison.EQUAL, Comparison.AT_LEAST, Comparison.AT_MOST


def routine(declared="supplier, amount, day, urgent"):
    source = model(
        "p", start(), user("a", **OFFICER), user("b", **OFFICER), end(), flows="s > a > b > e"
    )
    return source.replace(
        b'<process id="p"',
        f'<process xmlns:rutin="https://rutin.example/schema/1" rutin:searchable="{declared}" id="p"'.encode(),
        1,
    )


def kept(installation, actor, instance):
    with look(installation, actor) as uow:
        rows = uow.session.scalars(
            select(CaseVariable).where(CaseVariable.instance_id == instance.id)
        )
        return {each.name: (each.text, each.number, each.day) for each in rows}


def found(installation, actor, *wanted, **more):
    asked = Asked(Tab.OPEN, Sort.DUE, Filters(variables=wanted, **more), None, 50)
    with look(installation, actor) as uow:
        items, _ = repository.page(uow.session, actor, asked, uow.now)
        return {each.case.id for each in items}


@pytest.mark.parametrize(
    ("value", "searched"),
    [
        ("Bolaget", ("Bolaget", None, None)),
        ("x" * 300, ("x" * 200, None, None)),
        (True, ("true", None, None)),
        (5, ("5", 5.0, None)),
        (Decimal("1.50"), ("1.50", 1.5, None)),
        (10**400, None),
        (date(2026, 5, 1), ("2026-05-01", None, date(2026, 5, 1))),
        (
            datetime(2026, 5, 1, 23, tzinfo=UTC),
            ("2026-05-01T23:00:00+00:00", None, date(2026, 5, 2)),
        ),
        (["a"], None),
        ({"a": 1}, None),
        (None, None),
    ],
)
def test_a_value_is_searched_as_what_it_is(value, searched):
    assert searchable.searched_as(value, STOCKHOLM) == searched


def test_only_what_is_declared_is_kept_and_it_follows_the_case(installation, deploy, alice, bob):
    deploy(routine())
    case = cases.start(installation, alice, supplier="Bolaget", amount=5, other="x")
    assert kept(installation, alice, case) == {
        "supplier": ("Bolaget", None, None),
        "amount": ("5", 5.0, None),
    }

    task = cases.open_tasks(installation, bob, case)["a"]
    cases.complete(installation, bob, task, amount=7, supplier=None, urgent=True)

    assert kept(installation, alice, case) == {
        "amount": ("7", 7.0, None),
        "urgent": ("true", None, None),
    }


def test_nothing_is_kept_of_a_routine_that_declares_nothing(installation, deploy, alice):
    deploy(routine(declared=""))

    assert kept(installation, alice, cases.start(installation, alice, supplier="x")) == {}


@pytest.mark.parametrize("few", [0, 500], ids=["at each task", "cases first"])
def test_cases_are_found_by_text_number_and_day(installation, deploy, alice, monkeypatch, few):
    monkeypatch.setattr("engine.inbox.cases.FEW", few)
    deploy(routine())
    one = cases.start(installation, alice, supplier="Bolaget", amount=Decimal("1.5")).id
    two = cases.start(installation, alice, supplier="Åkeriet", amount=20, day=date(2026, 5, 1)).id

    def by(*wanted, **more):
        return found(installation, alice, *(VariableIs(*each) for each in wanted), **more)

    assert by(("supplier", EQUAL, "Bolaget")) == {one}
    assert by(("amount", EQUAL, "1.50")) == {one}
    assert by(("amount", AT_LEAST, Decimal(2))) == {two}
    assert by(("amount", AT_MOST, Decimal(20))) == {one, two}
    assert by(("day", AT_MOST, date(2026, 5, 1))) == {two}
    assert by(("day", AT_LEAST, date(2026, 5, 2))) == set()
    assert by(("supplier", EQUAL, "Åkeriet"), ("amount", EQUAL, "20")) == {two}
    assert by(("supplier", EQUAL, "Åkeriet"), ("amount", EQUAL, "21")) == set()
    assert by(("supplier", EQUAL, "Åkeriet"), unit="hemtjanst") == set()
    assert by(("supplier", EQUAL, "Åkeriet"), business_key_prefix="x") == set()
    assert by(("other", EQUAL, "Åkeriet")) == set()
