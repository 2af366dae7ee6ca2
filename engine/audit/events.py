"""Every event that an auditor can meet, as `subject.happened`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class EventType(StrEnum):
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_CHANGED = "account.changed"
    ACCOUNT_CLOSED = "account.closed"
    ACCOUNT_REOPENED = "account.reopened"
    IDENTITY_CONNECTED = "identity.connected"
    IDENTITY_REMOVED = "identity.removed"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105  the name of an event
    PASSWORD_RESET = "password.reset"  # noqa: S105
    SIGN_IN_LOCKED = "sign_in.locked"
    SIGN_IN_UNLOCKED = "sign_in.unlocked"
    SESSION_OPENED = "session.opened"
    SESSION_CLOSED = "session.closed"
    SESSION_REVOKED = "session.revoked"
    TOKEN_CREATED = "token.created"  # noqa: S105
    TOKEN_REVOKED = "token.revoked"  # noqa: S105
    DEPLOYMENT_CREATED = "deployment.created"
    DEFINITION_CREATED = "definition.created"
    DEFINITION_PICTURED = "definition.pictured"
    INSTANCE_STARTED = "process_instance.started"
    INSTANCE_CHANGED = "process_instance.changed"
    INSTANCE_SUSPENDED = "process_instance.suspended"
    INSTANCE_RESUMED = "process_instance.resumed"
    INSTANCE_COMPLETED = "process_instance.completed"
    INSTANCE_CANCELLED = "process_instance.cancelled"
    ELEMENT_COMPLETED = "element.completed"
    ELEMENT_CANCELLED = "element.cancelled"
    DECISION_EVALUATED = "decision.evaluated"
    USER_TASK_CREATED = "user_task.created"
    USER_TASK_UNATTENDED = "user_task.unattended"
    USER_TASK_ASSIGNED = "user_task.assigned"
    USER_TASK_RELEASED = "user_task.released"
    USER_TASK_DELEGATED = "user_task.delegated"
    USER_TASK_RESOLVED = "user_task.resolved"
    USER_TASK_RETURNED = "user_task.returned"
    USER_TASK_PLANNED = "user_task.planned"
    USER_TASK_SIGNED = "user_task.signed"
    USER_TASK_COMPLETED = "user_task.completed"
    USER_TASK_CANCELLED = "user_task.cancelled"
    COMMENT_CREATED = "comment.created"
    ATTACHMENT_TIED = "attachment.tied"
    INCIDENT_CREATED = "incident.created"
    INCIDENT_RESOLVED = "incident.resolved"
    ORGANISATION_IMPORTED = "organisation.imported"
    UNIT_CREATED = "unit.created"
    UNIT_CHANGED = "unit.changed"
    UNIT_MOVED = "unit.moved"
    UNIT_ENDED = "unit.ended"
    BELONGING_CREATED = "belonging.created"
    BELONGING_ENDED = "belonging.ended"
    ROLE_CREATED = "role.created"
    ROLE_CHANGED = "role.changed"
    APPOINTMENT_CREATED = "appointment.created"
    APPOINTMENT_CHANGED = "appointment.changed"
    APPOINTMENT_ENDED = "appointment.ended"
    ABSENCE_CREATED = "absence.created"
    ABSENCE_ENDED = "absence.ended"
    SUBSTITUTION_CREATED = "substitution.created"
    SUBSTITUTION_ENDED = "substitution.ended"
    CLOSURE_CREATED = "closure.created"
    CLOSURE_ENDED = "closure.ended"


@dataclass(frozen=True, slots=True)
class Event:
    type: EventType
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Codes, identities and times: part of the sealed event for ever, so never personal data."""
    payload: Mapping[str, Any] = field(default_factory=dict)
    """What people wrote: sealed field by field as a commitment, so that a field can be disposed of."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An event as it is kept: the body of format 1."""

    chain: UUID
    seq: int
    at: str
    actor: str
    type: str
    facts: Mapping[str, Any]
    commitments: Mapping[str, str]
    previous: str
