"""Small DMN files, put together from what a test is about."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from bpmn import dmn
from bpmn.dmn import Decisions, Outcome
from bpmn.feel import Setting

DMN_15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def file(*parts: str, namespace: str = "example", version: str = DMN_15, extra: str = "") -> bytes:
    return (
        f'<definitions xmlns="{version}" xmlns:feel="https://www.omg.org/spec/DMN/20230324/FEEL/"'
        f' id="definitions" name="Example" namespace="{namespace}" {extra}>'
        + "\n".join(parts)
        + "</definitions>"
    ).encode()


def input_data(name: str, type_: str | None = None) -> str:
    return (
        f'<inputData id="{key(name)}" name={quoteattr(name)}>{variable(name, type_)}</inputData>'
    )


def decision(  # a decision may have all of these
    name: str,
    logic: str = "",
    *,
    requires: Sequence[str] = (),
    data: Sequence[str] = (),
    knows: Sequence[str] = (),
    type_: str | None = None,
) -> str:
    required = "".join(
        f'<informationRequirement><{kind} href="{href(each)}"/></informationRequirement>'
        for kind, names in (("requiredDecision", requires), ("requiredInput", data))
        for each in names
    )
    known = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="{href(each)}"/></knowledgeRequirement>'
        for each in knows
    )
    return (
        f'<decision id="{key(name)}" name={quoteattr(name)}>{variable(name, type_)}{required}{known}'
        f"{logic}</decision>"
    )


def knowledge(
    name: str,
    logic: str,
    parameters: Mapping[str, str | None],
    knows: Sequence[str] = (),
    type_: str | None = None,
) -> str:
    formal = "".join(
        f"<formalParameter name={quoteattr(each)}{typed(kind)}/>"
        for each, kind in parameters.items()
    )
    known = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="{href(each)}"/></knowledgeRequirement>'
        for each in knows
    )
    return (
        f'<businessKnowledgeModel id="{key(name)}" name={quoteattr(name)}>{variable(name, type_)}'
        f"<encapsulatedLogic>{formal}{logic}</encapsulatedLogic>{known}</businessKnowledgeModel>"
    )


def service(
    name: str,
    outputs: Sequence[str],
    *,
    decisions: Sequence[str] = (),
    data: Sequence[str] = (),
    type_: str | None = None,
) -> str:
    parts = (("outputDecision", outputs), ("inputDecision", decisions), ("inputData", data))
    references = "".join(f'<{tag} href="{href(each)}"/>' for tag, names in parts for each in names)
    return (
        f'<decisionService id="{key(name)}" name={quoteattr(name)}>{variable(name, type_)}{references}'
        "</decisionService>"
    )


def literal(text: str, type_: str | None = None) -> str:
    return f"<literalExpression{typed(type_)}><text>{escape(text)}</text></literalExpression>"


def table(
    inputs: Sequence[str | tuple[str, ...]],
    rules: Sequence[str],
    *,
    policy: str = "UNIQUE",
    outputs: Sequence[str] = ("<output/>",),
    attributes: str = "",
) -> str:
    """An input is an expression, or that with its type and its values; a rule `test; test => output; output`."""
    columns = "".join(_input(*([each] if isinstance(each, str) else each)) for each in inputs)
    rows = "".join(_rule(number, each) for number, each in enumerate(rules, start=1))
    return (
        f'<decisionTable id="table" hitPolicy="{policy}" {attributes}>{columns}{"".join(outputs)}{rows}'
        "</decisionTable>"
    )


def _input(text: str, type_: str | None = None, values: str | None = None) -> str:
    allowed = f"<inputValues><text>{escape(values)}</text></inputValues>" if values else ""
    return f"<input><inputExpression{typed(type_)}><text>{escape(text)}</text></inputExpression>{allowed}</input>"


def _rule(number: int, written: str) -> str:
    tests, _, outputs = written.partition("=>")
    cells = "".join(
        f"<{tag}><text>{escape(each.strip())}</text></{tag}>"
        for tag, part in (("inputEntry", tests), ("outputEntry", outputs))
        for each in part.split(";")
        if part.strip()
    )
    return f'<rule id="rule-{number}">{cells}</rule>'


def output(name: str = "", values: str = "", default: str = "", type_: str | None = None) -> str:
    inner = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
    if default:
        inner += f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>"
    return f"<output{f' name={quoteattr(name)}' if name else ''}{typed(type_)}>{inner}</output>"


def variable(name: str, type_: str | None = None) -> str:
    return f"<variable name={quoteattr(name)}{typed(type_)}/>"


def typed(type_: str | None) -> str:
    return f" typeRef={quoteattr(type_)}" if type_ else ""


def href(name: str) -> str:
    return name if "#" in name else f"#{key(name)}"


def key(name: str) -> str:
    return name.replace(" ", "-").lower()


def setting() -> Setting:
    return Setting(datetime(2026, 5, 4, 8, tzinfo=UTC), ZoneInfo("Europe/Stockholm"))


def read(*parts: str, others: Mapping[str, bytes] | None = None) -> Decisions:
    return dmn.read(file(*parts), "example.dmn", others)


def decide(decisions: Decisions, name: str, variables: Mapping[str, Any] | None = None) -> Outcome:
    return decisions.evaluate(key(name), variables or {}, setting())


def value(
    logic: str, variables: Mapping[str, Any] | None = None, type_: str | None = None, *items: str
) -> Any:
    """Return what one expression decides, that sees the variables as untyped input data."""
    given = variables or {}
    decisions = read(
        *items,
        *(input_data(each) for each in given),
        decision("Asked", logic, data=list(given), type_=type_),
    )
    assert [each.message for each in decisions.findings] == []
    return decide(decisions, "Asked", given).value
