"""What is late and what is stopped in one routine, for those who answer for it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine.definitions import repository as definitions
from engine.identity.permissions import Permission
from engine.inbox import oversight
from web.auth.permissions import requires
from web.language import say
from web.pages import people
from web.transactions import uow

MOST = 100

blueprint = Blueprint("oversight", __name__, url_prefix="/oversight")


@blueprint.get("")
@requires(Permission.OVERSEE)
def show() -> ResponseReturnValue:
    unit = uow()
    routine = definitions.latest_named(unit.session, request.args.get("routine", "").strip())
    late = oversight.late_tasks(unit, routine.key, limit=MOST)
    stopped = oversight.stopped_cases(unit, routine.key, limit=MOST)
    people.learn_all(
        [each.task for each in late.items if each.task],
        units=[
            *(each.case.unit for each in late.items),
            *(case.unit for case, _ in stopped.cases),
        ],
    )
    errors = {case.id: say(error.template, error.values) for case, error in stopped.cases if error}
    return render_template(
        "oversight/show.html",
        routine=routine,
        late=late,
        stopped=stopped,
        errors=errors,
        whom=people.for_whom,
        most=MOST,
    )
