"""
Forms of form-js, which are Camunda's: `{"type": "default", "components": […]}`.

They stand in files of their own (`.form`) or in the model (`<zeebe:userTaskForm>`). Expressions
are FEEL already, so conditions, defaults and calculations are carried over as they are; a component
that hides when something holds is asked when that does not hold.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bpmn.forms.fields import Form
from bpmn.forms.imports.carried import Carried, both
from bpmn.forms.strict import Notes, parse

SILENT = frozenset({"button", "separator", "spacer"})
"""What asks nothing and says nothing."""
SHOWN = frozenset({"documentPreview", "html", "iframe", "image", "table", "text"})
"""What only shows something."""
SIMPLE = {
    "textfield": "text",
    "textarea": "note",
    "checkbox": "bool",
    "filepicker": "files",
}
CHOICES = {"radio": "enum", "select": "enum", "checklist": "multi", "taglist": "multi"}
TIMES = {"date": "date", "datetime": "dt"}
SIZES = {
    "min": ("minimum", frozenset({"int", "dec"})),
    "max": ("maximum", frozenset({"int", "dec"})),
    "minLength": ("minLength", frozenset({"text", "note"})),
    "maxLength": ("maxLength", frozenset({"text", "note"})),
}
CHECKED = {*SIZES, "required", "pattern", "patternErrorMessage"}
ANYTHING = r"(.|\s)*"
EMAIL = {
    "matches": r"[^@\s]+@[^@\s]+",
    "message": {"sv": "Skriv en e-postadress", "en": "Write an e-mail address"},
}


def content(source: bytes) -> Mapping[str, Any] | None:
    """Return the JSON of a form of form-js, None for what is something else."""
    read = parse(source, Notes(""))
    if (
        isinstance(read, dict)
        and isinstance(read.get("components"), list)
        and "fields" not in read
    ):
        return read
    return None


def read(given: Mapping[str, Any], key: str, title: str, carried: Carried) -> Form | None:
    """Carry over what stands in the form; `carried` has the findings."""
    components = [each for each in given["components"] if isinstance(each, dict)]
    whole = _Components(carried).whole(components)
    if not whole:
        carried.leave("The form asks nothing, so the task has none.")
        return None
    return carried.form(key, title, whole)


class _Components:
    def __init__(self, carried: Carried) -> None:
        self._carried = carried
        self._others: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any] | None]] = {
            "datetime": self._time,
            "dynamiclist": self._rows,
            "expression": self._calculation,
            "number": self._number,
        }

    def whole(self, components: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return what the form asks: under headings where all groups stand at its end."""
        kinds = [_type(each) == "group" for each in components]
        before = components[: kinds.index(True)] if True in kinds else components
        after = components[len(before) :]
        if after and all(_type(each) in {"group", *SILENT} for each in after):
            sections = [each for group in after for each in self._section(group)]
            fields = list(self._fields(before, []))
            return (
                {**({"fields": fields} if fields else {}), "sections": sections}
                if sections
                else {}
            )
        fields = list(self._fields(components, []))
        return {"fields": fields} if fields or not self._carried.is_whole else {}

    def _section(self, group: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        fields = list(self._fields(_inside(group), []))
        if fields:
            title = self._carried.words(group.get("label"), "–")
            yield {"title": title, **both(self._conditions(group)), "fields": fields}

    def _fields(
        self, components: Sequence[Mapping[str, Any]], within: list[str]
    ) -> Iterator[dict[str, Any]]:
        """Give the questions in their order, those of groups with the conditions of their group."""
        for each in components:
            kind = _type(each)
            if kind == "group":
                yield from self._fields(_inside(each), [*within, *self._conditions(each)])
            elif kind in SHOWN:
                self._carried.leave(
                    "What '{id}' shows ('{type}') is not shown: forms here ask.",
                    id=each.get("id"),
                    type=kind,
                )
            elif kind not in SILENT:
                yield from self._field(each, within)

    def _field(self, each: Mapping[str, Any], within: list[str]) -> Iterator[dict[str, Any]]:
        is_fixed = each.get("disabled") is True or each.get("readonly") is True
        name = self._carried.name(each.get("key"), is_asked=not is_fixed)
        if name is None:
            return
        more = self._kind(each, name)
        if more is None:
            return
        conditions = [*within, *self._conditions(each)]
        field = {
            "name": name,
            "label": self._carried.words(each.get("label"), name),
            **more,
            **both(conditions),
        }
        if isinstance(each.get("description"), str) and each["description"].strip():
            field["help"] = self._carried.words(each["description"], name)
        if field["type"] != "calc":
            field |= self._readonly(each) | self._validated(each, field["type"])
            field |= self._default(each, field["type"])
        yield field

    def _kind(self, each: Mapping[str, Any], name: str) -> dict[str, Any] | None:
        """Return the type and what belongs to it, None where there is no such type here."""
        kind = _type(each)
        made: dict[str, Any] | None = None
        if kind in SIMPLE:
            made = {"type": SIMPLE[kind]}
        elif kind in CHOICES:
            made = self._choice(each, CHOICES[kind])
        elif kind in self._others:
            made = self._others[kind](each)
        if made is None:
            self._carried.give_up(
                "'{name}' is of a kind that cannot be asked here: '{type}'.",
                name=name,
                type=kind,
            )
        return made

    def _choice(self, each: Mapping[str, Any], ours: str) -> dict[str, Any] | None:
        values = each.get("values")
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            return None  # worked out, or from a variable
        options = [
            {
                "value": str(value.get("value", "")),
                "label": self._carried.words(value.get("label"), str(value.get("value"))),
            }
            for value in values
        ]
        return {"type": ours, "options": options}

    def _time(self, each: Mapping[str, Any]) -> dict[str, Any] | None:
        kind = TIMES.get(str(each.get("subtype", "date")))
        return {"type": kind} if kind else None

    def _calculation(self, each: Mapping[str, Any]) -> dict[str, Any] | None:
        value = _feel(each.get("expression"))
        return {"type": "calc", "value": value} if value else None

    def _number(self, each: Mapping[str, Any]) -> dict[str, Any] | None:
        return {"type": "int" if each.get("decimalDigits") == 0 else "dec"}

    def _rows(self, each: Mapping[str, Any]) -> dict[str, Any] | None:
        columns = list(self._fields(_inside(each), []))
        return {"type": "table", "columns": columns} if columns else None

    def _conditions(self, each: Mapping[str, Any]) -> list[str]:
        conditional = each.get("conditional")
        hidden = _feel(conditional.get("hide")) if isinstance(conditional, dict) else None
        return [f"({hidden}) != true"] if hidden else []

    def _readonly(self, each: Mapping[str, Any]) -> dict[str, Any]:
        for key in ("disabled", "readonly"):
            if each.get(key) is True:
                return {"readonlyIf": "true"}
            said = _feel(each.get(key))
            if said:
                return {"readonlyIf": f"({said}) = true"}
        return {}

    def _default(self, each: Mapping[str, Any], kind: str) -> dict[str, Any]:
        default = each.get("defaultValue")
        if default in (None, "", []) or kind in {"table", "files"}:
            return {}
        return {"default": default}

    def _validated(self, each: Mapping[str, Any], kind: str) -> dict[str, Any]:
        rules = each.get("validate")
        if not isinstance(rules, dict):
            return {}
        found: dict[str, Any] = {}
        required = rules.get("required")
        if required is True:
            found["required"] = True
        elif _feel(required):
            found["requiredIf"] = f"({_feel(required)}) = true"
        for theirs, (ours, kinds) in SIZES.items():
            size = rules.get(theirs)
            if size is not None and kind in kinds and not isinstance(size, str):
                found[ours] = size
            elif size is not None:
                self._not_checked(each, theirs)
        return found | self._like(each, rules, kind)

    def _like(
        self, each: Mapping[str, Any], rules: Mapping[str, Any], kind: str
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        pattern = rules.get("pattern")
        if pattern and kind in {"text", "note"}:
            message = self._carried.words(rules.get("patternErrorMessage"), f"{pattern}")
            found["pattern"] = {"matches": _unanchored(str(pattern)), "message": message}
        elif rules.get("validationType") == "email" and kind == "text":
            found["pattern"] = EMAIL
        for name in rules:
            if name not in CHECKED and not (name == "validationType" and "pattern" in found):
                self._not_checked(each, name)
        return found

    def _not_checked(self, each: Mapping[str, Any], constraint: str) -> None:
        self._carried.leave(
            "The constraint '{constraint}' of '{name}' is not checked.",
            constraint=constraint,
            name=each.get("key"),
        )


def _type(each: Mapping[str, Any]) -> str:
    return str(each.get("type"))


def _inside(group: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    components = group.get("components")
    found = components if isinstance(components, list) else []
    return [each for each in found if isinstance(each, dict)]


def _feel(text: object) -> str | None:
    """Return the expression that a text is, None where it is none."""
    if isinstance(text, str) and text.strip().startswith("="):
        return text.strip().removeprefix("=").strip() or None
    return None


def _unanchored(pattern: str) -> str:
    """A pattern of JavaScript is found anywhere in a text, unless it says otherwise."""
    simple = "|" not in pattern
    begins = pattern.startswith("^") and simple
    ends = pattern.endswith("$") and not pattern.endswith("\\$") and simple
    inner = pattern[1 if begins else 0 : -1 if ends else None]
    return f"{'' if begins else ANYTHING}({inner}){'' if ends else ANYTHING}"
