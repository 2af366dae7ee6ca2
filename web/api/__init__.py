"""The REST API, version 1: a view takes a body, calls one verb and gives a body."""
