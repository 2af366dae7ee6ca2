"""One value of many: sums, means, the smallest, whether all are true (§10.3.4.4)."""

from collections.abc import Callable
from typing import Any

from bpmn.feel import arithmetic, numbers, values
from bpmn.feel.builtins.signatures import builtin
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.numbers import Number
from bpmn.feel.run import Run


def min_(run: Run, items: list[Any]) -> Any:
    return _extreme(run, items, -1)


def max_(run: Run, items: list[Any]) -> Any:
    return _extreme(run, items, 1)


def sum_(run: Run, items: list[Any]) -> Any:
    """Add numbers, or durations of one kind; nothing has no sum."""
    run.budget.pay(len(items))
    if not items:
        return None
    if not all(values.kind(each) in SUMMED for each in items):
        raise _strangers(items)
    total = items[0]
    for each in items[1:]:
        total = arithmetic.operate("+", total, each, run.budget)
    return total


def mean(run: Run, items: list[Any]) -> Any:
    if not items:
        return None
    return arithmetic.operate("/", sum_(run, items), len(items), run.budget)


def product(run: Run, items: list[Any]) -> Number:
    result: Number = 1
    for each in _numbers(run, items):
        result = numbers.multiply(result, each)
    return result


def median(run: Run, items: list[Any]) -> Number | None:
    if not items:
        return None
    ordered = sorted(_numbers(run, items))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return numbers.divide(numbers.add(ordered[middle - 1], ordered[middle]), 2)


def stddev(run: Run, items: list[Any]) -> Number:
    """Return how far a sample is spread."""
    sample = _numbers(run, items)
    if len(sample) < 2:
        raise NoValue("Fewer than two numbers have no standard deviation.")
    middle = mean(run, sample)
    squares = [numbers.power(numbers.subtract(each, middle), 2) for each in sample]
    return numbers.square_root(numbers.divide(sum_(run, squares), len(sample) - 1))


def mode(run: Run, items: list[Any]) -> list[Number]:
    """Return the numbers that come most often, in their order."""
    if not items:
        return []
    often: dict[Number, int] = {}
    for each in _numbers(run, items):
        often[each] = often.get(each, 0) + 1
    most = max(often.values())
    return sorted(each for each, times in often.items() if times == most)


def all_(run: Run, items: list[Any]) -> bool | None:
    return _junction(run, items, decisive=False)


def any_(run: Run, items: list[Any]) -> bool | None:
    return _junction(run, items, decisive=True)


def _junction(run: Run, items: list[Any], *, decisive: bool) -> bool | None:
    run.budget.pay(len(items))
    if any(each is decisive for each in items):
        return decisive
    for each in items:
        if each is not None and type(each) is not bool:
            raise _strangers(items)
    return None if None in items else not decisive


def _extreme(run: Run, items: list[Any], direction: int) -> Any:
    if not items:
        return None
    best = items[0]
    run.budget.pay(len(items) * values.price(best))
    for each in items:
        order = values.compare(each, best)
        if order is None:
            raise _strangers(items)
        if order == direction:
            best = each
    return best


def _numbers(run: Run, items: list[Any]) -> list[Number]:
    if not items:
        raise NoValue("The list is empty.")
    run.budget.items(len(items))
    if not all(type(each) in values.NUMBERS for each in items):
        raise _strangers(items)
    return items


def _strangers(items: list[Any]) -> NoValue:
    kinds = dict.fromkeys(map(values.kind, items))
    return NoValue("The list holds values of the types {kinds}.", kinds=", ".join(kinds))


SUMMED = frozenset({"number", "days and time duration", "years and months duration"})


def _aggregate(name: str, does: Callable[..., Any], item: str = "n: any") -> Invocable:
    """Return a function of a list, or of as many arguments as there are."""
    return builtin(name, ("list: list", does), (f"{item}...", does))


FUNCTIONS: tuple[Invocable, ...] = (
    _aggregate("min", min_, "c: any"),
    _aggregate("max", max_, "c: any"),
    _aggregate("sum", sum_),
    _aggregate("mean", mean),
    _aggregate("product", product),
    _aggregate("median", median),
    _aggregate("stddev", stddev),
    _aggregate("mode", mode),
    _aggregate("all", all_, "b: any"),
    _aggregate("any", any_, "b: any"),
)
