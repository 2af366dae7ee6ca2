"""User tasks: what people have to do."""
