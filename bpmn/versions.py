"""What a version of a process or of a decision is made of, and making it ready to be executed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bpmn.description import Binding, Process
from bpmn.dmn import Decisions
from bpmn.forms.definition import Form
from bpmn.limits import Limits
from bpmn.scripting import marks
from bpmn.spiff import builder
from bpmn.spiff.process import DecisionVersion, ExecutableProcess

Forms = Mapping[str, tuple[str, Form]]
"""The forms of a deployment by their keys, each with the resource it stands in."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What processes are deployed with, and may be tied to."""

    resources: Mapping[str, bytes]
    forms: Forms
    decisions: Mapping[str, DecisionVersion]


def executables(
    processes: Sequence[Process],
    beside: Beside,
    limits: Limits,
) -> dict[str, ExecutableProcess]:
    """Make the processes ready, each with the forms it uses and the processes it is tied to."""
    forms = beside.forms
    companions = {each.id: _companions(each, processes) for each in processes}
    identities = {
        each.id: _digest(each, _made_of(each, companions, processes, beside), beside.resources)
        for each in processes
    }
    return {
        each.id: ExecutableProcess(
            identity=identities[each.id],
            process=each,
            spec=builder.build(each, limits),
            forms={key: forms[key][1] for key in _forms(each, forms)},
            companions={key: identities[key] for key in companions[each.id]},
        )
        for each in processes
    }


def of_decisions(decisions: Decisions, resources: Mapping[str, bytes]) -> str:
    """
    Hash the raw bytes of the files that decide: one that imports nothing is known by its own hash.

    Those that are imported follow as they are met, so that the names of files do not count.
    """
    digests = files_of(decisions, resources)
    if len(digests) == 1:
        return digests[0]
    return sha256(b"".join(map(bytes.fromhex, digests))).hexdigest()


def files_of(decisions: Decisions, resources: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the hash of each file that decides, first of the one in which the decisions stand."""
    return tuple(sha256(resources[each]).hexdigest() for each in decisions.resources)


def _forms(process: Process, forms: Forms) -> list[str]:
    keys = {each.work.form_key or "" for each in process.elements.values() if each.work}
    return sorted(keys & set(forms))


def _companions(process: Process, processes: Sequence[Process]) -> list[str]:
    """Return the processes of the deployment that a process calls just as they are in it."""
    return _tied(process, "callActivity", {each.id for each in processes})


def _decisions(process: Process, beside: Beside) -> list[str]:
    """Return the decisions of the deployment that a process asks just as they are in it."""
    return _tied(process, "businessRuleTask", set(beside.decisions))


def _tied(process: Process, kind: str, deployed: set[str]) -> list[str]:
    """Return what elements of a kind call of what was deployed with them; all, where an expression says which."""
    called = {
        each.called or ""
        for each in process.elements.values()
        if each.type == kind and each.call.binding is Binding.DEPLOYMENT
    }
    return sorted(deployed if any(map(marks.is_marked, called)) else deployed & called)


def _made_of(
    process: Process,
    companions: Mapping[str, list[str]],
    processes: Sequence[Process],
    beside: Beside,
) -> Iterator[str]:
    """Return the resources that decide what a process does: its own, its forms, its decisions, its companions'."""
    by_id = {each.id: each for each in processes}
    stack, seen = [process.id], {process.id}
    while stack:
        current = by_id[stack.pop()]
        yield current.resource
        kept = (beside.forms[key][0] for key in _forms(current, beside.forms))
        yield from (resource for resource in kept if resource != current.resource)
        for key in _decisions(current, beside):
            yield from beside.decisions[key].decisions.resources
        following = [key for key in companions[current.id] if key not in seen]
        seen.update(following)
        stack += reversed(following)


def _digest(process: Process, made_of: Iterable[str], resources: Mapping[str, bytes]) -> str:
    """Hash the raw bytes of what a process is made of; the names of files do not count."""
    whole = sha256(f"{process.id}\n".encode())
    for resource in made_of:
        whole.update(sha256(resources[resource]).digest())
    return whole.hexdigest()
