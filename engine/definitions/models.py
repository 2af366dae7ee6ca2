from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Identified


class Resource(Base):
    """The bytes of a deployed file, kept once however often they are deployed."""

    __tablename__ = "resource"

    digest: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Deployment(Identified):
    """A set of files that was taken whole."""

    __tablename__ = "deployment"

    name: Mapped[str]
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)


class DeployedResource(Base):
    """A file in a deployment, under the name it had there."""

    __tablename__ = "deployed_resource"

    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployment.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("resource.digest"), index=True)


class Definition(Identified):
    """One version of a process, a drawing, a decision or a form, as it was deployed first."""

    __tablename__ = "definition"
    __table_args__ = (
        UniqueConstraint("kind", "key", "version"),
        UniqueConstraint("kind", "key", "digest"),
    )

    kind: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    version: Mapped[int]
    """1, 2, 3 … for each kind and key."""
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(index=True)
    """The hash of its content: the same content is the same version."""
    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployment.id"), index=True)
    """The deployment that made the version; its resources are what the version is made of."""
    resource: Mapped[str]
    """The name of its file in that deployment."""
    documentation: Mapped[str | None] = mapped_column(deferred=True)
    """What a process says of itself, as far as 4,000 characters: it is found by that."""
    shortcut: Mapped[str | None] = mapped_column(index=True)
    """What the first page has a button for, and a process says that it is."""
    findings: Mapped[list[Any]]
    """The warnings that it was deployed with; of a drawing, also what keeps it from being executed."""


class DefinitionPicture(Base):
    """A picture of a version, as the program made it in which the model was drawn."""

    __tablename__ = "definition_picture"

    definition_id: Mapped[UUID] = mapped_column(ForeignKey("definition.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """Sanitised SVG, packed by zstd."""
    digest: Mapped[str]
    """The hash of the sanitised SVG."""
    kept_at: Mapped[datetime]
