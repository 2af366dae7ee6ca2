"""What somebody has typed into a task and not handed in: for that person alone, and no part of the record."""
