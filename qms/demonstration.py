"""A small municipality: people in the roles that the shipped routines need (`ROUTINES` §0.3)."""

from dataclasses import dataclass

from engine.accounts import commands as accounts
from engine.accounts import repository
from engine.uow import UnitOfWork
from qms import library

PASSWORD = "rutin-demo"  # noqa: S105  printed to whoever loads the demonstration


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    display_name: str
    groups: tuple[str, ...]
    is_admin: bool = False


PEOPLE = (
    Person("anna", "Anna Andersson", ("author", "employee")),
    Person("bo", "Bo Berg", ("reviewer", "employee")),
    Person("cecilia", "Cecilia Ceder", ("reviewer", "employee")),
    Person("david", "David Dahl", ("approver", "unit_manager")),
    Person("karin", "Karin Kvist", ("quality_coord", "process_owner")),
    Person("revisor", "Rut Revén", ("auditor",)),
    Person("admin", "Adam Ask", ("system_owner",), is_admin=True),
)


def load(uow: UnitOfWork) -> tuple[Person, ...]:
    """Create the people who are not there yet and deploy the library. Returns everybody."""
    for person in PEOPLE:
        if repository.by_name(uow.session, person.name) is None:
            accounts.create_account(
                uow,
                person.name,
                password=PASSWORD,
                groups=person.groups,
                is_admin=person.is_admin,
                display_name=person.display_name,
            )
    library.deploy(uow)
    return PEOPLE
