"""
A deployment is a set of resources that belong together, taken whole or refused whole.

Reading is separate from keeping: the same function answers before anything is stored, when a modeler asks
whether a draft could be deployed, and when a stored version is made ready to be executed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from bpmn import dmn, namespaces, validation, versions, xml
from bpmn.description import Binding, Model, Process
from bpmn.errors import InvalidXml
from bpmn.extensions import foreign_forms
from bpmn.feel import Function
from bpmn.findings import Finding, Severity, refuses
from bpmn.forms import definition as forms
from bpmn.forms.definition import Form
from bpmn.forms.imports import form_js
from bpmn.forms.imports.carried import Carried
from bpmn.limits import Limits
from bpmn.lint import profile
from bpmn.reader import files as reader
from bpmn.scripting import marks
from bpmn.spiff import builder
from bpmn.spiff.process import DecisionVersion, ExecutableProcess, Library
from bpmn.stores import Stores

__all__ = [
    "Checked",
    "DecisionVersion",
    "Definition",
    "ExecutableProcess",
    "Kind",
    "Library",
    "Options",
    "check",
    "decided_by",
]

MOST_RESOURCES = 200
MOST_BYTES = 20 * 1024 * 1024
LONGEST_KEY = 200
"""Of a drawing, in characters."""
DEFAULT_LIMITS = Limits()


class Kind(StrEnum):
    PROCESS = "process"
    DRAWING = "drawing"
    """A model that is kept, shown and compared, but not executed."""
    DECISION = "decision"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Options:
    """What whoever deploys can ask for."""

    only_draw: bool = False
    """Keep every model as a drawing, also one that could be executed."""
    execute_unmarked: bool = False
    """Execute processes that do not say whether they are executable; many tools leave it out."""
    refuse_foreign: bool = False
    """Refuse what only a program of another product's name could do, instead of waiting for it."""


DEFAULT_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Definition:
    """Something in a deployment that is versioned under a key of its own."""

    key: str
    kind: Kind
    name: str
    resource: str
    digest: str
    """The hash of the bytes it is made of: two with the same digest are the same version."""
    files: tuple[str, ...] = ()
    """Of a decision: the hash of each file it is made of, its own first."""


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What a set of resources holds. As a library, it finds the processes of the same set.

    The findings at a drawing are kept with it and refuse nothing: they say why it is not executed.
    """

    definitions: tuple[Definition, ...]
    processes: Mapping[str, ExecutableProcess]
    findings: tuple[Finding, ...]
    refused: bool
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Stockholm"))
    stores: Stores = field(default_factory=Stores)
    functions: Mapping[str, Function] = field(default_factory=dict)
    decisions: Mapping[str, DecisionVersion] = field(default_factory=dict)

    def called(self, key: str, version: int | None = None) -> ExecutableProcess | None:  # noqa: ARG002
        return self.processes.get(key)

    def decision(
        self,
        key: str,
        *,
        version: int | None = None,  # noqa: ARG002
        beside: ExecutableProcess | None = None,  # noqa: ARG002
    ) -> DecisionVersion | None:
        return self.decisions.get(key)

    def by_identity(self, identity: str) -> ExecutableProcess:
        return next(each for each in self.processes.values() if each.identity == identity)


@dataclass(slots=True)
class _Draft:
    """A deployment while it is read."""

    resources: Mapping[str, bytes]
    limits: Limits
    options: Options
    findings: list[Finding] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    processes: list[Process] = field(default_factory=list)
    forms: dict[str, tuple[str, Form]] = field(default_factory=dict)
    """By key: the resource and the form."""
    carried: set[str] = field(default_factory=set)
    """Keys of the forms that stand in models, also of those that could not be carried over."""
    decisions: dict[str, DecisionVersion] = field(default_factory=dict)
    drawn: list[Finding] = field(default_factory=list)
    """What was found at drawings."""


def check(
    resources: Mapping[str, bytes],
    *,
    limits: Limits = DEFAULT_LIMITS,
    options: Options = DEFAULT_OPTIONS,
) -> Checked:
    """
    Read resources by their names and say what they hold, and every reason against executing them.

    Never raises for what is in the resources. Where an error was found, no process is made ready. A model without
    an executable process is a drawing.
    """
    draft = _Draft(resources, limits, options)
    draft.findings += _of_the_set(resources)
    if not draft.findings:
        for name in sorted(resources, key=_forms_first):
            _reader(name)(name, draft)
        draft.findings += _same_key_twice(draft)
        draft.findings += _missing_companions(draft)
    findings = (*draft.findings, *draft.drawn)
    if refuses(draft.findings):
        return Checked((), {}, findings, refused=True)
    ready = versions.executables(
        draft.processes, versions.Beside(resources, draft.forms, draft.decisions), limits
    )
    definitions = [
        *draft.definitions,
        *(
            Definition(
                key, Kind.PROCESS, each.process.name or key, each.process.resource, each.identity
            )
            for key, each in ready.items()
        ),
    ]
    return Checked(tuple(definitions), ready, findings, refused=False, decisions=draft.decisions)


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
    return (not name.lower().endswith((".form.json", ".form")), name)


def _reader(name: str) -> Callable[[str, _Draft], None]:
    for ending, read in (
        (".bpmn", _read_bpmn),
        (".bpmn20.xml", _read_bpmn),
        (".dmn", _read_dmn),
        (".form.json", _read_form),
        (".form", _read_foreign_form),
    ):
        if name.lower().endswith(ending):
            return read
    return _refuse


def _refuse(name: str, draft: _Draft) -> None:
    draft.findings.append(
        Finding(
            name,
            "unknown-kind",
            "Only .bpmn, .dmn, .form.json and .form files can be deployed.",
        )
    )


def _read_bpmn(name: str, draft: _Draft) -> None:
    source = draft.resources[name]
    try:
        reading = reader.read(source, name)
    except InvalidXml as error:
        draft.findings.append(_invalid(name, error))
        return
    if not reading.is_bpmn:
        draft.findings += reading.findings
        return
    found = [*validation.check(reading.root, name), *reading.findings]
    processes = [] if draft.options.only_draw else _executable(reading.model, draft.options)
    if not processes:
        _draw(name, reading.model, found, draft)
        return
    for form in foreign_forms.read(reading.root, name):
        found += form.findings
        draft.carried.add(form.key)
        if form.form is not None:
            draft.forms[form.key] = (name, form.form)
    for process in processes:
        found += _as_asked(profile.check(process), draft.options)
        found += _missing_forms(process, draft)
        if not refuses(found):
            found += _unreadable(process, draft.limits)
    draft.findings += found
    draft.processes += processes


def _executable(model: Model, options: Options) -> list[Process]:
    """Return the processes to execute: those that say so, or do not say and are to be executed all the same."""
    return [
        each
        for each in model.processes
        if each.executable or (each.executable is None and options.execute_unmarked)
    ]


def _as_asked(findings: Iterable[Finding], options: Options) -> Iterator[Finding]:
    for each in findings:
        if options.refuse_foreign and each.rule == "foreign-implementation":
            yield replace(each, severity=Severity.ERROR)
        else:
            yield each


def _draw(name: str, model: Model, found: Sequence[Finding], draft: _Draft) -> None:
    """Keep a model as a drawing, under the name of its file: the ids in it are often made by chance."""
    draft.drawn += found
    for process in model.processes:
        draft.drawn += profile.check(process)
    if not draft.options.only_draw:
        draft.drawn.append(
            Finding(
                name,
                "not-executable",
                "No process in the file is marked as executable (isExecutable): it is kept as a drawing.",
                Severity.WARNING,
                next((each.id for each in model.processes), None),
                next((each.line for each in model.processes), None),
            )
        )
    key = name.rpartition("/")[2].partition(".")[0][:LONGEST_KEY]
    digest = sha256(draft.resources[name]).hexdigest()
    draft.definitions.append(Definition(key, Kind.DRAWING, model.name or key, name, digest))


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
    ready = decided_by(name, draft.resources)
    decisions = ready.decisions
    draft.findings += dmn.check(decisions)
    draft.decisions |= dict.fromkeys(decisions.keys, ready)
    files = versions.files_of(decisions, draft.resources)
    draft.definitions += [
        Definition(each.id, Kind.DECISION, each.name or each.id, name, ready.identity, files)
        for each in decisions.model.decisions
    ]


def decided_by(name: str, resources: Mapping[str, bytes]) -> DecisionVersion:
    """
    Make ready what a file decides, with those of the same set that it imports.

    Raises `InvalidXml` where it is no DMN document.
    """
    decisions = dmn.read(resources[name], name, _other_decisions(name, resources))
    return DecisionVersion(versions.of_decisions(decisions, resources), decisions)


def _other_decisions(name: str, resources: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that one of decisions may import."""
    return {
        other: source
        for other, source in resources.items()
        if other != name and other.lower().endswith(".dmn")
    }


def _read_form(name: str, draft: _Draft) -> None:
    source = draft.resources[name]
    if form_js.content(source) is not None:
        _read_foreign_form(name, draft)
        return
    form, findings = forms.read(source, name)
    draft.findings += findings
    if form is not None:
        _keep_form(name, form, draft)


def _read_foreign_form(name: str, draft: _Draft) -> None:
    """Read a form of form-js; tasks name it by its id, or by its file."""
    content = form_js.content(draft.resources[name])
    if content is None:
        draft.findings.append(
            Finding(
                name, "unknown-kind", "The file is not a form of form-js: JSON with 'components'."
            )
        )
        return
    stem = name.rpartition("/")[2].partition(".")[0]
    key = str(content.get("id") or stem)[:LONGEST_KEY]
    carried = Carried(name)
    form = form_js.read(content, key, stem, carried)
    draft.findings += carried.findings
    draft.carried |= {key, stem}
    if form is not None:
        _keep_form(name, form, draft)
        draft.forms.setdefault(stem, (name, form))


def _keep_form(name: str, form: Form, draft: _Draft) -> None:
    digest = sha256(draft.resources[name]).hexdigest()
    draft.forms[form.key] = (name, form)
    draft.definitions.append(
        Definition(form.key, Kind.FORM, form.title.in_language("sv"), name, digest)
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
        if key and key not in draft.forms and key not in draft.carried:
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
