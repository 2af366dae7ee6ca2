"""Signing in, and what somebody keeps of their own: absence and substitutes, passwords and keys."""
