"""A small municipality: people in the roles that the shipped routines need (`ROUTINES` §0.3)."""

from dataclasses import dataclass

from engine.accounts import commands as accounts
from engine.accounts import repository as people
from engine.organisation import repository
from engine.organisation.exchange import commands as exchange
from engine.organisation.exchange import tables
from engine.uow import UnitOfWork
from qms import library

PASSWORD = "rutin-demonstration"  # noqa: S105  printed to whoever loads the demonstration


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

SINCE = "2020-01-01"
UNITS = (
    ("kommun", "", "Exempelby kommun", "Exempelby municipality", "kommun"),
    ("vof", "kommun", "Vård- och omsorgsförvaltningen", "Health and social care", "förvaltning"),
    ("hemtjanst", "vof", "Hemtjänsten", "Home care", "enhet"),
    ("boende", "vof", "Särskilt boende", "Residential care", "enhet"),
    ("kvalitet", "kommun", "Kvalitetsenheten", "Quality unit", "enhet"),
)
"""Key, the unit above, Swedish and English name, kind."""
WORKS_IN = {
    "anna": "hemtjanst",
    "bo": "hemtjanst",
    "cecilia": "boende",
    "david": "vof",
    "karin": "kvalitet",
    "admin": "kvalitet",
}
APPOINTED = (
    ("author", "anna", "hemtjanst"),
    ("reviewer", "bo", "hemtjanst"),
    ("reviewer", "cecilia", "boende"),
    ("approver", "david", "vof"),
    ("unit_manager", "david", "vof"),
    ("employee", "anna", "hemtjanst"),
    ("employee", "bo", "hemtjanst"),
    ("employee", "cecilia", "boende"),
    ("quality_coord", "karin", ""),
    ("process_owner", "karin", ""),
    ("auditor", "revisor", ""),
    ("system_owner", "admin", ""),
)
"""Role, person, unit; without one, the whole organisation."""


def load(uow: UnitOfWork) -> tuple[Person, ...]:
    """Create what is not there yet of people and organisation, and deploy the library. Returns everybody."""
    for person in PEOPLE:
        if people.by_name(uow.session, person.name) is None:
            accounts.create_account(
                uow,
                person.name,
                password=PASSWORD,
                groups=person.groups,
                is_admin=person.is_admin,
                display_name=person.display_name,
            )
    if not repository.chart(uow.session):
        exchange.carry_out(uow, tables.from_json(_tables()))
    library.deploy(uow)
    return PEOPLE


def _tables() -> dict[str, list[dict[str, str]]]:
    """Return the organisation as it would be taken in from files."""
    since = {"valid_from": SINCE}
    return {
        "units": [
            {"key": key, "parent": above, "parent_from": SINCE, "name_sv": sv, "name_en": en}
            | since
            | {"kind": kind}
            for key, above, sv, en, kind in UNITS
        ],
        "people": [{"account": name, "unit": unit} | since for name, unit in WORKS_IN.items()],
        "appointments": [
            {"role": role, "account": name, "unit": unit} | since for role, name, unit in APPOINTED
        ],
    }
