"""
Units, the people in them, roles and who holds them: what the organisation was, is and will be on any day.

A room of its own above `engine.identity`: a verb of it needs a unit of work, which needs to know who an actor is.
"""
