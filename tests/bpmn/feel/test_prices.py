"""What takes long is paid for: a loop over it ends by its budget, not by a clock."""

import pytest

from bpmn import feel
from tests.bpmn.feel.evaluating import setting

NOON = '@"2024-01-01T12:00:00@Europe/Paris"'


@pytest.mark.parametrize(
    "each",
    [
        'range("[1..2]")',
        "2 ** 0.5",
        "log(2)",
        "exp(1)",
        f"max(for n in 1..10 return {NOON}) = {NOON}",
        f"sort(for n in 1..10 return {NOON}, function(a, b) a < b)[1]",
    ],
)
def test_a_hundred_thousand_of_them_are_too_much(each):
    with pytest.raises(feel.BudgetExceeded):
        feel.read(f"for i in 1..100000 return {each}").evaluate({}, setting())
