"""
Full-text search: a line for each task and each case, and an index of its words.

The index is the database's own: FTS5 on SQLite, which knows no Swedish inflections, a GIN index of `swedish` and
`simple` words on PostgreSQL. Both are called `search_words`, by number of the line. As for the inbox, a later
migration that rebuilds `user_task` or `process_instance` on SQLite takes the triggers down first.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1500"
down_revision = "20261122_1400"

TASK = "INSERT INTO search_line (kind, id, instance_id, text) "
CASE = (
    "INSERT INTO search_line (kind, id, instance_id, text) "
    "SELECT 'case', i.id, i.id, coalesce(i.business_key, '') || ' ' "
    "|| coalesce(i.registration_no, '') || ' ' || d.name "
    "FROM process_instance i JOIN definition d ON d.id = i.definition_id"
)
OF_THE_TASK = f"{TASK} VALUES ('task', NEW.id, NEW.instance_id, NEW.name)"
OF_THE_CASE = f"{CASE} WHERE i.id = NEW.id"
CASE_AFRESH = f"DELETE FROM search_line WHERE id = NEW.id; {OF_THE_CASE}"

TRIGGERS = {
    "search_task_opened": ("user_task", "INSERT", OF_THE_TASK),
    "search_task_removed": ("user_task", "DELETE", "DELETE FROM search_line WHERE id = OLD.id"),
    "search_case_started": ("process_instance", "INSERT", OF_THE_CASE),
    "search_case_changed": (
        "process_instance",
        "UPDATE OF business_key, registration_no",
        CASE_AFRESH,
    ),
    "search_case_removed": (
        "process_instance",
        "DELETE",
        "DELETE FROM search_line WHERE id = OLD.id",
    ),
}

PLAIN = "regexp_replace(NEW.text, '[^[:alnum:]åäöéüÅÄÖÉÜ]+', ' ', 'g')"
WORDS_POSTGRESQL = (
    "INSERT INTO search_words (number, words) VALUES (NEW.number, "
    f"to_tsvector('swedish', {PLAIN}) || to_tsvector('simple', {PLAIN}))"
)
WORDS_SQLITE = {
    "INSERT": "INSERT INTO search_words (rowid, text) VALUES (NEW.number, NEW.text)",
    "DELETE": (
        "INSERT INTO search_words (search_words, rowid, text) "
        "VALUES ('delete', OLD.number, OLD.text)"
    ),
}


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "search_line",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk__search_line"),
        sa.UniqueConstraint("id", name="uq__search_line__id"),
    )
    (_words_on_sqlite if on_sqlite else _words_on_postgresql)()
    for name, (table, event, body) in TRIGGERS.items():
        _trigger(name, table, event, body, on_sqlite=on_sqlite)
    op.execute(CASE)
    op.execute(f"{TASK} SELECT 'task', id, instance_id, name FROM user_task")


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (table, _, _) in TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name}" + ("" if on_sqlite else f" ON {table}"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP TABLE search_words")
    op.drop_table("search_line")
    if not on_sqlite:
        op.execute("DROP FUNCTION search_words_insert()")


def _words_on_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5 (text, content='search_line', "
        "content_rowid='number', tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
    )
    for event, body in WORDS_SQLITE.items():
        _trigger(f"search_words_{event.lower()}", "search_line", event, body, on_sqlite=True)


def _words_on_postgresql() -> None:
    op.execute(
        "CREATE TABLE search_words (number BIGINT PRIMARY KEY "
        "REFERENCES search_line (number) ON DELETE CASCADE, words TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix__search_words__words ON search_words USING gin (words)")
    _trigger("search_words_insert", "search_line", "INSERT", WORDS_POSTGRESQL, on_sqlite=False)


def _trigger(name: str, table: str, event: str, body: str, *, on_sqlite: bool) -> None:
    body = body.replace(":", r"\:")  # else a class of characters is read as a parameter
    if on_sqlite:
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body}; END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body}; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
