"""Who sends a request: a browser with a session, or a program with a token."""
