"""
What forms are told of accounts, and of whatever else is kept here by and by.

A reference to something that has no register yet is taken as it is.
"""

from collections.abc import Collection, Mapping
from typing import Any

from bpmn.forms.fields import FieldType
from bpmn.forms.registers import Signature
from engine.accounts import repository as accounts
from engine.accounts import sessions
from engine.uow import UnitOfWork

CONFIRMED = 300
"""Seconds after which somebody who signs has to give the password again."""
PEOPLE = frozenset({FieldType.USER, FieldType.USERS})


class Registers:
    """The port of `bpmn.forms.registers`, for the actor of a unit of work."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def unknown(self, kind: FieldType, references: Collection[str]) -> Collection[str]:
        if kind not in PEOPLE:
            return ()
        known = accounts.display_names(self._uow.session, {each.lower() for each in references})
        return [each for each in references if each.lower() not in known]

    def query(self, name: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ARG002
        return None

    def signature(self, meaning: str) -> Signature | None:  # noqa: ARG002  everybody may sign what is theirs to do
        if not sessions.confirmed_within(self._uow, CONFIRMED):
            return None
        return Signature(self._uow.actor.name, self._uow.now)
