"""A change in words. Beside these words a door can show the whole of what was said before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bpmn.diff.changes import Change, Difference, Kind
from bpmn.diff.vocabulary import What


@dataclass(frozen=True, slots=True)
class Sentence:
    template: str
    """An English sentence with {placeholders}."""
    values: Mapping[str, object]

    @property
    def text(self) -> str:
        return self.template.format_map(self.values)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said where something differs, is said for the first time, or is not said any longer."""

    changed: str
    begun: str = ""
    ended: str = ""

    def of(self, difference: Difference) -> str:
        if difference.before is None:
            return self.begun or self.changed
        return (self.ended or self.changed) if difference.after is None else self.changed


KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ADDED: "'{name}' was added.",
        Kind.REMOVED: "'{name}' was removed.",
        Kind.RENAMED: "The id of '{name}' was changed from '{before}' to '{after}'.",
        Kind.MOVED: "'{name}' is drawn elsewhere or otherwise.",
    }
)

DIFFERENCES: Mapping[str, Words] = MappingProxyType(
    {
        What.TYPE: Words("The type of '{name}' was changed from '{before}' to '{after}'."),
        What.NAME: Words(
            "'{before}' is now called '{after}'.",
            "What had no name is now called '{after}'.",
            "'{before}' has no name any longer.",
        ),
        What.TEXT: Words("The text '{before}' was changed to '{after}'."),
        What.INSIDE: Words("'{name}' was moved from '{before}' into '{after}'."),
        What.LANE: Words(
            "'{name}' was moved from the lane '{before}' to the lane '{after}'.",
            "'{name}' was put into the lane '{after}'.",
            "'{name}' was taken out of the lane '{before}'.",
        ),
        What.ATTACHED: Words(
            "'{name}' was moved from the border of '{before}' to that of '{after}'.",
            "'{name}' was put on the border of '{after}'.",
            "'{name}' was taken off the border of '{before}'.",
        ),
        What.SOURCE: Words("'{name}' begins at '{after}' instead of '{before}'."),
        What.TARGET: Words("'{name}' leads to '{after}' instead of '{before}'."),
        What.CONDITION: Words(
            "The condition of '{name}' was changed from '{before}' to '{after}'.",
            "'{name}' was given the condition '{after}'.",
            "The condition '{before}' of '{name}' was removed.",
        ),
        What.DEFAULT: Words(
            "The default flow of '{name}' was changed from '{before}' to '{after}'.",
            "'{after}' became the default flow of '{name}'.",
            "'{before}' is no longer the default flow of '{name}'.",
        ),
        What.ORDER: Words(
            "The order in which '{name}' tries its conditions was changed from '{before}' to '{after}'."
        ),
        What.EVENT: Words(
            "The kind of the event '{name}' was changed from '{before}' to '{after}'.",
            "The event '{name}' was given the kind '{after}'.",
            "The event '{name}' is no longer of the kind '{before}'.",
        ),
        What.REFERS_TO: Words(
            "'{name}' refers to '{after}' instead of '{before}'.",
            "'{name}' now refers to '{after}'.",
            "'{name}' no longer refers to '{before}'.",
        ),
        What.TIMER: Words(
            "The timer of '{name}' was changed from '{before}' to '{after}'.",
            "'{name}' was given the timer '{after}'.",
            "The timer '{before}' of '{name}' was removed.",
        ),
        What.SCRIPT: Words(
            "The script of '{name}' was changed.",
            "'{name}' was given a script.",
            "The script of '{name}' was removed.",
        ),
        What.CALLED: Words(
            "'{name}' calls '{after}' instead of '{before}'.",
            "'{name}' now calls '{after}'.",
            "'{name}' no longer calls '{before}'.",
        ),
        What.LOOP: Words(
            "The repetition of '{name}' was changed.",
            "'{name}' is now repeated.",
            "'{name}' is no longer repeated.",
        ),
        What.ASSIGNEE: Words(
            "The assignee of '{name}' was changed from '{before}' to '{after}'.",
            "'{name}' was given the assignee '{after}'.",
            "The assignee '{before}' of '{name}' was removed.",
        ),
        What.CANDIDATE_USERS: Words(
            "The candidates for '{name}' were changed from '{before}' to '{after}'.",
            "'{name}' was given the candidates '{after}'.",
            "The candidates '{before}' for '{name}' were removed.",
        ),
        What.CANDIDATE_GROUPS: Words(
            "The candidate groups for '{name}' were changed from '{before}' to '{after}'.",
            "'{name}' was given the candidate groups '{after}'.",
            "The candidate groups '{before}' for '{name}' were removed.",
        ),
        What.POTENTIAL_OWNER: Words(
            "The potential owners of '{name}' were changed from '{before}' to '{after}'.",
            "'{name}' was given the potential owners '{after}'.",
            "The potential owners '{before}' of '{name}' were removed.",
        ),
        What.DUE_DATE: Words(
            "The due date of '{name}' was changed from '{before}' to '{after}'.",
            "'{name}' was given the due date '{after}'.",
            "The due date '{before}' of '{name}' was removed.",
        ),
        What.PRIORITY: Words(
            "The priority of '{name}' was changed from '{before}' to '{after}'.",
            "'{name}' was given the priority '{after}'.",
            "The priority '{before}' of '{name}' was removed.",
        ),
        What.FORM: Words(
            "The form of '{name}' was changed from '{before}' to '{after}'.",
            "'{name}' was given the form '{after}'.",
            "The form '{before}' of '{name}' was removed.",
        ),
        What.NOT_PERFORMER_OF: Words(
            "Who has done '{after}' may not do '{name}'; before, this held for '{before}'.",
            "Who has done '{after}' may not do '{name}' any longer.",
            "Who has done '{before}' may do '{name}' again.",
        ),
        What.PERFORMER_OF: Words(
            "'{name}' is to be done by who has done '{after}'; before, by who had done '{before}'.",
            "'{name}' is now to be done by who has done '{after}'.",
            "'{name}' need not be done by who has done '{before}' any longer.",
        ),
        What.DISTINCT_PERFORMERS: Words(
            "Whether nobody may do '{name}' twice was changed from '{before}' to '{after}'.",
            "Whether nobody may do '{name}' twice is now said: '{after}'.",
            "Whether nobody may do '{name}' twice is no longer said; it was '{before}'.",
        ),
        What.GIVEN_TO: Words(
            "How '{name}' is given to one of its candidates was changed from '{before}' to '{after}'.",
            "'{name}' is now given to one of its candidates at once ('{after}').",
            "'{name}' is no longer given to one of its candidates at once ('{before}').",
        ),
        What.DATA: Words(
            "What goes into '{name}' or comes out of it was changed.",
        ),
        What.DOCUMENTATION: Words(
            "The documentation of '{name}' was changed.",
            "'{name}' was given documentation.",
            "The documentation of '{name}' was removed.",
        ),
    }
)

OTHERS: Mapping[str, Words] = MappingProxyType(
    {
        "attribute": Words(
            "The attribute {what} of '{name}' was changed from '{before}' to '{after}'.",
            "'{name}' was given the attribute {what} with the value '{after}'.",
            "The attribute {what} of '{name}' was removed; its value was '{before}'.",
        ),
        "extension": Words(
            "The extension {what} of '{name}' was changed.",
            "'{name}' was given the extension {what}.",
            "The extension {what} of '{name}' was removed.",
        ),
        "part": Words(
            "The part {what} of '{name}' was changed.",
            "'{name}' was given the part {what}.",
            "The part {what} of '{name}' was removed.",
        ),
    }
)


def sentences(change: Change) -> tuple[Sentence, ...]:
    """Say a change: in one sentence, or in one for each difference."""
    return tuple(_sentences(change))


def _sentences(change: Change) -> Iterator[Sentence]:
    kind = Kind.RENAMED if change.former_id else change.kind
    if kind is not Kind.CHANGED:
        values = {"name": change.label, "before": change.former_id, "after": change.element_id}
        yield Sentence(KINDS[kind], values)
    for difference in change.differences:
        group, _, rest = difference.what.partition(":")
        words = OTHERS[group] if rest else DIFFERENCES[group]
        yield Sentence(
            words.of(difference),
            {
                "name": change.label,
                "what": rest,
                "before": difference.before or "",
                "after": difference.after or "",
            },
        )
