"""
The least that a request can be: a bare Flask route under our server that makes one durable UPDATE.

Run by `http.py` as a process of its own: `python -m bench.floor URL PORT`.
"""

import sys

from flask import Flask
from sqlalchemy import text

from engine.db import Database
from engine.settings import Settings
from web.cli.server import Server

ROWS = 64
"""Each client has its own, so that none waits for the row of another."""


class Floor(Server):
    def load(self) -> Flask:  # type: ignore[override]  # no application of ours
        return floor(self._settings)


def floor(settings: Settings) -> Flask:
    app = Flask("floor")
    database = Database(settings.database_url, connections=settings.threads)
    update = text("UPDATE bench_floor SET count = count + 1 WHERE id = :id")

    @app.post("/update/<int:row>")
    def add_one(row: int) -> dict[str, int]:
        with database.changing() as connection:
            connection.execute(update, {"id": row})
            connection.commit()
        return {"row": row}

    return app


def prepare(database: Database) -> None:
    """Make the rows that are updated."""
    with database.writing() as session:
        session.execute(text("CREATE TABLE bench_floor (id INTEGER PRIMARY KEY, count INTEGER)"))
        for row in range(ROWS):
            session.execute(text("INSERT INTO bench_floor VALUES (:id, 0)"), {"id": row})
        session.commit()


if __name__ == "__main__":
    url, port = sys.argv[1:]
    Floor(Settings(database_url=url), f"127.0.0.1:{port}", 1).run()
