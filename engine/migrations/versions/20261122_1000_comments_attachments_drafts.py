"""What people add to a case beside the work itself: comments that mention others, files, and drafts of answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from engine.db import Moment

revision = "20261122_1000"
down_revision = "20261121_2110"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TABLES = ("draft", "attachment", "mention", "comment")


def upgrade() -> None:
    _comments()
    _attachments()
    op.create_table(
        "draft",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        _refers("draft", "task_id", "user_task"),
        _refers("draft", "account_id", "account"),
        sa.PrimaryKeyConstraint("task_id", "account_id", name="pk__draft"),
    )
    _indexed("draft", "account_id")
    _forget_drafts()


def downgrade() -> None:
    """The events that tell of comments and files stay: nothing takes them out of the record."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER user_task_forgets_drafts")
    else:
        op.execute("DROP TRIGGER user_task_forgets_drafts ON user_task")
        op.execute("DROP FUNCTION forget_drafts()")
    for table in TABLES:
        op.drop_table(table)


def _forget_drafts() -> None:
    """What was typed into a task goes with the task, in whatever way that ends, without a statement for it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER user_task_forgets_drafts AFTER UPDATE OF state ON user_task "
            "WHEN NEW.state <> 'created' BEGIN DELETE FROM draft WHERE task_id = NEW.id; END"
        )
        return
    op.execute(
        "CREATE FUNCTION forget_drafts() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN DELETE FROM draft WHERE task_id = NEW.id; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER user_task_forgets_drafts AFTER UPDATE OF state ON user_task FOR EACH ROW "
        "WHEN (NEW.state <> 'created') EXECUTE FUNCTION forget_drafts()"
    )


def _comments() -> None:
    op.create_table(
        "comment",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("reply_to", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _refers("comment", "instance_id", "process_instance"),
        _refers("comment", "task_id", "user_task"),
        _refers("comment", "reply_to", "comment"),
        _refers("comment", "author_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk__comment"),
    )
    _indexed("comment", "instance_id", "task_id", "reply_to", "author_id")
    op.create_table(
        "mention",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        _refers("mention", "comment_id", "comment"),
        _refers("mention", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk__mention"),
        sa.UniqueConstraint("comment_id", "account_id", name="uq__mention__comment_id_account_id"),
    )
    _indexed("mention", "account_id")


def _attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("tied_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        _refers("attachment", "uploaded_by", "account"),
        _refers("attachment", "instance_id", "process_instance"),
        _refers("attachment", "task_id", "user_task"),
        sa.PrimaryKeyConstraint("id", name="pk__attachment"),
    )
    _indexed("attachment", "digest", "uploaded_by", "task_id")
    op.create_index(
        "ix__attachment__instance_id_uploaded_at", "attachment", ["instance_id", "uploaded_at"]
    )


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=f"fk__{table}__{column}__{other}"
    )


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix__{table}__{column}", table, [column])
