"""Deploying: a set of files becomes versions, or nothing at all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from sqlalchemy import select

from bpmn import deployment as deployments
from bpmn.deployment import Checked, ExecutableProcess, Kind, Options
from bpmn.findings import Finding, Severity
from engine.audit import repository as record
from engine.audit.events import Event, EventType
from engine.definitions import repository, served
from engine.definitions.models import Definition, DeployedResource, Deployment, Resource
from engine.errors import Refused
from engine.texts import kept
from engine.uow import UnitOfWork

CHAIN = "definitions"
LONGEST_NAME = 200
LONGEST_DOCUMENTATION = 4_000
AS_USUAL = Options()
_NAMELESS = "A deployment has a name of 1 to {limit} characters."
_NAMELESS_FILE = "A file has a name of 1 to {limit} characters."


@dataclass(frozen=True, slots=True)
class Deployed:
    deployment: Deployment
    definitions: Sequence[Definition]
    """The versions of what was deployed: new ones, or those that had the same content already."""
    findings: Sequence[Finding]
    """Warnings, and what keeps drawings from being executed."""


def deploy(
    uow: UnitOfWork,
    name: str,
    resources: Mapping[str, bytes],
    options: Options = AS_USUAL,
) -> Deployed:
    """
    Keep a set of resources and number the versions in it.

    Raises `Refused` with every finding when anything in the set that is to be executed cannot be.
    """
    name = kept(name, _NAMELESS, shortest=1, longest=LONGEST_NAME)
    for each in resources:
        kept(each, _NAMELESS_FILE, shortest=1, longest=LONGEST_NAME)
    checked = deployments.check(resources, limits=uow.installation.limits, options=options)
    if checked.refused:
        raise Refused(checked.findings)
    record.named_chain(uow.session, CHAIN)  # locked: versions are numbered by one at a time
    checked = replace(checked, findings=(*checked.findings, *served.warnings(checked)))
    deployment = _keep(uow, name, resources, options)
    definitions = [_version(uow, deployment, each, checked) for each in checked.definitions]
    for process in checked.processes.values():
        uow.installation.shelf.put(process)
    older = _older(uow, zip(checked.definitions, definitions, strict=True))
    return Deployed(deployment, definitions, (*checked.findings, *older))


def _older(
    uow: UnitOfWork, deployed: Iterable[tuple[deployments.Definition, Definition]]
) -> Iterator[Finding]:
    """Say of what was a version already, and is not in force any more, that it does not come into force again."""
    for found, definition in deployed:
        last = repository.last_version(uow.session, found.kind, found.key)
        if definition.version < last:
            values = {"key": found.key, "version": definition.version, "last": last}
            yield Finding(
                found.resource,
                "older-version",
                "This is version {version} of '{key}'; version {last} stays in force. "
                "Change something in the file to deploy it as a new version.",
                Severity.WARNING,
                values=values,
            )


def is_deployed(uow: UnitOfWork, resources: Mapping[str, bytes]) -> bool:
    """Tell whether everything in a set of resources is a version already."""
    checked = deployments.check(resources, limits=uow.installation.limits)
    return bool(checked.definitions) and all(
        repository.same(uow.session, each.kind, each.key, each.digest)
        for each in checked.definitions
    )


def _keep(
    uow: UnitOfWork, name: str, resources: Mapping[str, bytes], options: Options
) -> Deployment:
    deployment = Deployment(name=name, deployed_at=uow.now, deployed_by=uow.actor.id)
    uow.session.add(deployment)
    digests = {each: sha256(content).hexdigest() for each, content in resources.items()}
    known = set(
        uow.session.scalars(select(Resource.digest).where(Resource.digest.in_(digests.values())))
    )
    for each, content in resources.items():
        if digests[each] not in known:
            uow.session.add(Resource(digest=digests[each], content=content))
            known.add(digests[each])
    uow.session.flush()  # the files refer to the deployment and to their contents
    for each, digest in digests.items():
        uow.session.add(DeployedResource(deployment_id=deployment.id, name=each, digest=digest))
    uow.record(
        CHAIN,
        Event(
            EventType.DEPLOYMENT_CREATED,
            {
                "deployment": str(deployment.id),
                "resources": digests,
                "options": sorted(each for each, asked in asdict(options).items() if asked),
            },
            {"name": name},
        ),
    )
    return deployment


def _version(
    uow: UnitOfWork, deployment: Deployment, found: deployments.Definition, checked: Checked
) -> Definition:
    same = repository.same(uow.session, found.kind, found.key, found.digest)
    if same is not None:
        return same
    executable = checked.processes.get(found.key) if found.kind is Kind.PROCESS else None
    definition = Definition(
        kind=found.kind.value,
        key=found.key,
        version=repository.last_version(uow.session, found.kind, found.key) + 1,
        name=found.name,
        digest=found.digest,
        deployment_id=deployment.id,
        resource=found.resource,
        documentation=_documentation(executable),
        shortcut=executable.process.shortcut if executable else None,
        findings=[
            {**asdict(each), "values": {k: str(v) for k, v in each.values.items()}}
            for each in checked.findings
            if each.resource == found.resource
        ],
    )
    uow.session.add(definition)
    uow.session.flush()  # the next of the same key counts on from it
    uow.record(
        CHAIN,
        Event(
            EventType.DEFINITION_CREATED,
            {
                "definition": str(definition.id),
                "kind": definition.kind,
                "key": definition.key,
                "version": definition.version,
                "digest": definition.digest,
                **({"files": list(found.files)} if found.files else {}),
            },
        ),
    )
    return definition


def _documentation(executable: ExecutableProcess | None) -> str | None:
    said = executable.process.documentation if executable else None
    return said[:LONGEST_DOCUMENTATION] if said else None
