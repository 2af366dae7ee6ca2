"""
What can go wrong, in the words of the domain; `web.errors` turns each into a status.

The sentence and its values travel apart, so that a door can say it in the reader's language.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Self

from bpmn.findings import Finding


class EngineError(Exception):
    """The engine could not do what was asked."""

    def __init__(self, template: str | None = None, **values: object) -> None:
        self.template = template or (self.__doc__ or "").strip()
        self.values = values
        super().__init__(self.template)

    def __str__(self) -> str:
        return self.template.format_map(self.values) if self.values else self.template


class NotFound(EngineError):
    """There is nothing by that identity."""


class Conflict(EngineError):
    """Its present state does not allow this."""


class RecordUnreadable(EngineError):
    """The record is damaged here and cannot be read; verification names the place."""


class NotAllowed(EngineError):
    """You are not allowed to do this."""


class NotSignedIn(EngineError):
    """You need to sign in to do this."""


class SignInRefused(EngineError):
    """You could not be signed in."""


class ProviderSilent(EngineError):
    """The service that you sign in with does not answer as it should. Try again in a while."""


class PasswordMustChange(EngineError):
    """Choose a password of your own first: the one you signed in with is for once only."""


class TooManyAttempts(EngineError):
    """Too many attempts have failed. Try again in {minutes} min."""

    def __init__(self, left: timedelta) -> None:
        self.seconds = math.ceil(left.total_seconds())
        super().__init__(minutes=math.ceil(self.seconds / 60))


class Invalid(EngineError):
    """What was sent cannot be used."""

    fields: Mapping[str, Sequence[tuple[str, Mapping[str, object]]]] = MappingProxyType({})
    """What is wrong with each field, as sentences and their values."""

    def with_fields(
        self, fields: Mapping[str, Sequence[tuple[str, Mapping[str, object]]]]
    ) -> Self:
        self.fields = fields
        return self

    def at(self, field: str) -> Self:
        """Say that the sentence is about one field."""
        return self.with_fields({field: [(self.template, self.values)]})


class Refused(EngineError):
    """The deployment was refused; nothing of it was kept."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = findings
