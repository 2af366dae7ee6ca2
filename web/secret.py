"""The key that signs what browsers hold: given by the operator, or made once and kept beside the database."""

import os
import secrets

from engine.settings import Settings

FILE = "secret-key"


def key(settings: Settings) -> str:
    if settings.secret_key:
        return settings.secret_key
    path = settings.files / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Exclusively, so that two processes that start together end up with one key.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")
