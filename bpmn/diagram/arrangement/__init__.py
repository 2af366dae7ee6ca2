"""
A diagram for a model that brings none: from left to right, plain, and the same every time.

Elements stand in a grid. A column is how many steps an element is from a start; a row keeps what follows one
another on one line; lanes and pools are bands of rows. Between columns are gaps and between rows channels, in
which edges run on tracks of their own. A sub-process is a grid in a cell. Nothing here calls itself, and nothing
looks at each pair of elements, so that a model may be as long and as deep as a file can be.
"""
