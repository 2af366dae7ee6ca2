"""
The inbox: each open task under the names that it waits under, kept by triggers.

SQLite checks triggers and views when a table is made anew, and drops the triggers of the old one: a later
migration that rebuilds `user_task`, `user_task_candidate`, `process_instance` or `definition` there (batch mode)
first takes them down, and puts them up again afterwards.
"""

import sqlalchemy as sa
from alembic import op

from engine.db import Moment

revision = "20261122_1200"
down_revision = "20261122_1160"

FACTS = "task_id, due_at, rank, instance_id, process_key, unit, business_key, is_secret"
COLUMNS = f"place, {FACTS}"

OPEN = """
CREATE VIEW open_task AS
SELECT t.id AS task_id, t.assignee, coalesce(t.due_at, {never}) AS due_at,
  coalesce(-CAST(t.priority AS BIGINT), 1099511627776) AS rank, t.instance_id,
  d.key AS process_key, i.unit, i.business_key, i.confidentiality = 'secret' AS is_secret
FROM user_task t
JOIN process_instance i ON i.id = t.instance_id
JOIN definition d ON d.id = i.definition_id
WHERE t.state = 'created'
"""
NOW = """
CREATE VIEW inbox_now AS
SELECT CASE WHEN o.assignee IS NOT NULL THEN 'held:' || o.assignee
    WHEN c.task_id IS NULL THEN 'anybody' ELSE c.kind || ':' || c.name END AS place,
  o.task_id, o.due_at, o.rank, o.instance_id, o.process_key, o.unit, o.business_key, o.is_secret
FROM open_task o
LEFT JOIN user_task_candidate c ON c.task_id = o.task_id AND o.assignee IS NULL
"""
NEVER = {
    "sqlite": "'9999-12-31 00:00:00.000000'",
    "postgresql": "TIMESTAMPTZ '9999-12-31 00:00:00+00'",
}

ENTER = f"INSERT INTO inbox_entry ({COLUMNS}) SELECT {COLUMNS} FROM inbox_now"
OF_THE_TASK = f"{ENTER} WHERE task_id = NEW.id"
AFRESH = f"DELETE FROM inbox_entry WHERE task_id = NEW.id; {OF_THE_TASK}"
NO_LONGER_ANYBODY = "DELETE FROM inbox_entry WHERE task_id = NEW.task_id AND place = 'anybody'"
OF_THE_CANDIDATE = (
    f"INSERT INTO inbox_entry ({COLUMNS}) SELECT NEW.kind || ':' || NEW.name, {FACTS} "
    "FROM open_task WHERE task_id = NEW.task_id AND assignee IS NULL"
)
WITHOUT_CANDIDATE = (
    f"DELETE FROM inbox_entry WHERE task_id = OLD.task_id; {ENTER} WHERE task_id = OLD.task_id"
)
OF_THE_CASE = (
    "UPDATE inbox_entry SET unit = NEW.unit, business_key = NEW.business_key, "
    "is_secret = (NEW.confidentiality = 'secret'), "
    "process_key = (SELECT key FROM definition WHERE id = NEW.definition_id) "
    "WHERE task_id IN (SELECT id FROM user_task WHERE instance_id = NEW.id AND state = 'created')"
)

TRIGGERS = {
    "inbox_task_opened": ("user_task", "INSERT", "NEW.state = 'created'", OF_THE_TASK),
    "inbox_task_changed": ("user_task", "UPDATE OF state, assignee, due_at, priority", "", AFRESH),
    "inbox_candidate_added": (
        "user_task_candidate",
        "INSERT",
        "",
        f"{NO_LONGER_ANYBODY}; {OF_THE_CANDIDATE}",
    ),
    "inbox_candidate_removed": ("user_task_candidate", "DELETE", "", WITHOUT_CANDIDATE),
    "inbox_case_changed": (
        "process_instance",
        "UPDATE OF unit, business_key, definition_id, confidentiality",
        "",
        OF_THE_CASE,
    ),
}


def upgrade() -> None:
    op.create_table(
        "inbox_entry",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("process_key", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("business_key", sa.Text(), nullable=True),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["user_task.id"],
            name="fk__inbox_entry__task_id__user_task",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("place", "task_id", name="pk__inbox_entry"),
        sqlite_with_rowid=False,
    )
    for columns in (("task_id",), ("place", "due_at", "task_id"), ("place", "rank", "task_id")):
        op.create_index(f"ix__inbox_entry__{'_'.join(columns)}", "inbox_entry", list(columns))
    op.create_index(
        "ix__user_task__completed_by_ended_at_id", "user_task", ["completed_by", "ended_at", "id"]
    )
    op.create_index(
        "ix__process_instance__started_by_id",
        "process_instance",
        ["started_by", "id"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    _index_business_keys({"business_key": "text_pattern_ops"})
    put_up()
    op.execute(ENTER)


def downgrade() -> None:
    take_down()
    _index_business_keys({})
    op.drop_index("ix__process_instance__started_by_id", "process_instance")
    op.drop_index("ix__user_task__completed_by_ended_at_id", "user_task")
    op.drop_table("inbox_entry")


def _index_business_keys(operators: dict[str, str]) -> None:
    """On PostgreSQL an index of texts answers how they begin only when it is made for it."""
    if op.get_bind().dialect.name == "postgresql":
        name = "ix__process_instance__business_key"
        op.drop_index(name, "process_instance")
        op.create_index(name, "process_instance", ["business_key"], postgresql_ops=operators)


def put_up() -> None:
    dialect = op.get_bind().dialect.name
    op.execute(OPEN.format(never=NEVER[dialect]))
    op.execute(NOW)
    for name, (table, event, when, body) in TRIGGERS.items():
        condition = f"WHEN ({when}) " if when else ""
        if dialect == "sqlite":
            op.execute(
                f"CREATE TRIGGER {name} AFTER {event} ON {table} {condition}BEGIN {body}; END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body}; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON {table} "
            f"FOR EACH ROW {condition}EXECUTE FUNCTION {name}()"
        )


def take_down() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (table, *_) in TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name}" + ("" if on_sqlite else f" ON {table}"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP VIEW inbox_now")
    op.execute("DROP VIEW open_task")
