"""
The accessibility tree of a page, as Chromium gives it to screen readers, and what is wrong with it.

axe looks at the document and misses what only shows in the tree: a list without a role, a question that belongs to
no group, a field that is said to be wrong without saying what.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import CDPSession

NAMED = frozenset(
    {
        *("button", "link", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio"),
        *(
            "switch",
            "spinbutton",
            "slider",
            "menuitem",
            "menuitemcheckbox",
            "menuitemradio",
            "tab",
        ),
        *("treeitem", "progressbar", "meter", "dialog", "alertdialog", "Iframe"),
        *("image", "img", "graphics-document", "DisclosureTriangle", "PopUpButton"),
        *("Date", "DateTime", "InputTime", "ColorWell", "figure", "radiogroup"),
    }
)
"""Roles that mean nothing without a name."""
TYPED = frozenset({"textbox", "searchbox", "combobox", "spinbutton"})
"""Roles of which Chromium tells whether they are required, if they are no `select`; of others it never does."""
REQUIRED = ("required", "(required)", "obligatoriskt", "(obligatoriskt)")
"""How the name of a field ends that has to be filled in."""
LANDMARKS = frozenset(
    {"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"}
)
BY_NAME = frozenset({"form", "region"})
GROUPS = frozenset({"group", "radiogroup"})


@dataclass(frozen=True)
class Node:
    role: str
    name: str
    description: str
    properties: Mapping[str, Any]
    attributes: Mapping[str, str]
    """Of the element; empty for what is none."""
    tag: str
    above: "Node | None"

    def __str__(self) -> str:
        given = " ".join(f'{name}="{value}"' for name, value in self.attributes.items())
        return f"{self.role} “{self.name}” <{self.tag} {given}>"[:160]

    @property
    def ancestors(self) -> Iterator["Node"]:
        if self.above:
            yield self.above
            yield from self.above.ancestors


def read(chromium: CDPSession) -> Sequence[Node]:
    """Return what is in the tree, in its order; what is ignored in it is left out."""
    elements = dict(_elements(chromium.send("DOM.getDocument", {"depth": -1})["root"]))
    nodes = chromium.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {each["nodeId"]: each for each in nodes}
    return list(_below(nodes[0], by_id, elements, None))


def _elements(node: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    yield node["backendNodeId"], node
    for each in node.get("children", ()):
        yield from _elements(each)


def _below(
    node: dict[str, Any],
    by_id: Mapping[str, dict[str, Any]],
    elements: Mapping[int, dict[str, Any]],
    above: Node | None,
) -> Iterator[Node]:
    if not node["ignored"]:
        above = _node(node, elements.get(node.get("backendDOMNodeId", 0), {}), above)
        yield above
    for each in node.get("childIds", ()):
        if each in by_id:
            yield from _below(by_id[each], by_id, elements, above)


def _node(node: dict[str, Any], element: dict[str, Any], above: Node | None) -> Node:
    given = element.get("attributes", [])
    return Node(
        role=_value(node, "role"),
        name=_value(node, "name").strip(),
        description=_value(node, "description").strip(),
        properties={
            each["name"]: each["value"].get("value") for each in node.get("properties", ())
        },
        attributes=dict(zip(given[::2], given[1::2], strict=True)),
        tag=element.get("localName", ""),
        above=above,
    )


def _value(node: dict[str, Any], name: str) -> str:
    return str(node.get(name, {}).get("value", ""))


# ---------------------------------------------------------------- what is wrong with it


def findings(tree: Sequence[Node]) -> Iterator[str]:
    yield from mains(tree)
    yield from headings(tree)
    yield from landmarks(tree)
    yield from names(tree)
    yield from questions(tree)
    yield from requirements(tree)
    yield from wrongs(tree)


def mains(tree: Sequence[Node]) -> Iterator[str]:
    count = sum(each.role == "main" for each in tree)
    if count != 1:
        yield f"There are {count} main landmarks."


def headings(tree: Sequence[Node]) -> Iterator[str]:
    """The first heading is the only one of the first level, and none skips a level."""
    found = [(int(each.properties["level"]), each) for each in tree if each.role == "heading"]
    firsts = [level for level, _ in found if level == 1]
    if len(firsts) != 1:
        yield f"There are {len(firsts)} headings of the first level."
    if found and found[0][0] != 1:
        yield f"A heading stands before that of the page: {found[0][1]}"
    for (before, _), (level, heading) in pairwise(found):
        if level > before + 1:
            yield f"A heading of level {level} follows one of level {before}: {heading}"


def landmarks(tree: Sequence[Node]) -> Iterator[str]:
    """Landmarks of one kind are told apart by their names. A form or a section without one is none (HTML-AAM)."""
    for role in sorted(LANDMARKS):
        found = [each for each in tree if each.role == role and (each.name or role not in BY_NAME)]
        names = [each.name for each in found]
        if len(found) > 1:
            yield from (f"One of several has no name: {each}" for each in found if not each.name)
            yield from (
                f"Several have the same name: {each}"
                for each in found
                if each.name and names.count(each.name) > 1
            )


def names(tree: Sequence[Node]) -> Iterator[str]:
    for each in tree:
        is_ours = bool(each.tag)  # and not the inside of a field that the browser brings along
        if each.role in NAMED and is_ours and not each.name:
            yield f"It has no name: {each}"
        if each.role in GROUPS and each.tag == "fieldset" and not each.name:
            yield f"The group has no name: {each}"


def questions(tree: Sequence[Node]) -> Iterator[str]:
    """A choice without its question says nothing."""
    for each in tree:
        if each.role == "radio" and not any(a.role in GROUPS and a.name for a in each.ancestors):
            yield f"The choice belongs to no question: {each}"


def requirements(tree: Sequence[Node]) -> Iterator[str]:
    """
    What is called required is required. `layout.js` asks it of the fields of which the tree does not tell.

    A fieldset cannot be required (ARIA has that for radiogroup alone): its legend says it, as a part of its name.
    """
    for each in tree:
        is_called_so = each.role in TYPED and each.tag != "select" and each.name.endswith(REQUIRED)
        if is_called_so and not each.properties.get("required"):
            yield f"It is called required, and is not: {each}"


def wrongs(tree: Sequence[Node]) -> Iterator[str]:
    """
    What is said to be wrong says what is wrong.

    Chromium calls a required select, date or choice wrong from the start, unless `aria-invalid="false"` says that
    nobody has been asked yet.
    """
    for each in tree:
        if _is_wrong(each) and not each.description and each.role != "radio":
            yield f"It is wrong, and does not say why: {each}"


def told(tree: Sequence[Node], ids: Iterable[str]) -> Iterator[str]:
    """A field that the summary leads to is told to be wrong where it stands: by itself, or by its group."""
    found = {each.attributes["id"]: each for each in tree if "id" in each.attributes}
    for identity in ids:
        node = found.get(identity)
        if node is None:
            yield f"The summary leads to “{identity}”, which is not in the tree."
            continue
        groups = [each for each in node.ancestors if each.role in GROUPS]
        if not any(_is_wrong(each) and each.description for each in (node, *groups)):
            yield f"The summary leads to what is not told to be wrong, with a reason: {node}"


def _is_wrong(node: Node) -> bool:
    return node.properties.get("invalid") not in {None, "false", False}
