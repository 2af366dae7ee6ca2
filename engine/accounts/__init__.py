"""People who can sign in, their groups, their sessions and their keys."""
