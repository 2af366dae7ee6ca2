"""
On which days work is done: not at weekends, not on Swedish public holidays, not while a unit is closed.

A room of its own above `engine.organisation`: a closure belongs to a unit and counts for the units below it.
"""
