"""The heart: the only room that moves a token."""
