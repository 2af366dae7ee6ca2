"""The organisation as tables that people keep elsewhere: taken in whole or not at all, and given out."""
