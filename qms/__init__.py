"""The management system, built on the engine, which does not know it."""
