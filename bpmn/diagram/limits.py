"""How much of a diagram is drawn: a file from a stranger makes no picture that a browser cannot show."""

MAX_COORDINATE = 100_000.0
"""The farthest place in a diagram; the largest walls of processes we know of stay below a tenth of it."""

MAX_ELEMENTS = 50_000
"""What is remembered of a file. Five megabytes hold more empty tags than a process has steps."""

MAX_DRAWN = 25_000
"""Shapes and edges in a picture: ten megabytes of SVG, about what a browser still scrolls. The rest is counted."""

MAX_NAME = 250
"""Letters of a name; a shape can be drawn often, so a long name would be written often."""

MAX_NOTE = 2_000
"""Letters of a text annotation."""
