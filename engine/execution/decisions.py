"""Decisions that are asked: within a case, or by themselves; every answer is in the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpmn import values
from bpmn.deployment import DecisionVersion
from bpmn.dmn import BudgetExceeded, Outcome
from bpmn.feel import Setting
from bpmn.progress import Decided
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.kept import kept
from bpmn.values import InvalidValue
from engine.audit.events import Event, EventType
from engine.errors import Invalid, NotFound
from engine.execution.library import DeployedLibrary
from engine.identity.permissions import Permission, require
from engine.uow import UnitOfWork

CHAIN = "decisions"
"""The chain of the decisions that were asked outside of cases."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a decision said, and all that explains it."""

    key: str
    digest: str
    """The identity of the version that was asked; `definition.created` says of which files it is made."""
    value: Any
    inputs: Mapping[str, Any]
    rules: tuple[tuple[str, int], ...]
    """The rules that matched: the element of their table, and their row."""
    warnings: tuple[tuple[str, Mapping[str, object]], ...]
    violated: bool = False
    """More rules matched than the hit policy allows; then there is no value."""


def evaluate(
    uow: UnitOfWork, key: str, variables: Mapping[str, Any], version: int | None = None
) -> Evaluated:
    """
    Ask the decision that is in force under a key, or a certain version of it.

    Raises `NotFound`, and `Invalid` for variables that cannot be taken or a decision that takes too much.
    """
    require(uow.actor, Permission.EVALUATE_DECISION)
    found = DeployedLibrary(uow).decision(key, version=version)
    if found is None:
        raise NotFound("There is no decision with the key '{key}'.", key=key)
    try:
        given = values.taken_in(variables, uow.installation.limits)
        setting = Setting(uow.now, uow.installation.settings.zone)
        evaluated = _evaluated(found, found.decisions.evaluate(key, given, setting))
    except (InvalidValue, BudgetExceeded, ExpressionFailed) as error:
        raise Invalid(error.template, **error.values) from error
    uow.record(CHAIN, Event(EventType.DECISION_EVALUATED, facts(evaluated), payload(evaluated)))
    return evaluated


def _evaluated(version: DecisionVersion, outcome: Outcome) -> Evaluated:
    return Evaluated(
        key=outcome.key,
        digest=version.identity,
        value=kept(outcome.value),
        inputs={name: kept(each) for name, each in outcome.inputs.items()},
        rules=tuple(
            (table.element, rule.number) for table in outcome.tables for rule in table.rules
        ),
        warnings=tuple((each.template, each.values) for each in outcome.warnings),
        violated=outcome.violated,
    )


def within_case(decided: Decided) -> Event:
    """Return the event of a decision that a business rule task asked."""
    evaluated = Evaluated(
        decided.key,
        decided.version,
        decided.value,
        decided.inputs,
        decided.rules,
        decided.warnings,
    )
    place = {"token": decided.token, "element": decided.element.id}
    return Event(EventType.DECISION_EVALUATED, {**place, **facts(evaluated)}, payload(evaluated))


def facts(evaluated: Evaluated) -> dict[str, Any]:
    return {
        "decision": evaluated.key,
        "digest": evaluated.digest,
        "rules": [f"{table}#{number}" for table, number in evaluated.rules],
    }


def payload(evaluated: Evaluated) -> dict[str, Any]:
    return {
        **{f"inputs.{name}": value for name, value in evaluated.inputs.items()},
        "result": evaluated.value,
        "warnings": [template.format_map(each) for template, each in evaluated.warnings],
    }
