"""An organisation for tests: the municipality with two departments and their units, and verbs in one line each."""

from contextlib import contextmanager
from datetime import date

from engine.accounts import commands as accounts
from engine.accounts import repository as people
from engine.clock import now
from engine.identity.actor import SYSTEM
from engine.organisation import appointments, belongings, holdings, substitutions, units
from engine.organisation.periods import Period
from engine.organisation.substitutions import Scope
from engine.uow import begin, look
from tests.bpmn.sketch import end, model, start, user

EVER = Period(date(2020, 1, 1))
NOW = date(2026, 5, 1)
EVERYTHING = Scope()
TREE = {
    "kommun": None,
    "vof": "kommun",
    "buf": "kommun",
    "hemtjanst": "vof",
    "boende": "vof",
    "skola": "buf",
}

ASKED = model(
    "p",
    start(),
    user("first", rutin__candidateUsers='=holders("mas", unit)'),
    user("second", rutin__assignee="=manager of(initiator)"),
    end(),
    flows="s > first > second > e",
)
"""A routine whose tasks are for whom the organisation names."""


class Organisation:
    """Each act is a unit of work of its own, by the system unless `by` says somebody else."""

    def __init__(self, installation):
        self.installation = installation

    @contextmanager
    def change(self, by=SYSTEM):
        with begin(self.installation, by) as uow:
            yield uow
            uow.commit()

    @contextmanager
    def look(self):
        with look(self.installation, SYSTEM) as uow:
            yield uow.session

    def actor(self, name):
        """Return somebody with the roles of today, as signing in does."""
        with self.look() as session:
            roles = holdings.held(self.installation, session, now())
            return holdings.actor(roles, people.named(session, name))

    def substitute(self, person, substitute, scope=EVERYTHING, period=EVER, by=SYSTEM):
        with self.change(by) as uow:
            return substitutions.create(uow, person, substitute, period, scope)

    def person(self, name, **more):
        with self.change() as uow:
            account = accounts.create_account(uow, name, password=None, **more)
            return people.actor(account)

    def build(self, tree=TREE, period=EVER):
        for key, parent in tree.items():
            self.unit(key, parent, period)

    def unit(self, key, parent=None, period=EVER, by=SYSTEM):
        with self.change(by) as uow:
            return units.create(
                uow, key, name_sv=key.title(), kind="enhet", parent=parent, period=period
            )

    def move(self, key, parent, on, by=SYSTEM):
        with self.change(by) as uow:
            return units.move(uow, key, parent, on)

    def end(self, key, last, by=SYSTEM):
        with self.change(by) as uow:
            return units.end(uow, key, last)

    def place(self, person, unit, period=EVER, by=SYSTEM):
        with self.change(by) as uow:
            return belongings.create(uow, person, unit, period)

    def appoint(self, role, person, unit=None, period=EVER, by=SYSTEM, decision=None):
        with self.change(by) as uow:
            return appointments.create(uow, role, person, unit, period=period, decision=decision)
