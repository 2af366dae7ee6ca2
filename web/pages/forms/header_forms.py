"""
The header of a case as people fill it in: what was typed, what is wrong with it, and what it means.

A page that changes a header sends along what it showed. Only what differs from that is changed, so that nobody
undoes what somebody else has done in the meantime - least of all makes a secret case open again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.cases import headers
from engine.cases.headers import CaseHeader, Linked
from engine.errors import Invalid
from engine.execution.header import MOST_LINKS
from engine.instances.models import Confidentiality
from engine.uow import UnitOfWork
from web.language import say
from web.pages import words
from web.pages.forms import problems
from web.pages.forms.problems import Wrong

BESIDE = ("registration_no", "systems", "retention_class")
FIELDS = (*BESIDE, "confidentiality", "secrecy_ground", "readers")
WAS = "was-"
MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class HeaderForm:
    texts: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)
    """What the page showed when it was opened; nothing where a case is started."""
    wrong: Wrong = field(default_factory=dict)
    sentence: str = ""
    """What is wrong, where that is at no field."""
    links: Sequence[tuple[Linked, bool]] = ()
    """The cases that it refers to, and whether it still shall."""

    @property
    def confidentiality(self) -> str:
        return self.texts.get("confidentiality") or Confidentiality.INTERNAL.value

    @property
    def has_problems(self) -> bool:
        return bool(self.sentence or self.wrong)

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        return problems.listed(self.wrong, words.HEADER)

    @property
    def is_used(self) -> bool:
        """Tell whether something is said, or wrong, in the header itself."""
        said = any(self.texts.get(name) for name in FIELDS if name != "confidentiality")
        open_ = self.confidentiality == Confidentiality.INTERNAL
        return said or not open_ or any(name in self.wrong for name in FIELDS)


def of(header: CaseHeader) -> HeaderForm:
    """Return the form with a header as it stands."""
    texts = {
        "registration_no": header.registration_no or "",
        "confidentiality": header.confidentiality,
        "secrecy_ground": header.secrecy_ground or "",
        "readers": "\n".join(header.readers),
        "systems": ", ".join(header.systems),
        "retention_class": header.retention_class or "",
    }
    return HeaderForm(texts, texts, links=[(each, True) for each in header.links])


def sent(
    form: MultiDict[str, str], error: Invalid, header: CaseHeader | None = None
) -> HeaderForm:
    """Return the form as it was sent, with what is wrong."""
    wrong = {
        name: [say(template, values) for template, values in sentences]
        for name, sentences in error.fields.items()
        if name in words.HEADER
    }
    kept = set(form.getlist("link"))
    known = set(form.getlist(f"{WAS}link"))
    return HeaderForm(
        {name: form.get(name, "") for name in words.HEADER},
        {name: form[WAS + name] for name in FIELDS if WAS + name in form},
        wrong,
        "" if wrong else say(error.template, error.values),
        [
            (each, str(each.id) in kept or str(each.id) not in known)
            for each in (header.links if header else ())
        ],
    )


def given(form: MultiDict[str, str]) -> dict[str, Any]:
    """Return what is said of a case that starts; what is empty is not said. Raises `Invalid` at a field."""
    return {name: _read(name, form[name]) for name in FIELDS if form.get(name, "").strip()}


def changed(unit: UnitOfWork, form: MultiDict[str, str], header: CaseHeader) -> dict[str, Any]:
    """Return the fields that were changed on the page. Raises `Invalid` at a field."""
    changes = {
        name: _read(name, form[name]) for name in FIELDS if name in form and _differs(form, name)
    }
    removed = set(form.getlist(f"{WAS}link")) - set(form.getlist("link"))
    more = [line.strip() for line in form.get("links", "").splitlines() if line.strip()]
    if removed or more:
        left = {each.id for each in header.links if str(each.id) not in removed}
        changes["links"] = left | {_case(unit, name) for name in more[: MOST_LINKS + 1]}
    return changes


def people(unit: UnitOfWork) -> Sequence[Account]:
    """Return those whose user names can be chosen from."""
    return accounts.active(unit.session, limit=MOST_PEOPLE)


def _differs(form: MultiDict[str, str], name: str) -> bool:
    was = form.get(WAS + name)
    return was is None or _read(name, was) != _read(name, form[name])


def _read(name: str, text: str) -> Any:
    match name:
        case "confidentiality":
            return _confidentiality(text)
        case "readers":
            return sorted({each.lower() for each in re.split(r"[\s,;]+", text) if each})
        case "systems":
            return sorted(
                {key for each in re.split(r"[,;\n]", text) if (key := each.strip().lower())}
            )
        case _:
            return text.strip() or None


def _confidentiality(text: str) -> Confidentiality:
    try:
        return Confidentiality(text)
    except ValueError:
        raise _wrong("confidentiality", Invalid("Choose one of the options.")) from None


def _case(unit: UnitOfWork, name: str) -> Any:
    try:
        return headers.named(unit, name)
    except Invalid as error:
        raise _wrong("links", error) from error


def _wrong(name: str, error: Invalid) -> Invalid:
    return error.at(name)
