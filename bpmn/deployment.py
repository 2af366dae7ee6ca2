"""
A deployment is a set of resources that belong together, taken whole or refused whole.

Reading is separate from keeping: the same function answers before anything is stored, when a modeler asks
whether a draft could be deployed, and when a stored version is made ready to be executed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from bpmn import namespaces, xml
from bpmn.description import Process
from bpmn.errors import InvalidXml
from bpmn.findings import Finding, Severity, refuses
from bpmn.forms import definition as forms
from bpmn.forms.definition import Form
from bpmn.limits import Limits
from bpmn.lint import profile
from bpmn.reader import files as reader
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

    def called(self, key: str) -> ExecutableProcess | None:
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
    if refuses(draft.findings):
        return Checked((), {}, tuple(draft.findings))
    ready = {each.id: _executable(each, draft, limits) for each in draft.processes}
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


def _executable(process: Process, draft: _Draft, limits: Limits) -> ExecutableProcess:
    keys = {each.work.form_key for each in process.elements.values() if each.work} & set(
        draft.forms
    )
    used = {key: draft.forms[key] for key in sorted(key for key in keys if key)}
    return ExecutableProcess(
        identity=_digest(process, [resource for resource, _ in used.values()], draft.resources),
        process=process,
        spec=builder.build(process, limits),
        forms={key: form for key, (_, form) in used.items()},
    )


def _digest(process: Process, form_resources: list[str], resources: Mapping[str, bytes]) -> str:
    """Hash the raw bytes of a process and of the forms it uses; the names of files do not count."""
    whole = sha256(f"{process.id}\n".encode())
    for resource in (process.resource, *form_resources):
        whole.update(sha256(resources[resource]).digest())
    return whole.hexdigest()
