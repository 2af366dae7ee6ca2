"""Where it is recorded who may come in, and who did: apart, since accounts seldom change."""

CHAIN = "accounts"
"""Accounts, passwords, tokens, identities: what the roles of everybody are worked out from."""
SIGN_INS = "sign_ins"
"""Sessions, and names and addresses that are locked for a while."""
