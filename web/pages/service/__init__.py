"""What the service says of itself: its parts and licences, its help, its keys, and how accessible it is."""
