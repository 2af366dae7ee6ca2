"""The language: bytes and values in, values out. No database, no HTTP, no clock."""
