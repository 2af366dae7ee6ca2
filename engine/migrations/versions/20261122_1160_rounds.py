"""The multi-instance activity of which a task is a round, whose turn it was, and tasks that nobody can take."""

import sqlalchemy as sa
from alembic import op

from engine.db import Moment

revision = "20261122_1160"
down_revision = "20261122_1150"


def upgrade() -> None:
    op.add_column("user_task", sa.Column("repeated_in", sa.Integer(), nullable=True))
    op.create_table(
        "turn",
        sa.Column("process_key", sa.Text(), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("process_key", "element_id", name="pk__turn"),
    )
    op.create_table(
        "unattended_task",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["user_task.id"], name="fk__unattended_task__task_id__user_task"
        ),
        sa.PrimaryKeyConstraint("task_id", name="pk__unattended_task"),
    )


def downgrade() -> None:
    op.drop_table("unattended_task")
    op.drop_table("turn")
    op.drop_column("user_task", "repeated_in")
