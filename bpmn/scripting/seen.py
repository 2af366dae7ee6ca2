"""What an expression sees: variables, the time, and functions that its surroundings answer."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bpmn.feel import Function

NONE: Mapping[str, Function] = MappingProxyType({})


class Seen(Mapping[str, Any]):
    """The variables that are seen from a place in a case, inner ones before outer ones, at a time in a zone."""

    __slots__ = ("_functions", "_scopes", "now", "zone")

    def __init__(
        self,
        *scopes: Mapping[str, Any],
        now: datetime,
        zone: ZoneInfo,
        functions: Mapping[str, Function] = NONE,
    ) -> None:
        self._scopes = scopes
        self._functions = functions
        """Found under their names where no variable is; they are no variables themselves."""
        self.now = now
        """Aware."""
        self.zone = zone

    def __getitem__(self, name: str) -> Any:
        for scope in self._scopes:
            try:
                return scope[name]
            except KeyError:
                continue
        return self._functions[name]

    def __contains__(self, name: object) -> bool:
        return any(name in scope for scope in self._scopes)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for scope in self._scopes for name in scope))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def over(self, values: Mapping[str, Any]) -> "Seen":
        """Return what is seen when these hide what is there under their names."""
        return self.with_variables(values, *self._scopes)

    def with_variables(self, *scopes: Mapping[str, Any]) -> "Seen":
        """Return what is seen at the same time from a place with these variables."""
        return Seen(*scopes, now=self.now, zone=self.zone, functions=self._functions)
