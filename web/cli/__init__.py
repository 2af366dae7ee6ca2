"""The command line: a command parses, opens a unit of work as the system, calls a verb, and prints a line."""
