"""
Every page of the application, a row each: where it is, who looks at it, and in which states.

To add a page, write one line into `ROWS`:

    normal("guides.listed", "/guides"),

and, where it has them, one for the page without anything in it and one for its form with something missing:

    empty("guides.listed", "/guides"),
    wrong("guides.create", "/guides/new", form="/guides", typed={"name": ""}),

`{task}` in an address is the identity of what `contents.py` calls `task`. A page that is no page (a file, a place
that leads on) is named in `NO_PAGES` with the reason.
"""

from tests.pages import rows_administration
from tests.pages.row import ANYBODY, Row, empty, normal, refused, wrong

NOTHING = "01990000-0000-7000-8000-000000000000"

ROWS: tuple[Row, ...] = (
    # before one has signed in
    normal("sign_in.show", "/sign-in", ANYBODY),
    normal("sign_in.show", "/sign-in", ANYBODY, variant="by-password", is_bare=True),
    wrong(
        "sign_in.show", "/sign-in", ANYBODY, typed={"name": "nobody", "password": "x"}, status=401
    ),
    # for everybody
    normal("accessibility.show", "/about/accessibility", ANYBODY),
    wrong("accessibility.show", "/about/accessibility"),
    normal("about.licences", "/about/licences", ANYBODY),
    normal("components.show", "/about/components", ANYBODY),
    normal("help.show", "/help/use/index", ANYBODY),
    normal("help.show", "/help/use/find-a-task", variant="guide"),
    normal("help.show", "/help/reference/README", variant="reference"),
    normal("keyboard.show", "/keyboard"),
    # what there is to do
    normal("home.show", "/"),
    empty("home.show", "/"),
    normal("tasks.inbox", "/tasks"),
    normal("tasks.inbox", "/tasks?tab=groups", variant="groups"),
    normal("tasks.inbox", "/tasks?tab=started", variant="started"),
    normal("tasks.inbox", "/tasks?tab=done&sort=-ended", variant="done"),
    normal("tasks.inbox", "/tasks?tab=groups&business_key_prefix=Q", variant="narrowed"),
    empty("tasks.inbox", "/tasks"),
    wrong("tasks.inbox", "/tasks", form="/tasks/views", typed={"name": " "}),
    normal("tasks.nobodys", "/tasks/unattended", "root"),
    empty("tasks.nobodys", "/tasks/unattended", "root"),
    normal("tasks.show", "/tasks/{task}"),
    normal("tasks.show", "/tasks/{draft}", variant="draft"),
    normal("tasks.show", "/tasks/{done}", variant="done"),
    normal("tasks.show", "/tasks/{taken}", "bob", variant="without-form"),
    normal("tasks.show", "/tasks/{task}", "auditor", variant="not-mine"),
    wrong("tasks.show", "/tasks/{unsure}", typed={"people": "många", "actions-0-whose": "bob"}),
    # the first page, and how routines stand
    normal("hands.consider_assign", "/tasks/{task}/handover"),
    wrong("hands.consider_assign", "/tasks/{task}/handover"),
    normal("hands.consider_delegate", "/tasks/{task}/delegation"),
    wrong("hands.consider_delegate", "/tasks/{task}/delegation"),
    normal("hands.consider_return_back", "/tasks/{task}/return"),
    wrong("hands.consider_return_back", "/tasks/{task}/return"),
    normal("hands.consider_follow_up", "/tasks/{task}/follow-up"),
    wrong("hands.consider_follow_up", "/tasks/{task}/follow-up", typed={"day": "1926-03-31"}),
    normal("hands.consider_plan", "/tasks/{task}/plan", "owner"),
    wrong(
        "hands.consider_plan", "/tasks/{task}/plan", "owner", typed={"due_at": "1926-03-31T16:30"}
    ),
    normal("batches.show", "/tasks/batches/{batch}", "bob"),
    normal("batches.show", "/tasks/batches/{batch_under_way}", "bob", variant="under-way"),
    normal("batches.show", "/tasks/batches/{batch_done}", "bob", variant="done"),
    normal("notifications.listed", "/notifications"),
    empty("notifications.listed", "/notifications"),
    normal("search-pages.show", "/search?q=avv"),
    normal("search-pages.show", "/search", variant="unasked"),
    empty("search-pages.show", "/search?q=finnsinte"),
    # routines and decisions
    normal("routines.catalogue", "/routines"),
    empty("routines.catalogue", "/routines"),
    normal("routines.show", "/routines/{routine}"),
    wrong("routines.show", "/routines/{routine}", typed={"confidentiality": "secret"}),
    normal("areas.show", "/areas/processes"),
    empty("areas.show", "/areas/collaboration"),
    normal("oversight.show", "/oversight?routine=near-miss", "owner"),
    normal("oversight.show", "/oversight?routine=division", "owner", variant="stopped"),
    empty("oversight.show", "/oversight?routine=report", "owner", is_bare=False),
    normal("drawing-pages.show", "/drawings/{drawing}"),
    normal("decisions.listed", "/decisions"),
    empty("decisions.listed", "/decisions"),
    normal("decisions.show", "/decisions/{decision}"),
    # cases
    normal("cases.listed", "/cases"),
    empty("cases.listed", "/cases"),
    normal("cases.show", "/cases/{case}"),
    normal("cases.show", "/cases/{failed}", "owner", variant="incident"),
    normal("cases.show", "/cases/{completed}", "auditor", variant="completed"),
    normal("cases.show", "/cases/{secret}", variant="secret"),
    normal("cases.proof", "/cases/{case}/proof"),
    normal("cases.show", "/cases/{paused}", variant="paused"),
    normal("cases.record", "/cases/{case}/record"),
    normal("pauses.consider", "/cases/{case}/suspension"),
    wrong("pauses.consider", "/cases/{case}/suspension"),
    normal("pauses.consider_resuming", "/cases/{paused}/resumption"),
    wrong("pauses.consider_resuming", "/cases/{paused}/resumption", typed={"reason": "a" * 2001}),
    normal("cases.consider", "/cases/{case}/cancellation"),
    wrong("cases.consider", "/cases/{case}/cancellation"),
    normal("headers.show", "/cases/{secret}/header"),
    wrong("headers.show", "/cases/{case}/header", typed={"links": "finns inte"}),
    normal("additions.consider_comment", "/cases/{case}/comments?to={comment}"),
    normal("additions.consider_comment", "/tasks/{task}/comments", variant="task"),
    wrong("additions.consider_comment", "/tasks/{task}/comments"),
    normal("additions.consider_attachment", "/cases/{case}/attachments"),
    wrong("additions.consider_attachment", "/tasks/{task}/attachments"),
    # the account
    normal("account.show", "/account"),
    empty("account.show", "/account", "charlie"),
    normal("password.show", "/account/password"),
    wrong(
        "password.show",
        "/account/password",
        typed={
            "old_password": "fel",
            "new_password": "fyra ord i rad",
            "new_password_again": "fyra andra ord i rad",
        },
    ),
    normal("tokens.show", "/account/tokens"),
    wrong("tokens.show", "/account/tokens", typed={"name": "Lön"}),
    normal("account.confirm_revocation", "/account/tokens/{token}/revocation"),
    normal("my_absences.new", "/account/absences/new"),
    wrong("my_absences.new", "/account/absences/new", form="/account/absences"),
    normal("my_absences.ending", "/account/absences/{absence}/ending", "bob"),
    wrong(
        "my_absences.ending",
        "/account/absences/{absence}/ending",
        "bob",
        typed={"valid_to": ""},
    ),
    normal("my_substitutions.new", "/account/substitutes/new"),
    wrong("my_substitutions.new", "/account/substitutes/new", form="/account/substitutes"),
    normal("my_substitutions.ending", "/account/substitutes/{substitution}/ending", "bob"),
    wrong(
        "my_substitutions.ending",
        "/account/substitutes/{substitution}/ending",
        "bob",
        typed={"valid_to": ""},
    ),
    normal("confirmation.show", "/account/confirmation"),
    wrong("confirmation.show", "/account/confirmation", "bob", typed={"password": "fel"}),
    normal("openid.show", "/account/identity"),
    wrong("openid.show", "/account/identity", "charlie", typed={"password": "fel"}),
    *rows_administration.ROWS,
    # what is not there
    refused(f"/cases/{NOTHING}", 404),
    refused("/tasks/unattended", 403),
    refused("/nowhere", 404, ANYBODY),
)

NO_PAGES = {
    "static": "files of ours",
    "my_mentions.listed": "leads on to the notifications",
    "help.contents": "leads on to the first of the guides",
    "batches.progress": "a part of its page, which asks for it each second",
    "task-news.standing": "a part of the task's page, which asks for it from time to time",
    "additions.content": "a file that somebody attached",
    "openid.leave": "leads on to the provider",
    "openid.come_back": "leads on from the provider",
    "openid.sign_out": "leads on to the provider",
    **rows_administration.NO_PAGES,
}

NO_MISTAKES = {
    "layout.choose_language": "a language is pressed, not typed",
}
"""Where forms are sent in which nobody can be wrong."""
