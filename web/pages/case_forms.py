"""The forms that people in a case can have answered: those of its routine and of the routines called from it."""

from bpmn.forms.definition import Form
from engine.cases.reading import Case
from engine.definitions import repository as definitions
from engine.execution.library import DeployedLibrary
from engine.tasks import repository as tasks
from engine.uow import UnitOfWork


def of(unit: UnitOfWork, case: Case) -> list[Form]:
    """Return the forms in the versions that the case has met, those of its own routine first."""
    library = DeployedLibrary(unit)
    own = library.of(definitions.get(unit.session, case.definition_id))
    met = dict.fromkeys(each.version_digest for each in tasks.all_of(unit.session, case.id))
    called = [library.by_identity(digest) for digest in met if digest != own.identity]
    return [form for version in (own, *called) for form in version.forms.values()]
