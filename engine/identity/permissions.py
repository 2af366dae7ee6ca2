"""
Who may do what: one table.

A permission is granted when one of its clauses holds; a clause is a predicate over the actor and what the act
concerns. Nothing else in the house decides who may; a route without a permission is found by a test.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.errors import NotAllowed, NotFound, PasswordMustChange
from engine.identity.actor import Actor
from engine.identity.holdings import AUDITOR

LEADING = frozenset({"process_owner", "system_owner", "unit_manager"})
"""Roles whose holders answer for how work stands in a unit."""


class Permission(StrEnum):
    PUBLIC = "public:read"
    """Needs no account: signing in, health, the description of the API."""
    SIGNED_IN = "account:use"
    """Needs an account, whatever it may do besides."""
    READ_ACCOUNT = "account:read"
    CHANGE_ACCOUNT = "account:change"
    """To create one, to call it otherwise, and to grant and revoke groups and administrator's rights."""
    CLOSE_ACCOUNT = "account:close"
    """And to open it again; and to end of its sessions and keys what closing it would end."""
    UNLOCK_ACCOUNT = "account:unlock"
    CHANGE_PASSWORD = "password:change"  # noqa: S105  the name of a permission
    RESET_PASSWORD = "password:reset"  # noqa: S105
    READ_SESSION = "session:read"
    REVOKE_SESSION = "session:revoke"
    CONFIRM_SESSION = "session:confirm"
    CONNECT_IDENTITY = "identity:connect"
    REMOVE_IDENTITY = "identity:remove"
    READ_TOKEN = "token:read"  # noqa: S105
    CREATE_TOKEN = "token:create"  # noqa: S105
    REVOKE_TOKEN = "token:revoke"  # noqa: S105
    READ_DEFINITIONS = "definition:read"
    DEPLOY = "definition:deploy"
    EVALUATE_DECISION = "decision:evaluate"
    START_INSTANCE = "process_instance:start"
    READ_INSTANCE = "process_instance:read"
    CANCEL_INSTANCE = "process_instance:cancel"
    SUSPEND_INSTANCE = "process_instance:suspend"
    """To pause a case, and to let it go on."""
    READ_TASK = "user_task:read"
    READ_UNATTENDED = "user_task:read_unattended"
    """To see which tasks nobody can take."""
    ASSIGN_TASK = "user_task:assign"
    PLAN_TASK = "user_task:plan"
    COMPLETE_TASK = "user_task:complete"
    CHANGE_HEADER = "process_instance:change"
    """To change what is said of a case beside its process: its number, links, retention."""
    CHANGE_SECRECY = "process_instance:change_secrecy"
    """To change who may see a case at all; asked besides `process_instance:change`."""
    WRITE_COMMENT = "comment:write"
    """Of those who may see the case."""
    READ_MENTION = "mention:read"
    READ_NOTIFICATION = "notification:read"
    """To see what one is told of one's tasks and cases, and to note that one has read it."""
    READ_ATTACHMENT = "attachment:read"
    ADD_ATTACHMENT = "attachment:add"
    """Of those who may see the case; before it has one, the file is its owner's alone."""
    RETRY_INCIDENT = "incident:retry"
    OVERSEE = "routine:oversee"
    """To see how the routines stand that one answers for, or those of the units that one leads."""
    READ_ORGANISATION = "organisation:read"
    CHANGE_ORGANISATION = "organisation:change"
    READ_ABSENCE = "absence:read"
    """To see when a person is away and who acts for them."""
    CHANGE_ABSENCE = "absence:change"
    READ_FEEDBACK = "feedback:read"
    """To see what people have written about the accessibility of the service, and how to reach them."""
    HANDLE_FEEDBACK = "feedback:handle"
    READ_VIEW = "saved_view:read"
    CHANGE_VIEW = "saved_view:change"
    """To save a view of the inbox, change and remove one's own."""
    SHARE_VIEW = "saved_view:share"
    """To show it to a group or to everybody; asked besides `saved_view:change`."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act concerns, as far as permissions look at it."""

    started_by_actor: bool = False
    takes_part: bool = False
    """The actor has or had a task in the instance, or could take one."""
    candidate: bool = False
    """The actor is a candidate of the task."""
    assigned: bool = False
    """The task is assigned to the actor."""
    stands_in: bool = False
    """The actor may act for somebody whose task it is, or could be."""
    owns_the_system: bool = False
    """The actor is appointed system owner of the whole organisation today."""
    oneself: bool = False
    """It is about the actor, or something of the actor's own."""
    within_a_case: bool = False
    """It belongs to an instance that the actor may see."""
    audited: bool = False
    """The actor is auditor of the unit of the case today."""
    named: bool = False
    """The case is secret, and the actor is one of those who are named for it."""
    manager: bool = False
    """It is about somebody whose manager the actor is today."""

    @property
    def only_audited(self) -> bool:
        """Tell whether nothing but an audit lets the actor see it."""
        own = self.started_by_actor or self.takes_part or self.assigned or self.named
        return self.audited and not (own or self.candidate or self.stands_in)


Clause = Callable[[Actor, Subject], bool]


def anybody(_actor: Actor, _subject: Subject) -> bool:
    return True


def signed_in(actor: Actor, _subject: Subject) -> bool:
    return actor.id is not None or actor.is_admin


def works_here(actor: Actor, subject: Subject) -> bool:
    """Auditors look; they do not start anything, and say nothing in what they audit."""
    return signed_in(actor, subject) and AUDITOR not in actor.offices and not subject.only_audited


def admin(actor: Actor, _subject: Subject) -> bool:
    return actor.is_admin


def system(actor: Actor, _subject: Subject) -> bool:
    """Tell whether it is a command on the server, and no person."""
    return actor.id is None and actor.is_admin


def auditor(actor: Actor, subject: Subject) -> bool:
    return AUDITOR in actor.offices or subject.audited


def process_owner(actor: Actor, _subject: Subject) -> bool:
    return "process_owner" in actor.offices


def leader(actor: Actor, _subject: Subject) -> bool:
    return bool(units_led(actor))


def starter(_actor: Actor, subject: Subject) -> bool:
    return subject.started_by_actor


def participant(_actor: Actor, subject: Subject) -> bool:
    return subject.takes_part


def candidate(_actor: Actor, subject: Subject) -> bool:
    return subject.candidate


def assignee(_actor: Actor, subject: Subject) -> bool:
    return subject.assigned


def substitute(_actor: Actor, subject: Subject) -> bool:
    return subject.stands_in


def system_owner(actor: Actor, subject: Subject) -> bool:
    return subject.owns_the_system or "system_owner" in actor.offices


def oneself(_actor: Actor, subject: Subject) -> bool:
    return subject.oneself


def sees_the_case(_actor: Actor, subject: Subject) -> bool:
    return subject.within_a_case


def named(_actor: Actor, subject: Subject) -> bool:
    return subject.named


def manager(_actor: Actor, subject: Subject) -> bool:
    return subject.manager


TABLE: Mapping[Permission, tuple[Clause, ...]] = {
    Permission.PUBLIC: (anybody,),
    Permission.SIGNED_IN: (signed_in,),
    Permission.READ_ACCOUNT: (admin,),
    Permission.CHANGE_ACCOUNT: (admin,),
    Permission.CLOSE_ACCOUNT: (admin,),
    Permission.UNLOCK_ACCOUNT: (admin,),
    Permission.CHANGE_PASSWORD: (signed_in,),
    Permission.RESET_PASSWORD: (admin,),
    Permission.READ_SESSION: (oneself,),
    Permission.REVOKE_SESSION: (oneself,),
    Permission.CONFIRM_SESSION: (oneself,),
    Permission.CONNECT_IDENTITY: (signed_in,),
    Permission.REMOVE_IDENTITY: (oneself, system),
    Permission.READ_TOKEN: (oneself, system),
    Permission.CREATE_TOKEN: (oneself, system),
    Permission.REVOKE_TOKEN: (oneself, system),
    Permission.READ_DEFINITIONS: (signed_in,),
    Permission.DEPLOY: (admin, process_owner),
    Permission.EVALUATE_DECISION: (works_here,),
    Permission.START_INSTANCE: (works_here,),
    Permission.READ_INSTANCE: (
        admin,
        auditor,
        process_owner,
        system_owner,
        starter,
        participant,
        named,
    ),
    Permission.CANCEL_INSTANCE: (admin, process_owner, starter),
    Permission.SUSPEND_INSTANCE: (admin, process_owner, starter),
    Permission.CHANGE_HEADER: (admin, process_owner, starter, participant, named),
    Permission.CHANGE_SECRECY: (admin, process_owner, starter, named),
    Permission.READ_TASK: (
        admin,
        auditor,
        process_owner,
        system_owner,
        assignee,
        candidate,
        substitute,
        participant,
        named,
    ),
    Permission.READ_UNATTENDED: (admin, system_owner),
    Permission.ASSIGN_TASK: (admin, assignee, candidate, substitute),
    Permission.PLAN_TASK: (admin, process_owner),
    Permission.COMPLETE_TASK: (assignee, candidate, substitute),
    Permission.WRITE_COMMENT: (works_here,),
    Permission.READ_MENTION: (oneself,),
    Permission.READ_NOTIFICATION: (oneself,),
    Permission.READ_ATTACHMENT: (oneself, sees_the_case),
    Permission.ADD_ATTACHMENT: (works_here,),
    Permission.RETRY_INCIDENT: (admin, process_owner),
    Permission.OVERSEE: (admin, process_owner, system_owner, leader),
    Permission.READ_ORGANISATION: (signed_in,),
    Permission.CHANGE_ORGANISATION: (admin, system_owner),
    Permission.READ_ABSENCE: (admin, system_owner, oneself, manager),
    Permission.CHANGE_ABSENCE: (admin, system_owner, oneself, manager),
    Permission.READ_FEEDBACK: (admin,),
    Permission.HANDLE_FEEDBACK: (admin,),
    Permission.READ_VIEW: (signed_in,),
    Permission.CHANGE_VIEW: (oneself, admin),
    Permission.SHARE_VIEW: (admin, process_owner),
}

OF_AN_OBJECT = frozenset(
    {
        Permission.READ_INSTANCE,
        Permission.CANCEL_INSTANCE,
        Permission.SUSPEND_INSTANCE,
        Permission.CHANGE_HEADER,
        Permission.CHANGE_SECRECY,
        Permission.READ_TASK,
        Permission.ASSIGN_TASK,
        Permission.PLAN_TASK,
        Permission.COMPLETE_TASK,
        Permission.READ_MENTION,
        Permission.READ_NOTIFICATION,
        Permission.READ_ATTACHMENT,
        Permission.RETRY_INCIDENT,
        Permission.CHANGE_ORGANISATION,
        Permission.READ_ABSENCE,
        Permission.CHANGE_ABSENCE,
        Permission.CHANGE_VIEW,
        Permission.READ_SESSION,
        Permission.REVOKE_SESSION,
        Permission.CONFIRM_SESSION,
        Permission.REMOVE_IDENTITY,
        Permission.READ_TOKEN,
        Permission.CREATE_TOKEN,
        Permission.REVOKE_TOKEN,
    }
)
"""Permissions that are decided for a certain thing (an instance, a person, a token), by the verb that knows it."""

NEVER_BY_TOKEN = frozenset(
    {
        Permission.CHANGE_PASSWORD,
        Permission.CONFIRM_SESSION,
        Permission.CONNECT_IDENTITY,
        Permission.REMOVE_IDENTITY,
        Permission.CREATE_TOKEN,
        Permission.READ_FEEDBACK,
        Permission.HANDLE_FEEDBACK,
    }
)
"""What only a person in a browser does: a token cannot make itself a longer life, or another way in."""

SCOPES = tuple(
    each for each in Permission if each is not Permission.PUBLIC and each not in NEVER_BY_TOKEN
)
"""What a token can carry. Whether its account may is asked again each time."""

WITH_A_ONE_TIME_PASSWORD = frozenset({Permission.SIGNED_IN, Permission.CHANGE_PASSWORD})

NOBODY_IN_PARTICULAR = Subject()


def allows(actor: Actor, permission: Permission, subject: Subject = NOBODY_IN_PARTICULAR) -> bool:
    return reaches(actor, permission) and any(
        clause(actor, subject) for clause in TABLE[permission]
    )


def reaches(actor: Actor, permission: Permission) -> bool:
    """Tell whether the way in which the actor came in lets it do this, if its account may."""
    if permission is Permission.PUBLIC:
        return True
    if actor.must_change_password and permission not in WITH_A_ONE_TIME_PASSWORD:
        return False
    return actor.scopes is None or (
        permission in actor.scopes and permission not in NEVER_BY_TOKEN
    )


def require_reach(actor: Actor, permission: Permission) -> None:
    """Raises `PasswordMustChange` or `NotAllowed`."""
    if reaches(actor, permission):
        return
    raise PasswordMustChange if actor.must_change_password else NotAllowed


def require(actor: Actor, permission: Permission, subject: Subject = NOBODY_IN_PARTICULAR) -> None:
    """Raises `NotAllowed`."""
    if not allows(actor, permission, subject):
        raise NotAllowed


def require_sight(actor: Actor, permission: Permission, subject: Subject) -> None:
    """Raises `NotFound`: whoever may not see a thing does not learn that it is there."""
    if not allows(actor, permission, subject):
        raise NotFound


def sees_every_instance(actor: Actor) -> bool:
    """Tell whether the actor sees instances without taking part in them."""
    return allows(actor, Permission.READ_INSTANCE)


def units_led(actor: Actor) -> frozenset[str]:
    """Return the units that the actor answers for, in one role or another."""
    held = (name.partition("@") for name in actor.groups)
    return frozenset(unit for role, _, unit in held if unit and role in LEADING)
