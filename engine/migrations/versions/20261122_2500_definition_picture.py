"""Pictures that came with versions."""

import sqlalchemy as sa
from alembic import op

from engine.db import Moment

revision = "20261122_2500"
down_revision = "20261122_2400"


def upgrade() -> None:
    op.create_table(
        "definition_picture",
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition.id"],
            name="fk__definition_picture__definition_id__definition",
        ),
        sa.PrimaryKeyConstraint("definition_id", name="pk__definition_picture"),
    )


def downgrade() -> None:
    """The events that tell of pictures stay; without them, our own are shown."""
    op.drop_table("definition_picture")
