"""What is said of a case beside its process: its number, secrecy, systems, retention and links."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261122_1150"
down_revision = "20261122_1100"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    for column in (
        sa.Column("registration_no", sa.Text(), nullable=True),
        sa.Column("confidentiality", sa.Text(), nullable=False, server_default="internal"),
        sa.Column("secrecy_ground", sa.Text(), nullable=True),
        sa.Column("retention_class", sa.Text(), nullable=True),
        sa.Column("systems", JSON, nullable=False, server_default="[]"),
    ):
        op.add_column("process_instance", column)
    op.create_index(
        "ix__process_instance__registration_no", "process_instance", ["registration_no"]
    )
    op.create_table(
        "case_reader",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk__case_reader__instance_id__process_instance",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk__case_reader__account_id__account"
        ),
        sa.PrimaryKeyConstraint("instance_id", "account_id", name="pk__case_reader"),
    )
    op.create_index("ix__case_reader__account_id", "case_reader", ["account_id"])
    op.create_table(
        "case_link",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk__case_link__instance_id__process_instance",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["process_instance.id"], name="fk__case_link__other_id__process_instance"
        ),
        sa.PrimaryKeyConstraint("instance_id", "other_id", name="pk__case_link"),
    )
    op.create_index("ix__case_link__other_id", "case_link", ["other_id"])


def downgrade() -> None:
    op.drop_table("case_link")
    op.drop_table("case_reader")
    op.drop_index("ix__process_instance__registration_no", "process_instance")
    for name in (
        "systems",
        "retention_class",
        "secrecy_ground",
        "confidentiality",
        "registration_no",
    ):
        op.drop_column("process_instance", name)
