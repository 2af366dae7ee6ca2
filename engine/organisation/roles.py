"""The functions that people have. An organisation adds its own, and calls those that are there what it likes."""

import re

from engine.audit.events import Event, EventType
from engine.errors import Conflict, Invalid
from engine.organisation import repository
from engine.organisation.authority import CHAIN, begin_change
from engine.organisation.chart import name
from engine.organisation.models import Role
from engine.uow import UnitOfWork

KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")


def create(
    uow: UnitOfWork, key: str, *, name_sv: str, name_en: str = "", searched_upward: bool = False
) -> Role:
    begin_change(uow)
    if not KEY.fullmatch(key):
        raise Invalid("'{key}' cannot be the key of a role.", key=ascii(key)[1:-1][:80])
    if uow.session.get(Role, key) is not None:
        raise Conflict("There is already a role '{role}'.", role=key)
    role = Role(key=key)
    uow.session.add(role)
    return _keep(uow, role, EventType.ROLE_CREATED, name_sv, name_en, upward=searched_upward)


def change(
    uow: UnitOfWork, key: str, *, name_sv: str, name_en: str = "", searched_upward: bool
) -> Role:
    begin_change(uow)
    role = repository.role(uow.session, key)
    return _keep(uow, role, EventType.ROLE_CHANGED, name_sv, name_en, upward=searched_upward)


def _keep(  # noqa: PLR0913
    uow: UnitOfWork, role: Role, event: EventType, name_sv: str, name_en: str, *, upward: bool
) -> Role:
    role.name_sv = name(name_sv)
    role.name_en = name(name_en or name_sv)
    role.searched_upward = upward
    uow.record(
        CHAIN,
        Event(
            event,
            {"role": role.key, "searched_upward": upward},
            {"name_sv": role.name_sv, "name_en": role.name_en},
        ),
    )
    return role
