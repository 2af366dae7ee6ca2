"""Where it is recorded who can come in, and who did: one chain, for accounts, sessions and tokens alike."""

CHAIN = "accounts"
