"""The key that signs what browsers hold: given by the operator, or made once and kept beside the database."""

import os
import secrets
from contextlib import suppress
from tempfile import NamedTemporaryFile

from engine.settings import Settings, WrongSetting

FILE = "secret-key"
SHORTEST = 32


def key(settings: Settings) -> str:
    if settings.secret_key:
        return settings.secret_key
    path = settings.files / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    # Linked when it is whole: of two processes that start together the second finds the key of the first.
    with NamedTemporaryFile("w", encoding="ascii", dir=path.parent) as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
    made = path.read_text(encoding="ascii").strip()
    if len(made) < SHORTEST:
        raise WrongSetting(f"{path} does not hold a key; remove the file, and a new one is made.")
    return made
