"""
Which lines hold all the words of a text: the one place that knows how each database searches.

Every word may be the beginning of one. PostgreSQL also finds inflections (granska, granskas), SQLite does not.
"""

import re

from sqlalchemy import Select, column, func, literal, select, table, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Session

from engine.inbox.merging import is_sqlite

MOST_WORDS = 8
LOOKED_AT = 5_000
"""So many of the newest matches are looked at: who may see them is asked of each."""
WORD = re.compile(r"[^\W_]+")


def words(query: str) -> list[str]:
    """Return the words that are looked for."""
    return WORD.findall(query)[:MOST_WORDS]


def newest(session: Session, wanted: list[str]) -> Select[int]:
    """Return the numbers of the newest lines that hold all the words."""
    return (_fts5(wanted) if is_sqlite(session) else _tsvector(wanted)).limit(LOOKED_AT + 1)


def _fts5(wanted: list[str]) -> Select[int]:
    lines = table("search_words", column("rowid"))
    together = " AND ".join(
        f'"{each}"*' for each in wanted
    )  # quoted: a word, whatever it means to FTS5
    matched = text("search_words MATCH :words").bindparams(words=together)
    number = lines.c.rowid.label("number")
    return select(number).where(matched).order_by(lines.c.rowid.desc())


def _tsvector(wanted: list[str]) -> Select[int]:
    lines = table("search_words", column("number"), column("words", TSVECTOR))
    query = select(lines.c.number).order_by(lines.c.number.desc())
    for each in wanted:
        swedish, simple = (
            func.to_tsquery(text(f"'{language}'"), literal(f"{each}:*"))
            for language in ("swedish", "simple")
        )
        query = query.where(lines.c.words.bool_op("@@")(swedish.op("||")(simple)))
    return query
