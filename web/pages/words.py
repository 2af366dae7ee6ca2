"""The words of the people who work here for the codes of the floors below."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from bpmn.description import Shortcut, Trigger
from bpmn.diagram.marking import State
from bpmn.dmn.boxes import Aggregation, HitPolicy
from bpmn.progress import ElementState
from engine.audit.events import EventType
from engine.identity.permissions import Permission
from engine.inbox.asking import Sort, Tab
from engine.instances.models import Confidentiality, InstanceState
from engine.notifications.models import Kind
from engine.organisation.absences import Reason
from engine.tasks.models import UserTaskState
from web.pages.urgency import Urgency

CASES: Mapping[str, LazyString] = {
    InstanceState.ACTIVE: _("In progress"),
    InstanceState.SUSPENDED: _("Paused"),
    InstanceState.INCIDENT: _("Stopped by an error"),
    InstanceState.COMPLETED: _("Completed"),
    InstanceState.CANCELLED: _("Cancelled"),
}

CONFIDENTIALITY: Mapping[str, LazyString] = {
    Confidentiality.PUBLIC: _("Public"),
    Confidentiality.INTERNAL: _("Internal"),
    Confidentiality.SECRET: _("Secret"),
}

HEADER: Mapping[str, LazyString] = {
    "business_key": _("Reference"),
    "unit": _("Unit"),
    "registration_no": _("Registration number"),
    "confidentiality": _("Confidentiality"),
    "secrecy_ground": _("Ground for secrecy"),
    "readers": _("People who see the secret case"),
    "systems": _("Management systems"),
    "retention_class": _("Retention class"),
    "links": _("More cases to refer to"),
}
"""What is said of a case beside its process."""

TASKS: Mapping[str, LazyString] = {
    UserTaskState.CREATED: _("To do"),
    UserTaskState.COMPLETED: _("Done"),
    UserTaskState.CANCELLED: _("Withdrawn"),
}

STEPS: Mapping[str, LazyString] = {
    ElementState.ACTIVE: _("In progress"),
    ElementState.COMPLETED: _("Finished"),
    ElementState.CANCELLED: _("Cancelled"),
    ElementState.INCIDENT: _("Failed"),
}

MARKS: Mapping[str, LazyString] = {
    State.INCIDENT: _("Stopped by an error"),
    State.LATE: _("In progress and late"),
    State.PAUSED: _("Paused"),
    State.ACTIVE: _("In progress"),
    State.DONE: _("Finished"),
    State.CANCELLED: _("Cancelled"),
}
"""How a step of a case stands, in the diagram."""

TABS: Mapping[str, LazyString] = {
    Tab.OPEN: _("To do"),
    Tab.MINE: _("Mine"),
    Tab.GROUPS: _("For my groups"),
    Tab.BEHALF: _("On behalf of others"),
    Tab.STARTED: _("Started by me"),
    Tab.DONE: _("Done by me"),
}

SORTS: Mapping[str, LazyString] = {
    Sort.DUE: _("The soonest due first"),
    Sort.CREATED: _("The oldest first"),
    Sort.NEWEST: _("The newest first"),
    Sort.PRIORITY: _("The most urgent first"),
    Sort.ENDED: _("The latest first"),
}

ACTS: Mapping[str, LazyString] = {
    "claim": _("Take"),
    "release": _("Give back"),
    "assign": _("Give to somebody …"),
    "complete": _("Complete …"),
}
"""What is done with tasks that are marked."""

URGENCIES: Mapping[str, LazyString] = {
    Urgency.LATE: _("Late"),
    Urgency.TODAY: _("Today"),
    Urgency.THIS_WEEK: _("This week"),
    Urgency.LATER: _("Later"),
    Urgency.WHENEVER: _("Without a deadline"),
}

NOTIFICATIONS: Mapping[str, LazyString] = {
    Kind.MENTIONED: _("{actor} mentioned you in {case}."),
    Kind.TASK_ASSIGNED: _("{actor} gave you the task “{task}”."),
    Kind.TASK_DELEGATED: _("{actor} asks you to prepare the task “{task}”."),
    Kind.TASK_PREPARED: _("{actor} has prepared the task “{task}” for you."),
    Kind.TASK_RETURNED: _("{actor} returned the task “{task}” to you."),
    Kind.CASE_COMPLETED: _("The case {case} is completed."),
    Kind.CASE_CANCELLED: _("{actor} cancelled the case {case}."),
    Kind.CASE_STOPPED: _("The case {case} stands still because of an error."),
}
"""What somebody is told, as a sentence."""

REASONS: Mapping[str, LazyString] = {
    Reason.VACATION: _("Vacation"),
    Reason.LEAVE: _("Leave"),
    Reason.OTHER: _("Another reason"),
}
"""Why somebody is away."""

SHORTCUTS: Mapping[str, LazyString] = {
    Shortcut.REPORT_DEVIATION: _("Report a deviation"),
    Shortcut.PROPOSE_IMPROVEMENT: _("Propose an improvement"),
}

NUMBERS: Mapping[int, LazyString] = dict(
    enumerate(
        (
            _("one"),
            _("two"),
            _("three"),
            _("four"),
            _("five"),
            _("six"),
            _("seven"),
            _("eight"),
            _("nine"),
            _("ten"),
            _("eleven"),
            _("twelve"),
        ),
        start=1,
    )
)
"""Of tasks, as they are written in a sentence."""

EVENTS: Mapping[str, LazyString] = {
    EventType.ACCOUNT_CREATED: _("{actor} created an account."),
    EventType.ACCOUNT_CHANGED: _("{actor} changed an account."),
    EventType.ACCOUNT_CLOSED: _("{actor} closed an account."),
    EventType.ACCOUNT_REOPENED: _("{actor} opened a closed account again."),
    EventType.IDENTITY_CONNECTED: _("An account was connected with a person at the provider."),
    EventType.IDENTITY_REMOVED: _("{actor} ended the connection of an account with the provider."),
    EventType.PASSWORD_CHANGED: _("{actor} chose another password."),
    EventType.PASSWORD_RESET: _("{actor} gave somebody a one-time password."),
    EventType.SIGN_IN_LOCKED: _("Too many attempts to give a password failed."),
    EventType.SIGN_IN_UNLOCKED: _("{actor} let an account be tried again."),
    EventType.SESSION_OPENED: _("{actor} signed in."),
    EventType.SESSION_CLOSED: _("{actor} signed out."),
    EventType.SESSION_REVOKED: _("{actor} ended a session."),
    EventType.TOKEN_CREATED: _("{actor} created a key for a program."),
    EventType.TOKEN_REVOKED: _("{actor} revoked a key for a program."),
    EventType.DEPLOYMENT_CREATED: _("{actor} deployed files."),
    EventType.DEFINITION_CREATED: _("{actor} deployed a new version."),
    EventType.DEFINITION_PICTURED: _("{actor} gave a version a picture."),
    EventType.INSTANCE_STARTED: _("{actor} started the case."),
    EventType.INSTANCE_COMPLETED: _("The case was completed."),
    EventType.INSTANCE_CHANGED: _("{actor} changed what is said of the case."),
    EventType.INSTANCE_SUSPENDED: _("{actor} paused the case."),
    EventType.INSTANCE_RESUMED: _("{actor} let the case go on."),
    EventType.INSTANCE_CANCELLED: _("{actor} cancelled the case."),
    EventType.ELEMENT_COMPLETED: _("The step “{element}” was finished."),
    EventType.ELEMENT_CANCELLED: _("The step “{element}” was cancelled."),
    EventType.DECISION_EVALUATED: _("A decision was made in the step “{element}”."),
    EventType.USER_TASK_CREATED: _("The task “{element}” was created."),
    EventType.USER_TASK_UNATTENDED: _("There is nobody who may take the task “{element}”."),
    EventType.USER_TASK_ASSIGNED: _("{actor} gave the task “{element}” to {assignee}."),
    EventType.USER_TASK_RELEASED: _("{actor} gave the task “{element}” back."),
    EventType.USER_TASK_DELEGATED: _("{actor} let {assignee} prepare the task “{element}”."),
    EventType.USER_TASK_RESOLVED: _("{actor} has prepared the task “{element}” for {assignee}."),
    EventType.USER_TASK_RETURNED: _("{actor} returned the task “{element}”."),
    EventType.USER_TASK_PLANNED: _("{actor} planned the task “{element}” otherwise."),
    EventType.USER_TASK_SIGNED: _("{actor} signed in the task “{element}”."),
    EventType.USER_TASK_COMPLETED: _("{actor} completed the task “{element}”."),
    EventType.USER_TASK_CANCELLED: _("The task “{element}” was withdrawn."),
    EventType.COMMENT_CREATED: _("{actor} wrote a comment."),
    EventType.ATTACHMENT_TIED: _("{actor} attached a file."),
    EventType.INCIDENT_CREATED: _("The step “{element}” failed and waits for somebody."),
    EventType.INCIDENT_RESOLVED: _("The error does not matter any more."),
    EventType.ORGANISATION_IMPORTED: _("{actor} took the organisation in from tables."),
    EventType.UNIT_CREATED: _("{actor} added a unit."),
    EventType.UNIT_CHANGED: _("{actor} changed a unit."),
    EventType.UNIT_MOVED: _("{actor} moved a unit in the organisation."),
    EventType.UNIT_ENDED: _("{actor} gave a unit a last day."),
    EventType.BELONGING_CREATED: _("{actor} placed a person in a unit."),
    EventType.BELONGING_ENDED: _("{actor} gave a person's time in a unit a last day."),
    EventType.ROLE_CREATED: _("{actor} added a role."),
    EventType.ROLE_CHANGED: _("{actor} changed a role."),
    EventType.APPOINTMENT_CREATED: _("{actor} appointed a person to a role."),
    EventType.APPOINTMENT_CHANGED: _("{actor} changed what an appointment refers to."),
    EventType.APPOINTMENT_ENDED: _("{actor} gave an appointment a last day."),
    EventType.ABSENCE_CREATED: _("{actor} noted an absence."),
    EventType.ABSENCE_ENDED: _("{actor} gave an absence a last day."),
    EventType.SUBSTITUTION_CREATED: _("{actor} named a substitute."),
    EventType.SUBSTITUTION_ENDED: _("{actor} gave a substitution a last day."),
    EventType.CLOSURE_CREATED: _("{actor} noted that a unit does not work for a time."),
    EventType.CLOSURE_ENDED: _("{actor} gave a closure another last day."),
}
"""An event as a sentence."""

TAKEN = _("{actor} took the task “{element}”.")
"""An assignment to oneself."""

RETRIED = _("{actor} had the step tried again.")

ELEMENTS: Mapping[str, LazyString] = {
    "task": _("Step"),
    "userTask": _("Task for a person"),
    "manualTask": _("Manual step"),
    "scriptTask": _("Automatic step"),
    "serviceTask": _("Automatic step"),
    "businessRuleTask": _("Decision by a table"),
    "sendTask": _("Message is sent"),
    "receiveTask": _("Waits for a message"),
    "subProcess": _("Part of the routine"),
    "adHocSubProcess": _("Steps in any order"),
    "transaction": _("Part that is done whole or not at all"),
    "callActivity": _("Another routine"),
    "startEvent": _("Start"),
    "endEvent": _("End"),
    "intermediateThrowEvent": _("Event"),
    "intermediateCatchEvent": _("Waits for an event"),
    "boundaryEvent": _("Event during a step"),
    "exclusiveGateway": _("One of several ways"),
    "inclusiveGateway": _("One or several ways"),
    "parallelGateway": _("Parallel ways"),
    "eventBasedGateway": _("The first event decides"),
    "complexGateway": _("Ways by a rule"),
}

TRIGGERS: Mapping[str, LazyString] = {
    Trigger.MESSAGE: _("a message"),
    Trigger.SIGNAL: _("a signal"),
    Trigger.TIMER: _("a time"),
    Trigger.ERROR: _("an error"),
    Trigger.ESCALATION: _("an escalation"),
    Trigger.CONDITIONAL: _("a condition"),
    Trigger.COMPENSATION: _("taking back what was done"),
    Trigger.CANCEL: _("cancelling"),
    Trigger.TERMINATE: _("ending everything"),
    Trigger.LINK: _("a link"),
}
"""What an event is about."""

HIT_POLICIES: Mapping[str, LazyString] = {
    HitPolicy.UNIQUE: _("At most one rule matches, and it gives the result."),
    HitPolicy.FIRST: _("The first rule that matches, read from the top, gives the result."),
    HitPolicy.PRIORITY: _(
        "Of the rules that match, the one with the most important result counts."
    ),
    HitPolicy.ANY: _("Several rules may match; then all of them give the same result."),
    HitPolicy.COLLECT: _("All rules that match give a result each."),
    HitPolicy.RULE_ORDER: _("All rules that match give a result each, in the order of the rules."),
    HitPolicy.OUTPUT_ORDER: _(
        "All rules that match give a result each, the most important first."
    ),
}

AGGREGATIONS: Mapping[str, LazyString] = {
    Aggregation.SUM: _("The results of all rules that match are added up."),
    Aggregation.COUNT: _("The result is how many rules match."),
    Aggregation.MIN: _("Of the results of all rules that match, the smallest counts."),
    Aggregation.MAX: _("Of the results of all rules that match, the largest counts."),
}
"""What a table makes of what it collects."""

VALUES: Mapping[str, LazyString] = {
    "number": _("number"),
    "string": _("text"),
    "boolean": _("true or false"),
    "date": _("date"),
    "time": _("time of day"),
    "date and time": _("date and time"),
    "days and time duration": _("duration in days and hours"),
    "years and months duration": _("duration in years and months"),
    "Any": _("anything"),
}
"""The types of FEEL."""

USUAL = 50
"""The priority of what is as urgent as most."""
NEAR_USUAL = 20


def priority(number: int | None) -> str:
    """Say how urgent a task is."""
    if number is None or abs(number - USUAL) < NEAR_USUAL:
        return str(_("Usual priority"))
    return str(_("High priority") if number > USUAL else _("Low priority"))


BY_PEOPLE = frozenset({"userTask", "manualTask"})
"""Steps that a person does; the others are done by the system."""

CONTAINERS = frozenset({"subProcess", "adHocSubProcess", "transaction", "callActivity"})
"""Steps that wait for what is inside them."""


PERMISSIONS: Mapping[str, LazyString] = {
    Permission.SIGNED_IN: _("Ask who it is"),
    Permission.READ_VIEW: _("See saved views of the inbox"),
    Permission.CHANGE_VIEW: _("Save and change views of the inbox"),
    Permission.SHARE_VIEW: _("Share views of the inbox with others"),
    Permission.READ_ACCOUNT: _("See the accounts of others"),
    Permission.CHANGE_ACCOUNT: _("Change accounts, their groups and their rights"),
    Permission.CLOSE_ACCOUNT: _("Close accounts and open them again"),
    Permission.UNLOCK_ACCOUNT: _("Let a locked account be tried again"),
    Permission.RESET_PASSWORD: _("Give somebody a one-time password"),
    Permission.READ_SESSION: _("See where you are signed in"),
    Permission.REVOKE_SESSION: _("Sign you out"),
    Permission.READ_TOKEN: _("See which keys there are"),
    Permission.REVOKE_TOKEN: _("Revoke keys"),
    Permission.READ_DEFINITIONS: _("Read routines"),
    Permission.DEPLOY: _("Deploy routines"),
    Permission.EVALUATE_DECISION: _("Ask decisions"),
    Permission.START_INSTANCE: _("Start cases"),
    Permission.READ_INSTANCE: _("Read cases"),
    Permission.CANCEL_INSTANCE: _("Cancel cases"),
    Permission.SUSPEND_INSTANCE: _("Pause cases and let them go on"),
    Permission.CHANGE_HEADER: _("Change what is said of cases"),
    Permission.CHANGE_SECRECY: _("Change who sees secret cases"),
    Permission.READ_TASK: _("Read tasks"),
    Permission.READ_UNATTENDED: _("See which tasks nobody can take"),
    Permission.ASSIGN_TASK: _("Take tasks and give them to others"),
    Permission.PLAN_TASK: _("Change when tasks are due and how urgent they are"),
    Permission.COMPLETE_TASK: _("Complete tasks"),
    Permission.WRITE_COMMENT: _("Write comments"),
    Permission.READ_MENTION: _("See where you are mentioned"),
    Permission.READ_NOTIFICATION: _("See your notifications"),
    Permission.READ_ATTACHMENT: _("Read files"),
    Permission.ADD_ATTACHMENT: _("Add files"),
    Permission.RETRY_INCIDENT: _("Have a failed step tried again"),
    Permission.OVERSEE: _("See how routines stand"),
    Permission.READ_ORGANISATION: _("See the organisation"),
    Permission.CHANGE_ORGANISATION: _("Change the organisation"),
    Permission.READ_ABSENCE: _("See who is away"),
    Permission.CHANGE_ABSENCE: _("Say who is away, and who acts for them"),
}
"""What a key for a program may do."""


def permission(code: str) -> str:
    """Return what a permission is called; one of another release keeps its code."""
    return str(PERMISSIONS.get(code, code))


def element(type_: str) -> str:
    """Return what a kind of element is called; a kind that is not known keeps its name."""
    return str(ELEMENTS.get(type_, type_))


MEANINGS: Mapping[str, LazyString] = {
    "read": _("Read and understood"),
    "reviewed": _("Reviewed"),
    "approved": _("Approved"),
    "effect_verified": _("Effect verified"),
}
"""What a signature means."""


def meaning(code: str) -> str:
    """Return what a signature means; a code of a routine's own stays as it is."""
    return str(MEANINGS.get(code, code))
