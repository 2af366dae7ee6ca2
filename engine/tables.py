"""All tables of the house: rows refer to those of other rooms, so whoever opens a database knows them all."""

from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def know() -> None:
    """Bring in the tables of every room; a command needs only a few rooms, and their tables refer to others."""
    for models in sorted(HERE.glob("*/models.py")):
        import_module(f"engine.{models.parent.name}.models")
