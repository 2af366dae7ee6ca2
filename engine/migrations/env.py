"""Alembic's entry: migrations run on the connection that `upgrade` hands over."""

from alembic import context

from engine.accounts import models as _accounts
from engine.attachments import models as _attachments
from engine.audit import models as _audit
from engine.calendar import models as _calendar
from engine.comments import models as _comments
from engine.db import Base
from engine.definitions import models as _definitions
from engine.drafts import models as _drafts
from engine.inbox import models as _inbox
from engine.incidents import models as _incidents
from engine.instances import models as _instances
from engine.organisation import models as _organisation
from engine.replies import models as _replies
from engine.tasks import models as _tasks

MODELS = (
    _accounts,
    _attachments,
    _audit,
    _calendar,
    _comments,
    _definitions,
    _drafts,
    _inbox,
    _incidents,
    _instances,
    _organisation,
    _replies,
    _tasks,
)
"""Importing them fills `Base.metadata`, with which the tests compare the migrations."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=False,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
