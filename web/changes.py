"""What changed from one version of a model to another, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from bpmn import diff
from bpmn.diff import Change
from bpmn.errors import InvalidXml
from engine.definitions import repository
from engine.definitions.models import Definition
from engine.errors import Conflict
from web.language import say


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change, and the sentences that say it."""

    change: Change
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Definition | None
    """None where the version is the first one; then nothing is told."""
    after: Definition
    changes: Sequence[ToldChange]

    @property
    def before_id(self) -> UUID | None:
        return self.before.id if self.before else None


def since(session: Session, after: Definition, before_id: UUID | None = None) -> Comparison:
    """
    Compare a version with an earlier one: the one before it, unless another is asked for.

    Any two models can be compared: a file may have been given another name, a drawing become a process.
    Raises `Conflict` where one of the files cannot be read.
    """
    before = (
        repository.model(session, before_id) if before_id else repository.before(session, after)
    )
    if before is None:
        return Comparison(None, after, ())
    files = (repository.content(session, each) for each in (before, after))
    try:
        changes = diff.compare(*files)
    except InvalidXml as error:
        raise Conflict(
            "The versions cannot be compared: {reason}", reason=say(error.template, error.values)
        ) from error
    return Comparison(before, after, [ToldChange(each, _told(each)) for each in changes])


def _told(change: Change) -> list[str]:
    return [say(each.template, each.values) for each in diff.sentences(change)]
