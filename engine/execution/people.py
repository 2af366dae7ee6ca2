"""What expressions of a model may ask the organisation: functions of FEEL, answered as of today."""

from collections.abc import Mapping
from typing import Any

from bpmn import feel
from bpmn.feel import Function, Setting
from bpmn.feel.types import NAMED
from engine.accounts import repository as accounts
from engine.organisation import holders
from engine.uow import UnitOfWork


def functions(uow: UnitOfWork) -> Mapping[str, Function]:
    """
    Return the functions by their names.

    * `holders(role, unit)`: the names of those who hold a role for a unit; without one, everywhere.
    * `manager of(person)`: the name of whoever leads the person's unit; a list where several do, null for nobody.
    """

    def held(role: str, unit: str | None, setting: Setting) -> list[str]:
        day = setting.now.astimezone(setting.zone).date()
        found = holders.holders(uow.session, role, unit, day)
        return [each.name for each in found]

    def manager(person: str, setting: Setting) -> Any:
        account = accounts.by_name(uow.session, person)
        if account is None:
            return None
        day = setting.now.astimezone(setting.zone).date()
        found = [each.name for each in holders.manager_of(uow.session, account.id, day)]
        return found if len(found) > 1 else next(iter(found), None)

    text = NAMED["string"]
    made = (
        feel.function("holders", {"role": text, "unit": text}, held),
        feel.function("manager of", {"person": text}, manager),
    )
    return {each.name: each for each in made}
