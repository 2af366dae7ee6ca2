"""Remember answers for a day (RFC draft on the Idempotency-Key header)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from engine.errors import Conflict, Invalid
from engine.replies.models import Reply
from engine.uow import UnitOfWork

KEPT = timedelta(days=1)
LONGEST_KEY = 255


def earlier(uow: UnitOfWork, key: str, request: str) -> Reply | None:
    """
    Return the answer that the same request got before.

    Raises `Invalid` when the key was used for another request.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        raise Invalid("An Idempotency-Key has 1 to {limit} characters.", limit=LONGEST_KEY)
    reply = uow.session.get(Reply, (uow.actor.id, key))
    if reply is None or reply.created_at < uow.now - KEPT:
        return None
    if reply.request != request:
        raise Invalid("The Idempotency-Key was used for another request.")
    return reply


def remember(
    uow: UnitOfWork, key: str, request: str, *, status: int, body: dict[str, Any]
) -> None:
    """Raises `Conflict` when the same request is being answered at this moment."""
    uow.session.execute(
        delete(Reply).where(Reply.account_id == uow.actor.id, Reply.created_at < uow.now - KEPT)
    )
    uow.session.add(
        Reply(
            account_id=uow.actor.id,
            key=key,
            request=request,
            status=status,
            body=body,
            created_at=uow.now,
        )
    )
    try:
        uow.session.flush()  # to learn now whether somebody was faster
    except IntegrityError as error:
        raise Conflict("The same request is being answered at this moment.") from error
