"""What one meets first: the start page, what one is told, and how the routines stand that one answers for."""
