"""The pages of the administration, a row each; `root` is the administrator."""

from tests.pages.row import Row, empty, normal, wrong

PERSON = "/administration/people/{person}"
UNIT = "/administration/units/hemtjanst"

ROWS: tuple[Row, ...] = (
    normal("administration.show", "/administration", "root"),
    empty("administration.show", "/administration", "root"),
    normal("feedback.listed", "/administration/feedback", "root"),
    normal("feedback.listed", "/administration/feedback?show=handled", "root", variant="handled"),
    empty("feedback.listed", "/administration/feedback", "root"),
    # people
    normal("administration_people.listed", "/administration/people", "root"),
    normal(
        "administration_people.listed", "/administration/people?show=all", "root", variant="all"
    ),
    empty(
        "administration_people.listed", "/administration/people?text=ingen", "root", is_bare=False
    ),
    normal("administration_people.show", PERSON, "root"),
    normal(
        "administration_people.show", "/administration/people/{closed}", "root", variant="closed"
    ),
    normal("administration_accounts.new", "/administration/people/new", "root"),
    wrong(
        "administration_accounts.new",
        "/administration/people/new",
        "root",
        typed={"display_name": "Dora Dahl", "name": " "},
    ),
    wrong(
        "administration_accounts.new",
        "/administration/people/new",
        "root",
        variant="taken",
        typed={"display_name": "Anna Andersson", "name": "anna"},
        status=409,
    ),
    normal("administration_accounts.change", f"{PERSON}/account", "root"),
    wrong(
        "administration_accounts.change",
        f"{PERSON}/account",
        "root",
        typed={"display_name": " "},
    ),
    normal("administration_accounts.password", f"{PERSON}/password", "root"),
    normal("administration_accounts.closing", f"{PERSON}/closing", "root"),
    wrong("administration_accounts.closing", f"{PERSON}/closing", "root"),
    normal(
        "administration_accounts.reopening", "/administration/people/{closed}/reopening", "root"
    ),
    # where they work, when they are away, and who acts for them
    normal("administration_belongings.new", f"{PERSON}/units", "root"),
    wrong("administration_belongings.new", f"{PERSON}/units", "root"),
    normal(
        "administration_belongings.ending", "/administration/belongings/{belonging}/ending", "root"
    ),
    wrong(
        "administration_belongings.ending",
        "/administration/belongings/{belonging}/ending",
        "root",
        typed={"valid_to": ""},
    ),
    normal("administration_absences.new_absence", f"{PERSON}/absences", "root"),
    wrong(
        "administration_absences.new_absence",
        f"{PERSON}/absences",
        "root",
        typed={"valid_from": "2026-05-02", "valid_to": "2026-05-01"},
    ),
    normal(
        "administration_absences.absence_ending",
        "/administration/absences/{their_absence}/ending",
        "root",
    ),
    wrong(
        "administration_absences.absence_ending",
        "/administration/absences/{their_absence}/ending",
        "root",
        typed={"valid_to": ""},
    ),
    normal("administration_absences.new_substitute", f"{PERSON}/substitutes", "root"),
    wrong(
        "administration_absences.new_substitute",
        f"{PERSON}/substitutes",
        "root",
        typed={"substitute": "bo", "scope": "roles"},
    ),
    wrong(
        "administration_absences.new_substitute",
        f"{PERSON}/substitutes",
        "root",
        variant="nobody",
        typed={"substitute": "finns-inte"},
    ),
    normal(
        "administration_absences.substitute_ending",
        "/administration/substitutions/{their_substitution}/ending",
        "root",
    ),
    wrong(
        "administration_absences.substitute_ending",
        "/administration/substitutions/{their_substitution}/ending",
        "root",
        typed={"valid_to": ""},
    ),
    # units, and the days on which they are closed
    normal("administration_units.listed", "/administration/units", "root"),
    empty("administration_units.listed", "/administration/units", "root"),
    normal("administration_units.show", UNIT, "root"),
    normal(
        "administration_units.show",
        f"{UNIT}?role=author&on=2026-05-01",
        "root",
        variant="asked",
    ),
    normal("administration_units.new", "/administration/new-unit", "root"),
    wrong("administration_units.new", "/administration/new-unit", "root"),
    normal("administration_units.rename", f"{UNIT}/names", "root"),
    wrong("administration_units.rename", f"{UNIT}/names", "root", typed={"name_sv": " "}),
    normal("administration_units.move", f"{UNIT}/parent", "root"),
    wrong("administration_units.move", f"{UNIT}/parent", "root", typed={"on": ""}),
    normal("administration_units.ending", f"{UNIT}/ending", "root"),
    wrong("administration_units.ending", f"{UNIT}/ending", "root", typed={"valid_to": ""}),
    normal("administration_closures.listed", "/administration/closures", "root"),
    empty("administration_closures.listed", "/administration/closures", "root"),
    normal("administration_closures.new", "/administration/new-closure", "root"),
    normal("administration_closures.new", f"{UNIT}/closures", "root", variant="unit"),
    wrong("administration_closures.new", "/administration/new-closure", "root"),
    normal("administration_closures.ending", "/administration/closures/{closure}/ending", "root"),
    wrong(
        "administration_closures.ending",
        "/administration/closures/{closure}/ending",
        "root",
        typed={"valid_to": ""},
    ),
    # roles, and who holds them
    normal("administration_roles.listed", "/administration/roles", "root"),
    normal(
        "administration_roles.listed", "/administration/roles?show=empty", "root", variant="unheld"
    ),
    normal("administration_roles.show", "/administration/roles/author", "root"),
    normal("administration_roles.show", "/administration/roles/dpo", "root", variant="unheld"),
    normal("administration_roles.new", "/administration/new-role", "root"),
    wrong("administration_roles.new", "/administration/new-role", "root"),
    normal("administration_roles.change", "/administration/roles/author/names", "root"),
    wrong(
        "administration_roles.change",
        "/administration/roles/author/names",
        "root",
        typed={"name_sv": " "},
    ),
    normal("administration_appointments.new", "/administration/appointments/new", "root"),
    wrong("administration_appointments.new", "/administration/appointments/new", "root"),
    wrong(
        "administration_appointments.new",
        "/administration/appointments/new",
        "root",
        variant="nobody",
        typed={"role": "author", "person": "finns-inte", "unit": "hemtjanst"},
    ),
    normal(
        "administration_appointments.ending",
        "/administration/appointments/{appointment}/ending",
        "root",
    ),
    wrong(
        "administration_appointments.ending",
        "/administration/appointments/{appointment}/ending",
        "root",
        typed={"valid_to": ""},
    ),
    # the organisation as tables
    normal("administration_exchange.show", "/administration/organisation", "root"),
    wrong(
        "administration_exchange.show",
        "/administration/organisation",
        "root",
        form="/administration/organisation/rehearsal",
    ),
)

NO_PAGES = {
    "administration_exchange.everything": "a file to take away",
    "administration_exchange.table": "a file to take away",
}
