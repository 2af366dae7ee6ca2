"""Incidents: an element could not be executed, and its token waits for a person."""
