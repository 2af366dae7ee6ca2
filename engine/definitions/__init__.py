"""Deployments, and the versions in them; a version never changes."""
