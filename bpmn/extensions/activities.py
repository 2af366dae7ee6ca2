"""What goes into an activity and comes out, what it calls, and over what it is repeated."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from bpmn import namespaces, xml
from bpmn.description import (
    Binding,
    Call,
    Composed,
    DecisionResult,
    Part,
    ResultKind,
    Transfer,
    Wording,
)
from bpmn.extensions import dialects
from bpmn.scripting import marks


@dataclass(frozen=True, slots=True)
class Repetition:
    """The dialects' words for the collection of a multi-instance activity."""

    collection: str | None = None
    item: str | None = None
    output: str | None = None
    output_item: str | None = None


def loop(node: etree._Element) -> Repetition:
    """Read `camunda:collection` and its heirs, and `zeebe:loopCharacteristics`."""
    zeebe = dialects.element(node, "loopCharacteristics")
    if zeebe is not None:
        return Repetition(
            zeebe.get("inputCollection"),
            zeebe.get("inputElement"),
            zeebe.get("outputCollection"),
            zeebe.get("outputElement"),
        )
    return Repetition(
        dialects.said(node, "collection"),
        dialects.said(node, "elementVariable"),
        dialects.said(node, "outputCollection"),
        dialects.said(node, "outputElement"),
    )


def called_process(node: etree._Element) -> str | None:
    """Return the key of the process that a call activity calls (Camunda 8 writes it as an extension)."""
    called = dialects.element(node, "calledElement")
    if called is None:
        return None
    expression = called.get("processIdExpression")
    return f"={expression.removeprefix('=')}" if expression else called.get("processId")


def call(node: etree._Element) -> Call:
    """Return which version is called, and what is handed over where no mapping says it."""
    zeebe = dialects.element(node, "calledElement")
    said = _binding(node, zeebe)
    if zeebe is None:
        mapped = _is_mapped(node)
        return replace(said, gives_all=not mapped, returns_all=not mapped)
    return replace(
        said,
        gives_all=zeebe.get("propagateAllParentVariables") != "false",
        returns_all=zeebe.get("propagateAllChildVariables") != "false",
    )


def _is_mapped(node: etree._Element) -> bool:
    """Tell whether `camunda:in` or `camunda:out` say what goes in and comes out: then nothing else does."""
    return any(
        each.get("target") or each.get("variables")
        for name in ("in", "out")
        for each in dialects.elements(node, name)
    )


def _binding(node: etree._Element, zeebe: etree._Element | None) -> Call:
    decision = dialects.element(node, "calledDecision")
    for name in ("calledElement", "decisionRef"):
        version = dialects.said(node, f"{name}Version")
        binding = dialects.said(node, f"{name}Binding")
        if binding == "version" and version:
            return Call(Binding.VERSION, version)
        if binding == "deployment":
            return Call(Binding.DEPLOYMENT)
    together = [each.get("bindingType") for each in (zeebe, decision) if each is not None]
    if "deployment" in together or dialects.said(node, "sameDeployment") == "true":
        return Call(Binding.DEPLOYMENT)
    return Call()


def unread_binding(node: etree._Element) -> Iterator[Part]:
    """Return a binding by a tag, since another version must not be called; and mappings in two steps."""
    zeebe = dialects.element(node, "calledElement")
    said = dialects.said(node, "calledElementBinding")
    if said == "versionTag" or (zeebe is not None and zeebe.get("bindingType") == "versionTag"):
        yield Part("versionTag", node.sourceline)
    local = dialects.element(node, "inputOutput")
    if local is not None and _is_mapped(node):  # in and out see what inputOutput makes: two steps
        yield Part("inputOutput", local.sourceline)


def called_decision(node: etree._Element) -> str | None:
    """Return the key of the decision that a business rule task calls."""
    zeebe = dialects.element(node, "calledDecision")
    if zeebe is not None:
        found: str | None = zeebe.get("decisionId")
        return found
    spiff = dialects.element(node, "calledDecisionId")
    if spiff is not None:
        return (spiff.text or "").strip() or None
    return dialects.said(node, "decisionRef")


def decision_result(node: etree._Element) -> DecisionResult:
    """Return where a business rule task puts what the decision says, and in which shape."""
    zeebe = dialects.element(node, "calledDecision")
    if zeebe is not None:
        return DecisionResult(zeebe.get("resultVariable"))
    shape = dialects.said(node, "mapDecisionResult")
    known = shape in set(ResultKind)
    return DecisionResult(
        dialects.said(node, "resultVariable"),
        ResultKind(shape) if shape and known else ResultKind.AS_IT_IS,
    )


def confines(node: etree._Element) -> bool:
    """Tell whether only the outputs leave the element, as Camunda 8 has it where there are any."""
    return any(
        xml.local_name(each) == "output"
        for mapping in dialects.elements(node, "ioMapping")
        for each in mapping
    )


def inputs(node: etree._Element) -> Iterator[Transfer]:
    yield from _parameters(node, "inputParameter")
    mapped = list(_zeebe(node, "input"))
    if mapped and dialects.element(node, "calledElement") is not None and call(node).gives_all:
        yield Transfer("*", "*", everything=True)
    yield from mapped
    for each in dialects.elements(node, "in"):
        yield from _handed_over(each)
    for definition in node.iterchildren(f"{{{namespaces.BPMN}}}signalEventDefinition"):
        for each in dialects.elements(definition, "in"):
            yield from _handed_over(each)


def outputs(node: etree._Element) -> Iterator[Transfer]:
    yield from _parameters(node, "outputParameter")
    yield from _zeebe(node, "output")
    for each in dialects.elements(node, "out"):
        yield from _handed_over(each)


def _zeebe(node: etree._Element, name: str) -> Iterator[Transfer]:
    for mapping in dialects.elements(node, "ioMapping"):
        for each in mapping:
            if xml.local_name(each) == name and each.get("target"):
                source = str(each.get("source", ""))
                is_text = bool(source) and not marks.is_marked(source)
                yield Transfer(str(each.get("target")), source or "null", literal=is_text)


def _parameters(node: etree._Element, name: str) -> Iterator[Transfer]:
    for box in dialects.elements(node, "inputOutput"):
        for each in box:
            if xml.local_name(each) == name and each.get("name"):
                yield _parameter(str(each.get("name")), _value(each))


def _parameter(name: str, value: Composed | Wording) -> Transfer:
    if isinstance(value, Composed):
        return Transfer(name, "", composed=value)
    return Transfer(name, value.text, literal=value.literal)


def _value(node: etree._Element) -> Composed | Wording:
    """Return the value that a parameter, an entry or an item holds: a text, a script, a list, a map."""
    for child in node.iterchildren(etree.Element):
        kind, inside = xml.local_name(child), list(child.iterchildren(etree.Element))
        if kind == "script":
            return Wording((child.text or "").strip(), literal=False)
        if kind == "list":
            return Composed(tuple(map(_item, inside)))
        if kind == "map":
            keys = tuple(str(each.get("key", "")) for each in inside)
            return Composed(tuple(map(_value, inside)), keys)
    text = "".join(node.itertext()).strip()
    return Wording(text, literal=not marks.is_marked(text))


def _item(node: etree._Element) -> Composed | Wording:
    """Return an item of a list, which is written as such: `<camunda:value>`, `<camunda:script>`."""
    if xml.local_name(node) == "script":
        return Wording((node.text or "").strip(), literal=False)
    return _value(node)


def _handed_over(node: etree._Element) -> Iterator[Transfer]:
    """Read `camunda:in` and `camunda:out`."""
    if node.get("variables") == "all":
        yield Transfer("*", "*", everything=True)
    target = node.get("target")
    if target:
        expression = node.get("sourceExpression")
        if expression is None:
            yield Transfer(str(target), str(node.get("source") or "null"), optional=True)
        else:
            is_text = bool(expression) and not marks.is_marked(expression)
            yield Transfer(str(target), str(expression) or "null", literal=is_text)
