from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from bpmn.deployment import Kind
from engine.definitions.models import Definition, DeployedResource, Resource
from engine.errors import NotFound

MODELS = frozenset({Kind.PROCESS, Kind.DRAWING})
"""What has a picture, and can be compared."""


def get(session: Session, definition_id: UUID, kind: Kind = Kind.PROCESS) -> Definition:
    definition = session.get(Definition, definition_id)
    if definition is None or definition.kind != kind:
        raise NotFound
    return definition


def model(session: Session, definition_id: UUID) -> Definition:
    """Return a version that is a model: a process or a drawing."""
    definition = session.get(Definition, definition_id)
    if definition is None or definition.kind not in MODELS:
        raise NotFound
    return definition


def before(session: Session, definition: Definition) -> Definition | None:
    """Return the version that was in force before another one."""
    return session.scalar(
        select(Definition)
        .where(
            Definition.kind == definition.kind,
            Definition.key == definition.key,
            Definition.version < definition.version,
        )
        .order_by(Definition.version.desc())
        .limit(1)
    )


def latest(session: Session, key: str, kind: Kind = Kind.PROCESS) -> Definition | None:
    """Return the version of a process, or of another kind, that is in force."""
    return session.scalar(
        select(Definition)
        .where(Definition.kind == kind, Definition.key == key)
        .order_by(Definition.version.desc())
        .limit(1)
    )


def numbered(
    session: Session, key: str, version: int, kind: Kind = Kind.PROCESS
) -> Definition | None:
    """Return one version of a process, or of another kind, by its number."""
    return session.scalar(
        select(Definition).where(
            Definition.kind == kind,
            Definition.key == key,
            Definition.version == version,
        )
    )


def deployment_of_process(session: Session, process_digest: str) -> UUID:
    """Return the deployment that a process came with."""
    return session.scalars(
        select(Definition.deployment_id).where(
            Definition.kind == Kind.PROCESS, Definition.digest == process_digest
        )
    ).one()


def decisions_in(session: Session, key: str, deployment_id: UUID) -> Sequence[Definition]:
    """
    Return the versions of a decision whose own file stands in a deployment, the newest first.

    There are several where a file that it imports has changed and its own has not.
    """
    deployed = select(DeployedResource.digest).where(
        DeployedResource.deployment_id == deployment_id
    )
    return session.scalars(
        select(Definition)
        .join(
            DeployedResource,
            (DeployedResource.deployment_id == Definition.deployment_id)
            & (DeployedResource.name == Definition.resource),
        )
        .where(
            Definition.kind == Kind.DECISION,
            Definition.key == key,
            DeployedResource.digest.in_(deployed),
        )
        .order_by(Definition.version.desc())
    ).all()


def file_digests(session: Session, deployment_id: UUID) -> dict[str, str]:
    """Return the hash of each file of a deployment, by its name."""
    rows = session.execute(
        select(DeployedResource.name, DeployedResource.digest).where(
            DeployedResource.deployment_id == deployment_id
        )
    )
    return {name: digest for name, digest in rows}  # noqa: C416  a row is not a pair to mypy


def names(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Return what routines are called in the versions in force, by their keys."""
    rows = session.execute(
        select(Definition.key, Definition.name)
        .where(Definition.kind == Kind.PROCESS, Definition.key.in_(keys))
        .order_by(Definition.version)
    )
    return {key: name for key, name in rows}  # noqa: C416  a row is not a pair to mypy


def latest_named(session: Session, key: str) -> Definition:
    definition = latest(session, key)
    if definition is None:
        raise NotFound("There is no routine with the key '{key}'.", key=key)
    return definition


def by_digest(session: Session, digest: str) -> Definition:
    """Return the process with exactly that content."""
    return session.scalars(
        select(Definition).where(Definition.kind == Kind.PROCESS, Definition.digest == digest)
    ).one()


def same(session: Session, kind: str, key: str, digest: str) -> Definition | None:
    return session.scalar(
        select(Definition).where(
            Definition.kind == kind, Definition.key == key, Definition.digest == digest
        )
    )


def last_version(session: Session, kind: str, key: str) -> int:
    return (
        session.scalar(
            select(func.max(Definition.version)).where(
                Definition.kind == kind, Definition.key == key
            )
        )
        or 0
    )


def listed(  # noqa: PLR0913
    session: Session,
    kind: Kind,
    *,
    key: str | None = None,
    only_latest: bool = False,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Definition]:
    """Return versions of one kind, the newest deployment first."""
    query = select(Definition).where(Definition.kind == kind)
    if key is not None:
        query = query.where(Definition.key == key)
    if only_latest:
        newest = (
            select(Definition.key, func.max(Definition.version).label("version"))
            .where(Definition.kind == kind)
            .group_by(Definition.key)
            .subquery()
        )
        query = query.join(
            newest,
            (newest.c.key == Definition.key) & (newest.c.version == Definition.version),
        )
    if after is not None:
        query = query.where(Definition.id < after)
    return session.scalars(query.order_by(Definition.id.desc()).limit(limit)).all()


def with_shortcut(session: Session) -> dict[str, Definition]:
    """Return the process in force for each shortcut; of several the one that was deployed last."""
    newer = aliased(Definition)
    is_newest = ~exists().where(
        newer.kind == Definition.kind,
        newer.key == Definition.key,
        newer.version > Definition.version,
    )
    found = session.scalars(
        select(Definition)
        .where(Definition.shortcut.is_not(None), Definition.kind == Kind.PROCESS, is_newest)
        .order_by(Definition.id)
    )
    return {each.shortcut: each for each in found if each.shortcut}


def content(session: Session, definition: Definition) -> bytes:
    """Return the bytes that were uploaded, unchanged."""
    return session.scalars(
        select(Resource.content)
        .join(DeployedResource, DeployedResource.digest == Resource.digest)
        .where(
            DeployedResource.deployment_id == definition.deployment_id,
            DeployedResource.name == definition.resource,
        )
    ).one()


def resources(session: Session, deployment_id: UUID) -> dict[str, bytes]:
    rows = session.execute(
        select(DeployedResource.name, Resource.content)
        .join(Resource, Resource.digest == DeployedResource.digest)
        .where(DeployedResource.deployment_id == deployment_id)
    )
    return {name: content for name, content in rows}  # noqa: C416  a row is not a pair to mypy
