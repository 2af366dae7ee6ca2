"""Writing feedback, which anybody may, and looking after it, which administrators do."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid, NotFound
from engine.feedback.models import Feedback
from engine.identity.permissions import Permission, require
from engine.texts import kept
from engine.uow import UnitOfWork

LONGEST_PROBLEM = 4_000
LONGEST_LINE = 500
"""Of the page, and of how to reach somebody."""
MOST_WAITING = 5_000
"""So many from people who have not signed in wait at most: nobody fills the database from outside."""
_PROBLEM = "Say what did not work, in at most {limit} characters."
_LINE = "Write at most {limit} characters."


def send(uow: UnitOfWork, *, page: str, problem: str, reach: str) -> Feedback:
    """
    Keep what somebody writes.

    Raises `Invalid`, and `Conflict` where so much waits from people without an account that no more is taken: they
    are told, so that nothing is lost in silence.
    """
    row = Feedback(
        account_id=uow.actor.id,
        page=_kept("page", page, _LINE, 0, LONGEST_LINE),
        problem=_kept("problem", problem, _PROBLEM, 1, LONGEST_PROBLEM),
        reach=_kept("reach", reach, _LINE, 0, LONGEST_LINE),
        created_at=uow.now,
    )
    if uow.actor.id is None and _waiting(uow.session) >= MOST_WAITING:
        raise Conflict("More cannot be taken at the moment. Please reach us in another way.")
    uow.session.add(row)
    return row


def listed(
    uow: UnitOfWork, *, handled: bool, after: UUID | None, limit: int
) -> Sequence[Feedback]:
    """Return what waits, or what is handled, the newest first."""
    require(uow.actor, Permission.READ_FEEDBACK)
    is_handled = Feedback.handled_at.is_not(None) if handled else Feedback.handled_at.is_(None)
    query = select(Feedback).where(is_handled)
    if after is not None:
        query = query.where(Feedback.id < after)
    return uow.session.scalars(query.order_by(Feedback.id.desc()).limit(limit)).all()


def handle(uow: UnitOfWork, feedback_id: UUID, *, handled: bool) -> Feedback:
    """Note that it is handled, and by whom; or that it has to be looked at again."""
    require(uow.actor, Permission.HANDLE_FEEDBACK)
    row = uow.session.get(Feedback, feedback_id)
    if row is None:
        raise NotFound
    if not handled:
        row.handled_at = row.handled_by = None
    elif row.handled_at is None:
        row.handled_at, row.handled_by = uow.now, uow.actor.id
    return row


def _kept(field: str, text: str, sentence: str, shortest: int, longest: int) -> str:
    """Return a text as it is kept. Raises `Invalid` at its field."""
    try:
        return kept(text.replace("\r\n", "\n"), sentence, shortest=shortest, longest=longest)
    except Invalid as error:
        raise error.at(field) from None


def _waiting(session: Session) -> int:
    waits = select(Feedback.id).where(Feedback.handled_at.is_(None), Feedback.account_id.is_(None))
    counted = select(func.count()).select_from(waits.limit(MOST_WAITING).subquery())
    return session.scalars(counted).one()
