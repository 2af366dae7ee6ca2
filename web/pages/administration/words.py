"""The words of the administration: what its fields are called, and what the codes of the organisation mean."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from engine.organisation.absences import Reason
from engine.organisation.directory import Which
from engine.organisation.exchange.book import What
from engine.organisation.exchange.tables import Table
from engine.organisation.substitutions import ScopeKind

LABELS: Mapping[str, LazyString] = {
    "display_name": _("Name"),
    "name": _("User name"),
    "groups": _("Groups"),
    "is_admin": _("Administrator"),
    "first": _("How do they sign in the first time?"),
    "reason": _("Why"),
    "unit": _("Unit"),
    "role": _("Role"),
    "person": _("Person"),
    "substitute": _("Substitute"),
    "valid_from": _("First day"),
    "valid_to": _("Last day"),
    "on": _("Day"),
    "decision": _("Decision"),
    "kind": _("Kind"),
    "scope": _("In what"),
    "keys": _("Roles or routines"),
    "key": _("Key"),
    "name_sv": _("Name in Swedish"),
    "name_en": _("Name in English"),
    "parent": _("Below"),
    "searched_upward": _("Where nobody has it"),
    "closure": _("What it is called"),
    "units": _("Units"),
    "people": _("People"),
    "appointments": _("Appointments"),
    "json": _("Everything"),
}

REASONS: Mapping[str, LazyString] = {
    Reason.VACATION: _("Vacation"),
    Reason.LEAVE: _("Leave"),
    Reason.OTHER: _("Other absence"),
}

SCOPES: Mapping[str, LazyString] = {
    ScopeKind.ALL: _("In everything"),
    ScopeKind.ROLES: _("In some roles only"),
    ScopeKind.PROCESSES: _("In some routines only"),
}

WHICH: Mapping[str, LazyString] = {
    Which.ACTIVE: _("Those who can sign in"),
    Which.CLOSED: _("Closed accounts"),
    Which.UNPLACED: _("Those who work in no unit"),
    Which.ALL: _("Everybody"),
}

TABLES: Mapping[str, LazyString] = {
    Table.UNITS: _("Units"),
    Table.PEOPLE: _("People"),
    Table.APPOINTMENTS: _("Appointments"),
}

CHANGES: Mapping[str, LazyString] = {
    What.CREATED: _("Added"),
    What.CHANGED: _("Changed"),
    What.ENDED: _("Gets another last day"),
}

ROLES: Mapping[str, LazyString] = {
    "system_owner": _(
        "Looks after the management system as a whole, and after the organisation here."
    ),
    "quality_coord": _("Helps the units with quality work, and follows up what comes in."),
    "process_owner": _(
        "Answers for a routine: how it is drawn, when it is changed and how it goes."
    ),
    "author": _("Writes and changes documents."),
    "reviewer": _("Reads what others have written and says what has to be put right."),
    "approver": _("Decides that a document is in force."),
    "employee": _("Works in the unit, reports what goes wrong and reads what is new."),
    "unit_manager": _("Leads the unit, and sees to what happens in it."),
    "dept_head": _("Leads a department, and answers for its units."),
    "board_sec": _("Prepares what the board decides, and sends its decisions on."),
    "lead_auditor": _("Plans audits and answers for their reports."),
    "auditor": _("Looks at how things are done in what is audited, and changes nothing there."),
    "auditee": _("Answers the questions of an audit."),
    "lex_sarah": _("Receives reports by lex Sarah, and sees that they are investigated."),
    "investigator": _("Finds out what happened and why."),
    "mas": _(
        "Answers for safe care in the municipality as the law asks: nurse or rehabilitation."
    ),
    "reporting_officer": _("Reports to the Health and Social Care Inspectorate (IVO)."),
    "safety_rep": _("Speaks for the employees in questions of the work environment."),
    "env_coord": _("Coordinates the work with the environment."),
    "energy_team": _("Follows how much energy is used and suggests what to do."),
    "contract_owner": _("Answers for an agreement with somebody outside."),
    "principal": _("Leads a school or a preschool."),
    "school_head": _("Leads the education of the whole organiser."),
    "registrar": _("Registers what comes in and goes out."),
    "dpo": _("Watches over how personal data are handled."),
    "external": _("Somebody outside the organisation who takes part."),
}
"""What a role of the shipped routines is for; an organisation's own roles say it by their names."""


def chosen_from(table: Mapping[str, LazyString]) -> list[tuple[str, str]]:
    """Return what a form lets one choose from: words and values."""
    return [(str(word), value) for value, word in table.items()]
