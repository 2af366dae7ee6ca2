"""
A BPMN file as a picture that a page can show.

The reader keeps what a model does; a diagram also has what only people read: places, pools, notes, message
flows. So this room reads a file by itself and draws it whole, also what is never executed. Where a file has
no diagram, one is made. What comes out is SVG of our own making: nothing of the file reaches it but names,
ids and numbers, and none of them unchecked.
"""
