"""Random secrets (cookies, tokens) are kept as their hash only."""

from hashlib import sha256


def digest(secret: str) -> str:
    """Hash a random secret; unlike a password it cannot be guessed, so one round is enough."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
