"""The comments and files of a case as its page and those of its tasks show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from engine.attachments.types import TYPES
from engine.execution import attachments, comments
from engine.execution.attachments import File
from engine.execution.comments import Said
from engine.identity.permissions import Permission, allows
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork
from web.pages import people

MOST = 100

ENDINGS = ",".join(f".{each}" for each in TYPES)
"""What a browser offers to choose."""


@dataclass(frozen=True, slots=True)
class Additions:
    comments: Sequence[Said]
    are_all: bool
    """There are no older comments."""
    files: Sequence[File]
    tasks: Mapping[UUID, str]
    """The names of the tasks that comments and files belong to."""
    may_comment: bool
    may_attach: bool
    most: int
    """The largest file, in bytes."""
    case_id: UUID
    task: UserTask | None
    """The task that a form adds to; None: the case."""
    endings: str = ENDINGS

    def address(self, endpoint: str, **more: object) -> str:
        """Return the address of a form for the page."""
        named = {"task_id": self.task.id} if self.task else {"case_id": self.case_id}
        return url_for(f"additions.{endpoint}", **named, **more)  # type: ignore[arg-type]

    def answered(self, said: Said) -> Said | None:
        """Return the comment that another one answers, if it is shown."""
        return next((each for each in self.comments if each.id == said.reply_to), None)


def of(
    unit: UnitOfWork, case_id: UUID, every: Sequence[UserTask], task: UserTask | None = None
) -> Additions:
    """
    Gather what was added to a case that the actor may see, to be shown there or at one of its tasks.

    `every` are all its tasks.
    """
    said = comments.latest_of_case(unit, case_id, limit=MOST + 1)
    files = attachments.of_case(unit, case_id)
    people.learn([*(each.author for each in said), *(each.uploaded_by for each in files)])
    is_open = task is None or task.state == UserTaskState.CREATED
    return Additions(
        comments=said[-MOST:],
        are_all=len(said) <= MOST,
        files=files,
        tasks={each.id: each.name for each in every},
        may_comment=allows(unit.actor, Permission.WRITE_COMMENT),
        may_attach=is_open and allows(unit.actor, Permission.ADD_ATTACHMENT),
        most=unit.installation.settings.max_attachment_bytes,
        case_id=case_id,
        task=task,
    )
