"""`for`, `some`, `every`: expressions evaluated for each of many."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bpmn.feel import tree, values
from bpmn.feel.compiling import Compiler
from bpmn.feel.errors import NoValue
from bpmn.feel.run import Evaluate, Scope
from bpmn.feel.temporal import Date
from bpmn.feel.tree import Iteration
from bpmn.feel.values import Range

PARTIAL = "partial"
Items = Callable[[Scope], "Sequence[Any] | None"]


class Rounds:
    """The iterations of a loop, each within those before it."""

    def __init__(self, compiler: Compiler, iterations: Sequence[Iteration]) -> None:
        first, *others = iterations
        self.names = [each.name for each in iterations]
        self._prices = [0]
        self._sources = [_items(compiler, first)]
        for each in others:
            before, compiler.price = compiler.price, 0
            with compiler.inside():
                self._sources.append(_items(compiler, each))
            self._prices.append(compiler.price)
            compiler.price = before

    def scopes(
        self, scope: Scope, price: int, known: Mapping[str, Any], level: int = 0
    ) -> Iterator[Scope]:
        """
        Return the scope of each round, which is paid; raises `NoValue` where nothing can be gone through.

        `known` are names that all rounds share.
        """
        budget = scope.run.budget
        budget.pay(self._prices[level])
        items = self._sources[level](scope)
        if items is None:
            raise NoValue("What is gone through is null.")
        name, last = self.names[level], level == len(self._sources) - 1
        for item in items:
            budget.pay(price if last else 1)
            inner = Scope(scope.run, {**known, name: item}, scope)
            if last:
                yield inner
            else:
                yield from self.scopes(inner, price, known, level + 1)


def for_(compiler: Compiler, node: tree.For) -> Evaluate:
    rounds, at = Rounds(compiler, node.iterations), node.at
    body, price = compiler.repeated(node.body)
    lets_partial_out = _lets_partial_out(node.body)

    def go_through(scope: Scope) -> Any:
        results: list[Any] = []
        budget = scope.run.budget
        try:
            for inner in rounds.scopes(scope, price, {PARTIAL: results}):
                if len(results) >= budget.limits.items:
                    budget.items(len(results) + 1)
                if lets_partial_out:
                    budget.items(len(results))
                    inner = inner.within({PARTIAL: results[:]})  # noqa: PLW2901
                results.append(body(inner))
        except NoValue as error:
            return scope.run.null(at, error.template, **error.values)
        return results

    return go_through


def _lets_partial_out(body: tree.Node) -> bool:
    """
    Tell whether the results so far may become part of a result, and have to be copied for each round.

    Mostly they are only looked into, as in `partial[-1]`.
    """
    nodes = list(tree.parts(body))
    looked_into = sum(isinstance(each, tree.Filter) and _is_partial(each.source) for each in nodes)
    return sum(map(_is_partial, nodes)) > looked_into


def _is_partial(node: tree.Node) -> bool:
    return isinstance(node, tree.Name) and node.name == PARTIAL


def quantified(compiler: Compiler, node: tree.Quantified) -> Evaluate:
    rounds, at, decisive = Rounds(compiler, node.iterations), node.at, node.decisive
    condition, price = compiler.repeated(node.condition)
    word = "some" if decisive else "every"

    def decide(scope: Scope) -> Any:
        result: bool | None = not decisive
        try:
            for inner in rounds.scopes(scope, price, {}):
                value = condition(inner)
                if value is decisive:
                    return decisive
                if value is not result:
                    result = None
                    if value is not None and type(value) is not bool:
                        raise _not_boolean(word, value)
        except NoValue as error:
            return scope.run.null(at, error.template, **error.values)
        return result

    return decide


def _not_boolean(word: str, value: Any) -> NoValue:
    return NoValue(
        "'{word}' works with true and false, not with a {kind}.",
        word=word,
        kind=values.kind(value),
    )


def _items(compiler: Compiler, iteration: Iteration) -> Items:
    source = compiler.value(iteration.source)
    if iteration.end is None:
        return lambda scope: _gone_through(scope, source(scope))
    end = compiler.value(iteration.end)
    return lambda scope: _from_to(scope, source(scope), end(scope))


def _gone_through(scope: Scope, value: Any) -> Sequence[Any] | None:
    if type(value) is list:
        scope.run.budget.pay(1)
        if len(value) == 1 and type(value[0]) is Range:
            return _of_range(scope, value[0])
        return value
    if type(value) is Range:
        return _of_range(scope, value)
    return None if value is None else [value]


def _of_range(scope: Scope, value: Range) -> Sequence[Any]:
    items = _from_to(scope, value.start, value.end)
    first = 0 if value.start_included else 1
    return items[first : len(items) if value.end_included else len(items) - 1]


def _from_to(scope: Scope, start: Any, end: Any) -> Sequence[Any]:
    """Return whole numbers or days from one to another, upwards or downwards."""
    if type(start) is Date and type(end) is Date:
        days = _from_to(scope, start.number, end.number)
        return [Date.numbered(number) for number in days]
    if type(start) is not int or type(end) is not int:
        raise NoValue(
            "Only whole numbers and dates can be gone through, not from a {start} to a {end}.",
            start=values.kind(start),
            end=values.kind(end),
        )
    scope.run.budget.items(abs(end - start) + 1)
    return range(start, end + 1) if start <= end else range(start, end - 1, -1)
