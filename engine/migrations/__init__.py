"""
The schema's history. `upgrade` brings a database to the newest version, whether it is new or years old.

A migration does one thing, is named by time and content, and is safe while the previous release still runs:
add, fill, use, and only a release later remove.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.db import Database


def upgrade(url: str) -> None:
    """Bring the database to the newest version. Doing it again changes nothing."""
    config = _config()
    database = Database(url)
    try:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        database.close()


def is_current(database: Database) -> bool:
    """Tell whether the database has the schema that this release needs."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    with database.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision() == newest


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
