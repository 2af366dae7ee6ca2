"""
From the XML of a file to its description.

The reader takes every legal model, also what is not executed: whether a thing may run is for `lint` to say.
It walks with a stack of its own, so that no depth or length of a model can exhaust Python's; it gives ids
to flows and elements that lack them (they are optional in the schema, and dropping such flows would change
the process); and it takes the direction of flows from the flows alone, not from the optional
`incoming` and `outgoing` of the elements, which tools forget to update.
"""
