"""
Conditions and scripts in the models of strangers, evaluated by an interpreter of our own.

Python's `eval`, with whatever taken away from it, has been escaped from again and again, because what
is left still speaks of Python objects. Here the syntax is Python's and nothing else: the text becomes
closures over a fixed table of operations on plain values, so that there is no path from a model to an
attribute, a class or a module that could be forgotten. Rejected: `eval` with guards, RestrictedPython
(no limits on work, a history of escapes), a process per script (28 ms each).
"""
