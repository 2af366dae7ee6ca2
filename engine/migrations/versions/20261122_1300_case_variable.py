"""Declared variables of cases, to be searched by; a case that goes on gets its own with its next step."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1300"
down_revision = "20261122_1200"

SEARCHED = ("text", "number", "day")


def upgrade() -> None:
    op.create_table(
        "case_variable",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk__case_variable__instance_id__process_instance",
        ),
        sa.PrimaryKeyConstraint("instance_id", "name", name="pk__case_variable"),
    )
    for column in SEARCHED:
        op.create_index(
            f"ix__case_variable__name_{column}_instance_id",
            "case_variable",
            ["name", column, "instance_id"],
        )


def downgrade() -> None:
    op.drop_table("case_variable")
