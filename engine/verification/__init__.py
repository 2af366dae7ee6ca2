"""Is what we show what the record says?"""
