"""What is said when something was done: what it was, and whom the case waits for now."""

from flask import url_for
from flask_babel import gettext

from engine.instances import repository as instances
from engine.instances.models import InstanceState, ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.held import HeldTask
from engine.uow import UnitOfWork
from web.pages import notices, people


def completed(unit: UnitOfWork, task: HeldTask, then: str = "") -> None:
    """Say that a task is done, whom its case waits for, and what the page shows instead."""
    instance = instances.get(unit.session, task.instance_id)
    sentence = gettext("“%(task)s” is done.", task=task.name)
    notices.tell(
        f"{sentence} {what_next(unit, instance)} {then}".strip(),
        more=gettext("See the case"),
        address=url_for("cases.show", case_id=instance.id),
    )


def what_next(unit: UnitOfWork, instance: ProcessInstance) -> str:
    """Say in one sentence what a case waits for."""
    if instance.state == InstanceState.COMPLETED:
        return str(gettext("The case is completed."))
    if instance.state == InstanceState.CANCELLED:
        return str(gettext("The case is cancelled."))
    if instance.state == InstanceState.SUSPENDED:
        return str(gettext("The case is paused."))
    if instance.state == InstanceState.INCIDENT:
        return str(gettext("The case is stopped by an error that somebody has to see to."))
    waiting = tasks.open_of(unit.session, instance.id)
    if not waiting:
        return str(gettext("The case goes on by itself."))
    whom = people.in_a_row(people.whom(task) for task in waiting)
    return str(gettext("The case waits for %(whom)s.", whom=whom))
