"""
A deployment is a set of resources that belong together, taken whole or refused whole.

Reading is separate from keeping: the same function answers before anything is stored, when a modeler asks
whether a draft could be deployed, and when a stored version is made ready to be executed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from bpmn import namespaces, xml
from bpmn.description import Binding, Process
from bpmn.errors import InvalidXml
from bpmn.findings import Finding, Severity, refuses
from bpmn.forms import definition as forms
from bpmn.forms.definition import Form
from bpmn.limits import Limits
from bpmn.lint import profile
from bpmn.reader import files as reader
from bpmn.scripting import marks
from bpmn.spiff import builder
from bpmn.spiff.process import ExecutableProcess, Library

__all__ = ["Checked", "Definition", "ExecutableProcess", "Kind", "Library", "check"]

MOST_RESOURCES = 200
MOST_BYTES = 20 * 1024 * 1024
DEFAULT_LIMITS = Limits()


class Kind(StrEnum):
    PROCESS = "process"
    DECISION = "decision"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Definition:
    """Something in a deployment that is versioned under a key of its own."""

    key: str
    kind: Kind
    name: str
    resource: str
    digest: str
    """The hash of the bytes it is made of: two with the same digest are the same version."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a set of resources holds. As a library, it finds the processes of the same set."""

    definitions: tuple[Definition, ...]
    processes: Mapping[str, ExecutableProcess]
    findings: tuple[Finding, ...]
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Stockholm"))

    @property
    def refused(self) -> bool:
        return refuses(self.findings)

    def called(self, key: str, version: int | None = None) -> ExecutableProcess | None:  # noqa: ARG002
        return self.processes.get(key)

    def by_identity(self, identity: str) -> ExecutableProcess:
        return next(each for each in self.processes.values() if each.identity == identity)


@dataclass(slots=True)
class _Draft:
    """A deployment while it is read."""

    resources: Mapping[str, bytes]
    limits: Limits
    findings: list[Finding] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    processes: list[Process] = field(default_factory=list)
    forms: dict[str, tuple[str, Form]] = field(default_factory=dict)
    """By key: the resource and the form."""


def check(resources: Mapping[str, bytes], *, limits: Limits = DEFAULT_LIMITS) -> Checked:
    """
    Read resources by their names and say what they hold, and every reason against executing them.

    Never raises for what is in the resources. Where an error was found, no process is made ready.
    """
    draft = _Draft(resources, limits)
    draft.findings += _of_the_set(resources)
    if not draft.findings:
        for name in sorted(resources, key=_forms_first):
            _reader(name)(name, draft)
        draft.findings += _same_key_twice(draft)
        draft.findings += _missing_companions(draft)
    if refuses(draft.findings):
        return Checked((), {}, tuple(draft.findings))
    ready = _executables(draft, limits)
    definitions = [
        *draft.definitions,
        *(
            Definition(
                key, Kind.PROCESS, each.process.name or key, each.process.resource, each.identity
            )
            for key, each in ready.items()
        ),
    ]
    return Checked(tuple(definitions), ready, tuple(draft.findings))


def _of_the_set(resources: Mapping[str, bytes]) -> Iterator[Finding]:
    if not resources:
        yield Finding("", "no-resources", "The deployment holds no files.")
    if len(resources) > MOST_RESOURCES:
        yield Finding(
            "",
            "too-many-resources",
            "The deployment holds {count} files; at most {limit} are taken.",
            values={"count": len(resources), "limit": MOST_RESOURCES},
        )
    size = sum(len(source) for source in resources.values())
    if size > MOST_BYTES:
        yield Finding(
            "",
            "too-large",
            "The deployment is {size} bytes; at most {limit} bytes are taken.",
            values={"size": size, "limit": MOST_BYTES},
        )


def _forms_first(name: str) -> tuple[bool, str]:
    return (not name.endswith(".form.json"), name)


def _reader(name: str) -> Callable[[str, _Draft], None]:
    for ending, read in (
        (".bpmn", _read_bpmn),
        (".bpmn20.xml", _read_bpmn),
        (".dmn", _read_dmn),
        (".form.json", _read_form),
    ):
        if name.lower().endswith(ending):
            return read
    return _refuse


def _refuse(name: str, draft: _Draft) -> None:
    draft.findings.append(
        Finding(
            name,
            "unknown-kind",
            "Only .bpmn, .dmn and .form.json files can be deployed.",
        )
    )


def _read_bpmn(name: str, draft: _Draft) -> None:
    try:
        reading = reader.read(draft.resources[name], name)
    except InvalidXml as error:
        draft.findings.append(_invalid(name, error))
        return
    draft.findings += reading.findings
    draft.findings += profile.check(reading.model)
    executable = [each for each in reading.model.processes if each.executable]
    if reading.model.processes and not executable:
        draft.findings.append(
            Finding(
                name,
                "not-executable",
                "No process in the file is marked as executable (isExecutable).",
                element_id=reading.model.processes[0].id,
                line=reading.model.processes[0].line,
            )
        )
    for process in executable:
        draft.findings += _missing_forms(process, draft)
        if not refuses(draft.findings):
            draft.findings += _unreadable(process, draft.limits)
    draft.processes += executable


def _read_dmn(name: str, draft: _Draft) -> None:
    source = draft.resources[name]
    try:
        root = xml.parse(source)
    except InvalidXml as error:
        draft.findings.append(_invalid(name, error))
        return
    if xml.local_name(root) != "definitions" or xml.namespace(root) not in namespaces.DMN:
        draft.findings.append(
            Finding(name, "not-dmn", "The file is not a DMN document.", line=root.sourceline)
        )
        return
    for decision in root.iter(f"{{{xml.namespace(root)}}}decision"):
        key = str(decision.get("id"))
        draft.definitions.append(
            Definition(
                key, Kind.DECISION, decision.get("name") or key, name, sha256(source).hexdigest()
            )
        )


def _read_form(name: str, draft: _Draft) -> None:
    source = draft.resources[name]
    form, findings = forms.read(source, name)
    draft.findings += findings
    if form is not None:
        draft.forms[form.key] = (name, form)
        draft.definitions.append(
            Definition(
                form.key,
                Kind.FORM,
                form.title.in_language("sv"),
                name,
                sha256(source).hexdigest(),
            )
        )


def _invalid(name: str, error: InvalidXml) -> Finding:
    return Finding(name, "invalid-xml", error.template, line=error.line, values=error.values)


def _unreadable(process: Process, limits: Limits) -> Iterator[Finding]:
    for element_id, line, error in builder.problems(process, limits):
        yield Finding(
            process.resource,
            "unreadable",
            error.template,
            element_id=element_id,
            line=line,
            values=error.values,
        )


def _missing_forms(process: Process, draft: _Draft) -> Iterator[Finding]:
    for element in process.elements.values():
        key = element.work.form_key if element.work else None
        if key and key not in draft.forms:
            yield Finding(
                process.resource,
                "missing-form",
                "The form '{form}' is not in the deployment; the task takes any answers.",
                Severity.WARNING,
                element.id,
                element.line,
                {"form": key},
            )


def _missing_companions(draft: _Draft) -> Iterator[Finding]:
    deployed = {each.id for each in draft.processes}
    for process in draft.processes:
        for element in process.elements.values():
            key = element.called or ""
            tied = element.type == "callActivity" and element.call.binding is Binding.DEPLOYMENT
            if tied and key not in deployed and not marks.is_marked(key):
                yield Finding(
                    process.resource,
                    "missing-companion",
                    "'{element}' calls '{key}' as it is in this deployment, but it is not in it.",
                    Severity.WARNING,
                    element.id,
                    element.line,
                    {"element": element.label, "key": key},
                )


def _same_key_twice(draft: _Draft) -> Iterator[Finding]:
    seen: set[tuple[Kind, str]] = set()
    for kind, key, resource in (
        *((each.kind, each.key, each.resource) for each in draft.definitions),
        *((Kind.PROCESS, each.id, each.resource) for each in draft.processes),
    ):
        if (kind, key) in seen:
            yield Finding(
                resource,
                "same-key-twice",
                "The key '{key}' is used twice in the deployment.",
                element_id=key,
                values={"key": key},
            )
        seen.add((kind, key))


def _executables(draft: _Draft, limits: Limits) -> dict[str, ExecutableProcess]:
    """Make the processes ready, each with the forms it uses and the processes it is tied to."""
    companions = {each.id: _companions(each, draft) for each in draft.processes}
    identities = {
        each.id: _digest(each, _made_of(each, companions, draft), draft.resources)
        for each in draft.processes
    }
    return {
        each.id: ExecutableProcess(
            identity=identities[each.id],
            process=each,
            spec=builder.build(each, limits),
            forms={key: draft.forms[key][1] for key in _forms(each, draft)},
            companions={key: identities[key] for key in companions[each.id]},
        )
        for each in draft.processes
    }


def _forms(process: Process, draft: _Draft) -> list[str]:
    keys = {each.work.form_key or "" for each in process.elements.values() if each.work}
    return sorted(keys & set(draft.forms))


def _companions(process: Process, draft: _Draft) -> list[str]:
    """Return the processes of the deployment that a process calls just as they are in it."""
    deployed = {each.id for each in draft.processes}
    called = {
        each.called or ""
        for each in process.elements.values()
        if each.type == "callActivity" and each.call.binding is Binding.DEPLOYMENT
    }
    return sorted(deployed if any(map(marks.is_marked, called)) else deployed & called)


def _made_of(
    process: Process, companions: Mapping[str, list[str]], draft: _Draft
) -> Iterator[str]:
    """Return the resources that decide what a process does: its own, its forms, and those of its companions."""
    processes = {each.id: each for each in draft.processes}
    stack, seen = [process.id], {process.id}
    while stack:
        current = processes[stack.pop()]
        yield current.resource
        yield from (draft.forms[key][0] for key in _forms(current, draft))
        following = [key for key in companions[current.id] if key not in seen]
        seen.update(following)
        stack += reversed(following)


def _digest(process: Process, made_of: Iterable[str], resources: Mapping[str, bytes]) -> str:
    """Hash the raw bytes of what a process is made of; the names of files do not count."""
    whole = sha256(f"{process.id}\n".encode())
    for resource in made_of:
        whole.update(sha256(resources[resource]).digest())
    return whole.hexdigest()
