"""One rule a file: `check(process)` gives the findings of that rule."""
