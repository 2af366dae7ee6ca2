"""Who does a task, until when, with which form; who may not do it."""

import re
from collections.abc import Mapping

from lxml import etree

from bpmn import namespaces, xml
from bpmn.description import Work
from bpmn.extensions import dialects, forms

WORK = {
    "assignee": "assignee",
    "candidateUsers": "candidate_users",
    "candidateGroups": "candidate_groups",
    "dueDate": "due_date",
    "priority": "priority",
    **dict.fromkeys(forms.NAMES, "form_key"),
    "notPerformerOf": "not_performer_of",
    "performerOf": "performer_of",
    "distinctPerformers": "distinct_performers",
    "givenTo": "given_to",
}
OWNER = re.compile(r"(user|group)\(([^()]*)\)")


def work(node: etree._Element, by_id: Mapping[str, etree._Element]) -> Work:
    """Read assignment, due date, form and separation of duties of a task; `by_id` finds the resources."""
    found: dict[str, str] = {}
    for name, value in dialects.statements(node):
        field = WORK.get(name)
        if field and value.strip():
            found.setdefault(field, value.strip())
    for field, value in _resources(node, by_id).items():
        found.setdefault(field, value)
    return Work(
        assignee=found.get("assignee"),
        candidate_users=found.get("candidate_users"),
        candidate_groups=found.get("candidate_groups"),
        due_date=found.get("due_date"),
        priority=found.get("priority"),
        form_key=forms.form_key(node, found.get("form_key")),
        not_performer_of=_words(found.get("not_performer_of")),
        performer_of=_words(found.get("performer_of")),
        distinct_performers=found.get("distinct_performers"),
        given_to=found.get("given_to"),
    )


def role(lane: etree._Element) -> str | None:
    """Return the role that a lane stands for, where the lane says so."""
    value: str | None = lane.get(f"{{{namespaces.RUTIN}}}role")
    return value


def _resources(node: etree._Element, by_id: Mapping[str, etree._Element]) -> dict[str, str]:
    """Read the standard's own human performers and potential owners (BPMN 2.0 §10.3.4)."""
    found: dict[str, str] = {}
    for child in node.iterchildren(f"{{{namespaces.BPMN}}}*"):
        kind = xml.local_name(child)
        if kind not in {"humanPerformer", "performer", "potentialOwner"}:
            continue
        text = "".join(
            "".join(each.itertext())
            for each in child.iter(f"{{{namespaces.BPMN}}}formalExpression")
        ).strip() or _named_resource(child, by_id)
        if not text:
            continue
        if kind != "potentialOwner":
            found["assignee"] = text
            continue
        named = OWNER.findall(text)
        users = [name.strip() for of, name in named if of == "user"]
        groups = [name.strip() for of, name in named if of == "group"]
        if not named:
            groups = [text]
        if users:
            found["candidate_users"] = ",".join(users)
        if groups:
            found["candidate_groups"] = ",".join(groups)
    return found


def _named_resource(node: etree._Element, by_id: Mapping[str, etree._Element]) -> str:
    """Return the name of the resource that a performer refers to: a group of people (BPMN 2.0 §8.3.12)."""
    text = str(node.findtext(f"{{{namespaces.BPMN}}}resourceRef", ""))
    reference = text.strip().rpartition(":")[2]
    resource = by_id.get(reference)
    if resource is None or xml.local_name(resource) != "resource":
        return reference
    return str(resource.get("name") or reference)


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())
