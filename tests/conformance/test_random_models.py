"""
Random block-structured models, completed in a random order: what waits is what a small token game says.

The game knows only blocks: a task, a sequence, branches of which all, one or some are taken, and a loop. It is the
reference because it is too simple to be wrong in the way an engine can be.

Each model is played twice: saved and loaded after every step, and never saved. What is kept of a case is what it
stands at and its variables, so that a saved case forgets all that is past; both must be the same case all the way.
"""

import itertools
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bpmn.running import Run
from tests.bpmn.sketch import both, gateway, model, script, start, user, xor

SLACK = 8
"""Bytes by which the number of a token may become longer."""

# ---------------------------------------------------------------- the token game


@dataclass(frozen=True)
class Task:
    name: str


@dataclass(frozen=True)
class Seq:
    parts: tuple


@dataclass(frozen=True)
class Par:
    parts: tuple


DONE = Seq(())


def begun(block):
    """Return what is left of a block when it begins."""
    kind, *rest = block
    match kind:
        case "task":
            return Task(rest[0])
        case "seq":
            return Seq(tuple(begun(each) for each in rest[0]))
        case "and":
            return Par(tuple(begun(each) for each in rest[1]))
        case "xor":
            return begun(rest[1][rest[2]])
        case "or":
            return Par(
                tuple(begun(each) for each, taken in zip(rest[1], rest[2], strict=True) if taken)
            )
        case "loop":
            return Seq((begun(rest[1]),) * rest[2])
    raise AssertionError(kind)


def waiting(term):
    match term:
        case Task(name):
            return [name]
        case Seq((first, *_)):
            return waiting(first)
        case Par(parts):
            return [name for part in parts for name in waiting(part)]
    return []


def after(term, name):
    """Return what is left when one task of that name is completed, None where there is none."""
    match term:
        case Task(own):
            return DONE if own == name else None
        case Seq((first, *rest)):
            left = after(first, name)
            return None if left is None else Seq(tuple(rest if over(left) else (left, *rest)))
        case Par(parts):
            for index, part in enumerate(parts):
                left = after(part, name)
                if left is not None:
                    others = (*parts[:index], left, *parts[index + 1 :])
                    return DONE if all(map(over, others)) else Par(others)
    return None


def over(term):
    return not waiting(term)


# ---------------------------------------------------------------- the same as a model


class Drawing:
    def __init__(self):
        self.elements, self.flows = [], []

    def draw(self, block):
        """Draw a block; give its first and its last element."""
        kind, *rest = block
        if kind == "task":
            self.elements.append(user(rest[0]))
            return rest[0], rest[0]
        if kind == "seq":
            ends = [self.draw(each) for each in rest[0]]
            for (_, last), (first, _) in itertools.pairwise(ends):
                self.flows.append(f"{last} > {first}")
            return ends[0][0], ends[-1][1]
        if kind == "loop":
            return self.loop(*rest)
        return self.branches(kind, *rest)

    def branches(self, kind, name, parts, choice=None):
        split, join = f"{name}s", f"{name}j"
        make = {"and": both, "xor": xor, "or": lambda key: gateway("inclusive", key)}[kind]
        self.elements += [make(split), make(join)]
        for index, part in enumerate(parts):
            first, last = self.draw(part)
            taken = {"and": "", "xor": f" ? {index == choice}"}.get(kind)
            if taken is None:
                taken = f" ? {choice[index]}"
            self.flows += [f"{split} > {first}{taken}", f"{last} > {join}"]
        return split, join

    def loop(self, name, body, times):
        enter, merge, count, again, leave = (f"{name}{part}" for part in "imcdl")
        first, last = self.draw(body)
        self.elements += [
            script(enter, f"{name} = 0"),
            xor(merge),
            script(count, f"{name} = {name} + 1"),
            xor(again, default=f"{again}--{leave}"),
            xor(leave),
        ]
        self.flows += [
            f"{enter} > {merge} > {first}",
            f"{last} > {count} > {again}",
            f"{again} > {merge} ? {name} < {times}",
            f"{again} > {leave}",
        ]
        return enter, leave


@st.composite
def blocks(draw, depth=3):
    numbers = iter(range(10_000))

    def block(level):
        kind = draw(
            st.sampled_from(["task", "seq", "and", "xor", "or", "loop"] if level else ["task"])
        )
        name = f"b{next(numbers)}"
        if kind == "task":
            return "task", name
        if kind == "loop":
            return "loop", name, block(level - 1), draw(st.integers(1, 3))
        parts = [block(level - 1) for _ in range(draw(st.integers(2, 3)))]
        if kind == "seq":
            return "seq", parts
        if kind == "xor":
            return kind, name, parts, draw(st.integers(0, len(parts) - 1))
        if kind == "or":
            chosen = draw(st.lists(st.booleans(), min_size=len(parts), max_size=len(parts)))
            return kind, name, parts, chosen if any(chosen) else [True, *chosen[1:]]
        return kind, name, parts

    return block(depth)


@settings(max_examples=120, deadline=None)
@given(blocks(), st.data())
def test_what_waits_is_what_the_token_game_says(block, data):
    drawing = Drawing()
    first, last = drawing.draw(block)
    drawing.flows += [f"start > {first}", f"{last} > finish"]
    source = model(
        "p",
        start("start"),
        *drawing.elements,
        "<endEvent id='finish'/>",
        flows="; ".join(drawing.flows),
    )
    run, unsaved, game = Run(source), Run(source, saving=False), begun(block)

    for _ in range(60):
        assert run.waiting == sorted(waiting(game))
        assert run.workflow.dump() == unsaved.workflow.dump()
        if not run.waiting:
            break
        name = data.draw(st.sampled_from(run.waiting))
        run.do(name)
        unsaved.do(name)
        game = after(game, name)

    assert run.trace == unsaved.trace
    assert run.finished == unsaved.finished == over(game)


@settings(max_examples=30, deadline=None)
@given(blocks(depth=2))
def test_nothing_is_kept_of_what_is_past(block):
    """However often a part is done again, a case that stands at the same place is as large as before."""
    drawing = Drawing()
    drawing.elements += [user("ask"), xor("again", default="again--finish"), xor("merge")]
    first, last = drawing.draw(block)
    drawing.flows += [
        "start > merge > ask > again > finish",
        f"again > {first} ? more",
        f"{last} > merge",
    ]
    source = model(
        "p",
        start("start"),
        *drawing.elements,
        "<endEvent id='finish'/>",
        flows="; ".join(drawing.flows),
    )
    run, sizes = Run(source), []

    for _ in range(4):
        sizes.append(len(run.workflow.dump()))
        run.do("ask", more=True)
        while run.waiting != ["ask"]:
            run.do(run.waiting[0])

    assert max(sizes[1:]) - min(sizes[1:]) <= SLACK
