"""What people are told of that others have done; found by person, and the unread without the others."""

import sqlalchemy as sa
from alembic import op

from engine.db import Moment

revision = "20261122_2310"
down_revision = "20261122_2300"

UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk__notification__account_id__account")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name=op.f("fk__notification__instance_id__process_instance"),
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["user_task.id"], name=op.f("fk__notification__task_id__user_task")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["account.id"], name=op.f("fk__notification__actor_id__account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__notification")),
    )
    op.create_index("ix__notification__account_id_id", "notification", ["account_id", "id"])
    op.create_index(
        "ix__notification__unread",
        "notification",
        ["account_id", "id"],
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )
    for column in ("instance_id", "task_id", "actor_id"):
        op.create_index(op.f(f"ix__notification__{column}"), "notification", [column])


def downgrade() -> None:
    op.drop_table("notification")
