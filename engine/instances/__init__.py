"""Process instances and the history of their elements."""
