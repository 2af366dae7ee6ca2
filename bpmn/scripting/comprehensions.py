"""Lists made by a loop: `[row.amount for row in rows if row.paid]`."""

import ast
from typing import Any

from bpmn.scripting import aggregates
from bpmn.scripting.kinds import truth
from bpmn.scripting.reading import Reading
from bpmn.scripting.run import Evaluate, Run


def comprehension(reading: Reading, node: ast.ListComp) -> Evaluate:
    loop, *more = node.generators
    if more or loop.is_async:
        raise reading.refused(node, "A list is made by one loop; use 'for' in a script for more.")
    source = reading.value(loop.iter)
    with reading.bound(loop.target) as store:
        before = reading.operations
        tests = [reading.value(test) for test in loop.ifs]
        element = reading.value(node.elt)
        price = reading.operations - before + 1

    def build(run: Run) -> list[Any]:
        built = []
        for item in aggregates.items(run, source(run)):
            run.burn(price)
            store(run, item)
            for test in tests:
                if not truth(test(run)):
                    break
            else:
                built.append(element(run))
        run.room_for_items(len(built))
        return built

    return build
