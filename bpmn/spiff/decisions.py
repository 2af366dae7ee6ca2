"""Business rule tasks: a decision of DMN is asked within the step (BPMN 2.0 §10.3.3)."""

from collections.abc import Callable
from typing import Any

from bpmn import feel
from bpmn.description import Binding, DecisionResult, Element, ResultKind
from bpmn.dmn import Outcome
from bpmn.errors import BpmnError
from bpmn.progress import Decided
from bpmn.scripting.kept import kept
from bpmn.scripting.seen import Seen
from bpmn.spiff.activities import Activity
from bpmn.spiff.awaiting import Value
from bpmn.spiff.process import DecisionVersion, ProcessSpec
from bpmn.spiff.scopes import Scope
from bpmn.spiff.token import Token


class DecisionTask(Activity):
    def __init__(self, spec: ProcessSpec, element: Element, called: Value, version: Value) -> None:
        super().__init__(spec, element)
        self._called = called
        self._version = version

    def work(self, token: Token) -> bool:
        scope = token.workflow
        names = scope.names()
        key = str(self._called(names) or "")
        version = self._found(scope, key, names)
        outcome = version.decisions.evaluate(key, names, feel.Setting(names.now, names.zone))
        if outcome.violated:
            raise BpmnError(
                "More rules of the decision '{decision}' match than its hit policy allows.",
                decision=outcome.name,
            )
        written = _written(self.element.decision_result, outcome)
        self._chosen(token, written)
        token.wrote = written
        scope.assign(written)
        scope.top.decided.append(_told(token, version, outcome))
        return True

    def _found(self, scope: Scope, key: str, names: Seen) -> DecisionVersion:
        """Return the version to ask: the one in force, that deployed beside the process, or one by its number."""
        library, binding = scope.top.library, self.element.call.binding
        found: DecisionVersion | None
        if binding is Binding.DEPLOYMENT:
            found = library.decision(key, beside=scope.process)
        elif binding is Binding.VERSION:
            found = library.decision(key, version=whole_number(self._version(names)))
        else:
            found = library.decision(key)
        if found is None:
            raise BpmnError("The decision '{key}' that is called here is not installed.", key=key)
        return found


def _told(token: Token, version: DecisionVersion, outcome: Outcome) -> Decided:
    return Decided(
        token=token.id,
        element=token.task_spec.element,
        key=outcome.key,
        version=version.identity,
        inputs={name: kept(each) for name, each in outcome.inputs.items()},
        value=kept(outcome.value),
        rules=tuple(
            (table.element, rule.number) for table in outcome.tables for rule in table.rules
        ),
        warnings=tuple((each.template, each.values) for each in outcome.warnings),
    )


def whole_number(version: Any) -> int:
    """Return the number of a version. Raises `BpmnError` for what is none."""
    text = str(version).strip()
    if not text.isdecimal() or len(text) > 9:
        raise BpmnError("'{version}' is not the number of a version.", version=text[:80])
    return int(text)


def _written(result: DecisionResult, outcome: Outcome) -> dict[str, Any]:
    """
    Return the variables that a decision sets.

    They are the one that the task names, else the outputs by their names, or the decision by its own where it
    has no outputs with names.
    """
    value = SHAPES[result.kind](kept(outcome.value), outcome)
    if result.variable:
        return {result.variable: value}
    if isinstance(value, dict):
        return value
    return {outcome.output_name: value}


def _entry(value: Any, outcome: Outcome) -> Any:
    """Return the only output of the only rule, or nothing where no rule matched."""
    if isinstance(value, list):
        return _only(value, outcome, _entry)
    if isinstance(value, dict):
        return _only(list(value.values()), outcome, _entry)
    return value


def _result(value: Any, outcome: Outcome) -> Any:
    """Return the outputs of the only rule by their names, or nothing where no rule matched."""
    if isinstance(value, list):
        return _only(value, outcome, _result)
    return value if value is None or isinstance(value, dict) else {outcome.output_name: value}


def _only(items: list[Any], outcome: Outcome, shape: Callable[[Any, Outcome], Any]) -> Any:
    if len(items) > 1:
        raise BpmnError(
            "The decision '{decision}' gives {count} results, where one is asked for.",
            decision=outcome.name,
            count=len(items),
        )
    return shape(items[0], outcome) if items else None


def _each(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


SHAPES: dict[ResultKind, Callable[[Any, Outcome], Any]] = {
    ResultKind.AS_IT_IS: lambda value, _: value,
    ResultKind.SINGLE_ENTRY: _entry,
    ResultKind.SINGLE_RESULT: _result,
    ResultKind.COLLECT_ENTRIES: lambda value, outcome: [
        _entry(each, outcome) for each in _each(value)
    ],
    ResultKind.RESULT_LIST: lambda value, outcome: [
        _result(each, outcome) for each in _each(value)
    ],
}
"""What becomes of what a decision says, as Camunda 7 names it (`mapDecisionResult`)."""
